package monitor

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/internal/bottest"
)

// TestDoctor_clock: more than two minutes between the machine's clock and Slack's
// is a finding, with the difference as a number.
func TestDoctor_clock(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		dates, wall time.Duration // by how much Slack's Date and the machine are ahead
		code        string
		about       int64
	}{
		"right":               {0, 0, "clock_ok", 0},
		"a minute":            {time.Minute, 0, "clock_ok", -60},
		"Slack says it later": {10 * time.Minute, 0, "clock_skew", -600},
		"the machine too far": {0, 72 * time.Hour, "clock_skew", 72 * 3600},
		"the machine behind":  {0, -3000 * 24 * time.Hour, "clock_skew", -3000 * 24 * 3600},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newMonitorTest(t)
			l.Sim.Faults().SkewDate(test.dates)
			l.workspace.Wall = func() time.Time { return time.Now().Add(test.wall) }
			all := Check(l.Ctx, l.Account, l.workspace)
			at := slices.IndexFunc(all, func(f Finding) bool { return strings.HasPrefix(f.Code, "clock_") })
			if at < 0 || all[at].Code != test.code || all[at].OK != (test.code == "clock_ok") {
				t.Fatalf("%+v, want %s", all, test.code)
			}
			seconds, _ := all[at].Args["skew_seconds"].(int64)
			if off := seconds - test.about; off < -30 || off > 30 {
				t.Errorf("%d seconds, want about %d", seconds, test.about)
			}
			for _, lang := range []string{"nl", "en"} {
				if s := all[at].Say(bottest.Catalogue(t).In(lang)); strings.Contains(s, "<no value>") || strings.HasPrefix(s, "doctor.") {
					t.Errorf("%s: %q", lang, s)
				}
			}
		})
	}
}

// TestMonitor_alarmsOfAWrongClock: the officers hear at once of a clock that is
// more than a day off, once a day, and the check of the day comes whatever the
// clock said before.
func TestMonitor_alarmsOfAWrongClock(t *testing.T) {
	t.Parallel()
	l := newMonitorTest(t)
	wall := time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)
	l.monitor.wall = func() time.Time { return wall }
	l.monitor.clock = slackapi.NewClock(l.Account, func() time.Time { return wall })
	answersAt(t, l.monitor.clock, l.Account, wall)
	asked := func() bool {
		l.Must(l.monitor.Daily(l.Ctx))
		select {
		case <-l.monitor.Asked():
			return true
		default:
			return false
		}
	}
	for _, step := range []struct {
		name string
		wall time.Time
		want bool
	}{
		{"before half past eight", wall, false},
		{"half past eight", wall.Add(31 * time.Minute), true},
		{"a minute later", wall.Add(32 * time.Minute), false},
		{"ten days ahead", wall.AddDate(0, 0, 10), true},
		{"still ahead", wall.AddDate(0, 0, 10).Add(time.Minute), false},
		{"right again", wall.Add(40 * time.Minute), true},
		{"a minute after that", wall.Add(41 * time.Minute), false},
		{"the next day, with Slack's clock", wall.Add(24 * time.Hour), false},
	} {
		wall = step.wall
		if got := asked(); got != step.want {
			t.Errorf("%s: asked %t", step.name, got)
		}
	}
	wall = wall.AddDate(0, 0, 30)
	l.monitor.wall = time.Now // this test's calls don't go through the clock, by which they search
	for range 2 {
		l.Must(l.monitor.Check(l.Ctx))
	}
	if got := l.Alarms(olga); len(got) != 1 || !strings.Contains(got[0], "meer dan een dag met die van Slack") {
		t.Errorf("the officer reads %q", got)
	}
}

// answersAt has a clock read an answer of Slack's with that Date.
func answersAt(t *testing.T, c *slackapi.Clock, account slackapi.Account, date time.Time) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, account.Address()+"api.test", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := c.Over(dated(date)).RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
}

type dated time.Time

func (d dated) RoundTrip(*http.Request) (*http.Response, error) {
	h := http.Header{}
	h.Set("Date", time.Time(d).Format(http.TimeFormat))
	return &http.Response{StatusCode: http.StatusOK, Header: h, Body: http.NoBody}, nil
}
