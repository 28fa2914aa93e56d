package main

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"io/fs"
	"path"
	"strings"
)

// file is one Go file, parsed and counted.
type file struct {
	path   string
	pkg    string // its folder; for the root, the package's name
	test   bool
	syntax *ast.File
	set    *token.FileSet

	lines, code, comments int
}

// load parses the Go files of a module: not those of modules inside it, of
// testdata, or of folders that go build leaves out.
func load(module fs.FS) ([]file, error) {
	var files []file
	err := fs.WalkDir(module, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if name != "." && leftOut(module, name) {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		f, err := parse(module, name)
		files = append(files, f)
		return err
	})
	return files, err
}

func leftOut(module fs.FS, folder string) bool {
	base := path.Base(folder)
	_, err := fs.Stat(module, path.Join(folder, "go.mod"))
	return err == nil || base == "testdata" || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_")
}

func parse(module fs.FS, name string) (file, error) {
	source, err := fs.ReadFile(module, name)
	if err != nil {
		return file{}, err
	}
	set := token.NewFileSet()
	syntax, err := parser.ParseFile(set, name, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return file{}, err
	}
	f := file{path: name, pkg: path.Dir(name), test: strings.HasSuffix(name, "_test.go") || strings.HasSuffix(path.Dir(name), "test"), syntax: syntax, set: set}
	if f.pkg == "." {
		f.pkg = strings.TrimSuffix(syntax.Name.Name, "_test")
	}
	f.lines = strings.Count(string(source), "\n")
	f.code, f.comments = countLines(source)
	return f, nil
}

// countLines says how many lines hold code, and how many a comment only.
func countLines(source []byte) (code, comments int) {
	set := token.NewFileSet()
	positions := set.AddFile("", set.Base(), len(source))
	var s scanner.Scanner
	s.Init(positions, source, nil, scanner.ScanComments)
	isCode := map[int]bool{}
	for {
		pos, kind, text := s.Scan()
		if kind == token.EOF {
			break
		}
		if kind == token.SEMICOLON && text == "\n" {
			continue
		}
		first := positions.Line(pos)
		for line := first; line <= first+strings.Count(text, "\n"); line++ {
			isCode[line] = isCode[line] || kind != token.COMMENT
		}
	}
	for _, is := range isCode {
		if is {
			code++
		} else {
			comments++
		}
	}
	return code, comments
}
