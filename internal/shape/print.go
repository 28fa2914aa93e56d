package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

const top = 5

// print writes the figures, one a line; what has a target says so.
func (s shape) print(w io.Writer) error {
	var b bytes.Buffer
	line := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "%-34s %s\n", name, fmt.Sprintf(format, args...))
	}
	line("functions", "%d", len(s.functions))
	line("  median / 90th percentile / longest", "%d / %d / %d lines (at most %d)",
		percentile(s.functions, 50), percentile(s.functions, 90), percentile(s.functions, 100), mostFunctionLines)
	line("largest file", "%s (at most %d lines)", names(s.files, 1), mostFileLines)
	line("largest test file", "%s", names(s.testFiles, 1))
	line("methods of the largest types", "%s (at most %d)", names(s.types, top), mostMethods)
	line("files of the largest packages", "%s (at most %d beside tests)", names(s.packages, top), mostFiles)
	line("widest interfaces", "%s (at most %d methods)", names(s.interfaces, top), mostInterfaceMethods)
	line("interfaces of the same name", "%d names (none): %s", len(s.namesakes), names(s.namesakes, len(s.namesakes)))
	line("exported names of workflow", "%d", find(s.exported, "workflow"))
	line("exported names, most", "%s", names(s.exported, top))
	line("packages", "%d", len(s.packages))
	line("files / test files", "%d / %d", len(s.files), len(s.testFiles))
	line("lines of code / of tests", "%d / %d", s.code, s.testCode)
	line("tests per code line", "%s", ratio(s.testCode, s.code))
	line("comments per code line", "%s", ratio(s.comments, s.code))
	line("test functions", "%d", s.tests)
	_, err := w.Write(b.Bytes())
	return err
}

// percentile reads figures that begin with the largest.
func percentile(figures []figure, p int) int {
	if len(figures) == 0 {
		return 0
	}
	return figures[len(figures)-1-(len(figures)-1)*p/100].n
}

func names(figures []figure, n int) string {
	var named []string
	for _, f := range figures[:min(n, len(figures))] {
		named = append(named, fmt.Sprintf("%s %d", f.name, f.n))
	}
	return strings.Join(named, ", ")
}

func find(figures []figure, name string) int {
	for _, f := range figures {
		if f.name == name {
			return f.n
		}
	}
	return 0
}

func ratio(a, b int) string {
	if b == 0 {
		return "–"
	}
	return fmt.Sprintf("%.2f", float64(a)/float64(b))
}
