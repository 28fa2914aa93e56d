package klachtbot_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/outbox"
)

const regulationPage = "docs/regulation.md"

// TestRegulation_everySentence compares docs/regulation.md with the regulation, word
// for word: whatever stands there has its place on the page, a row a sentence.
func TestRegulation_everySentence(t *testing.T) {
	var text, page []string
	for line := range strings.Lines(read(t, "docs/klachtenregeling.txt")) {
		text = append(text, strings.Fields(strings.TrimPrefix(line, "- "))...)
	}
	two := regexp.MustCompile(`[.?!] \p{Lu}`)
	promises, _, _ := strings.Cut(read(t, regulationPage), "\n## The other rules\n")
	_, promises, _ = strings.Cut(promises, "\n## ")
	for line := range strings.Lines("## " + promises) {
		if heading, ok := strings.CutPrefix(line, "## "); ok {
			page = append(page, strings.Fields(heading)...)
			continue
		}
		cells := strings.Split(line, "|")
		if len(cells) < 3 || strings.HasPrefix(line, "|---") || strings.HasPrefix(line, "| sentence |") {
			continue
		}
		page = append(page, strings.Fields(cells[1])...)
		if two.MatchString(cells[1]) {
			t.Errorf("%s: two sentences in one row: %s", regulationPage, cells[1])
		}
	}
	if diff := cmp.Diff(strings.Join(text, "\n"), strings.Join(page, "\n")); diff != "" {
		t.Errorf("%s (-regulation +page):\n%s", regulationPage, diff)
	}
}

// promise is what a row of docs/regulation.md names.
type promise struct {
	said                 string
	rules, places, tests []string
}

// promises are the rows of docs/regulation.md.
func promises(t *testing.T) (rows []promise) {
	t.Helper()
	for line := range strings.Lines(read(t, regulationPage)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "|---") || strings.HasSuffix(strings.TrimSpace(line), "| shown by |") {
			continue
		}
		if len(cells) == 4 { // of the other rules
			cells = slices.Concat([]string{cells[1], ""}, cells[:1], cells[2:])
		}
		if len(cells) != 5 {
			t.Fatalf("%s: not a row: %s", regulationPage, line)
		}
		rows = append(rows, promise{
			said: strings.TrimSpace(cells[0]), rules: all(`(R\d+a?)\b`, cells[2]),
			places: all("`([^`]+)`", cells[3]), tests: all("`([^`]+)`", cells[4]),
		})
	}
	return rows
}

// TestRegulation_everyNameExists: every promise has a rule, a place where it is seen
// and a test that shows it, and all of them exist.
func TestRegulation_everyNameExists(t *testing.T) {
	rules := rulesOf(t)
	places, _ := handlerstest.NewLost(t).IDs()
	for _, kind := range outbox.Kinds() {
		places = append(places, string(kind))
	}
	tests := map[string][]string{}
	rows := promises(t)
	if len(rows) < 20 {
		t.Fatalf("%s has %d rows", regulationPage, len(rows))
	}
	for _, row := range rows {
		if len(row.rules) == 0 || len(row.places) == 0 || len(row.tests) == 0 {
			t.Errorf("%s: without a rule, a place or a test: %s", regulationPage, row.said)
		}
		for _, rule := range row.rules {
			if _, ok := rules[rule]; !ok {
				t.Errorf("%s names %s, which is no rule of docs/deadlines.md", regulationPage, rule)
			}
		}
		for _, place := range row.places {
			if !slices.Contains(places, place) {
				t.Errorf("%s names %s, which is no action, form or kind of message", regulationPage, place)
			}
		}
		for _, name := range row.tests {
			folder, function, _ := strings.Cut(name, ".")
			if tests[folder] == nil {
				tests[folder] = testsIn(t, folder)
			}
			if !slices.Contains(tests[folder], function) {
				t.Errorf("%s names %s, and there is no such test", regulationPage, name)
			}
		}
	}
}

// TestRegulation_everyRule: the rules are numbered without a gap, and each one that
// has come keeps something.
func TestRegulation_everyRule(t *testing.T) {
	var kept []string
	for _, row := range promises(t) {
		kept = append(kept, row.rules...)
	}
	rules := rulesOf(t)
	for _, name := range []string{"R1", "R2", "R3", "R4", "R4a", "R5", "R6", "R7", "R8", "R9", "R10", "R11", "R12", "R13", "R14", "R15", "R16", "R17", "R18"} {
		said, ok := rules[name]
		if !ok {
			t.Errorf("docs/deadlines.md has no %s", name)
		}
		if toCome := strings.HasPrefix(said, "*To come.*"); toCome == slices.Contains(kept, name) {
			t.Errorf("%s: %s is still to come: %v", regulationPage, name, toCome)
		}
		delete(rules, name)
	}
	for name := range maps.Keys(rules) {
		t.Errorf("docs/deadlines.md has a rule %s, which nobody expects", name)
	}
}

// rulesOf are the rules of docs/deadlines.md by their names.
func rulesOf(t *testing.T) map[string]string {
	t.Helper()
	rules := map[string]string{}
	for _, cells := range table(t, "docs/deadlines.md", "#") {
		rules[cells[0]] = cells[1]
	}
	return rules
}

// testsIn are the names of the tests of a package.
func testsIn(t *testing.T, folder string) (names []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Test") {
				names = append(names, f.Name.Name)
			}
		}
	}
	return names
}
