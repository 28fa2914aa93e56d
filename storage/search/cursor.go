package search

import (
	"encoding/base64"
	"strings"

	"github.com/artra/klachtbot/storage/cases"
)

// cursor is where a page ended, and the next begins: the value of its order's
// first column, when that is not the number, and the number.
type cursor struct {
	Key string
	cases.CaseNumber
}

// String is how Page.Next writes a cursor.
func (c cursor) String() string {
	if c.Key == "" {
		return c.CaseNumber.String()
	}
	return base64.RawURLEncoding.EncodeToString([]byte(c.Key)) + "." + c.CaseNumber.String()
}

// parseCursor reads what String wrote; the zero cursor, before all others, when
// it is anything else.
func parseCursor(s string) cursor {
	encoded, number, keyed := strings.Cut(s, ".")
	if !keyed {
		return cursor{CaseNumber: cases.ParseCaseNumber(s)}
	}
	key, err := base64.RawURLEncoding.DecodeString(encoded)
	p := cases.ParseCaseNumber(number)
	if err != nil || p == (cases.CaseNumber{}) {
		return cursor{}
	}
	return cursor{string(key), p}
}
