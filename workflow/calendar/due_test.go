package calendar

import (
	"testing"
	"time"
)

// TestCalendar_dueSoon: what is due in the weekend or on a holiday is Friday's work.
func TestCalendar_dueSoon(t *testing.T) {
	c := amsterdam(t)
	for today, want := range map[Date]Date{
		NewDate(2026, time.November, 26): NewDate(2026, time.November, 27), // Thursday
		NewDate(2026, time.November, 27): NewDate(2026, time.November, 30), // Friday
		NewDate(2026, time.November, 28): NewDate(2026, time.November, 30), // Saturday
		NewDate(2026, time.December, 24): NewDate(2026, time.December, 28), // before Christmas
	} {
		if from, until := c.DueSoon(today); from != today || until != want {
			t.Errorf("on %s: from %s until %s, want until %s", today, from, until, want)
		}
	}
}

// TestCalendar_month: the months of both changes of the clock have an hour less and
// more, and December ends in the next year.
func TestCalendar_month(t *testing.T) {
	c := amsterdam(t)
	for month, want := range map[time.Month]time.Duration{
		time.March: 31*24*time.Hour - time.Hour, time.October: 31*24*time.Hour + time.Hour, time.December: 31 * 24 * time.Hour,
	} {
		from, until := c.Month(NewDate(2026, month, 17))
		if got := until.Sub(from); got != want {
			t.Errorf("%s lasts %s, want %s", month, got, want)
		}
		if c.Today(from) != NewDate(2026, month, 1) || c.Today(from.Add(-time.Second)) != NewDate(2026, month, 0) {
			t.Errorf("%s begins at %s", month, from)
		}
	}
}
