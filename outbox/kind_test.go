package outbox

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// declared are the constants of type Kind, by name, and the types that have a
// method Kind, as payloads do.
func declared(t *testing.T) (constants map[string]Kind, payloads []string) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	constants = map[string]Kind{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(filepath.Clean(name))
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, source, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				addKind(constants, n)
			case *ast.FuncDecl:
				if n.Name.Name == "Kind" && n.Recv != nil {
					payloads = append(payloads, n.Recv.List[0].Type.(*ast.Ident).Name)
				}
			}
			return true
		})
	}
	return constants, payloads
}

func addKind(constants map[string]Kind, v *ast.ValueSpec) {
	of, ok := v.Type.(*ast.Ident)
	if !ok || of.Name != "Kind" || len(v.Values) != 1 {
		return
	}
	if word, ok := v.Values[0].(*ast.BasicLit); ok {
		text, _ := strconv.Unquote(word.Value)
		constants[v.Names[0].Name] = Kind(text)
	}
}

// TestKinds_complete: every constant has a row of its own in the table, every row
// says where the kind goes and which payloads it carries, and every payload stands
// in the row of its kind.
func TestKinds_complete(t *testing.T) {
	constants, payloads := declared(t)
	named := map[Kind]string{}
	for name, k := range constants {
		if other, twice := named[k]; twice {
			t.Errorf("%s and %s are both %q", name, other, k)
		}
		named[k] = name
		if _, ok := kinds[k]; !ok {
			t.Errorf("%s has no row in the table of kinds", name)
		}
	}
	listed := []string{"Unreadable"}
	for k, row := range kinds {
		if named[k] == "" {
			t.Errorf("the table has a row %q, which is no constant", k)
		}
		if row.lane == 0 || len(row.payloads) == 0 {
			t.Errorf("%s: lane rule %d, %d payloads; a row has both", named[k], row.lane, len(row.payloads))
		}
		for _, p := range row.payloads {
			listed = append(listed, reflect.TypeOf(p).Name())
			if p.Kind() != k {
				t.Errorf("%T stands in the row of %s, and says that it is of kind %q", p, named[k], p.Kind())
			}
		}
	}
	for _, p := range payloads {
		if !slices.Contains(listed, p) {
			t.Errorf("payload %s stands in no row of the table", p)
		}
	}
	if len(listed) != len(payloads) {
		t.Errorf("the table lists %d payloads, and %d are declared", len(listed), len(payloads))
	}
}

// TestKinds_traits: what can't be true together.
func TestKinds_traits(t *testing.T) {
	for k, row := range kinds {
		switch {
		case k.Edits() && !k.View():
			t.Errorf("%s edits, and is no view", k)
		case k.Silent() && row.has&(threaded|edits|uploads|keyed) != 0:
			t.Errorf("%s is silent, and shows something", k)
		case k.Personal() && row.has&(view|threaded|stays) != view:
			t.Errorf("%s is personal, and no view, or is of a case", k)
		case k.Threaded() && !k.Keyed():
			t.Errorf("%s stands below the case message, and is not found there", k)
		case k.Uploads() && (!k.Slow() || k.Keyed()):
			t.Errorf("%s uploads: that is slow, and a file has no metadata", k)
		}
	}
	if unknown := Kind("wall"); unknown.View() || unknown.Silent() || unknown.Slow() {
		t.Error("an unknown kind has traits")
	}
}
