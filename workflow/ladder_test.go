package workflow

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// run plays the sweep: it ticks whenever NextAt says so, until the day, and
// returns when which promise was nudged.
func run(t *testing.T, p *Policy, c Complaint, until Date) (Complaint, []string) {
	t.Helper()
	var nudges []string
	for i := 0; !c.NextAt.IsZero() && p.Calendar.Today(c.NextAt).Compare(until) <= 0; i++ {
		if i > 100 {
			t.Fatal("the clock does not get on")
		}
		at := c.NextAt
		change := do(t, p, c, Tick{}, Clock, at)
		c = change.Complaint
		for _, e := range change.Effects {
			if ok, _ := p.NudgeNow(&c, PromiseKind(e.What), e.To, at); !ok {
				t.Errorf("asked for a nudge at %s that may not be sent", at)
			}
			nudges = append(nudges, at.In(p.Calendar.Location).Format("01-02 15:04 ")+e.What+" "+string(e.To))
		}
	}
	return c, nudges
}

func TestTheTwoPings(t *testing.T) {
	p := policy(t)
	for _, test := range []struct {
		name     string
		received string
		acts     []ActionName
		want     []string
	}{
		{"nothing done", "2026-11-02", nil, []string{"11-06 09:00 acknowledgement UOFFICER", "11-25 09:00 outcome UOFFICER"}},
		{"target of R+4 lies before a weekend", "2026-11-03", nil, []string{"11-06 09:00 acknowledgement UOFFICER", "11-26 09:00 outcome UOFFICER"}},
		{"acknowledged", "2026-11-02", []ActionName{ActionAcknowledge}, []string{"11-25 09:00 outcome UOFFICER"}},
		{"decided", "2026-11-02", []ActionName{ActionAcknowledge, ActionResolve}, nil},
		{"a target before R waits for the first window", "2026-12-25", nil, []string{"12-29 09:00 acknowledgement UOFFICER"}},
	} {
		r := day(test.received)
		c := logged(t, p, func(l *Log) { l.Facts.Received = r }, noon(r))
		for _, name := range test.acts {
			c = do(t, p, c, acts(r)[name], officer, noon(r)).Complaint
		}
		if _, got := run(t, p, c, day("2026-12-31")); !cmp.Equal(test.want, got) {
			t.Errorf("%s: %s", test.name, cmp.Diff(test.want, got))
		}
	}
}

func TestALateTickNudgesOnceInTheNextWindow(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*Log) {}, noon(start))
	saturday := noon(start.AddDays(12))
	change := do(t, p, c, Tick{}, Clock, saturday)
	if change.Journal || change.Effects != nil || change.Complaint.Version != c.Version {
		t.Errorf("a tick in the weekend did something: %v", change.Effects)
	}
	if want := p.Calendar.at(start.AddDays(14), 9*60); !change.Complaint.NextAt.Equal(want) {
		t.Errorf("next at %v, want %v", change.Complaint.NextAt, want)
	}
	monday := do(t, p, change.Complaint, Tick{}, Clock, change.Complaint.NextAt)
	again := do(t, p, monday.Complaint, Tick{}, Clock, change.Complaint.NextAt.Add(time.Minute))
	if len(monday.Effects) != 1 || len(again.Effects) != 0 {
		t.Errorf("nudges: %d, then %d; want 1, then 0", len(monday.Effects), len(again.Effects))
	}
}

func TestNudgeIsLookedAtAgainWhenItLeaves(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*Log) {}, noon(start))
	friday := start.AddDays(4)
	for _, test := range []struct {
		name string
		now  time.Time
		to   PersonID
		c    Complaint
		ok   bool
		wait bool
	}{
		{"in the window", noon(friday), officer, c, true, false},
		{"at night", noon(friday).Add(10 * time.Hour), officer, c, false, true},
		{"settled meanwhile", noon(friday), officer, in(t, p, StateInProgress), false, false},
		{"another owner meanwhile", noon(friday), deputy, c, false, false},
	} {
		ok, later := p.NudgeNow(&test.c, PromiseAcknowledgement, test.to, test.now)
		if ok != test.ok || !later.IsZero() != test.wait {
			t.Errorf("%s: %v, later %v", test.name, ok, later)
		}
	}
}

// TestHandlerWhoLeftTheRoster: the case goes to whom the roster has now, who
// is reminded of what still stands; before, nobody was ever reminded again.
func TestHandlerWhoLeftTheRoster(t *testing.T) {
	p := policy(t)
	plain := logged(t, p, func(*Log) {}, noon(start))
	plain = do(t, p, plain, Tick{}, Clock, noon(start.AddDays(4))).Complaint // nudged once
	guarded := logged(t, p, concerning(director), noon(start))
	p.Roster.Officers = []PersonID{deputy}
	for _, test := range []struct {
		name     string
		c        Complaint
		surfaces []Surface
	}{
		{"in the channel", plain, []Surface{SurfaceCase}},
		{"in direct messages", guarded, []Surface{SurfaceCase, SurfaceStory}},
	} {
		moved := do(t, p, test.c, Tick{}, Clock, noon(start.AddDays(5)))
		var shown []Surface
		for _, e := range moved.Effects {
			shown = append(shown, e.Surface)
		}
		if c := moved.Complaint; c.Owner != deputy || !moved.Journal || !cmp.Equal(shown, test.surfaces) {
			t.Errorf("%s: owner %s, journal %v, shown %q", test.name, c.Owner, moved.Journal, shown)
		}
		_, nudges := run(t, p, moved.Complaint, day("2026-11-30"))
		want := []string{"11-09 09:00 acknowledgement UDEPUTY", "11-25 09:00 outcome UDEPUTY"}
		if !cmp.Equal(want, nudges) {
			t.Errorf("%s: %s", test.name, cmp.Diff(want, nudges))
		}
		if again := do(t, p, moved.Complaint, Tick{}, Clock, noon(start.AddDays(5))); again.Journal {
			t.Errorf("%s: moved twice", test.name)
		}
	}
}
