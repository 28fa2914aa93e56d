package workflow

import (
	"slices"
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
)

// What the officer does beside the main road: progress notices, withdrawal,
// reopening, the dispute committee, and who handles the case.

// NoticeMonths is how many months after a progress notice the outcome may be
// expected at most (R4).
const NoticeMonths = 2

// progress: the date of R3 never changes; from now on the outcome, or a new
// notice, is promised by the expected date (R4).
func (s *step) progress(a Progress) {
	s.sent(a.Sent)
	s.text("reason", a.Reason)
	if a.Way == WayNotPossible {
		s.refuse("way", CodeWayImpossible)
	}
	s.expected(a)
	if len(s.refusals) > 0 {
		return
	}
	s.keepLetter(PromiseProgress, a.Sent)
	s.promise(PromiseProgress, s.counts(a.Date, a.Way), a.Expected)
	s.recordLetter(a.Sent, RecordProgress, texts{
		"reason": a.Reason, "expected_date": Confidential(a.Expected.String()),
	})
	s.showAction(ActionProgress)
}

// expected checks the date that a notice names: in the future, after the date
// that was promised (R3), and at most two months after the notice.
func (s *step) expected(a Progress) {
	earliest := s.today.AddDays(1)
	if promised, ok := s.Complaint.Promise(PromiseOutcome); ok {
		earliest = calendar.Latest(earliest, promised.Due.AddDays(1))
	}
	last := a.Date.AddMonths(NoticeMonths)
	switch {
	case a.Expected.IsZero():
		s.refuse("expected_date", CodeDateRequired)
	case a.Expected.Before(earliest):
		s.refuseWith("expected_date", CodeExpectedEarly, Args{Date: earliest})
	case !a.Date.IsZero() && a.Expected.After(last):
		s.refuseWith("expected_date", CodeDateLate, Args{Date: last})
	}
}

func (s *step) withdraw(a Withdraw) {
	s.text("reason", a.Reason)
	s.decide(Decision{Verdict: VerdictWithdrawn, On: s.today}, "")
	s.record(Record{Kind: RecordWithdrawal, Date: s.today, Texts: texts{
		"verdict": Confidential(VerdictWithdrawn), "reason": a.Reason,
	}})
	s.showAction(ActionWithdraw)
}

// reopen takes the decision back: neither its confirmation nor the date of a
// notice is owed any more, and an outcome is due one month from now. What was
// promised before keeps its class.
func (s *step) reopen(a Reopen) {
	s.text("reason", a.Reason)
	s.stopWaiting(s.today)
	c := &s.Complaint
	for i, p := range c.Promises {
		if p.Open() && (p.Kind == PromiseConfirmation || p.Kind == PromiseProgress) {
			c.Promises[i].Lapsed = s.today
		}
	}
	c.Decision, c.ClosedAt, c.Dispute.From = Decision{}, time.Time{}, StateNone
	s.promise(PromiseOutcome, s.today, s.today.AddMonths(s.policy.Terms.OutcomeMonths))
	s.record(Record{Kind: RecordReopening, Date: s.today, Texts: texts{"reason": a.Reason}})
	s.showAction(ActionReopen)
}

// dispute records the way to the committee, and the second time its ruling.
func (s *step) dispute(a Dispute) {
	s.date("date", a.Date)
	s.optional("reference", a.Reference)
	s.optional("ruling", a.Ruling)
	c := &s.Complaint
	kind := RecordDispute
	if c.State == StateDisputed {
		kind = RecordRuling
		s.text("ruling", a.Ruling)
	} else {
		c.Dispute = DisputeFile{From: c.State, On: a.Date}
	}
	s.record(Record{Kind: kind, Date: a.Date, Texts: texts{"reference": a.Reference, "ruling": a.Ruling}})
	s.showAction(ActionDispute)
}

// assign hands the case on. The new owner reads in the thread what is due, so
// the nudges that are past by now are theirs to skip.
func (s *step) assign(a Assign) {
	c := &s.Complaint
	before := c.Owner
	switch {
	case !slices.Contains(s.policy.Roster.Eligible(c.Particulars.Concerns), a.Owner):
		s.refuse("owner", CodeNotEligible)
	case a.Owner == before:
		s.refuse("owner", CodeSameOwner)
	}
	c.Owner = a.Owner
	s.restartReminders()
	for _, w := range s.policy.Watches(c, s.today) {
		for _, one := range dueReminders(s.policy.reminders(c, w, s.today), s.today) {
			*w.reminders = w.reminders.with(one.to, one.step, s.today)
		}
	}
	s.record(Record{Kind: RecordAssignment, Date: s.today, Texts: texts{"owner": Confidential(a.Owner)}})
	if c.Guarded() || before == "" {
		s.introduce()
		return
	}
	s.showAction(ActionAssign)
	s.reach()
}

// maxHoldMonths is how far off a hold's review may be (R10).
const maxHoldMonths = 6

func (s *step) hold(a Hold) {
	s.text("reason", a.Reason)
	c := &s.Complaint
	last := s.today.AddMonths(maxHoldMonths)
	switch {
	case a.Review.IsZero() && c.HoldReview.IsZero():
		s.refuse("review_date", CodeDateRequired)
	case !a.Review.IsZero() && !a.Review.After(s.today):
		s.refuse("review_date", CodeDatePast)
	case a.Review.After(last):
		s.refuseWith("review_date", CodeDateLate, Args{Date: last})
	}
	c.HoldReview, c.HoldReminders, c.RetentionReminders = a.Review, "", ""
	s.record(Record{Kind: RecordHold, Date: s.today, Texts: texts{
		"reason": a.Reason, "review_date": Confidential(a.Review.String()),
	}})
	s.showAction(ActionHold)
}

// snooze puts off the nudges about a promise until a day, its due date at most,
// on which its handlers are reminded again. On the last day, and about a
// question or a hold, they can't be put off.
func (s *step) snooze(a Snooze) {
	s.text("reason", a.Reason)
	w, ok := s.policy.Watched(&s.Complaint, a.What, s.today)
	switch {
	case !ok || !w.Promised():
		s.refuse("", CodeNotNow)
	case !w.Due.After(s.today):
		s.refuse("until", CodeSnoozeOverdue)
	case a.Until.IsZero():
		s.refuse("until", CodeDateRequired)
	case !a.Until.After(s.today):
		s.refuse("until", CodeDatePast)
	case a.Until.After(w.Due):
		s.refuseWith("until", CodeDateLate, Args{Date: w.Due})
	}
	if i := s.Complaint.open(PromiseKind(a.What)); i >= 0 {
		p := &s.Complaint.Promises[i]
		p.Snoozed, p.Reminders = a.Until, p.Reminders.restarted()
	}
	s.record(Record{Kind: RecordSnooze, Date: s.today, Texts: texts{
		"reason": a.Reason, "until": Confidential(a.Until.String()), "what": Confidential(a.What),
	}})
	s.show(ActionTaken{ActionSnooze})
}

// link notes that another case is of the same complainant, by its id: its
// number may change. No thread tells of it. Either case may be a guarded one, or
// become it, and whom that concerns must not wonder which case it is.
func (s *step) link(a Link) {
	if a.Other == "" || a.Other == s.Complaint.ID {
		s.refuse("", CodeNoSuchCase)
	}
	s.record(Record{Kind: RecordLink, Date: s.today, Texts: texts{"linked": Confidential(a.Other)}})
}
