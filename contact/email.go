package contact

import (
	"errors"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"
)

// ErrNotEmail says that a text is no e-mail address that could exist.
var ErrNotEmail = errors.New("not an e-mail address")

// The longest address that fits into an envelope, and the longest mailbox in
// it, in octets (RFC 5321, sections 4.5.3.1.1 and 4.5.3.1.3).
const (
	maxAddress = 254
	maxLocal   = 64
)

// Email is an e-mail address that somebody typed.
type Email struct {
	hidden
	typed, local, domain string
}

// lookup maps and checks a domain as one does that is looked up: what is
// registered is spelled in many ways. Hyphens are checked apart, as names with
// two in the third place exist.
var lookup = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.VerifyDNSLength(true), idna.CheckHyphens(false))

// ParseEmail reads a bare address with a dotted domain, in any script. What
// can't be seen is dropped; what no mail server could have is refused.
func ParseEmail(s string) (Email, error) {
	s = Clean(s)
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || a.Name != "" || strings.ContainsFunc(s, unprintable) {
		return Email{}, ErrNotEmail
	}
	at := strings.LastIndexByte(s, '@')
	e := Email{typed: s, local: s[:at]}
	if e.domain, err = lookup.ToASCII(s[at+1:]); err != nil || !possible(e.domain) {
		return Email{}, ErrNotEmail
	}
	if len(e.local) > maxLocal || len(e.ASCII()) > maxAddress {
		return Email{}, ErrNotEmail
	}
	return e, nil
}

func unprintable(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || invisible(r) }

// possible reports whether a domain of ASCII letters can exist: two labels and
// more, none with a hyphen at an end, the last not a number.
func possible(domain string) bool {
	labels := strings.Split(domain, ".")
	for _, label := range labels {
		if label == "" || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return false
		}
	}
	return len(labels) > 1 && strings.Trim(labels[len(labels)-1], "0123456789") != ""
}

// ASCII returns the address to send to: the domain as its A-labels. The mailbox
// stays as typed, so that one with other letters needs a server with SMTPUTF8.
func (e Email) ASCII() string {
	if e.domain == "" {
		return ""
	}
	return e.local + "@" + e.domain
}

// ASCIIHost returns the name of a server as it is looked up: with A-labels where
// it has other letters. A name of ASCII letters, and what is no name, stays as it
// is.
func ASCIIHost(host string) string {
	if strings.IndexFunc(host, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		return host
	}
	if name, err := lookup.ToASCII(host); err == nil {
		return name
	}
	return host
}

// Key is the same for two addresses that are the same. Capitals don't tell two
// mailboxes apart anywhere in practice; accents do.
func (e Email) Key() string {
	if e.domain == "" {
		return ""
	}
	return strings.ToLower(norm.NFC.String(e.local)) + "@" + e.domain
}

// EmailKey is the key of an address that a register holds, or the text itself
// in small letters when it is none by now: it was taken once, and must still be
// found.
func EmailKey(s string) string {
	if e, err := ParseEmail(s); err == nil {
		return e.Key()
	}
	return strings.ToLower(strings.TrimSpace(s))
}

// forms returns how the address may stand in a text.
func (e Email) forms() []string {
	all := []string{e.typed, e.ASCII()}
	if readable, err := lookup.ToUnicode(e.domain); err == nil {
		all = append(all, e.local+"@"+readable)
	}
	return all
}
