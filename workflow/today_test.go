package workflow

import (
	"slices"
	"testing"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// ticked lets the clock look at a case whenever it asked for that, and returns the
// days on which its message was shown anew.
func ticked(t *testing.T, p *Policy, c Complaint, until calendar.Date) (shown []string) {
	t.Helper()
	for n := 0; !c.NextAt.IsZero() && c.NextAt.Before(noon(until)); n++ {
		if n > 200 {
			t.Fatal("the clock never rests")
		}
		at := c.NextAt
		change := do(t, p, c, Tick{}, roster.Clock, at)
		c = change.Complaint
		if slices.ContainsFunc(change.Effects, func(e Effect) bool { _, is := e.(CaseChanged); return is }) {
			shown = append(shown, p.Calendar.Today(at).String())
		}
	}
	return shown
}

// TestTick_messageSaysWhatDayItIs: the case message is shown anew on the first working
// day on which something is overdue, and on the one from which the committee may be
// asked, also when nobody is reminded of anything that day.
func TestTick_messageSaysWhatDayItIs(t *testing.T) {
	p := policy(t)
	onTime := play(t, p, logged(t, p, func(*File) {}, noon(start)), played{start, Acknowledge{letter(start)}})
	asked := play(t, p, onTime, played{start.AddDays(20), notice(start.AddDays(20), start.AddDays(50))})
	if got, want := ticked(t, p, asked, start.AddDays(36)), start.AddDays(28).String(); !slices.Contains(got, want) {
		t.Errorf("the four weeks are over on %s; shown on %v", want, got)
	}
	unconfirmed := play(t, p, onTime, played{start.AddDays(1), decision(start.AddDays(1))})
	if got, want := ticked(t, p, unconfirmed, start.AddDays(10)), start.AddDays(7).String(); !slices.Contains(got, want) {
		t.Errorf("a confirmation is overdue on %s; shown on %v", want, got)
	}
	closed := play(t, p, unconfirmed, played{start.AddDays(2), Confirm{letter(start.AddDays(2))}})
	if got := ticked(t, p, closed, start.AddDays(40)); len(got) > 0 {
		t.Errorf("a closed case was shown on %v", got)
	}
}

// TestTick_turnsOnce: a tick that comes again shows nothing anew.
func TestTick_turnsOnce(t *testing.T) {
	p := policy(t)
	c := play(t, p, logged(t, p, func(*File) {}, noon(start)),
		played{start, Acknowledge{letter(start)}}, played{start.AddDays(20), notice(start.AddDays(20), start.AddDays(50))})
	day := start.AddDays(28)
	c.NextAt = p.Calendar.At(day, 9*60)
	first := do(t, p, c, Tick{}, roster.Clock, c.NextAt)
	again := do(t, p, first.Complaint, Tick{}, roster.Clock, noon(day))
	if len(first.Effects) != 1 || !first.Journal || len(again.Effects) > 0 || again.Journal {
		t.Errorf("first %v, again %v", first.Effects, again.Effects)
	}
}

// TestCommitteeFrom_whileItIsToCome (R8): it goes on the day itself, and with the case.
func TestCommitteeFrom_whileItIsToCome(t *testing.T) {
	p := policy(t)
	c := play(t, p, logged(t, p, func(*File) {}, noon(start)), played{start, Acknowledge{letter(start)}})
	from := start.AddDays(28)
	if d, ok := CommitteeFrom(p, &c, from.AddDays(-1)); !ok || d != from {
		t.Errorf("the day before: %s, %v", d, ok)
	}
	if _, ok := CommitteeFrom(p, &c, from); ok {
		t.Error("it says so still when that has come")
	}
	decided := play(t, p, c, played{start.AddDays(1), decision(start.AddDays(1))})
	closed := play(t, p, decided, played{start.AddDays(2), Confirm{letter(start.AddDays(2))}})
	gone := play(t, p, decided, played{start.AddDays(3), Dispute{Date: start.AddDays(3)}})
	for state, want := range map[*Complaint]bool{&decided: true, &closed: false, &gone: false} {
		if _, ok := CommitteeFrom(p, state, start.AddDays(4)); ok != want {
			t.Errorf("%s: shown %v", state.State, ok)
		}
	}
}

// TestCurrent_remediesOfAnOutcomeThatWasTakenBack: what is settled of it is no matter
// of today, what is open is owed and known as old; a ruling's stands.
func TestCurrent_remediesOfAnOutcomeThatWasTakenBack(t *testing.T) {
	p := policy(t)
	closed := play(t, p, logged(t, p, func(*File) {}, noon(start)), played{start, refund(start, staff)}, played{start, Confirm{letter(start)}})
	settled := play(t, p, closed, played{start.AddDays(1), SettleRemedy{Result: RemedyDone, Date: start.AddDays(1)}})
	remedies := func(c Complaint) (open, bygone int) {
		for _, r := range c.Current() {
			if r.Kind == PromiseRemedy {
				open++
				if r.Bygone(&c) {
					bygone++
				}
			}
		}
		return open, bygone
	}
	reopen := func(c Complaint) Complaint { return play(t, p, c, played{start.AddDays(2), Reopen{Reason: "Nieuw."}}) }
	withdraw := func(c Complaint) Complaint {
		return play(t, p, c, played{start.AddDays(3), Withdraw{Reason: "Laat maar."}})
	}
	again := play(t, p, reopen(settled), played{start.AddDays(3), refund(start.AddDays(3), staff)})
	for name, test := range map[string]struct {
		c            Complaint
		open, bygone int
	}{
		"closed": {closed, 1, 0}, "settled": {settled, 1, 0},
		"reopened": {reopen(closed), 1, 1}, "settled, reopened": {reopen(settled), 0, 0},
		"withdrawn": {withdraw(reopen(closed)), 1, 1}, "settled, withdrawn": {withdraw(reopen(settled)), 0, 0},
		"promised anew": {again, 1, 0},
	} {
		if open, bygone := remedies(test.c); open != test.open || bygone != test.bygone {
			t.Errorf("%s: %d remedies, %d of before; want %d, %d", name, open, bygone, test.open, test.bygone)
		}
	}
	ruled, _ := ruledOn(t)
	if open, bygone := remedies(reopenRuled(t, ruled)); open != 1 || bygone != 0 {
		t.Errorf("ruled on: %d remedies, %d of before", open, bygone)
	}
}

func reopenRuled(t *testing.T, h *chronicle) Complaint {
	t.Helper()
	return play(t, h.policy, h.complaint, played{start.AddDays(52), Reopen{Reason: "Nieuw."}})
}

// TestKeptByOutcome_isNoNotice: who was told the outcome got no notice; who got a
// second notice did.
func TestKeptByOutcome_isNoNotice(t *testing.T) {
	p := policy(t)
	c := play(t, p, logged(t, p, func(*File) {}, noon(start)),
		played{start.AddDays(20), notice(start.AddDays(20), start.AddDays(50))},
		played{start.AddDays(40), notice(start.AddDays(40), start.AddDays(70))},
		played{start.AddDays(60), decision(start.AddDays(60))})
	var got []bool
	for _, promise := range c.Promises {
		if promise.Kind == PromiseProgress {
			got = append(got, promise.KeptByOutcome(&c))
		}
	}
	if !slices.Equal(got, []bool{false, true}) {
		t.Errorf("kept by the outcome: %v", got)
	}
}

// TestAmend_defenceThatWasSentKeepsItsDate: the date by which it was wanted can't be
// taken back while it was sent, whether both stand in one entry or in two.
func TestAmend_defenceThatWasSentKeepsItsDate(t *testing.T) {
	on := start.AddDays(10)
	both := DisputeDates{Defence: on.AddDays(7), Sent: on}
	h := filed(t, played{start, Acknowledge{letter(start)}}, played{start, decision(start)}, played{start, Confirm{letter(start)}},
		played{on, Dispute{Date: on, Dates: both}})
	take := Amend{Entry: h.entryAt(t, RecordDispute, textDefence).ID, Retract: true, Reason: "x"}
	refused := Refused(h.step(take, officer, noon(on)))
	if len(refused) != 1 || refused[0].Field != "entry" || refused[0].Code != CodeAmendRests ||
		refused[0].Args.Step != RecordDispute+"."+textSent || refused[0].Args.Date != on {
		t.Errorf("in one entry: %+v", refused)
	}
	h.amend(t, RecordDispute, textSent, on, Amend{Retract: true})
	h.amend(t, RecordDispute, textDefence, on, Amend{Retract: true})
	if d := h.complaint.DisputeDates(); !d.Defence.IsZero() {
		t.Errorf("both taken back: %+v", d)
	}
}
