package texts

import (
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
)

// Date writes a date as people say it: "ma 23 november 2026".
func (s Speaker) Date(d calendar.Date) string {
	if d.IsZero() {
		return s.Say("date.unknown")
	}
	return s.Say("date.long", Args{
		"Weekday": s.Say("weekday." + weekdays[d.Weekday()]),
		"Day":     d.Day,
		"Month":   s.Say("month." + months[d.Month-1]),
		"Year":    d.Year,
	})
}

// LetterDate writes a date as a letter does, without the day of the week:
// "23 november 2026".
func (s Speaker) LetterDate(d calendar.Date) string {
	if d.IsZero() {
		return s.Say("date.unknown")
	}
	return s.Say("date.letter", Args{"Day": d.Day, "Month": s.Say("month." + months[d.Month-1]), "Year": d.Year})
}

// Month writes the month of a date: "november 2026".
func (s Speaker) Month(d calendar.Date) string {
	return s.Say("date.month", Args{"Month": s.Say("month." + months[d.Month-1]), "Year": d.Year})
}

// Instant writes an instant in local time: "23 november 2026, 14:05".
func (s Speaker) Instant(t time.Time, loc *time.Location) string {
	t = t.In(loc)
	return s.Say("date.instant", Args{
		"Day": t.Day(), "Month": s.Say("month." + months[t.Month()-1]), "Year": t.Year(),
		"Clock": t.Format("15:04"),
	})
}

// Days writes a number of days: "1 dag", "2 dagen".
func (s Speaker) Days(n int) string { return s.Say("date.days", Args{"Count": n}) }

// Months writes a number of months: "1 maand", "24 maanden".
func (s Speaker) Months(n int) string { return s.Say("date.months", Args{"Count": n}) }

var weekdays = [...]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

var months = [...]string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
