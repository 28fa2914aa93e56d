package slackapi

import (
	"net/http"
	"testing"
	"time"
)

// dated answers with that Date.
type dated string

func (d dated) RoundTrip(*http.Request) (*http.Response, error) {
	h := http.Header{}
	h.Set("Date", string(d))
	return &http.Response{StatusCode: http.StatusOK, Header: h, Body: http.NoBody}, nil
}

// TestClock_ahead: the difference is known from the first answer on, follows a
// jump of the machine's clock at once, and is read of Slack's answers alone.
func TestClock_ahead(t *testing.T) {
	t.Parallel()
	date := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	wall := date
	c := NewClock(Account{}, func() time.Time { return wall })
	ask := func(url string, d dated) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := c.Over(d).RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
	}
	check := func(name string, want time.Duration, known, wrong bool) {
		t.Helper()
		by, ok := c.Ahead()
		if off := by - want; ok != known || c.Wrong() != wrong || off.Abs() > 30*time.Second {
			t.Errorf("%s: %v ahead, known %t, wrong %t", name, by, ok, c.Wrong())
		}
	}
	check("no answer yet", 0, false, false)
	ask("https://files.slack.com/x", dated(date.AddDate(1, 0, 0).Format(http.TimeFormat)))
	check("another host", 0, false, false)
	ask("https://slack.com/api/auth.test", "yesterday")
	check("not a date", 0, false, false)
	ask("https://slack.com/api/auth.test", dated(date.Format(http.TimeFormat)))
	check("right", 0, true, false)
	for _, jump := range []time.Duration{10 * 24 * time.Hour, -3000 * 24 * time.Hour, 23 * time.Hour} {
		wall = date.Add(jump)
		check("after a jump", jump, true, jump != 23*time.Hour)
	}
	wall = date
	check("back", 0, true, false)
}

// TestClient_searchesFromBeforeAClockThatIsAhead: what was posted just now must be
// found though the machine's clock says that it was long ago; a clock that is
// behind moves nothing.
func TestClient_searchesFromBeforeAClockThatIsAhead(t *testing.T) {
	t.Parallel()
	date := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	for _, off := range []time.Duration{0, 800 * 24 * time.Hour, -800 * 24 * time.Hour} {
		wall := date.Add(off)
		clock := NewClock(Account{}, func() time.Time { return wall })
		clock.read(date.Format(http.TimeFormat))
		c := &Client{clock: clock}
		at := c.onSlacksClock(wall)
		if late := at.Sub(date); late > time.Minute {
			t.Errorf("%v off: searches from %v after now", off, late)
		}
		if off <= 0 && wall.Sub(at) > time.Minute {
			t.Errorf("%v off: moved by %v", off, wall.Sub(at))
		}
	}
}
