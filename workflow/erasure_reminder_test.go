package workflow

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/roster"
)

// TestErasure_remindsWeekly follows a request as the sweep does: asked at once and
// every week, on working days; whoever is there then; after four weeks it
// lapses, and who asked is told.
func TestErasure_remindsWeekly(t *testing.T) {
	p := policy(t)
	p.Roster.Officers = append(p.Roster.Officers, "UTHIRD")
	c := asked(t, p, start)
	p = p.With(roster.Presence{Day: start, Away: map[roster.PersonID][]roster.Period{deputy: {{From: start.AddDays(12), Until: start.AddDays(30)}}}})
	c = do(t, p, c, Tick{}, roster.Clock, noon(start)).Complaint // the absence was entered
	var got []string
	for range 20 {
		change := do(t, p, c, Tick{}, roster.Clock, c.NextAt)
		for _, line := range effectsOf(change) {
			got = append(got, p.Calendar.Today(c.NextAt).String()+" "+line)
		}
		if c = change.Complaint; !c.Erasure.Stands() {
			break
		}
	}
	want := []string{
		"2026-11-09 reminder UDEPUTY erasure", "2026-11-16 reminder UTHIRD erasure", "2026-11-23 reminder UTHIRD erasure",
		"2026-11-30 reminder UTHIRD erasure", "2026-12-01 line erase_lapse", "2026-12-01 erasure UOFFICER lapsed",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what the clock did (-want +got):\n%s", diff)
	}
	if last, _ := p.RetainUntil(&c); c.NextAt.IsZero() || p.Calendar.Today(c.NextAt).After(last) {
		t.Errorf("next %v: the preview is forgotten", c.NextAt)
	}
}

// TestErasure_isJudgedAgainWhenAReminderLeaves: a reminder leaves only for who may still
// decide, and never for who asked.
func TestErasure_isJudgedAgainWhenAReminderLeaves(t *testing.T) {
	p := policy(t)
	c := asked(t, p, start)
	for who, want := range map[roster.PersonID]bool{deputy: true, officer: false, director: false, staff: false} {
		if ok, _ := p.MayRemindNow(&c, WatchErasure, who, noon(start)); ok != want {
			t.Errorf("%s: %t", who, ok)
		}
	}
	c = do(t, p, c, DeclineErasure{}, deputy, noon(start)).Complaint
	if ok, later := p.MayRemindNow(&c, WatchErasure, deputy, noon(start)); ok || !later.IsZero() {
		t.Error("asked after the decision")
	}
}

// TestErasure_termComesFirst: a case whose time is over goes, asked or not, and who
// asked is told that it is gone.
func TestErasure_termComesFirst(t *testing.T) {
	p := policy(t)
	c := closedOn(t, p, start)
	last, _ := p.RetainUntil(&c)
	c = do(t, p, c, examples(start)[ActionErase], officer, noon(last)).Complaint
	p, c = told(p, c)
	change := do(t, p, c, Tick{}, roster.Clock, noon(last.AddDays(1)))
	if diff := cmp.Diff([]string{"clear purge", "erased UOFFICER"}, effectsOf(change)); diff != "" {
		t.Errorf("the day after (-want +got):\n%s", diff)
	}
}
