package texts

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/workflowtest"
)

// messages reads a language's messages as they stand in the files: a text, or
// its plural forms.
func messages(t *testing.T, lang string) map[string]any {
	t.Helper()
	names, err := fs.Glob(files, "*."+lang+".yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no files of %s: %v", lang, err)
	}
	all := map[string]any{}
	for _, name := range names {
		b, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var one map[string]any
		if err := yaml.Unmarshal(b, &one); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for key, text := range one {
			if _, twice := all[key]; twice {
				t.Errorf("%s: %s stands in two files", name, key)
			}
			all[key] = text
		}
	}
	return all
}

func TestCatalogue_languagesHaveTheSameKeys(t *testing.T) {
	nl, en := messages(t, "nl"), messages(t, "en")
	if diff := cmp.Diff(slices.Sorted(maps.Keys(nl)), slices.Sorted(maps.Keys(en))); diff != "" {
		t.Errorf("nl (-) and en (+):\n%s", diff)
	}
}

func TestCatalogue_languagesNameTheSameValues(t *testing.T) {
	nl, en := messages(t, "nl"), messages(t, "en")
	for key := range nl {
		if diff := cmp.Diff(named(nl[key]), named(en[key])); diff != "" {
			t.Errorf("%s: nl (-) and en (+) name different values:\n%s", key, diff)
		}
	}
}

var value = regexp.MustCompile(`\{\{\.(\w+)\}\}`)

