package workflow

import (
	"math/rand/v2"
	"testing"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/reminder"
)

// entryAt is the entry of that kind and part.
func (h *chronicle) entryAt(t *testing.T, kind RecordKind, part string) Entry {
	t.Helper()
	for _, e := range h.policy.Entries(h.records, officer) {
		if e.Kind == kind && e.Part == part {
			return e
		}
	}
	t.Fatalf("no entry %s %q", kind, part)
	return Entry{}
}

func (h *chronicle) amend(t *testing.T, kind RecordKind, part string, on calendar.Date, a Amend) {
	t.Helper()
	a.Entry, a.Reason = h.entryAt(t, kind, part).ID, "Vergissing."
	if err := h.step(a, officer, noon(on)); err != nil {
		t.Fatalf("%s %q: %v", kind, part, err)
	}
}

// TestAmend_toldTooLateByATypingMistake: the outcome was told in time after all, and
// that one term was put right.
func TestAmend_toldTooLateByATypingMistake(t *testing.T) {
	due := start.AddMonths(1)
	d := decision(due.AddDays(2))
	d.Decided = due.AddDays(-1)
	h := filed(t, played{start, Acknowledge{letter(start)}}, played{due.AddDays(3), d})
	if got := h.complaint.Class(due.AddDays(3)); got != ClassLate {
		t.Fatalf("class %q from the start", got)
	}
	h.amend(t, RecordDecision, "", due.AddDays(4), Amend{Date: due})
	c := h.complaint
	if p, told := c.Told(); c.Class(due.AddDays(4)) != ClassInTime || c.AmendedInTime != 1 || !told || p.Kept.Entered != due || c.Decision.On != due.AddDays(-1) {
		t.Errorf("class %q, %d put right, %+v, decided %s", c.Class(due.AddDays(4)), c.AmendedInTime, p.Kept, c.Decision.On)
	}
	if r := h.records[len(h.records)-1]; r.Texts[textStep] != "decision.contact" {
		t.Errorf("recorded as one of %v", r.Texts[textStep].Reveal())
	}
	// A letter by post counts when it is delivered (R18): late again.
	h.amend(t, RecordDecision, "", due.AddDays(4), Amend{Way: WayLetter})
	if h.complaint.Class(due.AddDays(4)) != ClassLate || h.complaint.AmendedInTime != 0 {
		t.Errorf("by post: class %q, %d put right", h.complaint.Class(due.AddDays(4)), h.complaint.AmendedInTime)
	}
}

// TestAmend_contactThatFailed: it took place after all, on the day of the decision
// unless another is given; and it did not, so that the outcome is owed.
func TestAmend_contactThatFailed(t *testing.T) {
	on := start.AddDays(5)
	failed := decision(start)
	failed.Decided, failed.Way = on.AddDays(-1), WayNotPossible
	h := filed(t, played{on, failed})
	if e := h.entryAt(t, RecordDecision, ""); e.Date != on.AddDays(-1) || e.Way != WayNotPossible {
		t.Errorf("offered as %+v", e)
	}
	h.amend(t, RecordDecision, "", on, Amend{Way: WayPhone})
	if p, told := h.complaint.Told(); !told || p.Kept.Entered != on.AddDays(-1) || h.complaint.Untold() {
		t.Errorf("told %v, %+v", told, p.Kept)
	}
	h.amend(t, RecordDecision, "", on, Amend{Date: on})
	if h.complaint.Decision.Contact != on || h.complaint.Reactions.First() != on {
		t.Errorf("told on %s", h.complaint.Decision.Contact)
	}
	h.amend(t, RecordDecision, "", on, Amend{Retract: true})
	if c := h.complaint; !c.Untold() || c.Decision.On != on.AddDays(-1) || c.Reactions != "" || c.Last.Action != ActionAmend {
		t.Errorf("%s, told on %s, heard on %q, last %s", c.State, c.Decision.Contact, c.Reactions, c.Last.Action)
	}
	again := Amend{Entry: h.entryAt(t, RecordDecision, "").ID, Retract: true, Reason: "x"}
	if err := h.step(again, officer, noon(on)); !Refused(err).Has(CodeAmendNothing) {
		t.Errorf("taken back twice: %v", err)
	}
	h.amend(t, RecordDecision, textDecided, on, Amend{Retract: true})
	if c := h.complaint; c.State != StateReceived || c.Decision != (Decision{}) || c.Last.Action != ActionRetract {
		t.Errorf("without the decision: %s, %+v, last %s", c.State, c.Decision, c.Last.Action)
	}
}

