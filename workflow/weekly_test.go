package workflow

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/roster"
)

// kindsOf lists what is watched.
func kindsOf(all []Watch) (kinds []WatchKind) {
	for _, w := range all {
		kinds = append(kinds, w.Kind)
	}
	return kinds
}

// TestOverdueForADirector: the weekly digest has what a director was told of on
// an earlier day, and nothing that concerns them.
func TestOverdueForADirector(t *testing.T) {
	p := policy(t)
	ack := []WatchKind{WatchKind(PromiseAcknowledgement)}
	fresh := logged(t, p, func(*File) {}, noon(start))
	told := do(t, p, fresh, Tick{}, roster.Clock, noon(start.AddDays(7))).Complaint
	guarded := logged(t, p, concerning(director), noon(start))
	guarded = do(t, p, guarded, Tick{}, roster.Clock, noon(start.AddDays(7))).Complaint
	settled := do(t, p, told, acts(start)[ActionAcknowledge], officer, noon(start.AddDays(8))).Complaint
	unconfirmed := do(t, p, told, acts(start)[ActionResolve], officer, noon(start.AddDays(8))).Complaint
	for _, test := range []struct {
		name string
		c    Complaint
		who  roster.PersonID
		day  int
		want []WatchKind
	}{
		{"the day after the first notice", told, director, 8, ack},
		{"the day of the first notice", told, director, 7, nil},
		{"before any notice", fresh, director, 8, nil},
		{"an officer", told, officer, 8, nil},
		{"whom it concerns", guarded, director, 8, nil},
		{"the other director", guarded, "UDIRECTOR2", 8, ack},
		{"settled", settled, director, 9, nil},
		{"only a confirmation besides", unconfirmed, director, 20, ack},
	} {
		if got := kindsOf(p.Overdue(&test.c, test.who, start.AddDays(test.day))); !cmp.Equal(test.want, got) {
			t.Errorf("%s: %s", test.name, cmp.Diff(test.want, got))
		}
	}
}

// TestAnotherHandlerIsNoNews: directors get the first notice of a promise once,
// whoever handles the case.
func TestAnotherHandlerIsNoNews(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	c = do(t, p, c, Tick{}, roster.Clock, noon(start.AddDays(7))).Complaint
	c = do(t, p, c, Assign{Owner: deputy}, officer, noon(start.AddDays(8))).Complaint
	_, nudges := run(t, p, c, start.AddDays(9))
	want := []string{"11-11 acknowledgement UDEPUTY", "11-11 acknowledgement UOFFICER"}
	if !cmp.Equal(want, nudges) {
		t.Error(cmp.Diff(want, nudges))
	}
	if got := p.Overdue(&c, director, start.AddDays(9)); len(got) != 1 {
		t.Errorf("the weekly digest has %d promises", len(got))
	}
}

func TestWeek(t *testing.T) {
	for d, want := range map[string]string{
		"2026-11-23": "2026-11-23", "2026-11-24": "2026-11-23", "2026-11-29": "2026-11-23", "2027-01-01": "2026-12-28",
	} {
		if got := day(d).Week(); got != day(want) || got.Weekday() != time.Monday {
			t.Errorf("%s: %s", d, got)
		}
	}
}

// TestSnoozeEndsWithAReminder: nobody is reminded before the day, and on it everybody is, of
// where the ladder stands then; on the last day it is too late to put it off.
func TestSnoozeEndsWithAReminder(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	c = do(t, p, c, acts(start)[ActionAcknowledge], officer, noon(start)).Complaint
	c, before := run(t, p, c, day("2026-11-25")) // due on 2 December
	outcome := WatchKind(PromiseOutcome)
	off := do(t, p, c, Snooze{What: outcome, Reason: "De trainer is terug.", Until: day("2026-11-27")}, officer, noon(day("2026-11-25")))
	_, after := run(t, p, off.Complaint, day("2026-12-02"))
	want := []string{
		"11-16 outcome UOFFICER", "11-25 outcome UOFFICER", "11-27 outcome UOFFICER",
		"11-30 outcome UOFFICER", "11-30 outcome UDEPUTY", "12-02 outcome UOFFICER", "12-02 outcome UDEPUTY",
	}
	if got := append(before, after...); !cmp.Equal(want, got) {
		t.Error(cmp.Diff(want, got))
	}
	if ok, _ := p.MayRemindNow(&off.Complaint, outcome, officer, noon(day("2026-11-26"))); ok {
		t.Error("a nudge that was on its way leaves all the same")
	}
	for today, until := range map[string]string{"2026-12-02": "2026-12-02", "2026-12-03": "2026-12-04"} {
		_, err := p.Step(c, Snooze{What: outcome, Reason: "Later.", Until: day(until)}, officer, noon(day(today)))
		if !Refused(err).Has(CodeSnoozeOverdue) {
			t.Errorf("on %s: %v", today, err)
		}
	}
	_, err := p.Step(c, Snooze{What: outcome, Reason: "Later.", Until: day("2026-12-03")}, officer, noon(day("2026-11-25")))
	if !Refused(err).Has(CodeDateLate) {
		t.Errorf("beyond the promise: %v", err)
	}
}
