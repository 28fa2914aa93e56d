package calendar

import (
	"testing"
	"testing/quick"
	"time"
)

func TestDate_addMonthsKeepsTheDayOrTakesTheLast(t *testing.T) {
	for _, test := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-01-31", 1, "2026-02-28"},
		{"2028-01-31", 1, "2028-02-29"},
		{"2026-02-28", 1, "2026-03-28"},
		{"2026-03-31", 1, "2026-04-30"},
		{"2026-12-21", 1, "2027-01-21"},
		{"2026-08-31", 24, "2028-08-31"},
		{"2028-02-29", 24, "2030-02-28"},
		{"2028-02-29", -24, "2026-02-28"},
		{"2026-01-15", -1, "2025-12-15"},
	} {
		if got := day(test.from).AddMonths(test.months).String(); got != test.want {
			t.Errorf("%s + %d months = %s, want %s", test.from, test.months, got, test.want)
		}
	}
}

func TestDate_roundTrip(t *testing.T) {
	for _, s := range []string{"", "2026-02-28", "2028-02-29"} {
		var d Date
		if err := d.Scan(s); err != nil {
			t.Fatalf("scan %q: %v", s, err)
		}
		v, err := d.Value()
		if err != nil || v != s {
			t.Errorf("value of %q = %v, %v", s, v, err)
		}
	}
	for _, bad := range []any{"2026-02-29", "29-02-2028", 20260229, "x"} {
		var d Date
		if err := d.Scan(bad); err == nil {
			t.Errorf("scan %v: no error, got %v", bad, d)
		}
	}
}

func TestDate_daysSinceOverClockChanges(t *testing.T) {
	for _, at := range []string{"2026-03-28", "2026-10-24"} {
		if got := day(at).AddDays(2).DaysSince(day(at)); got != 2 {
			t.Errorf("two days after %s: %d", at, got)
		}
	}
}

// TestDate_addMonthsNeverRunsIntoTheNextMonth holds for any date and any number of
// months: the day is the same, or it is the last of its month.
func TestDate_addMonthsNeverRunsIntoTheNextMonth(t *testing.T) {
	holds := func(days uint16, months int8) bool {
		from := NewDate(2020, time.January, 1).AddDays(int(days))
		got := from.AddMonths(int(months))
		last := NewDate(got.Year, got.Month+1, 0).Day
		distance := (got.Year-from.Year)*12 + int(got.Month-from.Month)
		return distance == int(months) && (got.Day == from.Day || got.Day == last && from.Day > last)
	}
	if err := quick.Check(holds, &quick.Config{MaxCount: 5000}); err != nil {
		t.Error(err)
	}
}

func TestDate_week(t *testing.T) {
	for d, want := range map[string]string{
		"2026-11-23": "2026-11-23", "2026-11-24": "2026-11-23", "2026-11-29": "2026-11-23", "2027-01-01": "2026-12-28",
	} {
		if got := day(d).Week(); got != day(want) || got.Weekday() != time.Monday {
			t.Errorf("%s: %s", d, got)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	f.Add("2026-02-28")
	f.Add("0000-00-00")
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err == nil && d.String() != s && !d.IsZero() {
			t.Errorf("ParseDate(%q) prints as %q", s, d)
		}
	})
}
