package subject

import (
	"slices"
	"strings"
	"unicode"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/subject"
)

// What an access request may ask by.
const (
	maxIdentifiers = 10 // addresses, numbers and names
	fewestChars    = 2  // letters of a name
)

// identifiersOf reads what somebody is known by out of a text, as people type
// or paste it: each address, number and name on a line, or between semicolons;
// "Jan Jansen <jan@example.org>" is a name and an address. What is too short to
// identify anybody is left out.
func identifiersOf(text string) []subject.Identifier {
	var all []subject.Identifier
	add := func(kind subject.IdentifierKind, found string) {
		one := subject.Identifier{Kind: kind, Text: workflow.Confidential(found)}
		if !slices.Contains(all, one) {
			all = append(all, one)
		}
	}
	for _, line := range strings.FieldsFunc(kit.Readable(contact.Clean(text)), func(r rune) bool { return r == '\n' || r == ';' }) {
		emails, rest := emailsIn(line)
		for _, email := range emails {
			add(subject.IdentifierEmail, email)
		}
		phones, rest := contact.PhonesIn(rest)
		for _, phone := range phones {
			add(subject.IdentifierPhone, phone)
		}
		if name := strings.Join(strings.Fields(rest), " "); lettersIn(name) >= fewestChars {
			add(subject.IdentifierName, name)
		}
	}
	return all
}

// emailsIn takes the e-mail addresses out of a line.
func emailsIn(line string) (emails []string, rest string) {
	var others []string
	for _, word := range strings.Fields(line) {
		bare := strings.Trim(strings.TrimPrefix(strings.ToLower(word), "mailto:"), `<>()[],:"'.`)
		if user, host, ok := strings.Cut(bare, "@"); ok && user != "" && host != "" {
			emails = append(emails, bare)
			continue
		}
		others = append(others, word)
	}
	return emails, strings.Join(others, " ")
}

func lettersIn(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