// TestAmend_dayOfTheDecision: the confirmation is due by it, and nobody hears an
// outcome before it.
func TestAmend_dayOfTheDecision(t *testing.T) {
	on := start.AddDays(9)
	h := filed(t, played{on, decision(on)})
	h.amend(t, RecordDecision, textDecided, on, Amend{Date: on.AddDays(-3)})
	if p, _ := h.complaint.Promise(PromiseConfirmation); p.Due != on.AddDays(2) || h.complaint.Decision.On != on.AddDays(-3) {
		t.Errorf("decided on %s, to be confirmed by %s", h.complaint.Decision.On, p.Due)
	}
	early := Amend{Entry: h.entryAt(t, RecordDecision, "").ID, Date: on.AddDays(-4), Reason: "x"}
	want := Refusal{Field: "date", Code: CodeToldEarly, Args: Args{Date: on.AddDays(-3)}}
	if r := Refused(h.step(early, officer, noon(on))); len(r) != 1 || r[0] != want {
		t.Errorf("told before it was decided: %+v", r)
	}
	late := Amend{Entry: h.entryAt(t, RecordDecision, textDecided).ID, Date: on.AddDays(1), Reason: "x"}
	if r := Refused(h.step(late, officer, noon(on))); len(r) != 1 || r[0].Code != CodeDateFuture {
		t.Errorf("decided tomorrow: %+v", r)
	}
}

// ruledOn is a closed case that went to the committee, with a date for the defence,
// which was sent too late, another day for the hearing, and a ruling with something
// to carry out.
func ruledOn(t *testing.T) (h *chronicle, on calendar.Date) {
	t.Helper()
	on = start.AddDays(10)
	first := DisputeDates{Defence: on.AddDays(7)}
	second := DisputeDates{Defence: on.AddDays(7), Sent: on.AddDays(8), Hearing: on.AddDays(30)}
	return filed(t,
		played{start, Acknowledge{letter(start)}}, played{start, decision(start)}, played{start, Confirm{letter(start)}},
		played{on, Dispute{Date: on, Reference: "GC 12", Dates: first}},
		played{on.AddDays(9), Dispute{Date: on, Dates: second, Shown: first}},
		played{on.AddDays(40), Dispute{Date: on.AddDays(40), Dates: second, Shown: second, Ruling: "Terecht.", Verdict: RulingUpheld, RulingDue: on.AddDays(60)}},
	), on
}

// TestAmend_datesOfADispute: each is put right or taken back by itself.
func TestAmend_datesOfADispute(t *testing.T) {
	h, on := ruledOn(t)
	today := on.AddDays(41)
	defence := func() Promise { p, _ := h.complaint.Promise(PromiseDefence); return p }
	if defence().InTime() {
		t.Fatal("in time from the start")
	}
	h.amend(t, RecordDisputeDates, textSent, today, Amend{Date: on.AddDays(6)})
	if p := defence(); !p.InTime() || p.Kept.Entered != on.AddDays(6) || h.complaint.AmendedInTime != 1 {
		t.Errorf("sent: %+v, %d put right", p.Kept, h.complaint.AmendedInTime)
	}
	h.amend(t, RecordDispute, textDefence, today, Amend{Date: on.AddDays(5)})
	if p := defence(); p.InTime() || p.Due != on.AddDays(5) {
		t.Errorf("due: %+v", p)
	}
	h.amend(t, RecordDisputeDates, textHearing, today, Amend{Retract: true})
	if d := h.complaint.Dispute; !d.Hearing.IsZero() {
		t.Errorf("heard on %s", d.Hearing)
	}
	h.amend(t, RecordDispute, "", today, Amend{Date: on.AddDays(-2)})
	h.amend(t, RecordRuling, "", today, Amend{Date: on.AddDays(39)})
	h.amend(t, RecordRuling, textRulingDue, today, Amend{Date: on.AddDays(50)})
	c := h.complaint
	if r, _ := c.Remedy(1); c.Dispute.On != on.AddDays(-2) || c.Dispute.EndedOn != on.AddDays(39) || r.Due != on.AddDays(50) || r.Made != on.AddDays(39) {
		t.Errorf("dispute %+v, remedy %+v", c.Dispute, r)
	}
	rests := Amend{Entry: h.entryAt(t, RecordDispute, "").ID, Retract: true, Reason: "x"}
	if r := Refused(h.step(rests, officer, noon(today))); len(r) != 1 || r[0].Code != CodeAmendRests {
		t.Errorf("a dispute that was ruled on: %+v", r)
	}
	h.amend(t, RecordRuling, textRulingDue, today, Amend{Retract: true})
	if c := h.complaint; len(c.Remedies()) > 0 || c.State != StateClosed || c.Dispute.Ruling != RulingUpheld {
		t.Errorf("%s, %+v, remedies %+v", c.State, c.Dispute, c.Remedies())
	}
	h.amend(t, RecordRuling, "", today, Amend{Retract: true})
	if c := h.complaint; c.State != StateDisputed || c.Dispute.From != StateClosed || c.Dispute.Ruling != "" || c.ClosedAt != noon(start) {
		t.Errorf("%s, %+v", c.State, c.Dispute)
	}
}

