package dossier

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/artra/klachtbot/workflow"
)

// TestDisclosure_decidesEveryKindOfEntry: a new kind is disclosed to the
// committee, or it is not; nobody forgets to say which.
func TestDisclosure_decidesEveryKindOfEntry(t *testing.T) {
	all := kinds(t)
	for _, kind := range all {
		if _, decided := committeeReads[kind]; !decided {
			t.Errorf("nothing says whether the committee reads %q", kind)
		}
	}
	if len(all) < 6 {
		t.Errorf("found %d kinds in workflow only", len(all))
	}
}

// kinds reads the constants of type RecordKind out of workflow's source.
func kinds(t *testing.T) []workflow.RecordKind {
	t.Helper()
	files, err := filepath.Glob("../workflow/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all []workflow.RecordKind
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if v, ok := n.(*ast.ValueSpec); ok && isKind(v.Type) {
				value, _ := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
				all = append(all, workflow.RecordKind(value))
			}
			return true
		})
	}
	return all
}

func isKind(typ ast.Expr) bool {
	id, ok := typ.(*ast.Ident)
	return ok && id.Name == "RecordKind"
}