// named lists the values that a message names, in all its forms together.
func named(message any) []string {
	set := map[string]bool{}
	for _, form := range forms(message) {
		for _, m := range value.FindAllStringSubmatch(form, -1) {
			set[m[1]] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

func forms(message any) map[string]string {
	all := map[string]string{}
	switch m := message.(type) {
	case string:
		all["text"] = m
	case map[string]any:
		for form, text := range m {
			all[form], _ = text.(string)
		}
	}
	return all
}

func TestCatalogue_pluralsAreComplete(t *testing.T) {
	for _, lang := range workflow.Languages() {
		for key, message := range messages(t, lang) {
			all := forms(message)
			if _, plain := message.(string); !plain && (len(all) != 2 || all["one"] == "" || all["other"] == "") {
				t.Errorf("%s: %s has the forms %v, want one and other", lang, key, slices.Sorted(maps.Keys(all)))
			}
			for form, text := range all {
				if strings.TrimSpace(text) == "" {
					t.Errorf("%s: %s (%s) is empty", lang, key, form)
				}
			}
		}
	}
}

// TestCatalogue_noStrayMarks finds what a template would leave behind.
func TestCatalogue_noStrayMarks(t *testing.T) {
	for _, lang := range workflow.Languages() {
		for key, message := range messages(t, lang) {
			for _, text := range forms(message) {
				if rest := value.ReplaceAllString(text, ""); strings.ContainsAny(rest, "{}") {
					t.Errorf("%s: %s has braces that are no value", lang, key)
				}
			}
		}
	}
}

// TestCatalogue_wordsFitTheirPlace: what stands on a button's or a modal's edge is never
// cut off (Slack's limits; handlers cuts what is longer).
func TestCatalogue_wordsFitTheirPlace(t *testing.T) {
	for _, lang := range workflow.Languages() {
		for key, message := range messages(t, lang) {
			limit := 3000 // of a section
			switch {
			case strings.HasSuffix(key, ".title"), strings.HasSuffix(key, ".submit"):
				limit = 24
			case strings.HasPrefix(key, "choice."), strings.HasPrefix(key, "case.button."):
				limit = 75
			}
			for _, text := range forms(message) {
				if n := utf8.RuneCountInString(text); n > limit {
					t.Errorf("%s: %s has %d characters, room for %d", lang, key, n, limit)
				}
			}
		}
	}
}

// composed are the keys that the code puts together from a value, by their
// beginning: every value needs its message.
func composed() map[string][]string {
	return map[string][]string{
		"report.ended.":            {"none", "kept", "some", "both", "all"},
		"report.lasting.":          {"none", "kept", "some", "both", "all"},
		"report.late.":             {"acknowledged", "outcome", "confirmed"},
		"report.kept.":             {"acknowledged", "outcome", "confirmed"},
		"weekday.":                 weekdays[:],
		"month.":                   months[:],
		"choice.complainant_kind.": workflow.ComplainantKinds(),
		"choice.contact.":          words(workflow.Contacts()),
		"choice.way.":              append(words(workflow.ContactWays()), words(workflow.ReceiptWays())...),
		"choice.offering_kind.":    workflow.OfferingKinds(),
		"choice.category.":         workflow.Categories(),
		"choice.cause.":            workflow.Causes(),
		"choice.language.":         workflow.Languages(),
		"choice.verdict.":          append(words(workflow.Verdicts()), string(workflow.VerdictWithdrawn)),
		"choice.class.":            words([]workflow.Class{workflow.ClassInTime, workflow.ClassNoticed, workflow.ClassLate}),
		"choice.state.":            words(workflowtest.States()),
		"refusal.deed.":            caseActions(),
		"refusal.standing.":        {"guest", "deactivated", "stranger", "bot"},
		"doctor.":                  {"smtp_connect", "smtp_tls", "smtp_auth"},
		"common.due.":              promises(),
		"common.promise_name.":     promises(),
		"list.late.":               append(promises(), "tell"),
	}
}

func promises() []string {
	return words(workflow.PromiseKinds())
}

// caseActions are the actions that can be a case's last one. Opening its identity
// or its dossier is not one.
func caseActions() []string {
	changes := slices.DeleteFunc(workflow.Actions(), func(a workflow.ActionName) bool {
		return a == workflow.ActionIdentity || a == workflow.ActionDossier
	})
	return append(words(changes), string(workflow.ActionFile))
}

func words[T ~string](all []T) []string {
	out := make([]string, len(all))
	for i, v := range all {
		out[i] = string(v)
	}
	return out
}

func TestCatalogue_composedKeysExist(t *testing.T) {
	nl := messages(t, "nl")
	for prefix, all := range composed() {
		for _, v := range all {
			if nl[prefix+v] == nil {
				t.Errorf("%s%s is missing", prefix, v)
			}
		}
	}
}

func TestCatalogue_everyRefusalHasASentence(t *testing.T) {
	nl := messages(t, "nl")
	for _, code := range constants(t, "../workflow/refusal.go", "Code") {
		if nl["refusal."+code] == nil {
			t.Errorf("refusal.%s is missing", code)
		}
	}
}

// constants lists the values of a file's string constants of that type.
func constants(t *testing.T, file, typ string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	ast.Inspect(f, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if id, ok := v.Type.(*ast.Ident); ok && id.Name == typ {
			all = append(all, literal(v.Values[0]))
		}
		return true
	})
	if len(all) == 0 {
		t.Fatalf("no constants of type %s in %s", typ, file)
	}
	return all
}

func TestCatalogue_keysOfTheCodeExistAndAllAreUsed(t *testing.T) {
	nl := messages(t, "nl")
	said, mentioned, patterns := keysInCode(t)
	for key, where := range said {
		if nl[key] == nil {
			t.Errorf("%s: no message %s", where, key)
		}
	}
	for key := range nl {
		used := said[key] != "" || mentioned[key] || slices.ContainsFunc(patterns, func(p *regexp.Regexp) bool {
			return p.MatchString(key)
		})
		if !used {
			t.Errorf("nothing says %s", key)
		}
	}
}

// keysInCode returns the keys given to Say as they are, every other string of
// the code (a key may be kept in a variable), and the patterns of keys that
// are put together.
func keysInCode(t *testing.T) (said map[string]string, mentioned map[string]bool, patterns []*regexp.Regexp) {
	t.Helper()
	said, mentioned = map[string]string{}, map[string]bool{}
	fset := token.NewFileSet()
	for _, file := range sources(t) {
		f, err := parser.ParseFile(fset, file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				mentioned[literal(n)] = true
			case *ast.BinaryExpr:
				if n.Op != token.ADD {
					return true
				}
				if p := pattern(n); composedKey.MatchString(p) {
					patterns = append(patterns, regexp.MustCompile("^"+p+"$"))
				}
				return false // its own parts would match more than it does
			case *ast.CallExpr:
				if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Say" && len(n.Args) > 0 && literal(n.Args[0]) != "" {
					said[literal(n.Args[0])] = fset.Position(n.Pos()).String()
				}
			}
			return true
		})
	}
	return said, mentioned, patterns
}

// composedKey is how the pattern of a key begins: with a subject.
var composedKey = regexp.MustCompile(`^[a-z_]+\\\.`)

// wild stands for the part of a key that a value fills in.
const wild = `[a-z_0-9.]+`

// pattern turns "filing." + id + ".label" into an expression; an addition of
// anything else than strings has no literal and so no dot.
func pattern(e ast.Expr) string {
	if b, ok := e.(*ast.BinaryExpr); ok && b.Op == token.ADD {
		return pattern(b.X) + pattern(b.Y)
	}
	if s := literal(e); s != "" {
		return regexp.QuoteMeta(s)
	}
	return wild
}

func literal(e ast.Expr) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	s, err := strconv.Unquote(lit.Value)
	if err != nil {
		return ""
	}
	return s
}

// sources are the module's Go files that may say something.
func sources(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, dir := range []string{"bot", "cmd", "dossier", "handlers", "letters", "report", "texts", "typeface"} {
		err := filepath.WalkDir(filepath.Join("..", dir), func(path string, _ fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
				all = append(all, path)
			}
			return nil // a package that is not there says nothing
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}
