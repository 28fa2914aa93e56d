package cases

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/artra/klachtbot/workflow"
)

// The kinds of keyed hashes by which a sealed value is found again.
const (
	HashEmail = "email"
	HashPhone = "phone"
)

// Contact is a means of contact as the register searches for it.
type Contact struct{ Kind, Value string }

// Contacts returns what the complainant can be found by, in one spelling.
func Contacts(p workflow.Particulars) []Contact {
	var found []Contact
	if v := NormalEmail(p.Email.Reveal()); v != "" {
		found = append(found, Contact{HashEmail, v})
	}
	if v := NormalPhone(p.Phone.Reveal()); v != "" {
		found = append(found, Contact{HashPhone, v})
	}
	return found
}

// NormalEmail is an e-mail address in one spelling: capitals don't tell two
// mailboxes apart anywhere in practice.
func NormalEmail(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// NormalPhone is a telephone number in one spelling: the digits of the
// international form. A number without a country is Dutch.
func NormalPhone(s string) string {
	s = strings.ReplaceAll(s, "(0)", "")
	international := strings.HasPrefix(strings.TrimSpace(s), "+")
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
	switch {
	case international:
		return digits
	case strings.HasPrefix(digits, "00"):
		return digits[2:]
	case strings.HasPrefix(digits, "0"):
		return "31" + digits[1:]
	}
	return digits
}

// Fold is a text as searches compare it: in lower case, without accents, with
// single spaces.
func Fold(s string) string {
	bare := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
	return strings.Join(strings.Fields(bare), " ")
}

// Words are the words of a folded text.
func Words(folded string) []string {
	return strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
