package calendar

import (
	"cmp"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"
)

// Date is a calendar date without a time or a zone. Deadlines are dates
// (deadlines.md, opening): they are kept until 23:59:59 local time of the day
// itself. The zero Date means "unknown" and prints as the empty string.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// errDate is what ParseDate and Scan return; it never repeats the input,
// which may be anything that a person typed.
var errDate = errors.New("not a date in the form 2006-01-02")

// NewDate returns the date y-m-d, with an overflowing month or day carried on
// as time.Date does.
func NewDate(y int, m time.Month, d int) Date {
	return dateOf(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
}

// ParseDate reads a date in the form 2006-01-02. It is written out, since
// figures over a million cases read ten dates of each.
func ParseDate(s string) (Date, error) {
	if len(s) != len(time.DateOnly) || s[4] != '-' || s[7] != '-' {
		return Date{}, errDate
	}
	y, okYear := digits(s[:4])
	m, okMonth := digits(s[5:7])
	d, okDay := digits(s[8:])
	if !okYear || !okMonth || !okDay || m < 1 || m > 12 || d < 1 || d > 28 && d > daysIn(y, time.Month(m)) {
		return Date{}, errDate
	}
	return Date{y, time.Month(m), d}, nil
}

// digits reads a number that is nothing but digits.
func digits(s string) (n int, ok bool) {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

func daysIn(y int, m time.Month) int { return NewDate(y, m+1, 0).Day }

func dateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// Midnight returns the beginning of the date in UTC, for arithmetic: it is no
// instant of the firm's own time. Calendar.At returns those.
func (d Date) Midnight() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// IsZero reports whether the date is unknown.
func (d Date) IsZero() bool { return d == Date{} }

// String returns the date as 2006-01-02, or "" when it is unknown.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Compare is -1, 0 or +1 as d comes before, is, or comes after e.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// Before reports whether d lies before e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports whether d lies after e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// AddDays returns the date n days later; n may be negative. It counts
// calendar days, never hours (R12).
func (d Date) AddDays(n int) Date { return NewDate(d.Year, d.Month, d.Day+n) }

// AddMonths returns the same day number n months later, or that month's last
// day when it has no such day: 31 January and one month is 28 or 29 February,
// 28 February and one month is 28 March (R3).
func (d Date) AddMonths(n int) Date {
	first := NewDate(d.Year, d.Month+time.Month(n), 1)
	last := NewDate(first.Year, first.Month+1, 0)
	return Date{first.Year, first.Month, min(d.Day, last.Day)}
}

// DaysSince returns how many days d lies after e; negative when before.
func (d Date) DaysSince(e Date) int {
	return int(d.Midnight().Sub(e.Midnight()) / (24 * time.Hour))
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.Midnight().Weekday() }

// MarshalText writes the date as 2006-01-02; an unknown date is empty.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(b []byte) error { return d.Scan(string(b)) }

// Value stores the date as TEXT, an unknown one as the empty string, so that
// dates sort and compare in SQL as they do here.
func (d Date) Value() (driver.Value, error) { return d.String(), nil }

// Scan reads a date from a TEXT column.
func (d *Date) Scan(src any) error {
	var s string
	switch v := src.(type) {
	case nil:
	case string:
		s = v
	case []byte:
		s = string(v)
	default:
		return errDate
	}
	if s == "" {
		*d = Date{}
		return nil
	}
	var err error
	*d, err = ParseDate(s)
	return err
}

// Week returns the Monday of the date's week, which names the weekly digest.
func (d Date) Week() Date {
	return d.AddDays(-(int(d.Weekday()) + 6) % 7)
}

// Latest returns the later of two days.
func Latest(a, b Date) Date {
	if a.Before(b) {
		return b
	}
	return a
}
