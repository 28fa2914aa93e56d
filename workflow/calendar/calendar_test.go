package calendar

import (
	"testing"
	"time"
)

func TestCalendar_dutchNonWorkingDays(t *testing.T) {
	cal := amsterdam(t)
	cal.Extra = []Date{day("2026-12-24")}
	for _, s := range []string{
		"2026-01-01", "2026-01-02", "2026-04-03", "2026-04-06", "2026-04-27", "2026-05-05", "2026-05-14",
		"2026-05-15", "2026-05-25", "2026-12-25", "2026-12-26", "2026-12-24", "2026-11-21", "2026-11-22",
		"2027-03-26", "2027-03-29", "2027-04-27", "2027-05-05", "2027-05-06", "2027-05-07", "2027-05-17",
		"2028-04-14", "2028-04-17", "2028-04-28", "2028-05-25", "2028-05-26", "2028-06-05",
		"2025-04-26", "2031-04-26",
	} {
		if cal.IsWorkingDay(day(s)) {
			t.Errorf("%s is a working day, want none", s)
		}
	}
	for _, s := range []string{"2026-04-07", "2026-04-28", "2026-11-23", "2027-03-30", "2028-05-24", "2026-05-04", "2027-12-24"} {
		if !cal.IsWorkingDay(day(s)) {
			t.Errorf("%s is no working day, want one", s)
		}
	}
	cal.EveryDay = true
	if d := day("2026-12-25"); cal.Target(d) != d {
		t.Errorf("with every day a working day, target(%s) = %s", d, cal.Target(d))
	}
}

func TestCalendar_nextWindow(t *testing.T) {
	cal := amsterdam(t)
	instant := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", s, cal.Location)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, test := range []struct{ now, on, want string }{
		{"2026-11-23 08:59", "2026-11-23", "2026-11-23 09:00"},
		{"2026-11-23 09:00", "2026-11-23", "2026-11-23 09:00"},
		{"2026-11-23 16:59", "2026-11-20", "2026-11-23 16:59"},
		{"2026-11-23 17:00", "2026-11-23", "2026-11-24 09:00"},
		{"2026-11-20 18:00", "2026-11-19", "2026-11-23 09:00"}, // Friday evening
		{"2026-11-20 12:00", "2026-11-22", "2026-11-23 09:00"}, // a Sunday
		{"2026-03-28 12:00", "2026-03-29", "2026-03-30 09:00"}, // the clock goes forward
		{"2026-10-24 12:00", "2026-10-25", "2026-10-26 09:00"}, // and back
		{"2026-12-24 17:30", "2026-12-24", "2026-12-28 09:00"},
	} {
		if got := cal.NextWindow(instant(test.now), day(test.on)); !got.Equal(instant(test.want)) {
			t.Errorf("at %s, on %s: %s, want %s", test.now, test.on, got.In(cal.Location), test.want)
		}
	}
	whole := cal
	whole.Opens, whole.Closes, whole.EveryDay = 0, 24*60, true
	if now := instant("2026-12-25 23:59"); !whole.NextWindow(now, day("2026-12-25")).Equal(now) {
		t.Error("with 00:00-24:00 and every day, the window was shut")
	}
}

// TestCalendar_nextWindowIsTheFirst compares NextWindow with a walk, minute by minute.
func TestCalendar_nextWindowIsTheFirst(t *testing.T) {
	cal := amsterdam(t)
	for _, from := range []string{"2026-03-27", "2026-10-23", "2026-12-23", "2026-05-12"} {
		now := day(from).Midnight().Add(18 * time.Hour)
		want := now
		for !cal.InWindow(want) {
			want = want.Add(time.Minute)
		}
		if got := cal.NextWindow(now, cal.Today(now)); !got.Equal(want) {
			t.Errorf("from %s: %v, want %v", now, got, want)
		}
	}
}