// TestAmend_leavesADisputeThatItIsNotAbout: a typing mistake elsewhere costs neither
// the defence nor what the ruling asks (island-is/island.is 23299, where it did).
func TestAmend_leavesADisputeThatItIsNotAbout(t *testing.T) {
	h, on := ruledOn(t)
	was := h.complaint
	h.amend(t, RecordAcknowledgement, "", on.AddDays(41), Amend{Way: WayPhone})
	for i, p := range h.complaint.Promises {
		if p.Kind != PromiseAcknowledgement && p != was.Promises[i] {
			t.Errorf("%s became %+v", p.Kind, p)
		}
	}
	if h.complaint.Dispute != was.Dispute || len(h.complaint.Promises) != len(was.Promises) {
		t.Errorf("dispute %+v, was %+v", h.complaint.Dispute, was.Dispute)
	}
}

// TestAmend_aDefenceThatIsDueLater is overdue no more, and its escalation begins anew
// (osTicket 5160, where the flag stayed).
func TestAmend_aDefenceThatIsDueLater(t *testing.T) {
	on := start.AddDays(10)
	h := filed(t, played{start, decision(start)}, played{on, Dispute{Date: on, Dates: DisputeDates{Defence: on.AddDays(3)}}})
	today := on.AddDays(5)
	h.complaint.Promises[len(h.complaint.Promises)-1].Reminders = reminder.AskedOn(on.AddDays(4), officer)
	h.amend(t, RecordDispute, textDefence, today, Amend{Date: on.AddDays(13)})
	if p, _ := h.complaint.Promise(PromiseDefence); p.Overdue(today) || p.Due != on.AddDays(13) || p.Reminders != "" {
		t.Errorf("%+v", p)
	}
	early := Amend{Entry: h.entryAt(t, RecordDispute, textDefence).ID, Date: on.AddDays(-1), Reason: "x"}
	if r := Refused(h.step(early, officer, noon(today))); len(r) != 1 || r[0].Field != "date" || r[0].Code != CodeDateEarly {
		t.Errorf("before the dispute: %+v", r)
	}
}

// TestAmend_recordedInOneForm: a dispute that nobody had recorded and that ended:
// its end goes first.
func TestAmend_recordedInOneForm(t *testing.T) {
	on := start.AddDays(10)
	h := filed(t, played{start, decision(start)}, played{on, Dispute{Date: on, Ended: EndSettled}})
	was := h.complaint
	h.amend(t, RecordDisputeEnd, "", on, Amend{Retract: true})
	if h.complaint.State != StateDisputed {
		t.Errorf("without the end: %s", h.complaint.State)
	}
	h.amend(t, RecordDispute, "", on, Amend{Retract: true})
	if c := h.complaint; c.State != was.State || c.Dispute != (DisputeFile{}) {
		t.Errorf("without the dispute: %s, %+v", c.State, c.Dispute)
	}
}

// TestAmend_casesThatWereCountedAnew: a case of before R13 replays to what it was
// made into when its register came to this program.
func TestAmend_casesThatWereCountedAnew(t *testing.T) {
	p := policy(t)
	random := rand.New(rand.NewPCG(52, 13))
	for range 1000 {
		c, entries, at := history(t, p, random, false)
		c = p.Recount(byTheOldRule(c, entries, p), entries, at)
		for i := range entries {
			entries[i].Line = i + 1
			delete(entries[i].Texts, textDecided)
		}
		h := p.replay(&c, entries)
		if len(h.refused) > 0 {
			t.Fatalf("the replay refuses %v", h.refused)
		}
		if sameCourse(t, "replay", c, h.complaint); t.Failed() {
			return
		}
	}
}

// TestAmend_rulingOfBefore: it had no verdict, and its day stands nowhere else.
func TestAmend_rulingOfBefore(t *testing.T) {
	h, on := ruledOn(t)
	last := len(h.records) - 1
	h.records[last].Texts = texts{"ruling": "Terecht."}
	h.complaint.Promises = h.complaint.Promises[:len(h.complaint.Promises)-1] // the remedy
	h.complaint.Dispute.Ruling, h.complaint.Dispute.EndedOn = "", calendar.Date{}
	was := h.complaint
	sameCourse(t, "replay", was, h.policy.replay(&was, h.records).complaint)
	h.amend(t, RecordRuling, "", on.AddDays(41), Amend{Date: on.AddDays(38)})
	sameCourse(t, "amended", was, h.complaint)
}
