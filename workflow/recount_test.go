package workflow

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// byTheOldRule is a case as the program kept it before R13 and R18: a decision kept
// what was open of the outcome on its own day, a letter by post counted a day later,
// and nothing was known of reactions.
func byTheOldRule(c Complaint, entries []Record, p *Policy) Complaint {
	c.Promises = slices.Clone(c.Promises)
	c.Counting, c.Reactions, c.Decision.Contact = CountDecided, "", calendar.Date{}
	outcomes, notices := []time.Time{noon(start)}, []time.Time{}
	for _, e := range entries {
		switch e.Kind {
		case RecordReopening:
			outcomes = append(outcomes, e.At)
		case RecordProgress:
			notices = append(notices, e.At)
		}
	}
	for i, pr := range c.Promises {
		var made time.Time
		switch pr.Kind {
		case PromiseOutcome:
			made, outcomes = outcomes[0], outcomes[1:]
		case PromiseProgress:
			made, notices = notices[0], notices[1:]
			c.Promises[i].Made = p.Calendar.Today(made)
		}
		if pr.Kept.Way == WayLetter {
			c.Promises[i].Kept.On = pr.Kept.Entered.AddDays(1)
		}
		if made.IsZero() || keptByNotice(pr, entries) {
			continue
		}
		for _, e := range entries {
			if e.Kind != RecordDecision && e.Kind != RecordWithdrawal || e.At.Before(made) {
				continue
			}
			day := p.Calendar.Today(e.At)
			if pr.Lapsed.IsZero() || pr.Ended != "" || !day.After(pr.Lapsed) {
				c.Promises[i].Kept = Kept{On: day, Entered: day, By: e.By, At: e.At, Way: e.Way}
				c.Promises[i].Lapsed, c.Promises[i].Ended = calendar.Date{}, ""
			}
			break
		}
	}
	return c
}

func keptByNotice(p Promise, entries []Record) bool {
	return slices.ContainsFunc(entries, func(e Record) bool { return e.Kind == RecordProgress && e.At.Equal(p.Kept.At) })
}

// TestRecount_endsWhereTheRuleOfTodayDoes: a case that the old rule counted is, after
// it was counted anew, as if it had been counted by the rule of today all along.
func TestRecount_endsWhereTheRuleOfTodayDoes(t *testing.T) {
	p := policy(t)
	random := rand.New(rand.NewPCG(13, 18))
	changed := 0
	for range 2000 {
		c, entries, at := history(t, p, random, false)
		old := byTheOldRule(c, entries, p)
		got := p.Recount(old, entries, at)
		if got.Counting != CountTold || !slices.Equal(got.Promises, c.Promises) || got.Reactions != c.Reactions || got.Decision != c.Decision {
			t.Fatalf("counted anew\n%+v\n%s %+v\nwant\n%+v\n%s %+v\nwas\n%+v", got.Promises, got.Reactions, got.Decision, c.Promises, c.Reactions, c.Decision, old.Promises)
		}
		if again := p.Recount(got, entries, at); !slices.Equal(again.Promises, got.Promises) {
			t.Fatal("counted anew twice, it differs")
		}
		today := p.Calendar.Today(at)
		if got.Class(today) != old.Class(today) {
			changed++
		}
	}
	if changed < 100 {
		t.Errorf("only %d classes changed", changed)
	}
}

// history plays a case that is decided on the day it is entered, as every case was
// before R13, one thing a day. With failing, letters by e-mail may turn out not to
// have arrived.
func history(t *testing.T, p *Policy, random *rand.Rand, failing bool) (Complaint, []Record, time.Time) {
	t.Helper()
	day := start
	c := logged(t, p, func(*File) {}, noon(start))
	var entries []Record
	for range 3 + random.IntN(9) {
		day = day.AddDays(1 + random.IntN(12))
		told := day.AddDays(-random.IntN(day.DaysSince(start)))
		contact := resolved(calendar.Date{}, told)
		contact.Way = []Way{WayPhone, WayEmail, WayLetter}[random.IntN(3)]
		ways := []Way{WayEmail, WayLetter, WayPhone}
		l := by(ways[random.IntN(3)], day)
		a := []Action{
			contact, failed(calendar.Date{}), Question{l}, Confirm{l}, Confirm{by(WayNotPossible, day)},
			Withdraw{Reason: "Laat maar."}, Reopen{Reason: "Nieuw."}, Acknowledge{l},
			Progress{Sent: l, Reason: "Ziek.", Expected: day.AddDays(20 + random.IntN(20))},
			Dispute{Date: day, Reference: "GC 1", Ruling: "Ongegrond."},
		}[random.IntN(10)]
		who := officer
		if failing && len(entries) > 0 && random.IntN(4) == 0 {
			of := entries[random.IntN(len(entries))]
			a, who = MailFailed{Kind: of.Kind, At: of.At, Fault: "smtp_refused_550"}, roster.Clock
		}
		change, err := p.Step(c, a, who, noon(day))
		if err != nil {
			continue
		}
		invariants(t, p, c, change, who)
		c, entries = change.Complaint, append(entries, change.Records...)
	}
	return c, entries, noon(day)
}

// TestTold_nobodyIsRemindedForEver: whatever happened, what is watched of a case can
// be ended by what its reminders offer, and a confirmation leaves nothing owed.
func TestTold_nobodyIsRemindedForEver(t *testing.T) {
	p := policy(t)
	random := rand.New(rand.NewPCG(4, 13))
	for range 2000 {
		c, _, at := history(t, p, random, true)
		today := p.Calendar.Today(at)
		for _, w := range p.Watches(&c, today) {
			if !rules[c.Settlers(w.Kind)[0]].allows(p, &c, today) {
				t.Fatalf("%s is watched in %s, and %s is not possible", w.Kind, c.State, c.Settlers(w.Kind)[0])
			}
		}
		if c.State != StateDecided {
			continue
		}
		way := WayPhone
		if c.Untold() {
			way = WayNotPossible
		}
		c = do(t, p, c, Confirm{by(way, today)}, officer, at).Complaint
		if left := c.Owed(); c.State != StateClosed || len(left) > 0 || slices.ContainsFunc(c.Promises, Promise.Open) {
			t.Fatalf("%s with %+v", c.State, c.Promises)
		}
	}
}
