package workflow

import (
	"slices"
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

// TestSatisfaction_laterAnswerCounts: it is recorded in a case that was decided, as
// often as somebody says something; the last one counts, and every one is an entry.
// Nobody is reminded of it, and nothing else of the case changes.
func TestSatisfaction_laterAnswerCounts(t *testing.T) {
	p := policy(t)
	for _, state := range []State{StateDecided, StateClosed} {
		c := in(t, p, state)
		for _, answer := range Satisfactions() {
			change := do(t, p, c, RecordHandling{Answer: answer, Note: "Netjes."}, officer, noon(start.AddDays(3)))
			after := change.Complaint
			if after.Satisfaction != answer || after.State != state || !after.NextAt.Equal(do(t, p, c, Note{Text: "x"}, officer, noon(start.AddDays(3))).Complaint.NextAt) {
				t.Errorf("%s: %q, %s, next at %v", state, after.Satisfaction, after.State, after.NextAt)
			}
			if r := change.Records; len(r) != 1 || r[0].Kind != RecordSatisfaction || r[0].Texts["satisfaction"] != Confidential(answer) || r[0].Texts["note"] != "Netjes." {
				t.Errorf("%s: %d entries", state, len(r))
			}
			if !slices.Equal(change.Effects, []Effect{ActionTaken{ActionSatisfaction}}) || !change.Journal {
				t.Errorf("%s: %v", state, change.Effects)
			}
			if after.Last != c.Last {
				t.Errorf("%s: whoever presses an old button reads that %s came before", state, after.Last.Action)
			}
			c = after
		}
	}
}

func TestSatisfaction_refused(t *testing.T) {
	p := policy(t)
	for _, answer := range []Satisfaction{"", "yes"} {
		c := in(t, p, StateClosed)
		_, err := p.Step(c, RecordHandling{Answer: answer}, officer, noon(start))
		if r := Refused(err); len(r) != 1 || r[0].Field != "satisfaction" {
			t.Errorf("%q: %v", answer, err)
		}
	}
	for _, state := range []State{StateReceived, StateInProgress, StateWaiting, StateDisputed} {
		if _, err := p.Step(in(t, p, state), RecordHandling{Answer: SatisfactionAgree}, officer, noon(start)); !Refused(err).Has(CodeNotNow) {
			t.Errorf("%s: %v", state, err)
		}
	}
}

// TestSatisfaction_outlivesTheCase: the answer is a figure, and stays when what was
// said about it goes; a case that is taken up again keeps it until the next answer.
func TestSatisfaction_outlivesTheCase(t *testing.T) {
	p := policy(t)
	c := play(t, p, in(t, p, StateClosed), played{start, RecordHandling{Answer: SatisfactionPartly}})
	reopened := play(t, p, c, played{start, Reopen{Reason: "Nieuws."}})
	s := p.replayStep(c, Record{}, start)
	Purge{}.perform(s)
	if reopened.Satisfaction != SatisfactionPartly || s.Complaint.Satisfaction != SatisfactionPartly {
		t.Errorf("taken up again: %q; erased: %q", reopened.Satisfaction, s.Complaint.Satisfaction)
	}
}
