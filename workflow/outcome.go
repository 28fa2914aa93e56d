package workflow

import (
	"cmp"
	"maps"
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
)

// Resolve records the decision and the contact that the regulation promises:
// when, how, and what the complainant said of it. With WayNotPossible, Reaction
// is why contact failed, and Contact says nothing. A zero Decided is today. Offering
// and Category count where intake left them open.
type Resolve struct {
	Offering, Category string

	Verdict  Verdict
	Outcome  Confidential
	Remedy   Confidential
	Promised RemedyTerms // what Remedy promises (R14)
	Cause    string
	Lesson   string
	Decided  calendar.Date
	Contact  calendar.Date
	Way      Way
	Reaction Confidential
}

func (a Resolve) perform(s *step) {
	s.complete(&s.Complaint.Facts.OfferingKind, a.Offering, "offering_kind", OfferingKinds())
	s.complete(&s.Complaint.Facts.Category, a.Category, "category", Categories())
	s.choice("verdict", known(a.Verdict, Verdicts()))
	s.choice("cause", known(a.Cause, Causes()))
	s.text("outcome", a.Outcome)
	s.optional("remedy", a.Remedy)
	s.optional("lesson", Confidential(a.Lesson))
	s.way("contact_way", a.Way)
	s.text("contact_reaction", a.Reaction)
	decided, told := s.told(a)
	s.decide(Decision{Verdict: a.Verdict, Cause: a.Cause, Lesson: a.Lesson, On: decided, Contact: told}, a.Way)
	s.remedyTerms(a.Promised, a.Remedy, s.Complaint.Decision.On)
	all := texts{
		"verdict": Confidential(a.Verdict), "outcome": a.Outcome, "remedy": a.Remedy, "contact_reaction": a.Reaction,
		"decided_date": Confidential(decided.String()),
		"cause":        Confidential(a.Cause), "lesson": Confidential(a.Lesson),
	}
	if a.Promised.Some() {
		maps.Copy(all, s.promiseRemedy(a.Promised, s.today))
	}
	s.record(Record{Kind: RecordDecision, Date: cmp.Or(told, decided), Way: a.Way, Texts: all})
	s.showAction(ActionResolve)
	urging{s}.decided()
}

// complete fills in what intake left open, and a decision needs.
func (s *step) complete(fact *string, chosen, field string, among []string) {
	switch {
	case *fact != "" || s.bygone:
	case !known(chosen, among):
		s.refuse(field, CodeDecideMissing)
	default:
		*fact = chosen
	}
}

// decide promises the confirmation of an outcome (R9). The outcome itself is kept
// once the complainant was told (R13); a withdrawal ends it.
func (s *step) decide(d Decision, way Way) {
	s.stopWaiting(d.On)
	s.Complaint.Decision = d
	switch {
	case d.Verdict == VerdictWithdrawn:
		s.end(EndWithdrawn, d.On, PromiseOutcome, PromiseProgress)
	case !d.Contact.IsZero():
		s.heard(d.Contact, way)
	}
	s.promise(PromiseConfirmation, d.On, d.On.AddDays(s.policy.Terms.ConfirmDays))
}

// Confirm records the confirmation of the outcome and closes the case (R9). Where
// nobody told the complainant before, it may be that nobody can (R13).
type Confirm struct{ Sent }

func (a Confirm) perform(s *step) {
	_, told := s.Complaint.Told()
	s.sentTo(a.Sent, s.Complaint.Facts.Preferred != ContactNone && told)
	if a.Date.Before(s.Complaint.Decision.On) {
		s.refuseWith("date", CodeDateEarly, Args{Date: s.Complaint.Decision.On})
	}
	s.keepLetter(PromiseConfirmation, a.Sent)
	s.keepLetter(PromiseAcknowledgement, a.Sent)
	if a.Way == WayNotPossible {
		s.end(EndUnreachable, a.Date, PromiseOutcome, PromiseProgress)
	} else {
		s.heard(a.Date, a.Way)
	}
	s.Complaint.ClosedAt, s.Complaint.RetentionReminders, s.Complaint.Announcement = s.now, "", Announcement{}
	s.recordLetter(a.Sent, RecordConfirmation, nil)
	s.showAction(ActionConfirm)
}

// Withdraw records that the complainant takes the complaint back. The outcome is
// VerdictWithdrawn, which has to be confirmed like any other.
type Withdraw struct{ Reason Confidential }

func (a Withdraw) perform(s *step) {
	s.text("reason", a.Reason)
	s.decide(Decision{Verdict: VerdictWithdrawn, On: s.today}, "")
	s.record(Record{Kind: RecordWithdrawal, Date: s.today, Texts: texts{
		"verdict": Confidential(VerdictWithdrawn), "reason": a.Reason,
	}})
	s.showAction(ActionWithdraw)
	urging{s}.decided()
}

// Reopen takes a closed or disputed case up again (design section 6).
type Reopen struct{ Reason Confidential }

// perform takes the decision back: neither its confirmation nor the date of a
// notice is owed any more, and an outcome is due one month from now. The outcome
// that was promised before keeps its class. What the dispute committee asked stays owed.
func (a Reopen) perform(s *step) {
	s.text("reason", a.Reason)
	s.stopWaiting(s.today)
	c := &s.Complaint
	for i, p := range c.Promises {
		if p.Open() && (p.Kind == PromiseConfirmation || p.Kind == PromiseProgress) {
			c.Promises[i].Lapsed = s.today
		}
	}
	if c.State == StateDisputed && c.open(PromiseDefence) < 0 {
		c.Dispute.EndedOn = s.today
	}
	c.Decision, c.ClosedAt, c.Dispute.From = Decision{}, time.Time{}, StateNone
	s.promise(PromiseOutcome, s.today, s.today.AddMonths(s.policy.Terms.OutcomeMonths))
	s.record(Record{Kind: RecordReopening, Date: s.today, Texts: texts{"reason": a.Reason}})
	s.showAction(ActionReopen)
}

// mayDispute reports whether the dispute committee may take the case: once it
// was decided, once four weeks have passed (design section 6), or when it has it.
func (p *Policy) mayDispute(c *Complaint, today calendar.Date) bool {
	if !c.State.Undecided() || c.AtCommittee() {
		return true
	}
	from, ok := p.FourWeeks(c)
	if !ok { // nothing was written, and the complainant went all the same
		from = c.Facts.Received.AddDays(p.Terms.DisputeDays)
	}
	return !today.Before(from)
}

// FourWeeks is the informative date from which the complainant may go to the
// dispute committee (R8): four weeks after the written complaint, or after
// our written acknowledgement when it came by phone or in person. ok is false
// while that is unknown.
func (p *Policy) FourWeeks(c *Complaint) (d calendar.Date, ok bool) {
	if c.Facts.ReceivedVia.Written() {
		return c.Facts.Received.AddDays(p.Terms.DisputeDays), true
	}
	if a, found := c.Promise(PromiseAcknowledgement); found && a.Kept.Way.Written() {
		return a.Kept.Entered.AddDays(p.Terms.DisputeDays), true
	}
	return calendar.Date{}, false
}
