package main

import (
	"cmp"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// figure is the size of something that has a name.
type figure struct {
	name string
	n    int
}

// shape is what was counted. Every list begins with its largest.
type shape struct {
	functions  []figure // lines
	files      []figure // lines
	types      []figure // methods, beside those of what they embed
	packages   []figure // files beside tests
	exported   []figure // names, of packages; methods of exported types too
	interfaces []figure // methods, with those of what they embed
	namesakes  []figure // interfaces, by a name that several have

	code, comments, testCode int // lines
	testFiles                []figure
	tests                    int // functions: Test, Fuzz, Benchmark
}

// measure counts everything in one pass over the files.
func measure(files []file) shape {
	var s shape
	methods, packages, exported := map[string]int{}, map[string]int{}, map[string]int{}
	wide := interfaces{}
	for _, f := range files {
		if f.test {
			s.testFiles = append(s.testFiles, figure{f.path, f.lines})
			s.testCode += f.code
			s.tests += countTests(f)
			continue
		}
		s.files = append(s.files, figure{f.path, f.lines})
		s.code += f.code
		s.comments += f.comments
		packages[f.pkg]++
		for _, decl := range f.syntax.Decls {
			exported[f.pkg] += countExported(decl)
			switch d := decl.(type) {
			case *ast.FuncDecl:
				s.functions = append(s.functions, figure{f.pkg + "." + funcName(d), lines(f.set, d)})
				if t := receiver(d); t != "" {
					methods[f.pkg+"."+t]++
				}
			case *ast.GenDecl:
				wide.add(f, d)
			}
		}
	}
	s.types, s.packages, s.exported = list(methods), list(packages), list(exported)
	s.interfaces, s.namesakes = wide.widths(), wide.namesakes()
	for _, figures := range [][]figure{s.functions, s.files, s.testFiles} {
		largestFirst(figures)
	}
	return s
}

func list(counts map[string]int) []figure {
	var figures []figure
	for name, n := range counts {
		figures = append(figures, figure{name, n})
	}
	largestFirst(figures)
	return figures
}

func largestFirst(figures []figure) {
	slices.SortFunc(figures, func(a, b figure) int {
		return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.name, b.name))
	})
}

func lines(set *token.FileSet, node ast.Node) int {
	return set.Position(node.End()).Line - set.Position(node.Pos()).Line + 1
}

func funcName(d *ast.FuncDecl) string {
	if t := receiver(d); t != "" {
		return t + "." + d.Name.Name
	}
	return d.Name.Name
}

// receiver is the name of the type that a method belongs to, without pointer
// and type parameters; "" for a function.
func receiver(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return ""
	}
	t := d.Recv.List[0].Type
	for {
		switch at := t.(type) {
		case *ast.StarExpr:
			t = at.X
		case *ast.IndexExpr:
			t = at.X
		case *ast.IndexListExpr:
			t = at.X
		case *ast.Ident:
			return at.Name
		default:
			return ""
		}
	}
}

func countExported(decl ast.Decl) int {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		t := receiver(d)
		if d.Name.IsExported() && (t == "" || ast.IsExported(t)) {
			return 1
		}
	case *ast.GenDecl:
		n := 0
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				n += countNames(s.Name)
			case *ast.ValueSpec:
				n += countNames(s.Names...)
			}
		}
		return n
	}
	return 0
}

func countNames(names ...*ast.Ident) int {
	n := 0
	for _, name := range names {
		if name.IsExported() {
			n++
		}
	}
	return n
}

// countTests counts the functions that go test runs by name.
func countTests(f file) int {
	n := 0
	for _, decl := range f.syntax.Decls {
		d, ok := decl.(*ast.FuncDecl)
		if !ok || d.Recv != nil || len(d.Type.Params.List) != 1 {
			continue
		}
		star, ok := d.Type.Params.List[0].Type.(*ast.StarExpr)
		if !ok {
			continue
		}
		of, ok := star.X.(*ast.SelectorExpr)
		if !ok {
			continue
		}
		for prefix, parameter := range map[string]string{"Test": "T", "Fuzz": "F", "Benchmark": "B"} {
			if strings.HasPrefix(d.Name.Name, prefix) && of.Sel.Name == parameter {
				n++
			}
		}
	}
	return n
}
