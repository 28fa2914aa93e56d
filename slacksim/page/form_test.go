package page

import (
	"testing"
	"time"
)

// A date and time is picked in the person's own zone.
func TestPage_unixOf(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{"2026-03-10T12:00": "1773140400", "": "", "morgen": ""} {
		if got := unixOf(typed, zone); got != want {
			t.Errorf("unixOf(%q) is %q, want %q", typed, got, want)
		}
	}
}
