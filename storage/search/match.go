package search

import (
	"slices"
	"strings"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/subject"
)

// matcher compares what somebody is known by with what a case says. It finds
// rather too much than too little: a person looks at what it found.
type matcher struct {
	emails []string // keys
	phones []string
	names  []contact.Name
	finder *contact.Finder
}

func newMatcher(identifiers []subject.Identifier) matcher {
	var m matcher
	var known contact.Subject
	for _, one := range identifiers {
		text := one.Text.Reveal()
		switch key := contact.EmailKey(text); {
		case one.Kind == subject.IdentifierEmail && key != "":
			m.emails, known.Emails = append(m.emails, key), append(known.Emails, text)
		case one.Kind == subject.IdentifierPhone:
			m.phones, known.Phones = append(m.phones, text), append(known.Phones, text)
		case one.Kind == subject.IdentifierName:
			m.names, known.Names = append(m.names, contact.Name(text)), append(known.Names, text)
		}
	}
	m.finder = known.Finder()
	return m
}

// why says why a case with these Particulars may be the person's; "" when
// nothing says so.
func (m matcher) why(p workflow.Particulars) subject.MatchReason {
	email, phone := contact.EmailKey(p.Email.Reveal()), p.Phone.Reveal()
	name, other := contact.Name(p.Name.Reveal()), contact.Name(p.OnBehalfOf.Reveal())
	switch {
	case slices.Contains(m.emails, email), slices.ContainsFunc(m.phones, func(asked string) bool { return contact.PhoneMayBe(phone, asked) }):
		return subject.MatchContact
	case slices.ContainsFunc(m.names, func(asked contact.Name) bool { return name.MayBe(asked) || other.MayBe(asked) }):
		return subject.MatchName
	}
	return ""
}

// mentioned reports whether the story, the wish, the address or a name field
// has an address, a number or a whole name in it. A name of one word would be
// in every second story.
func (m matcher) mentioned(p workflow.Particulars) bool {
	return m.finder.Mentioned(strings.Join([]string{p.Name.Reveal(), p.OnBehalfOf.Reveal(), p.Address.Reveal(), p.Story.Reveal(), p.Wish.Reveal()}, "\n"))
}
