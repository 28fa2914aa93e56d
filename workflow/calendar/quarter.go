package calendar

import (
	"cmp"
	"database/sql/driver"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Quarter is a calendar quarter (R11). A complaint counts in the quarter of
// the local date on which it was received. The zero Quarter is no quarter.
type Quarter struct {
	Year   int
	Number int // 1 to 4
}

// errQuarter never repeats the input: see errDate.
var errQuarter = errors.New("not a quarter in the form 2026-Q3")

// ParseQuarter reads a quarter as people write it: 2026-Q3, 2026q3, Q3 2026.
func ParseQuarter(s string) (Quarter, error) {
	s = strings.ToUpper(strings.TrimSpace(s))
	year, number, ok := cutQuarter(s)
	if !ok {
		return Quarter{}, errQuarter
	}
	y, err := strconv.ParseUint(year, 10, 16)
	if err != nil || len(year) != 4 || y == 0 || number < '1' || number > '4' {
		return Quarter{}, errQuarter
	}
	return Quarter{int(y), int(number - '0')}, nil
}

// cutQuarter finds the year and the digit after the Q, whichever comes first.
func cutQuarter(s string) (year string, number byte, ok bool) {
	if rest, first := strings.CutPrefix(s, "Q"); first && rest != "" {
		return strings.TrimLeft(rest[1:], " -"), rest[0], true
	}
	year, rest, ok := strings.Cut(s, "Q")
	if len(rest) != 1 {
		return "", 0, false
	}
	return strings.TrimRight(year, " -"), rest[0], ok
}

// QuarterOf returns the quarter in which the date lies.
func QuarterOf(d Date) Quarter { return Quarter{d.Year, (int(d.Month) + 2) / 3} }

// First returns the quarter's first day.
func (q Quarter) First() Date { return NewDate(q.Year, time.Month(q.Number*3-2), 1) }

// Last returns the quarter's last day.
func (q Quarter) Last() Date { return q.Next().First().AddDays(-1) }

// Next returns the quarter after q.
func (q Quarter) Next() Quarter { return QuarterOf(q.First().AddMonths(3)) }

// Previous returns the quarter before q.
func (q Quarter) Previous() Quarter { return QuarterOf(q.First().AddMonths(-3)) }

// Contains reports whether the date lies in the quarter; an unknown date lies in
// none.
func (q Quarter) Contains(d Date) bool { return !d.IsZero() && QuarterOf(d) == q }

// Compare is -1, 0 or +1 as q comes before, is, or comes after r.
func (q Quarter) Compare(r Quarter) int {
	return cmp.Or(cmp.Compare(q.Year, r.Year), cmp.Compare(q.Number, r.Number))
}

// IsZero reports whether q is the zero Quarter, which is no quarter.
func (q Quarter) IsZero() bool { return q == Quarter{} }

// String returns the quarter as 2026-Q3.
func (q Quarter) String() string { return fmt.Sprintf("%04d-Q%d", q.Year, q.Number) }

// MarshalText writes the quarter as 2026-Q3.
func (q Quarter) MarshalText() ([]byte, error) { return []byte(q.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (q *Quarter) UnmarshalText(b []byte) (err error) {
	*q, err = ParseQuarter(string(b))
	return err
}

// Value stores the quarter as MarshalText writes it.
func (q Quarter) Value() (driver.Value, error) { return q.String(), nil }

// Scan reads what Value stored.
func (q *Quarter) Scan(src any) error {
	switch v := src.(type) {
	case string:
		return q.UnmarshalText([]byte(v))
	case []byte:
		return q.UnmarshalText(v)
	}
	return fmt.Errorf("quarter from %T", src)
}
