package storage

import (
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/artra/klachtbot/workflow"
)

// cursor is where a page ended, and the next begins: the value of its order's
// first column, when that is not the number, and the number.
type cursor struct {
	Key string
	place
}

// String is how Page.Next writes a cursor.
func (c cursor) String() string {
	if c.Key == "" {
		return c.number()
	}
	return base64.RawURLEncoding.EncodeToString([]byte(c.Key)) + "." + c.number()
}

// parseCursor reads what String wrote; the zero cursor, before all others, when
// it is anything else.
func parseCursor(s string) cursor {
	encoded, number, keyed := strings.Cut(s, ".")
	if !keyed {
		return cursor{place: parsePlace(s)}
	}
	key, err := base64.RawURLEncoding.DecodeString(encoded)
	p := parsePlace(number)
	if err != nil || p == (place{}) {
		return cursor{}
	}
	return cursor{string(key), p}
}

// parsePlace reads a number; the zero place, before all others, when it is
// none.
func parsePlace(number string) place {
	parts := strings.Split(number, "-")
	if len(parts) != 3 {
		return place{}
	}
	series := workflow.Series(parts[0])
	year, yearErr := strconv.Atoi(parts[1])
	ordinal, ordinalErr := strconv.Atoi(parts[2])
	known := series == workflow.SeriesOrdinary || series == workflow.SeriesGuarded
	if !known || yearErr != nil || ordinalErr != nil || year < 1 || ordinal < 1 {
		return place{}
	}
	return place{year, series, ordinal}
}

// last is the place after all others, where a list that shows the newest first
// begins.
var last = place{Year: 1 << 40, Series: workflow.SeriesGuarded, Ordinal: 1 << 40}

func (p place) args() []any { return []any{p.Year, p.Series, p.Ordinal} }

// orLast is the place itself, unless the list begins.
func (p place) orLast() place {
	if p == (place{}) {
		return last
	}
	return p
}
