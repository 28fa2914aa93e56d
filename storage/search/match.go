package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/subject"
)

// matcher compares what somebody is known by with what a case says. It finds
// rather too much than too little: a person looks at what it found.
type matcher struct {
	emails []string
	phones []string   // the last digits, which are the same with and without a country
	names  [][]string // words of each name, without the small ones
}

// numberEnd is how many digits at its end tell a telephone number from others:
// those of a Dutch one without the zero.
const numberEnd = 9

func newMatcher(marks []subject.Identifier) matcher {
	var m matcher
	for _, mark := range marks {
		text := mark.Text.Reveal()
		switch email, phone := cases.NormalEmail(text), ending(cases.NormalPhone(text)); {
		case mark.Kind == subject.IdentifierEmail && email != "":
			m.emails = append(m.emails, email)
		case mark.Kind == subject.IdentifierPhone && phone != "":
			m.phones = append(m.phones, phone)
		case mark.Kind == subject.IdentifierName:
			m.names = append(m.names, nameWords(cases.Fold(text)))
		}
	}
	return m
}

// why says why a case with these Particulars may be the person's; "" when
// nothing says so.
func (m matcher) why(p workflow.Particulars) subject.MatchReason {
	email, phone := cases.NormalEmail(p.Email.Reveal()), digits(p.Phone.Reveal())
	switch {
	case slices.Contains(m.emails, email), slices.ContainsFunc(m.phones, func(n string) bool { return strings.Contains(phone, n) }):
		return subject.MatchContact
	case len(m.names) == 0:
		return ""
	}
	said := nameWords(cases.Fold(p.Name.Reveal()))
	if slices.ContainsFunc(m.names, func(asked []string) bool { return sameName(asked, said) }) {
		return subject.MatchName
	}
	return ""
}

// mentioned reports whether the story, the wish, the address or the name field
// has an address, a number or a whole name in it. A name of one word would be
// in every second story.
func (m matcher) mentioned(p workflow.Particulars) bool {
	all := strings.Join([]string{p.Name.Reveal(), p.Address.Reveal(), p.Story.Reveal(), p.Wish.Reveal()}, "\n")
	if len(m.phones) > 0 {
		numbers := digits(all)
		if slices.ContainsFunc(m.phones, func(n string) bool { return strings.Contains(numbers, n) }) {
			return true
		}
	}
	folded := foldText(all)
	return slices.ContainsFunc(m.emails, func(e string) bool { return strings.Contains(folded, cases.Fold(e)) }) ||
		slices.ContainsFunc(m.names, func(name []string) bool { return speaksOf(folded, name) })
}

// speaksOf reports whether a folded text has the words of a name one after the
// other; the small words between them don't count.
func speaksOf(folded string, name []string) bool {
	if len(name) < 2 || slices.ContainsFunc(name, func(w string) bool { return !strings.Contains(folded, w) }) {
		return false
	}
	words := " " + strings.Join(nameWords(folded), " ") + " "
	return strings.Contains(words, " "+strings.Join(name, " ")+" ")
}

// foldText is fold for a text of which the spaces don't matter. Most texts have
// no accents, and take no time then.
func foldText(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return cases.Fold(s)
		}
	}
	return strings.ToLower(s)
}

// sameName reports whether every word that was asked for begins a word of the
// name, or is shortened to an initial there; an initial alone is no name. "Jan
// Jansen" finds "J. Jansen-de Wit", "Jansen" finds both.
func sameName(asked, said []string) bool {
	whole := false
	for _, w := range asked {
		found := false
		for _, part := range said {
			if strings.HasPrefix(part, w) {
				found, whole = true, true
				break
			}
			found = found || isInitial(part) && strings.HasPrefix(w, part)
		}
		if !found {
			return false
		}
	}
	return whole
}

func isInitial(word string) bool { return len([]rune(word)) == 1 }

// smallWords stand in names and forms of address, and tell nobody from anybody.
var smallWords = []string{
	"van", "von", "de", "den", "der", "het", "t", "d", "te", "ten", "ter", "in", "op", "la", "le", "du", "el", "al",
	"dhr", "mw", "mevr", "mevrouw", "heer", "meneer", "mijnheer", "mr", "mrs", "ms", "dr", "drs", "ir", "ing", "prof",
}

// nameWords are the words of a folded name, without the small ones unless there
// are no others.
func nameWords(folded string) []string {
	all := cases.Words(folded)
	telling := slices.DeleteFunc(slices.Clone(all), func(w string) bool { return slices.Contains(smallWords, w) })
	if len(telling) == 0 {
		return all
	}
	return telling
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

func ending(number string) string { return number[max(0, len(number)-numberEnd):] }
