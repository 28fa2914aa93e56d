package contact

import (
	"slices"
	"strings"
)

// Mentioned reports whether a text has an address, a number or a whole name of
// the subject in it. Small words between the parts of a name don't count.
func (f *Finder) Mentioned(text string) bool {
	t := read(text)
	for _, e := range f.emails {
		if len(t.find(e, "")) > 0 {
			return true
		}
	}
	if len(f.phones) > 0 {
		runs := t.dialled()
		for _, forms := range f.phones {
			if len(t.findPhone(runs, forms, "")) > 0 {
				return true
			}
		}
	}
	return len(f.whole) > 0 && (len(t.findAll(f.whole, "")) > 0 || f.named(t))
}

func (f *Finder) named(t *reading) bool {
	if f.namedIn(t) {
		return true
	}
	wide := t.widened()
	return wide != nil && f.namedIn(wide)
}

// namedIn looks for the names in the text's words without the small ones, each
// from the beginning of a word to the end of one.
func (f *Finder) namedIn(t *reading) bool {
	var key strings.Builder
	edges := map[int]bool{0: true}
	for _, w := range t.words() {
		if word := string(t.runes[w.from:w.to]); !small(word) {
			key.WriteString(word)
			edges[key.Len()] = true
		}
	}
	return slices.ContainsFunc(f.telling, func(name string) bool { return between(key.String(), name, edges) })
}

func between(key, name string, edges map[int]bool) bool {
	for at := 0; ; at++ {
		i := strings.Index(key[at:], name)
		if i < 0 {
			return false
		}
		if at += i; edges[at] && edges[at+len(name)] {
			return true
		}
	}
}

// mentionName makes ready to look for a name of two words and more: one of a
// single word would be in every second story.
func (f *Finder) mentionName(n Name) {
	for _, s := range spellings(string(n)) {
		var words, telling []string
		for _, t := range s.tokens {
			words = append(words, t.words...)
		}
		if telling = slices.DeleteFunc(slices.Clone(words), small); len(telling) > 1 {
			f.whole = append(f.whole, newPattern(words, wholeWords))
			f.telling = append(f.telling, strings.Join(telling, ""))
		}
	}
}

// Traces says what of a subject stands in a text.
type Traces struct{ Name, Email, Phone, Address bool }

// Traces looks for what Mask would hide in a text, and for a name in any way in which
// Mentioned finds it.
func (f *Finder) Traces(text string) (found Traces) {
	t := read(text)
	marks := Masks{Name: "n", Email: "e", Phone: "p", Address: "a"}
	for _, s := range t.merged(f.spans(t, marks)) {
		found.Name = found.Name || s.mask == marks.Name
		found.Email = found.Email || s.mask == marks.Email
		found.Phone = found.Phone || s.mask == marks.Phone
		found.Address = found.Address || s.mask == marks.Address
	}
	found.Name = found.Name || f.named(t)
	return found
}
