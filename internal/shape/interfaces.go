package main

import (
	"go/ast"
	"go/token"
	"path"
	"strconv"
	"strings"
)

// interfaces are the declared interfaces of a module, by package and name.
type interfaces map[string]declared

type declared struct {
	methods int
	embeds  []string // qualified as the keys are; another module's count as one method
}

func (all interfaces) add(f file, d *ast.GenDecl) {
	for _, spec := range d.Specs {
		s, ok := spec.(*ast.TypeSpec)
		if !ok {
			continue
		}
		t, ok := s.Type.(*ast.InterfaceType)
		if !ok {
			continue
		}
		var one declared
		for _, field := range t.Methods.List {
			switch embedded := field.Type.(type) {
			case *ast.FuncType:
				one.methods += len(field.Names)
			case *ast.Ident:
				one.embeds = append(one.embeds, f.pkg+"."+embedded.Name)
			case *ast.SelectorExpr:
				one.embeds = append(one.embeds, imported(f, embedded)+"."+embedded.Sel.Name)
			}
		}
		all[f.pkg+"."+s.Name.Name] = one
	}
}

// imported is the import path that a qualifier stands for.
func imported(f file, s *ast.SelectorExpr) string {
	qualifier, ok := s.X.(*ast.Ident)
	if !ok {
		return ""
	}
	for _, spec := range f.syntax.Imports {
		full, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		if spec.Name != nil && spec.Name.Name == qualifier.Name || spec.Name == nil && path.Base(full) == qualifier.Name {
			return full
		}
	}
	return ""
}

// width counts the methods that a value must have.
func (all interfaces) width(name string) int {
	one := all[name]
	n := one.methods
	for _, embedded := range one.embeds {
		n += all.widthOfEmbedded(embedded)
	}
	return n
}

func (all interfaces) widthOfEmbedded(embedded string) int {
	if _, ok := all[embedded]; ok {
		return all.width(embedded)
	}
	for name := range all { // an import path ends in the folder that our keys begin with
		if strings.HasSuffix(embedded, "/"+name) {
			return all.width(name)
		}
	}
	if strings.HasSuffix(embedded, ".comparable") || strings.HasSuffix(embedded, ".any") {
		return 0
	}
	return 1
}

func (all interfaces) widths() []figure {
	var figures []figure
	for name := range all {
		figures = append(figures, figure{name, all.width(name)})
	}
	largestFirst(figures)
	return figures
}

// namesakes are the names that more than one interface has, exported or not.
func (all interfaces) namesakes() []figure {
	counts := map[string]int{}
	for name := range all {
		own := name[strings.LastIndex(name, ".")+1:]
		if token.IsExported(own) {
			own = strings.ToLower(own[:1]) + own[1:]
		}
		counts[own]++
	}
	var figures []figure
	for _, f := range list(counts) {
		if f.n > 1 {
			figures = append(figures, f)
		}
	}
	return figures
}
