package handlers

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/artra/klachtbot/workflow"
)

// masks are the words that stand in the place of what was masked.
type masks struct{ name, email, phone string }

// masked takes out of a text what is known of who complains: name, e-mail
// address and telephone number, in capitals or not, with accents or without,
// in any punctuation. Parts of the name of three letters and more go as
// words, but not the small words inside it ("van", "der"), which a Dutch
// story is full of. What is not known can't be masked: people are asked not
// to write it (design section 4).
func masked(text string, p workflow.Particulars, with masks) string {
	f := fold(text)
	var spans []span
	spans = append(spans, f.find(folded(p.Email.Reveal()), with.email)...)
	spans = append(spans, f.findPhone(phoneForms(p.Phone.Reveal()), with.phone)...)
	spans = append(spans, f.findName(nameWords(p.Name.Reveal()), with.name)...)
	return replaced(text, f, merged(spans, f))
}

// span is a piece of folded text, from and up to a rune, and what stands in
// its place.
type span struct {
	from, to int
	mask     string
}

// foldedText is a text with capitals, accents, invisible characters and
// different forms of one letter taken away, so that what reads the same is
// the same. at[i] is where rune i begins in the text itself; the last is its
// length.
type foldedText struct {
	runes []rune
	at    []int
}

func fold(text string) foldedText {
	var f foldedText
	for i, r := range text {
		if r < utf8.RuneSelf {
			f.runes, f.at = append(f.runes, unicode.ToLower(r)), append(f.at, i)
			continue
		}
		for _, part := range plainLetters.Replace(norm.NFKD.String(string(unicode.ToLower(r)))) {
			if unicode.In(part, unicode.Mn, unicode.Cf) {
				continue
			}
			f.runes = append(f.runes, unicode.ToLower(part))
			f.at = append(f.at, i)
		}
	}
	f.at = append(f.at, len(text))
	return f
}

// plainLetters are what people write for the letters of names that Unicode
// takes for letters of their own.
var plainLetters = strings.NewReplacer(
	"ø", "o", "ł", "l", "đ", "d", "ð", "d", "ħ", "h", "ı", "i", "ß", "ss", "æ", "ae", "œ", "oe", "þ", "th",
)

func folded(text string) []rune { return fold(strings.TrimSpace(text)).runes }

// find returns where the pattern stands.
func (f foldedText) find(pattern []rune, mask string) []span {
	var found []span
	if len(pattern) == 0 {
		return nil
	}
	for i := 0; i+len(pattern) <= len(f.runes); i++ {
		if slices.Equal(f.runes[i:i+len(pattern)], pattern) {
			found = append(found, span{i, i + len(pattern), mask})
		}
	}
	return found
}

// words returns where the words of a text stand: runs of letters and digits.
func (f foldedText) words() []span {
	var all []span
	from := -1
	for i, r := range append(f.runes, ' ') {
		switch word := unicode.IsLetter(r) || unicode.IsDigit(r); {
		case word && from < 0:
			from = i
		case !word && from >= 0:
			all = append(all, span{from: from, to: i})
			from = -1
		}
	}
	return all
}

// smallWords are parts of names that say nothing by themselves, and what
// people fill in when they want to stay anonymous.
var smallWords = []string{
	"van", "von", "der", "den", "het", "ter", "ten", "bij", "uit", "aan", "the", "del", "des", "dos", "and",
	"heer", "mevrouw", "meneer", "familie", "mrs", "anoniem", "anonymous", "onbekend", "unknown",
}

// nameWords returns the words of a name, folded.
func nameWords(name string) []string {
	f := fold(name)
	var all []string
	for _, w := range f.words() {
		all = append(all, string(f.runes[w.from:w.to]))
	}
	return all
}

// findName returns where the whole name stands, and each part that tells
// something. A possessive s goes along.
func (f foldedText) findName(name []string, mask string) []span {
	if len(name) == 0 || len(name) == 1 && slices.Contains(smallWords, name[0]) {
		return nil
	}
	var found []span
	if !spaced(name[0]) {
		found = f.find([]rune(strings.Join(name, "")), mask)
	}
	words := f.words()
	for i, w := range words {
		if n := len(name); f.follows(words[i:], name) {
			found = append(found, span{w.from, words[i+n-1].to, mask})
		}
		if f.isPart(w, name) {
			found = append(found, span{w.from, w.to, mask})
		}
	}
	return found
}

// spaced reports whether a word is of a script that puts spaces between
// words.
func spaced(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Khmer, unicode.Lao)
	})
}

// follows reports whether the words begin with the whole name.
func (f foldedText) follows(words []span, name []string) bool {
	if len(words) < len(name) {
		return false
	}
	for i, part := range name {
		if !same(string(f.runes[words[i].from:words[i].to]), part, i == len(name)-1) {
			return false
		}
	}
	return true
}

