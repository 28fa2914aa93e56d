// Package contacttest holds the table of what is the same, which every part that
// compares names, addresses and numbers keeps to: search, the access request,
// the cases of one complainant, and the mask.
package contacttest

import (
	_ "embed"
	"strings"
)

//go:embed same.tsv
var table string

// Pair is a row of the table. Its people are invented.
type Pair struct {
	Kind       string // name, email or phone
	One, Other string
	Same       bool
}

// Pairs returns the rows of a kind, each both ways.
func Pairs(kind string) []Pair {
	var all []Pair
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(cells) == 4 && cells[0] == kind {
			same := cells[3] == "same"
			all = append(all, Pair{kind, cells[1], cells[2], same}, Pair{kind, cells[2], cells[1], same})
		}
	}
	return all
}
