package contact

import (
	"cmp"
	"slices"
	"strings"
)

// Masks are the words that stand in the place of what was hidden.
type Masks struct{ Name, Email, Phone, Address string }

// Subject is what is known of somebody, as typed: names, e-mail addresses,
// telephone numbers, and postal addresses of one line and more.
type Subject struct {
	hidden
	Names, Emails, Phones, Addresses []string
}

// Finder finds in texts what is known of somebody, in capitals or not, with
// accents or without, in any punctuation. What is not known can't be found.
type Finder struct {
	hidden
	emails    [][]rune
	phones    [][]string
	names     []pattern
	addresses []pattern
	whole     []pattern // names of two words and more
	telling   []string  // keys of these without the small words
}

// Finder makes ready to look for the subject in many texts.
func (s Subject) Finder() *Finder {
	f := &Finder{}
	for _, one := range s.Emails {
		f.emails = append(f.emails, emailForms(one)...)
	}
	for _, one := range s.Phones {
		f.phones = append(f.phones, phoneForms(one))
	}
	for _, one := range s.Names {
		f.names = append(f.names, namePatterns(one)...)
		f.mentionName(Name(one))
	}
	for _, one := range s.Addresses {
		f.addresses = append(f.addresses, addressPatterns(one)...)
	}
	return f
}

// Mask returns the text with what is known of the subject hidden, and
// everything else as it was, byte for byte.
func (f *Finder) Mask(text string, with Masks) string {
	t := read(text)
	return t.replaced(text, t.merged(f.spans(t, with)))
}

func (f *Finder) spans(t *reading, with Masks) []span {
	var spans []span
	for _, e := range f.emails {
		spans = append(spans, t.find(e, with.Email)...)
	}
	if len(f.phones) > 0 {
		runs := t.dialled()
		for _, forms := range f.phones {
			spans = append(spans, t.findPhone(runs, forms, with.Phone)...)
		}
	}
	return append(append(spans, t.findAll(f.addresses, with.Address)...), t.findAll(f.names, with.Name)...)
}

// emailForms returns how an address may stand in a folded text.
func emailForms(s string) [][]rune {
	all := []string{s}
	if e, err := ParseEmail(s); err == nil {
		all = e.forms()
	}
	var forms [][]rune
	for _, one := range all {
		form := []rune(strings.TrimSpace(string(read(strings.TrimSpace(one)).runes)))
		if len(form) > 0 && !slices.ContainsFunc(forms, func(f []rune) bool { return slices.Equal(f, form) }) {
			forms = append(forms, form)
		}
	}
	return forms
}

// find returns where the runes stand.
func (t *reading) find(form []rune, mask string) []span {
	var found []span
	for i := 0; i+len(form) <= len(t.runes); i++ {
		if t.runes[i] == form[0] && slices.Equal(t.runes[i:i+len(form)], form) {
			found = append(found, span{i, i + len(form), mask})
		}
	}
	return found
}

// findPhone returns where one of the forms stands, whatever punctuation is
// between its digits.
func (t *reading) findPhone(runs [][]int, forms []string, mask string) []span {
	var found []span
	for _, run := range runs {
		number := make([]rune, len(run))
		for i, at := range run {
			number[i] = t.runes[at]
		}
		for _, in := range inside(string(number), forms) {
			found = append(found, span{t.opening(run[in.from], run[in.to-1]), run[in.to-1] + 1, mask})
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

// opening moves a number's begin to the plus sign and the bracket before it,
// the bracket only when it is closed within the number.
func (t *reading) opening(from, last int) int {
	for from > 0 {
		switch before := t.runes[from-1]; {
		case before == '+',
			before == '(' && slices.Contains(t.runes[from:last], ')'),
			before == '[' && slices.Contains(t.runes[from:last], ']'):
			from--
		default:
			return from
		}
	}
	return from
}

// dialled returns the runs of digits that may be one telephone number: where
// each digit stands, with nothing but punctuation and spaces between.
func (t *reading) dialled() [][]int {
	var runs [][]int
	var run []int
	for i, r := range t.runes {
		switch {
		case isDigit(r):
			run = append(run, i)
		case inWord(r) && len(run) > 0:
			runs, run = append(runs, run), nil
		}
	}
	if len(run) > 0 {
		runs = append(runs, run)
	}
	return runs
}

// merged sorts the spans and joins those that overlap, or that nothing but
// spaces and punctuation of a name lies between, when they are of one kind.
func (t *reading) merged(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
	var all []span
	for _, s := range spans {
		if n := len(all); n > 0 && (s.from < all[n-1].to || s.mask == all[n-1].mask && t.together(all[n-1].to, s.from)) {
			all[n-1].to = max(all[n-1].to, s.to)
			continue
		}
		all = append(all, s)
	}
	return all
}

func (t *reading) together(from, to int) bool {
	return !slices.ContainsFunc(t.runes[from:to], func(r rune) bool { return r != ' ' && r != '.' && !joining(r) })
}

// replaced puts the masks in the text.
func (t *reading) replaced(text string, spans []span) string {
	if len(spans) == 0 {
		return text
	}
	var b strings.Builder
	done := 0
	for _, s := range spans {
		b.WriteString(text[done:max(done, t.at[s.from])])
		b.WriteString(s.mask)
		done = t.end(s.to)
	}
	b.WriteString(text[done:])
	return b.String()
}

// end is where the character before rune i ends in the text, with the marks
// that belong to it; a character that folds to several runes goes whole.
func (t *reading) end(i int) int {
	for i < len(t.runes) && i > 0 && t.at[i] == t.at[i-1] {
		i++
	}
	return t.at[i]
}
