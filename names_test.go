package klachtbot_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var codeName = regexp.MustCompile("`([a-z]+(?:/[a-z]+)*)\\.([A-Za-z]+(?:\\.[A-Za-z]+)?)`")

// TestArchitecture_names finds the declaration of everything that
// docs/architecture.md names, so that a newcomer's search does too.
func TestArchitecture_names(t *testing.T) {
	declared := map[string]map[string]bool{}
	page := read(t, "docs/architecture.md")
	_, page, ok := strings.Cut(page, "## The life of a complaint")
	if !ok {
		t.Fatal("docs/architecture.md does not follow a complaint")
	}
	for _, m := range codeName.FindAllStringSubmatch(page, -1) {
		folder, name := m[1], m[2]
		if declared[folder] == nil {
			declared[folder] = declarations(t, folder)
		}
		if !declared[folder][name] {
			t.Errorf("docs/architecture.md names %s.%s, which is not declared", folder, name)
		}
	}
	if len(declared) < 5 {
		t.Errorf("docs/architecture.md leads to %d packages only", len(declared))
	}
}

// declarations are the names of a package, as Name and as Type.Member.
func declarations(t *testing.T, folder string) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			addNames(names, decl)
		}
	}
	return names
}

func addNames(names map[string]bool, decl ast.Decl) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			names[d.Name.Name] = true
			return
		}
		receiver := d.Recv.List[0].Type
		if star, ok := receiver.(*ast.StarExpr); ok {
			receiver = star.X
		}
		if of, ok := receiver.(*ast.Ident); ok {
			names[of.Name+"."+d.Name.Name] = true
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.ValueSpec:
				for _, name := range s.Names {
					names[name.Name] = true
				}
			case *ast.TypeSpec:
				names[s.Name.Name] = true
				addMembers(names, s)
			}
		}
	}
}

func addMembers(names map[string]bool, s *ast.TypeSpec) {
	var members *ast.FieldList
	switch of := s.Type.(type) {
	case *ast.StructType:
		members = of.Fields
	case *ast.InterfaceType:
		members = of.Methods
	default:
		return
	}
	for _, field := range members.List {
		for _, name := range field.Names {
			names[s.Name.Name+"."+name.Name] = true
		}
	}
}
