package contact

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns a text as it is compared where punctuation counts, such as the
// beginning of a title: small letters without accents, each in its plain form,
// one kind of dash and of apostrophe, single spaces, nothing invisible. Folding
// a folded text changes nothing.
func Fold(s string) string {
	b := make([]byte, 0, len(s))
	space := false
	for r := range folded(s) {
		if unicode.IsSpace(r) {
			space = len(b) > 0
			continue
		}
		if space {
			b = append(b, ' ')
			space = false
		}
		b = utf8.AppendRune(b, r)
	}
	return string(b)
}

// Key returns the letters, digits and signs of a folded text: two texts with
// one key are the same. Punctuation and spaces don't count, so that O'Brien is
// OBrien and Jan-Pieter is Janpieter.
func Key(s string) string {
	b := make([]byte, 0, len(s))
	for r := range folded(s) {
		if !unicode.IsSpace(r) && !unicode.IsPunct(r) && !unicode.IsControl(r) {
			b = utf8.AppendRune(b, r)
		}
	}
	return string(b)
}

// Plain returns a text as titles are searched: the words of its fold, with
// single spaces between them. Dashes, apostrophes and points don't part a word,
// so that "e-mail" is "email" and "B.V." is "bv".
func Plain(s string) string {
	var b strings.Builder
	space := false
	for r := range folded(s) {
		switch {
		case joining(r), r == '.', unicode.IsControl(r) && !unicode.IsSpace(r):
		case unicode.IsSpace(r), unicode.IsPunct(r):
			space = b.Len() > 0
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// folded goes through what the runes of a text fold to.
func folded(s string) iter.Seq[rune] {
	return func(yield func(rune) bool) {
		var several [8]rune
		for _, r := range s {
			for _, one := range appendFolded(several[:0], r) {
				if !yield(one) {
					return
				}
			}
		}
	}
}

// Words returns the folded words of a text, which are runs of letters and
// digits.
func Words(s string) []string {
	t := read(s)
	var all []string
	for _, w := range t.words() {
		all = append(all, string(t.runes[w.from:w.to]))
	}
	return all
}

// reading is a text folded rune by rune. at[i] is where rune i begins in the
// text itself; the last is its length. extra[i] is the letter that people may
// write after rune i (see widened); it is nil when no rune has one.
type reading struct {
	text  string
	runes []rune
	at    []int
	extra []rune
}

func read(text string) *reading {
	t := &reading{text: text, runes: make([]rune, 0, len(text)), at: make([]int, 0, len(text)+1)}
	for i, r := range text {
		before := len(t.runes)
		if r < utf8.RuneSelf {
			t.runes = append(t.runes, lowerASCII(r))
		} else {
			t.widen(r)
			t.runes = appendFolded(t.runes, r)
		}
		for range len(t.runes) - before {
			t.at = append(t.at, i)
		}
		if x := widened[r]; r >= utf8.RuneSelf && x != 0 {
			t.setExtra(x)
		}
	}
	t.at = append(t.at, len(text))
	if t.extra != nil {
		t.extra = append(t.extra, make([]rune, len(t.runes)-len(t.extra))...)
	}
	return t
}

func lowerASCII(r rune) rune {
	switch {
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A'
	case r == '`':
		return '\''
	}
	return r
}

// widen notes a mark that makes a widened letter of the one before it.
func (t *reading) widen(mark rune) {
	if w, ok := widening[mark]; ok && len(t.runes) > 0 && strings.ContainsRune(w.of, t.runes[len(t.runes)-1]) {
		t.setExtra(w.extra)
	}
}

func (t *reading) setExtra(x rune) {
	t.extra = append(t.extra, make([]rune, max(0, len(t.runes)-len(t.extra)))...)
	t.extra[len(t.runes)-1] = x
}

// appendFolded appends what one rune folds to. Each rune that it appends folds
// to itself.
func appendFolded(to []rune, r rune) []rune {
	if r < utf8.RuneSelf {
		return append(to, lowerASCII(r))
	}
	if invisible(r) || r == '·' || r == '‧' || ignoredMark(r) {
		return to
	}
	if plain, ok := letters[r]; ok {
		return append(to, plain...)
	}
	if r >= outlinedA && r <= outlinedZ {
		return append(to, 'a'+r-outlinedA)
	}
	if one := plainSign(r); one != r {
		return append(to, one)
	}
	if lower := unicode.ToLower(r); lower != r {
		return appendFolded(to, lower)
	}
	parts := decomposed(r)
	if parts == "" {
		return append(to, r)
	}
	for _, part := range parts {
		to = appendFolded(to, part)
	}
	return to
}

// plainSign returns the one form of a space, dash, apostrophe or digit.
func plainSign(r rune) rune {
	switch {
	case unicode.Is(unicode.Zs, r), r == '\u0085', r == '\u2028', r == '\u2029':
		return ' '
	case strings.ContainsRune(apostrophes, r):
		return '\''
	case strings.ContainsRune(dashes, r):
		return '-'
	case unicode.IsDigit(r):
		return digit(r)
	}
	return r
}

// digit returns the digit of any script in ours: they stand in tens, from 0.
func digit(r rune) rune {
	zero := r
	for unicode.IsDigit(zero - 1) {
		zero--
	}
	return '0' + (r-zero)%10
}

// decomposed returns what a character consists of; "" when it is of one piece.
func decomposed(r rune) string {
	if unicode.Is(unicode.Hangul, r) { // its syllables stand in no table
		if parts := norm.NFKD.String(string(r)); parts != string(r) {
			return parts
		}
		return ""
	}
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	return string(norm.NFKD.Properties(buf[:n]).Decomposition())
}

// ignoredMark reports whether a mark is an accent or a vowel point that people
// leave out. Those of Thai or of India's scripts are no less than letters.
func ignoredMark(r rune) bool {
	if r >= 0x1ab0 && r <= 0x1aff { // more of Latin than Go knows
		return true
	}
	return unicode.In(r, unicode.Mn, unicode.Me) &&
		unicode.In(r, unicode.Inherited, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Hebrew, unicode.Arabic, unicode.Syriac)
}

// span is a piece of a reading, from and up to a rune, and what stands in its
// place.
type span struct {
	from, to int
	mask     string
}

// words returns where the words stand.
func (t *reading) words() []span {
	var all []span
	from := -1
	for i, r := range t.runes {
		switch word := inWord(r); {
		case word && from < 0:
			from = i
		case !word && from >= 0:
			all = append(all, span{from: from, to: i})
			from = -1
		}
	}
	if from >= 0 {
		all = append(all, span{from: from, to: len(t.runes)})
	}
	return all
}

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}
