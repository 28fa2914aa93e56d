package testclock

import (
	"testing"
	"time"
)

func TestClock_parse(t *testing.T) {
	for typed, want := range map[string]string{
		ordinary:                    "2026-06-09T10:00:00+02:00",
		"2028-02-29T23:30":          "2028-02-29T23:30:00+01:00",
		"2027-10-31T02:30:00+02:00": "2027-10-31T02:30:00+02:00",
		"2027-10-31T02:30:00+01:00": "2027-10-31T02:30:00+01:00",
		"2027-12-31T23:30:00Z":      "2028-01-01T00:30:00+01:00",
		"tomorrow":                  "",
		"2027-02-29T10:00":          "",
	} {
		at, err := parse(typed)
		if (err == nil) != (want != "") || err == nil && at.Format(time.RFC3339) != want {
			t.Errorf("%s: %v, %v, want %q", typed, at, err, want)
		}
	}
}

// TestClock_daysPass: days later it is the same time of day, also when one of the days
// had 23 or 25 hours.
func TestClock_daysPass(t *testing.T) {
	at := Now()
	for _, days := range []int{0, 1, 5, 200, 2*365 + 60} {
		later := time.Now().Add(Offset(days)).In(at.Location())
		if off := later.Sub(at.AddDate(0, 0, days)); off < 0 || off > time.Minute {
			t.Errorf("%d days after %v it is %v", days, at, later)
		}
	}
}
