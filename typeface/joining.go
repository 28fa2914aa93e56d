package typeface

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A letter of the Arabic script has up to four forms, in the order in which
// Unicode lists them.
const (
	isolated = iota
	final
	initial
	medial
	forms
)

// The blocks of joined forms, as far as they hold one letter or a lam with an
// alef.
const (
	firstOfOthers, lastOfOthers = 0xfb50, 0xfbb1 // letters of Persian, Urdu and more
	firstYeh, lastYeh           = 0xfbfc, 0xfbff
	firstArabic, lastArabic     = 0xfe80, 0xfefc
)

// joined are the forms of each letter, and of lam with each alef, by the text that
// they stand for. Unicode says which: a form's compatible text is its letter.
var joined = sync.OnceValue(func() map[string][]rune {
	all := map[string][]rune{}
	for _, block := range [][2]rune{{firstOfOthers, lastOfOthers}, {firstYeh, lastYeh}, {firstArabic, lastArabic}} {
		for r := block[0]; r <= block[1]; r++ {
			if letter := norm.NFKC.String(string(r)); letter != string(r) && len(all[letter]) < forms {
				all[letter] = append(all[letter], r)
			}
		}
	}
	return all
})

const tatweel, lam = '\u0640', '\u0644'

// join puts letters of the Arabic script into the forms that they have beside each
// other. Marks between letters part nothing.
func join(text string) string {
	letters := []rune(text)
	var b strings.Builder
	for i := 0; i < len(letters); i++ {
		before, after := neighbour(letters, i, -1), neighbour(letters, i, 1)
		unit := string(letters[i])
		if letters[i] == lam && i+1 < len(letters) && len(joined()[unit+string(letters[i+1])]) > 0 {
			unit += string(letters[i+1])
			i++
			after = 0 // alef joins nothing behind it
		}
		b.WriteRune(formOf(unit, before, after))
	}
	return b.String()
}

// formOf picks the form of a letter between two others.
func formOf(unit string, before, after rune) rune {
	all := joined()[unit]
	if len(all) == 0 {
		return []rune(unit)[0]
	}
	back, on := joinsOn(before), len(all) == forms && joinsBack(after)
	form := isolated
	switch {
	case back && on:
		form = medial
	case on:
		form = initial
	case back && len(all) > final:
		form = final
	}
	return all[form]
}

// joinsOn reports whether a letter joins the one behind it, joinsBack whether it
// joins the one before it.
func joinsOn(r rune) bool { return r == tatweel || len(joined()[string(r)]) == forms }

func joinsBack(r rune) bool { return r == tatweel || len(joined()[string(r)]) > final }

// neighbour is the letter before or behind one, marks left out; 0 for none.
func neighbour(letters []rune, i, step int) rune {
	for i += step; i >= 0 && i < len(letters); i += step {
		if !unicode.Is(unicode.Mn, letters[i]) {
			return letters[i]
		}
	}
	return 0
}
