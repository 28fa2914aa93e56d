package workflowtest_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/workflowtest"
)

// TestLists_areComplete compares each list with the constants of its type that
// workflow declares.
func TestLists_areComplete(t *testing.T) {
	declared := constants(t)
	for name, listed := range map[string][]string{
		"State":           append(words(workflowtest.States()), ""), // not yet filed
		"RecordKind":      words(workflowtest.RecordKinds()),
		"AttachmentState": words(workflowtest.AttachmentStates()),
	} {
		slices.Sort(listed)
		slices.Sort(declared[name])
		if diff := cmp.Diff(declared[name], listed); diff != "" {
			t.Errorf("%s (-declared +listed):\n%s", name, diff)
		}
	}
}

// constants are the strings that workflow's exported constants have, by their type.
func constants(t *testing.T) map[string][]string {
	t.Helper()
	files, err := filepath.Glob("../*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	found := map[string][]string{}
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 || !spec.Names[0].IsExported() {
				return true
			}
			name, named := spec.Type.(*ast.Ident)
			value, literal := spec.Values[0].(*ast.BasicLit)
			if named && literal {
				text, _ := strconv.Unquote(value.Value)
				found[name.Name] = append(found[name.Name], text)
			}
			return true
		})
	}
	return found
}

func words[T ~string](all []T) []string {
	out := make([]string, len(all))
	for i, v := range all {
		out[i] = string(v)
	}
	return out
}
