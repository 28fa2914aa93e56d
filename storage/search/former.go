package search

import (
	"strings"

	"github.com/artra/klachtbot/storage/cases"
)

// formerHash is the hash under which an address or number stands in a case that
// rekey has not come to: by the rule before the present one.
func (r *Reader) formerHash(text string) []byte {
	if strings.Contains(text, "@") {
		return r.Search.Hash(cases.HashEmail, strings.ToLower(strings.TrimSpace(text)))
	}
	return r.Search.Hash(cases.HashPhone, formerPhone(text))
}

// formerPhone is the digits of a number's international form, as it was before
// rule 1: a zero behind a country's code stayed, and what named neither a
// country nor an area was no Dutch number.
func formerPhone(s string) string {
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
