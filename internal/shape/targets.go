package main

import "fmt"

// The targets: no more than this.
const (
	mostFunctionLines    = 45
	mostFileLines        = 350
	mostMethods          = 40
	mostFiles            = 15
	mostInterfaceMethods = 5
	mostNamesakes        = 1
)

// miss is something that is larger than its target.
type miss struct {
	what   string // "methods of handlers.Handler": also its name among the exceptions
	n      int
	target int
}

func (m miss) Error() string {
	return fmt.Sprintf("missed: %s: %d (at most %d)", m.what, m.n, m.target)
}

// missed lists all that is too large, in the order in which it is printed.
func (s shape) missed() []miss {
	var misses []miss
	for _, t := range []struct {
		what    string
		figures []figure
		target  int
	}{
		{"lines of function", s.functions, mostFunctionLines},
		{"lines of file", s.files, mostFileLines},
		{"methods of", s.types, mostMethods},
		{"files of package", s.packages, mostFiles},
		{"methods of interface", s.interfaces, mostInterfaceMethods},
		{"interfaces called", s.namesakes, mostNamesakes},
	} {
		for _, f := range t.figures {
			if f.n > t.target {
				misses = append(misses, miss{t.what + " " + f.name, f.n, t.target})
			}
		}
	}
	return misses
}
