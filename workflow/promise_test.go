package workflow

import (
	"fmt"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/calendar"
)

// TestPromise_workedExamples holds the table of deadlines.md.
func TestPromise_workedExamples(t *testing.T) {
	cal, terms := amsterdam(t), DefaultTerms()
	for _, test := range []struct{ received, ack, ackTarget, outcome, outcomeTarget, fourWeeks string }{
		{"2026-01-31", "2026-02-05", "2026-02-05", "2026-02-28", "2026-02-27", "2026-02-28"},
		{"2027-01-31", "2027-02-05", "2027-02-05", "2027-02-28", "2027-02-26", "2027-02-28"},
		{"2028-01-31", "2028-02-05", "2028-02-04", "2028-02-29", "2028-02-29", "2028-02-28"},
		{"2026-02-28", "2026-03-05", "2026-03-05", "2026-03-28", "2026-03-27", "2026-03-28"},
		{"2026-03-27", "2026-04-01", "2026-04-01", "2026-04-27", "2026-04-24", "2026-04-24"},
		{"2026-03-31", "2026-04-05", "2026-04-02", "2026-04-30", "2026-04-30", "2026-04-28"},
		{"2026-05-10", "2026-05-15", "2026-05-13", "2026-06-10", "2026-06-10", "2026-06-07"},
		{"2026-12-21", "2026-12-26", "2026-12-24", "2027-01-21", "2027-01-21", "2027-01-18"},
		{"2025-12-31", "2026-01-05", "2026-01-05", "2026-01-31", "2026-01-30", "2026-01-28"},
		{"2026-10-24", "2026-10-29", "2026-10-29", "2026-11-24", "2026-11-24", "2026-11-21"},
	} {
		c := logged(t, policy(t), func(l *File) { l.Facts.Received, l.Facts.ReceivedVia = day(test.received), WayEmail },
			noon(day(test.received)))
		ack, _ := c.Promise(PromiseAcknowledgement)
		outcome, _ := c.Promise(PromiseOutcome)
		weeks, _ := policy(t).FourWeeks(&c)
		for _, got := range []struct {
			what, want string
			got        calendar.Date
		}{
			{"acknowledge by", test.ack, ack.Due},
			{"its target", test.ackTarget, cal.Target(ack.Due)},
			{"outcome by", test.outcome, outcome.Due},
			{"its target", test.outcomeTarget, cal.Target(outcome.Due)},
			{"four weeks", test.fourWeeks, weeks},
		} {
			if got.got.String() != got.want {
				t.Errorf("received %s (%d days): %s = %s, want %s", test.received, terms.AcknowledgeDays, got.what, got.got, got.want)
			}
		}
	}
}

