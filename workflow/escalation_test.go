package workflow

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// run plays the sweep: it ticks whenever NextAt says so, until the day, and
// returns when which promise was nudged.
func run(t *testing.T, p *Policy, c Complaint, until calendar.Date) (Complaint, []string) {
	t.Helper()
	var nudges []string
	for i := 0; !c.NextAt.IsZero() && p.Calendar.Today(c.NextAt).Compare(until) <= 0; i++ {
		if i > 100 {
			t.Fatal("the clock does not get on")
		}
		at := c.NextAt
		change := do(t, p, c, Tick{}, roster.Clock, at)
		c = change.Complaint
		for _, e := range change.Effects {
			due, ok := e.(ReminderDue)
			if !ok {
				continue
			}
			if ok, _ := p.MayRemindNow(&c, due.Watch, due.To, at); !ok {
				t.Errorf("asked for a nudge to %s at %s that may not be sent", due.To, at)
			}
			if local := at.In(p.Calendar.Location); local.Hour() != 9 || local.Minute() != 0 {
				t.Errorf("a nudge at %s, not when the window opens", local)
			}
			nudges = append(nudges, at.In(p.Calendar.Location).Format("01-02 ")+string(due.Watch)+" "+string(due.To))
		}
	}
	return c, nudges
}

// TestTheLadder holds the whole table of deadlines.md, "Nudges".
func TestTheLadder(t *testing.T) {
	p := policy(t)
	for _, test := range []struct {
		name     string
		received string
		acts     []ActionName
		until    string
		want     []string
	}{
		{"nothing done", "2026-11-02", nil, "2026-11-11", []string{
			"11-04 acknowledgement UOFFICER",
			"11-06 acknowledgement UOFFICER", // target of Saturday the 7th, too: the highest step
			"11-06 acknowledgement UDEPUTY",
			"11-09 acknowledgement UOFFICER", "11-09 acknowledgement UDEPUTY",
			"11-09 acknowledgement UDIRECTOR", "11-09 acknowledgement UDIRECTOR2",
			"11-10 acknowledgement UOFFICER", "11-10 acknowledgement UDEPUTY",
			"11-11 acknowledgement UOFFICER", "11-11 acknowledgement UDEPUTY",
		}},
		{"acknowledged", "2026-11-02", []ActionName{ActionAcknowledge}, "2026-12-04", []string{
			"11-16 outcome UOFFICER", "11-25 outcome UOFFICER",
			"11-30 outcome UOFFICER", "11-30 outcome UDEPUTY", "12-02 outcome UOFFICER", "12-02 outcome UDEPUTY",
			"12-03 outcome UOFFICER", "12-03 outcome UDEPUTY", "12-03 outcome UDIRECTOR", "12-03 outcome UDIRECTOR2",
			"12-04 outcome UOFFICER", "12-04 outcome UDEPUTY",
		}},
		{"a notice", "2026-11-02", []ActionName{ActionAcknowledge, ActionProgress}, "2026-12-10", []string{
			"12-02 progress UOFFICER", "12-07 progress UOFFICER", "12-07 progress UDEPUTY",
			"12-09 progress UOFFICER", "12-09 progress UDEPUTY",
			"12-10 progress UOFFICER", "12-10 progress UDEPUTY", "12-10 progress UDIRECTOR", "12-10 progress UDIRECTOR2",
		}},
		{"decided", "2026-11-02", []ActionName{ActionAcknowledge, ActionResolve}, "2026-11-10", []string{
			"11-03 confirmation UOFFICER", "11-05 confirmation UOFFICER", "11-09 confirmation UOFFICER",
		}},
		{"a question", "2026-11-02", []ActionName{ActionAcknowledge, ActionQuestion}, "2026-11-20", []string{
			"11-09 waiting UOFFICER", "11-16 outcome UOFFICER",
		}},
		{"a hold", "2026-11-02", []ActionName{ActionResolve, ActionConfirm, ActionHold}, "2027-03-01", []string{
			"02-02 hold UOFFICER",
		}},
		{"at the committee", "2026-11-02", []ActionName{ActionAcknowledge, ActionResolve, ActionDispute}, "2027-03-01", nil},
		{"a target before R waits for the first window", "2026-12-25", []ActionName{}, "2026-12-29", []string{
			"12-28 acknowledgement UOFFICER", "12-29 acknowledgement UOFFICER",
		}},
	} {
		r := day(test.received)
		c := logged(t, p, func(l *File) { l.Facts.Received = r }, noon(r))
		for _, name := range test.acts {
			c = do(t, p, c, acts(r)[name], officer, noon(r)).Complaint
		}
		if _, got := run(t, p, c, day(test.until)); !cmp.Equal(test.want, got) {
			t.Errorf("%s: %s", test.name, cmp.Diff(test.want, got))
		}
	}
}

