package contact

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// pattern is what is looked for in a folded text: letters and digits between
// which dashes and apostrophes may stand, and where gaps says so anything that
// is no word.
type pattern struct {
	key  []rune
	gaps []bool
	kind patternKind
}

type patternKind int

const (
	// wholeWords begins and ends where a word does; a possessive s goes along.
	wholeWords patternKind = iota
	// shortWord is one of two letters: only with a capital or after a form of
	// address, as many a word is spelled like it.
	shortWord
	// anywhere is of a script without spaces.
	anywhere
	// houseNumber ends in one, and takes the letters behind it along.
	houseNumber
)

// findAll returns where the patterns stand.
func (t *reading) findAll(patterns []pattern, mask string) []span {
	var found []span
	if len(patterns) == 0 {
		return nil
	}
	for i, r := range t.runes {
		begins := i == 0 || !inWord(t.runes[i-1])
		for p := range patterns {
			one := &patterns[p]
			if one.key[0] != r || !begins && one.kind != anywhere {
				continue
			}
			if to := t.ending(one, i, t.match(one, i)); to > i && (one.kind != shortWord || t.called(i)) {
				found = append(found, span{i, to, mask})
			}
		}
	}
	return found
}

// match returns where the pattern ends when it stands at i; -1 when it does
// not. A widened letter of the text also stands for the two that the pattern may
// have in its place.
func (t *reading) match(p *pattern, i int) int {
	if t.extra != nil {
		if to := t.matchAs(p, i, true); to > 0 {
			return to
		}
	}
	return t.matchAs(p, i, false)
}

func (t *reading) matchAs(p *pattern, i int, wide bool) int {
	for k := 0; k < len(p.key); i++ {
		if i >= len(t.runes) {
			return -1
		}
		switch r := t.runes[i]; {
		case r == p.key[k]:
			k++
			if wide && k < len(p.key) && t.extra[i] == p.key[k] {
				k++
			}
		case k == 0 || !joining(r) && (!p.gaps[k] || inWord(r)):
			return -1
		}
	}
	return i
}

// ending returns where a pattern that was matched up to a rune ends, with what
// belongs to it; -1 when it does not end there.
func (t *reading) ending(p *pattern, from, to int) int {
	switch {
	case to <= from, p.kind == anywhere:
		return to
	case p.kind == houseNumber:
		return t.afterHouse(to)
	case t.outside(to):
		return to
	case p.kind == wholeWords && t.runes[to] == 's' && t.outside(to+1):
		return to + 1
	}
	return -1
}

// afterHouse takes a letter or two along that stand at the number itself.
func (t *reading) afterHouse(to int) int {
	if to < len(t.runes) && isDigit(t.runes[to]) {
		return -1
	}
	for to < len(t.runes) && inWord(t.runes[to]) {
		to++
	}
	return to
}

// outside reports whether no word goes on at i.
func (t *reading) outside(i int) bool { return i >= len(t.runes) || !inWord(t.runes[i]) }

// called reports whether the word at i has a capital in the text, or comes
// after a form of address.
func (t *reading) called(i int) bool {
	if first, _ := utf8.DecodeRuneInString(t.text[t.at[i]:]); unicode.IsUpper(first) || unicode.IsTitle(first) {
		return true
	}
	to := i
	for to > 0 && (t.runes[to-1] == ' ' || t.runes[to-1] == '.') {
		to--
	}
	from := to
	for from > 0 && inWord(t.runes[from-1]) {
		from--
	}
	return to < i && title(string(t.runes[from:to]))
}

// namePatterns returns what of a name is hidden: the whole, each part that
// tells something, and parts that stand together, so that Jan Pieter is hidden
// as Janpieter too. Small words are hidden as parts of these only: a Dutch story
// is full of them.
func namePatterns(name string) []pattern {
	t := read(name)
	patterns := t.namePatterns()
	if wide := t.widened(); wide != nil {
		patterns = append(patterns, wide.namePatterns()...)
	}
	return patterns
}

func (t *reading) namePatterns() []pattern {
	const mostWords = 12
	var words []string
	for _, w := range t.words() {
		words = append(words, string(t.runes[w.from:w.to]))
	}
	switch {
	case len(words) == 0, len(words) == 1 && nobody(words[0]):
		return nil
	case len(words) > mostWords:
		return append(parts(words), newPattern(words, wholeWords))
	case !spaced(words[0]):
		return append(parts(words), newPattern(words, anywhere))
	}
	all := parts(words)
	for from := range words {
		for to := from + 1; to <= len(words); to++ {
			if run := words[from:to]; len(run) == len(words) && letterCount(run) > 1 || len(run) > 1 && tells(run) {
				all = append(all, newPattern(run, wholeWords))
			}
		}
	}
	return all
}

// parts returns the words of a name that are hidden by themselves.
func parts(words []string) []pattern {
	const short = 2
	var all []pattern
	for _, w := range words {
		switch n := utf8.RuneCountInString(w); {
		case nobody(w) || n < short:
		case n == short:
			all = append(all, newPattern([]string{w}, shortWord))
		default:
			all = append(all, newPattern([]string{w}, wholeWords))
		}
	}
	return all
}

// tells reports whether some words of a name, together, are hidden: one of them
// could be by itself, and the last is no prefix of what follows.
func tells(run []string) bool {
	return !nobody(run[len(run)-1]) && utf8.RuneCountInString(run[len(run)-1]) > 1 && len(parts(run)) > 0
}

func letterCount(words []string) int { return utf8.RuneCountInString(strings.Join(words, "")) }

// newPattern makes a pattern of words, with gaps between them and behind the
// prefixes that are written together with one.
func newPattern(words []string, kind patternKind) pattern {
	p := pattern{key: []rune(strings.Join(words, "")), kind: kind}
	p.gaps = make([]bool, len(p.key)+1)
	at := 0
	for _, w := range words {
		p.gaps[at] = true
		for _, cut := range glued(w) {
			p.gaps[at+cut] = true // prefixes are ASCII
		}
		at += utf8.RuneCountInString(w)
	}
	return p
}

// spaced reports whether a word is of a script that puts spaces between words.
func spaced(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Khmer, unicode.Lao)
	})
}