func TestPromise_lastsUntilMidnightInAmsterdam(t *testing.T) {
	p := policy(t)
	for _, test := range []struct {
		due, at string
		overdue bool
	}{
		{"2026-03-29", "2026-03-29T21:59:59Z", false}, // summer time has begun: 23:59:59
		{"2026-03-29", "2026-03-29T22:00:00Z", true},
		{"2026-10-25", "2026-10-25T22:59:59Z", false}, // winter time has begun
		{"2026-10-25", "2026-10-25T23:00:00Z", true},
	} {
		at, err := time.Parse(time.RFC3339, test.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := (Promise{Due: day(test.due)}).Overdue(p.Calendar.Today(at)); got != test.overdue {
			t.Errorf("due %s at %s: overdue %v, want %v", test.due, test.at, got, test.overdue)
		}
	}
}

// TestOwed_followsWhatStands: what is late and what is due first follows from the promises that
// stand, as reminders do.
func TestOwed_followsWhatStands(t *testing.T) {
	p := policy(t)
	late := start.AddMonths(1).AddDays(3) // the outcome was due three days before
	for _, test := range []struct {
		name string
		acts []ActionName
		want []string
	}{
		{"new", nil, []string{"acknowledgement 2026-11-07", "outcome 2026-12-02"}},
		{"acknowledged", []ActionName{ActionAcknowledge}, []string{"outcome 2026-12-02"}},
		{"a notice takes the outcome's place", []ActionName{ActionAcknowledge, ActionProgress}, []string{"progress 2026-12-09"}},
		{"decided", []ActionName{ActionAcknowledge, ActionResolve}, []string{"confirmation 2026-12-10"}},
		{"at the committee", []ActionName{ActionDispute}, []string{"acknowledgement 2026-11-07"}},
		{"closed", []ActionName{ActionAcknowledge, ActionResolve, ActionConfirm}, nil},
	} {
		c := logged(t, p, func(*File) {}, noon(start))
		for _, name := range test.acts {
			c = do(t, p, c, examples(late)[name], officer, noon(late)).Complaint
		}
		var got []string
		for _, o := range c.Owed() {
			got = append(got, fmt.Sprint(o.Kind, " ", o.Due))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: want (-), is (+):\n%s", test.name, diff)
		}
	}
}

// TestPromise_thatMattersNow: an open one before a kept one, else the last.
func TestPromise_thatMattersNow(t *testing.T) {
	kept := Promise{Kind: PromiseOutcome, Due: start, Kept: Kept{On: start, At: noon(start)}}
	later := Promise{Kind: PromiseOutcome, Due: start.AddDays(30), Kept: Kept{On: start.AddDays(20), At: noon(start)}}
	open := Promise{Kind: PromiseOutcome, Due: start.AddDays(60)}
	for _, test := range []struct {
		name string
		all  []Promise
		want Promise
		ok   bool
	}{
		{"none", nil, Promise{}, false},
		{"another kind", []Promise{{Kind: PromiseConfirmation}}, Promise{}, false},
		{"one kept", []Promise{kept}, kept, true},
		{"two kept", []Promise{kept, later}, later, true},
		{"open after kept", []Promise{kept, open}, open, true},
		{"open before kept", []Promise{open, kept}, open, true},
	} {
		c := Complaint{Promises: test.all}
		if got, ok := c.Promise(PromiseOutcome); got != test.want || ok != test.ok {
			t.Errorf("%s: %+v, %v", test.name, got, ok)
		}
	}
}

// TestClass_ofAnOutcome holds the three classes of R4.
func TestClass_ofAnOutcome(t *testing.T) {
	p := policy(t)
	r3 := start.AddMonths(1)
	day := func(n int) calendar.Date { return r3.AddDays(n) }
	for _, test := range []struct {
		name  string
		steps []played
		today calendar.Date
		want  Class
	}{
		{"not yet", nil, r3, ClassOpen},
		{"overdue", nil, day(1), ClassLate},
		{"on the last day", []played{{r3, decision(r3)}}, day(90), ClassInTime},
		{"a day late", []played{{day(1), decision(day(1))}}, day(90), ClassLate},
		{"under way with a notice", []played{{day(-3), notice(day(-3), day(10))}}, day(5), ClassNoticed},
		{"decided by the new date", []played{{day(-3), notice(day(-3), day(10))}, {day(10), decision(day(10))}}, day(90), ClassNoticed},
		{"decided early all the same", []played{{day(-3), notice(day(-3), day(10))}, {day(-1), decision(day(-1))}}, day(90), ClassInTime},
		{"past the new date", []played{{day(-3), notice(day(-3), day(10))}}, day(11), ClassLate},
		{"two notices in time", []played{{day(-3), notice(day(-3), day(10))}, {day(10), notice(day(10), day(30))}, {day(29), decision(day(29))}}, day(90), ClassNoticed},
		{"the second too late", []played{{day(-3), notice(day(-3), day(10))}, {day(11), notice(day(11), day(30))}, {day(29), decision(day(29))}}, day(90), ClassLate},
		{"a notice after the month", []played{{day(1), notice(day(1), day(30))}, {day(20), decision(day(20))}}, day(90), ClassLate},
		{"reopened, and late then", []played{{r3, decision(r3)}, {r3, Confirm{letter(r3)}}, {day(5), Reopen{Reason: "Nieuw."}}}, day(300), ClassInTime},
	} {
		c := play(t, p, logged(t, p, func(*File) {}, noon(start)), test.steps...)
		if got := c.Class(test.today); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