// isPart reports whether the word is a part of the name that tells something.
func (f foldedText) isPart(w span, name []string) bool {
	const shortest = 3
	word := string(f.runes[w.from:w.to])
	return slices.ContainsFunc(name, func(part string) bool {
		return len([]rune(part)) >= shortest && !slices.Contains(smallWords, part) && same(word, part, true)
	})
}

func same(word, part string, possessive bool) bool {
	return word == part || possessive && word == part+"s"
}

// phoneForms returns the ways to write a telephone number, as digits, longest
// first: with the country's number and without. A number without one is
// Dutch. Nothing when it is too short to be a number.
func phoneForms(phone string) []string {
	const shortest, national = 7, 9
	all := digits(folded(phone))
	if len(all) < shortest {
		return nil
	}
	abroad, home := "31"+strings.TrimPrefix(all, "0"), strings.TrimPrefix(all, "0")
	if strings.HasPrefix(strings.TrimSpace(phone), "+") || strings.HasPrefix(all, "00") {
		abroad = strings.TrimPrefix(all, "00")
		home = abroad[max(0, len(abroad)-national):]
	}
	country := strings.TrimSuffix(abroad, home)
	forms := []string{"00" + country + "0" + home, "00" + abroad, country + "0" + home, abroad, all, "0" + home, home}
	slices.SortStableFunc(forms, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return slices.Compact(forms)
}

func digits(runes []rune) string {
	return string(slices.DeleteFunc(slices.Clone(runes), func(r rune) bool { return r < '0' || r > '9' }))
}

// findPhone returns where one of the forms stands, whatever punctuation is
// between its digits.
func (f foldedText) findPhone(forms []string, mask string) []span {
	var found []span
	for _, run := range f.dialled() {
		number := make([]rune, len(run))
		for i, at := range run {
			number[i] = f.runes[at]
		}
		for _, in := range inside(string(number), forms) {
			found = append(found, span{f.plus(run[in.from]), run[in.to-1] + 1, mask})
		}
	}
	return found
}

// inside returns where the forms stand in a run of digits; at one place the
// first form that fits.
func inside(number string, forms []string) []span {
	var found []span
	for i := 0; i < len(number); i++ {
		for _, form := range forms {
			if strings.HasPrefix(number[i:], form) {
				found = append(found, span{from: i, to: i + len(form)})
				i += len(form) - 1
				break
			}
		}
	}
	return found
}

// plus moves a number's begin to the plus sign before it.
func (f foldedText) plus(at int) int {
	if at > 0 && f.runes[at-1] == '+' {
		return at - 1
	}
	return at
}

// dialled returns the runs of digits that may be one telephone number: where
// each digit stands, with nothing but punctuation and spaces between.
func (f foldedText) dialled() [][]int {
	var runs [][]int
	var run []int
	for i, r := range f.runes {
		switch {
		case r >= '0' && r <= '9':
			run = append(run, i)
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			runs, run = append(runs, run), nil
		}
	}
	return append(runs, run)
}

// merged sorts the spans and joins those that overlap, or that nothing but
// spaces and punctuation of a name lies between, when they are of one kind.
func merged(spans []span, f foldedText) []span {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
	var all []span
	for _, s := range spans {
		if n := len(all); n > 0 && (s.from < all[n-1].to || s.mask == all[n-1].mask && f.joined(all[n-1].to, s.from)) {
			all[n-1].to = max(all[n-1].to, s.to)
			continue
		}
		all = append(all, s)
	}
	return all
}

func (f foldedText) joined(from, to int) bool {
	return !slices.ContainsFunc(f.runes[from:to], func(r rune) bool { return !strings.ContainsRune(" -'’.", r) })
}

// replaced puts the masks in the text.
func replaced(text string, f foldedText, spans []span) string {
	var b strings.Builder
	done := 0
	for _, s := range spans {
		b.WriteString(text[done:max(done, f.at[s.from])])
		b.WriteString(s.mask)
		done = f.end(s.to)
	}
	b.WriteString(text[done:])
	return b.String()
}

// end is where the character before rune i ends in the text, with the marks
// that belong to it; a character that folds to several runes goes whole.
func (f foldedText) end(i int) int {
	for i < len(f.runes) && i > 0 && f.at[i] == f.at[i-1] {
		i++
	}
	return f.at[i]
}

// looksLikeContact reports whether a text is an e-mail address or a telephone
// number rather than words.
func looksLikeContact(text string) bool {
	const fewest = 6 // of a telephone number
	digits := 0
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune("+-–().,/ ", r):
			return strings.Contains(text, "@")
		}
	}
	return digits >= fewest
}
