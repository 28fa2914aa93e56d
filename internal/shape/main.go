// Command shape measures how the code is divided: the size of functions, files,
// types, packages and interfaces, and how much of it is tests and comments.
//
// It prints the figures, and ends with exit status 1 and a list of names when a
// target is missed that no page of docs/decisions argues for. The targets stand
// in targets.go, the exceptions in exceptions.go; scripts/shape runs it, and the
// test of this package holds the same targets.
//
// Only package-level declarations of the files that are built into a program
// count for a target, on every platform. Tests are counted, and not limited.
package main

import (
	"fmt"
	"io"
	"os"
)

func main() {
	os.Exit(run(os.Stdout, os.Stderr))
}

// run measures the module in the current folder.
func run(stdout, stderr io.Writer) int {
	module := os.DirFS(".")
	files, err := load(module)
	if err != nil {
		fmt.Fprintln(stderr, "shape:", err)
		return 2
	}
	s := measure(files)
	if err := s.print(stdout); err != nil {
		fmt.Fprintln(stderr, "shape:", err)
		return 2
	}
	missed := unargued(s.missed(), exceptions)
	for _, m := range missed {
		fmt.Fprintln(stderr, "missed:", m)
	}
	if len(missed) > 0 {
		return 1
	}
	return 0
}
