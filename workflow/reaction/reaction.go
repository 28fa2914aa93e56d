// Package reaction remembers when a complainant heard something of the matter
// itself (R4a): a question, a progress notice, the outcome. It knows of no
// complaint.
package reaction

import (
	"strconv"
	"strings"
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
)

// Days are the days on which the complainant heard something, each with the second
// at which that was recorded: "2026-11-05 1762340400;2026-11-09 1762700400". A
// letter that can't be delivered is taken out by the latter. It is a text so that
// what holds it stays a plain value; it is stored.
type Days string

// With adds a day.
func (d Days) With(on calendar.Date, recorded time.Time) Days {
	return d.add(on.String() + " " + second(recorded))
}

func (d Days) add(part string) Days {
	if d == "" {
		return Days(part)
	}
	return d + Days(";"+part)
}

func second(at time.Time) string { return strconv.FormatInt(at.Unix(), 10) }

// Without leaves out what was recorded at that second.
func (d Days) Without(recorded time.Time) Days {
	var rest Days
	for part := range strings.SplitSeq(string(d), ";") {
		if _, at, _ := strings.Cut(part, " "); at != second(recorded) {
			rest = rest.add(part)
		}
	}
	return rest
}

// First is the earliest day, zero when there is none.
func (d Days) First() calendar.Date {
	var first calendar.Date
	for part := range strings.SplitSeq(string(d), ";") {
		day, _, _ := strings.Cut(part, " ")
		if on, err := calendar.ParseDate(day); err == nil && (first.IsZero() || on.Before(first)) {
			first = on
		}
	}
	return first
}

// Shorn leaves the first day, moved, and nothing of when it was recorded (R10).
func (d Days) Shorn(moved func(calendar.Date) calendar.Date) Days {
	first := d.First()
	if first.IsZero() {
		return ""
	}
	return Days("").With(moved(first), time.Unix(0, 0))
}
