package workflow

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

func TestSnooze_until(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	ack := WatchKind(PromiseAcknowledgement)
	for _, test := range []struct {
		name  string
		what  WatchKind
		on    calendar.Date
		until calendar.Date
		want  string
	}{
		{"to the due date", ack, start, start.AddDays(5), ""},
		{"beyond the promise", ack, start, start.AddDays(6), "until:date_late"},
		{"to today", ack, start, start, "until:date_past"},
		{"without a date", ack, start, calendar.Date{}, "until:date_required"},
		{"when overdue", ack, start.AddDays(6), start.AddDays(7), "until:snooze_overdue"},
		{"what is not watched", WatchKind(PromiseConfirmation), start, start.AddDays(1), ":not_now"},
		{"a hold", WatchHold, start, start.AddDays(1), ":not_now"},
	} {
		_, err := p.Step(c, Snooze{What: test.what, Reason: "Vrij.", Until: test.until}, officer, noon(test.on))
		if got := errText(err); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	c = play(t, p, c, played{start, Snooze{What: ack, Reason: "Vrij.", Until: start.AddDays(4)}})
	_, reminders := run(t, p, c, start.AddDays(4))
	want := []string{"11-06 acknowledgement UOFFICER", "11-06 acknowledgement UDEPUTY"}
	if !cmp.Equal(want, reminders) {
		t.Error(cmp.Diff(want, reminders))
	}
	if ok, later := p.MayRemindNow(&c, ack, officer, noon(start.AddDays(2))); ok || !later.IsZero() {
		t.Errorf("a reminder that was queued before the snooze may be sent: %v, %v", ok, later)
	}
}

// kindsOf lists what is watched.
func kindsOf(all []Watch) (kinds []WatchKind) {
	for _, w := range all {
		kinds = append(kinds, w.Kind)
	}
	return kinds
}

// TestOverdue_forADirector: the weekly digest has what a director was notified of on
// an earlier day, and nothing that concerns them.
func TestOverdue_forADirector(t *testing.T) {
	p := policy(t)
	ack := []WatchKind{WatchKind(PromiseAcknowledgement)}
	fresh := logged(t, p, func(*File) {}, noon(start))
	reported := do(t, p, fresh, Tick{}, roster.Clock, noon(start.AddDays(7))).Complaint
	guarded := logged(t, p, concerning(director), noon(start))
	guarded = do(t, p, guarded, Tick{}, roster.Clock, noon(start.AddDays(7))).Complaint
	settled := do(t, p, reported, examples(start)[ActionAcknowledge], officer, noon(start.AddDays(8))).Complaint
	unconfirmed := do(t, p, reported, examples(start)[ActionResolve], officer, noon(start.AddDays(8))).Complaint
	for _, test := range []struct {
		name string
		c    Complaint
		who  roster.PersonID
		day  int
		want []WatchKind
	}{
		{"the day after the first notice", reported, director, 8, ack},
		{"the day of the first notice", reported, director, 7, nil},
		{"before any notice", fresh, director, 8, nil},
		{"an officer", reported, officer, 8, nil},
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

// TestOverdue_anotherHandlerIsNoNews: directors get the first notice of a promise once,
// whoever handles the case.
func TestOverdue_anotherHandlerIsNoNews(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	c = do(t, p, c, Tick{}, roster.Clock, noon(start.AddDays(7))).Complaint
	c = do(t, p, c, Assign{Owner: deputy}, officer, noon(start.AddDays(8))).Complaint
	_, reminders := run(t, p, c, start.AddDays(9))
	want := []string{"11-11 acknowledgement UDEPUTY"} // the other one is a deputy by now, until Monday
	if !cmp.Equal(want, reminders) {
		t.Error(cmp.Diff(want, reminders))
	}
	if got := p.Overdue(&c, director, start.AddDays(9)); len(got) != 1 {
		t.Errorf("the weekly digest has %d promises", len(got))
	}
}

// TestSnooze_endsWithAReminder: nobody is reminded before the day, and on it everybody is, of
// where the escalation stands then; on the last day it is too late to put it off.
func TestSnooze_endsWithAReminder(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	c = do(t, p, c, examples(start)[ActionAcknowledge], officer, noon(start)).Complaint
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
		t.Error("a reminder that was on its way leaves all the same")
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
