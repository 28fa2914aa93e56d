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
	"errors"
	"io"
	"io/fs"
	"log"
	"os"
)

func main() {
	log.SetFlags(0)
	if err := run(os.DirFS("."), os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// run prints the figures of a module. The error names every target missed.
func run(module fs.FS, stdout io.Writer) error {
	files, err := load(module)
	if err != nil {
		return err
	}
	s := measure(files)
	if err := s.print(stdout); err != nil {
		return err
	}
	var missed []error
	for _, m := range unargued(s.missed(), exceptions) {
		missed = append(missed, m)
	}
	return errors.Join(missed...)
}
