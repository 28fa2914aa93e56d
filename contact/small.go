package contact

import (
	"slices"
	"strings"
)

// prefixes stand in names before what tells them apart, and in every second
// sentence besides.
var prefixes = strings.Fields(`van von vom zu de den der dem des het t d te ten ter in op aan bij uit la le les du da das dos
	del della di lo el al ad the and af av bin ibn bint`)

// titles are forms of address, with which a name begins in a story.
var titles = strings.Fields(`dhr de heer heren mw mevr mevrouw meneer mijnheer juffrouw familie fam mr mrs ms miss mister madam
	madame mme sir herr frau dr drs ir ing prof`)

// namesOfNobody are what people fill in who want to stay anonymous.
var namesOfNobody = strings.Fields(`anoniem anonymous onbekend unknown`)

// small reports whether a folded word tells nobody from anybody.
func small(word string) bool {
	return slices.Contains(prefixes, word) || title(word)
}

func title(word string) bool { return slices.Contains(titles, word) }

// nobody reports whether a folded word is no part of a name that could be
// hidden by itself.
func nobody(word string) bool { return small(word) || slices.Contains(namesOfNobody, word) }

// gluedPrefixes are written together with the rest of a name in Flanders and
// abroad: Vandersteen is van der Steen. Each has its own words.
var gluedPrefixes = [][]string{
	{"van", "den"}, {"van", "der"}, {"van", "de"}, {"van", "t"}, {"van"}, {"den"}, {"der"}, {"de"}, {"ter"}, {"ten"}, {"von"},
}

// glued returns where a folded word may be parted into prefixes and the rest.
func glued(word string) []int {
	const shortest = 4 // of what is left
	for _, prefix := range gluedPrefixes {
		if rest, ok := strings.CutPrefix(word, strings.Join(prefix, "")); ok && len(rest) >= shortest {
			var cuts []int
			at := 0
			for _, p := range prefix {
				at += len(p)
				cuts = append(cuts, at)
			}
			return cuts
		}
	}
	return nil
}
