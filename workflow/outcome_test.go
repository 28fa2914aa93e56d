package workflow

import (
	"testing"

	"github.com/artra/klachtbot/workflow/calendar"
)

func TestWithdraw_isConfirmedLikeAnyOutcome(t *testing.T) {
	p := policy(t)
	c := play(t, p, logged(t, p, func(*File) {}, noon(start)), played{start, Withdraw{Reason: "Laat maar."}})
	outcome, _ := c.Promise(PromiseOutcome)
	confirmation, ok := c.Promise(PromiseConfirmation)
	if c.State != StateDecided || c.Decision.Verdict != VerdictWithdrawn || outcome.Open() || !ok || confirmation.Due != start.AddDays(5) {
		t.Errorf("%s, %q, outcome open %v, confirmation due %s", c.State, c.Decision.Verdict, outcome.Open(), confirmation.Due)
	}
	if c = play(t, p, c, played{start, Confirm{letter(start)}}); c.State != StateClosed {
		t.Errorf("after the confirmation: %s", c.State)
	}
}

func TestReopen_beginsANewMonth(t *testing.T) {
	p := policy(t)
	on := start.AddDays(40)
	for _, state := range []State{StateClosed, StateDisputed} {
		c := play(t, p, in(t, p, state), played{on, Reopen{Reason: "Nieuw bewijs."}})
		due, _ := c.Promise(PromiseOutcome)
		if c.State != StateInProgress || !due.Open() || due.Due != on.AddMonths(1) || c.Decision.Verdict != "" || !c.ClosedAt.IsZero() {
			t.Errorf("from %s: %s, due %s, verdict %q, closed %v", state, c.State, due.Due, c.Decision.Verdict, c.ClosedAt)
		}
		if pr, ok := c.Promise(PromiseConfirmation); !ok || pr.Open() {
			t.Errorf("from %s: the confirmation of a decision that was taken back is still owed", state)
		}
		c = play(t, p, c, played{on, decision(on)}, played{on, Confirm{letter(on)}})
		if pr, _ := c.Promise(PromiseConfirmation); c.State != StateClosed || pr.Kept.On != on {
			t.Errorf("from %s: %s after the second confirmation", state, c.State)
		}
	}
}

// TestDispute_returnsTheCase: a second dispute records the ruling, and the
// case is where it was.
func TestDispute_returnsTheCase(t *testing.T) {
	p := policy(t)
	fourWeeks := start.AddDays(28)
	for _, state := range []State{StateReceived, StateInProgress, StateWaiting, StateDecided, StateClosed} {
		c := play(t, p, in(t, p, state), played{fourWeeks, Dispute{Date: fourWeeks, Reference: "GC 1"}})
		if c.State != StateDisputed || c.Dispute.On != fourWeeks {
			t.Fatalf("from %s: %s, since %s", state, c.State, c.Dispute.On)
		}
		_, err := p.Step(c, Dispute{Date: fourWeeks}, officer, noon(fourWeeks))
		if got := errText(err); got != "ruling_verdict:dispute_same" {
			t.Errorf("nothing new: %q", got)
		}
		if c = play(t, p, c, played{fourWeeks, Dispute{Date: fourWeeks, Ruling: "Ongegrond.", Verdict: RulingNotUpheld}}); c.State != state {
			t.Errorf("from %s the ruling leads to %s", state, c.State)
		}
	}
}

func TestDispute_waitsFourWeeks(t *testing.T) {
	p := policy(t)
	byPhone := logged(t, p, func(*File) {}, noon(start))
	byMail := logged(t, p, func(l *File) { l.Facts.ReceivedVia = WayEmail }, noon(start))
	written := play(t, p, byPhone, played{start.AddDays(3), Acknowledge{letter(start.AddDays(3))}})
	for _, test := range []struct {
		name string
		c    Complaint
		from calendar.Date
	}{
		{"nothing was ever written", byPhone, start.AddDays(28)},
		{"written by the complainant", byMail, start.AddDays(28)},
		{"written by us three days later", written, start.AddDays(31)},
	} {
		for n, want := range map[int]string{-1: ":not_now", 0: ""} {
			on := test.from.AddDays(n)
			_, err := p.Step(test.c, Dispute{Date: on}, officer, noon(on))
			if got := errText(err); got != want {
				t.Errorf("%s, %d days off: %q, want %q", test.name, n, got, want)
			}
		}
	}
}

func TestConfirm_keepsTheAcknowledgementToo(t *testing.T) {
	p, at := policy(t), noon(start)
	c := in(t, p, StateDecided)
	c = do(t, p, c, Confirm{letter(start)}, officer, at).Complaint
	if ack, _ := c.Promise(PromiseAcknowledgement); ack.Open() {
		t.Error("the acknowledgement is still open after the case was closed")
	}
}

func TestFourWeeks_afterOurWrittenAcknowledgement(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start)) // by phone
	if d, ok := p.FourWeeks(&c); ok {
		t.Errorf("before anything was written: %s", d)
	}
	on := start.AddDays(2)
	c = do(t, p, c, Acknowledge{letter(on)}, officer, noon(on)).Complaint
	if d, ok := p.FourWeeks(&c); !ok || d != on.AddDays(28) {
		t.Errorf("four weeks: %s, %v", d, ok)
	}
}