func TestALateTickNudgesOnceInTheNextWindow(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	saturday := noon(start.AddDays(12))
	change := do(t, p, c, Tick{}, roster.Clock, saturday)
	if change.Journal || change.Effects != nil || change.Complaint.Version != c.Version {
		t.Errorf("a tick in the weekend did something: %v", change.Effects)
	}
	if want := p.Calendar.At(start.AddDays(14), 9*60); !change.Complaint.NextAt.Equal(want) {
		t.Errorf("next at %v, want %v", change.Complaint.NextAt, want)
	}
	monday := do(t, p, change.Complaint, Tick{}, roster.Clock, change.Complaint.NextAt)
	again := do(t, p, monday.Complaint, Tick{}, roster.Clock, change.Complaint.NextAt.Add(time.Minute))
	var told []string
	for _, e := range monday.Effects {
		s := shownBy(e)
		told = append(told, s.kind+" "+s.what+" "+string(s.to))
	}
	want := []string{
		"nudge acknowledgement UOFFICER", "nudge acknowledgement UDEPUTY",
		"nudge acknowledgement UDIRECTOR", "nudge acknowledgement UDIRECTOR2",
		"nudge outcome UOFFICER", "case  ",
	}
	if !cmp.Equal(want, told) || len(again.Effects) != 0 {
		t.Errorf("nudges: %s, then %d; want none", cmp.Diff(want, told), len(again.Effects))
	}
}

func TestNudgeIsLookedAtAgainWhenItLeaves(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	friday := start.AddDays(4)
	former := c // logged by its handler, who lost the role since
	former.Owner = staff
	for _, test := range []struct {
		name string
		now  time.Time
		to   roster.PersonID
		c    Complaint
		ok   bool
		wait bool
	}{
		{"in the window", noon(friday), officer, c, true, false},
		{"at night", noon(friday).Add(10 * time.Hour), officer, c, false, true},
		{"settled meanwhile", noon(friday), officer, in(t, p, StateInProgress), false, false},
		{"a director before it is overdue", noon(friday), director, c, false, false},
		{"somebody else", noon(friday), staff, c, false, false},
		{"a former officer who logged it", noon(friday), staff, former, false, false},
	} {
		ok, later := p.MayRemindNow(&test.c, WatchKind(PromiseAcknowledgement), test.to, test.now)
		if ok != test.ok || !later.IsZero() != test.wait {
			t.Errorf("%s: %v, later %v", test.name, ok, later)
		}
	}
}

// TestHandlerWhoLeftTheRoster: the case goes to whom the roster has now, who
// is reminded of what still stands; before, nobody was ever reminded again.
func TestHandlerWhoLeftTheRoster(t *testing.T) {
	p := policy(t)
	plain := logged(t, p, func(*File) {}, noon(start))
	plain = do(t, p, plain, Tick{}, roster.Clock, noon(start.AddDays(4))).Complaint // nudged by now
	guarded := logged(t, p, concerning(director), noon(start))
	p.Roster.Officers = []roster.PersonID{deputy}
	for _, test := range []struct {
		name     string
		c        Complaint
		surfaces []string
	}{
		{"in the channel", plain, []string{"case", "line"}},
		{"in direct messages", guarded, []string{"case", "story"}},
	} {
		moved := do(t, p, test.c, Tick{}, roster.Clock, noon(start.AddDays(5)))
		var shown []string
		for _, e := range moved.Effects {
			shown = append(shown, shownBy(e).kind)
		}
		if c := moved.Complaint; c.Owner != deputy || !moved.Journal || !cmp.Equal(shown, test.surfaces) {
			t.Errorf("%s: owner %s, journal %v, shown %q", test.name, c.Owner, moved.Journal, shown)
		}
		_, nudges := run(t, p, moved.Complaint, day("2026-11-09"))
		nudges = nudges[:1]
		want := []string{"11-09 acknowledgement UDEPUTY"}
		if !cmp.Equal(want, nudges) {
			t.Errorf("%s: %s", test.name, cmp.Diff(want, nudges))
		}
		if again := do(t, p, moved.Complaint, Tick{}, roster.Clock, noon(start.AddDays(5))); again.Journal {
			t.Errorf("%s: moved twice", test.name)
		}
	}
}
