package workflow

import (
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/reminder"
	"github.com/artra/klachtbot/workflow/roster"
)

// Retention (R10): some time after it was closed, a case loses everything that
// is about people. Only what figures need stays.

// RetentionFrom is the date from which the months of retention count.
type RetentionFrom string

// The settings of KLACHTBOT_RETENTION_FROM.
const (
	FromClosed   RetentionFrom = "closed" // Dutch practice
	FromReceived RetentionFrom = "received"
)

// RetentionFroms lists them, the default first.
func RetentionFroms() []RetentionFrom { return []RetentionFrom{FromClosed, FromReceived} }

// RetainUntil is the last day on which a case is kept as it is: the months count
// from the last of its closing, the end of a dispute (R15) and the settling of a
// remedy (R14), and a ruling can be read for a while whatever the setting. ok is
// false for a case that is kept without an end: one that is not closed, is at the
// dispute committee or owes it something, is on hold, or has a remedy open.
func (p *Policy) RetainUntil(c *Complaint) (last calendar.Date, ok bool) {
	if c.State != StateClosed || c.ClosedAt.IsZero() || !c.HoldReview.IsZero() || c.AtCommittee() || len(c.OpenRemedies()) > 0 {
		return calendar.Date{}, false
	}
	from := calendar.Latest(calendar.Latest(p.Calendar.Today(c.ClosedAt), c.Dispute.EndedOn), p.remedySettled(c))
	if p.Terms.RetentionFrom == FromReceived {
		from = c.Facts.Received
	}
	last = from.AddMonths(p.Terms.RetentionMonths)
	if c.Dispute.Ruling != "" {
		last = calendar.Latest(last, c.Dispute.EndedOn.AddMonths(rulingMonths))
	}
	return last, true
}

// remedySettled is the last day on which a remedy was settled; zero when none was.
func (p *Policy) remedySettled(c *Complaint) (last calendar.Date) {
	for _, r := range c.Remedies() {
		if !r.Open() {
			last = calendar.Latest(last, r.Lapsed)
		}
		if !r.Kept.At.IsZero() {
			last = calendar.Latest(last, p.Calendar.Today(r.Kept.At))
		}
	}
	return last
}

// purgeAt is the instant at which the case may be purged, at the earliest. What
// a person did today, such as ending a hold, never leads to it before midnight,
// so that a mistake can be taken back. After the term each day is looked at,
// since the days on which the bot is at work count.
func (p *Policy) purgeAt(c *Complaint, today calendar.Date) (at time.Time, ok bool) {
	last, ok := p.RetainUntil(c)
	if !ok {
		return time.Time{}, false
	}
	return p.Calendar.At(calendar.Latest(last, today).AddDays(1), 0), true
}

// Hold keeps a case from the purge until a review date, at most six months off
// (R10). On a case that is held, a zero Review ends the hold.
type Hold struct {
	Reason Confidential
	Review calendar.Date
}

// maxHoldMonths is how far off a hold's review may be (R10).
const maxHoldMonths = 6

func (a Hold) perform(s *step) {
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
	c.HoldReview, c.HoldReminders, c.RetentionReminders, c.Announcement = a.Review, "", "", Announcement{}
	s.record(Record{Kind: RecordHold, Date: s.today, Texts: texts{
		"reason": a.Reason, "review_date": Confidential(a.Review.String()),
	}})
	s.showAction(ActionHold)
}

// Purge removes everything about people (R10). It is the clock's own action, and
// nothing is possible after it.
type Purge struct{}

// perform leaves what figures need: number, months, kind, category, way, verdict,
// cause, lesson and durations. All dates move together, by as many days as bring
// the receipt to the first of its month, so that every duration, and whether a
// promise was kept in time, stays what it was. Closing and dispute keep their own
// months.
func (Purge) perform(s *step) {
	c := &s.Complaint
	if s.Action == ActionPurge {
		s.ownUp()
	}
	shift := 1 - c.Facts.Received.Day
	moved := func(d calendar.Date) calendar.Date {
		if d.IsZero() {
			return d
		}
		return d.AddDays(shift)
	}
	f := c.Facts
	c.Facts = Facts{
		Received: moved(f.Received), ReceivedVia: f.ReceivedVia, ComplainantKind: f.ComplainantKind,
		OfferingKind: f.OfferingKind, Category: f.Category, Preferred: f.Preferred, Language: f.Language, Urgent: f.Urgent,
	}
	c.Particulars = Particulars{}
	c.LoggedBy, c.LoggedAt, c.Owner = "", noonOf(moved(s.policy.Calendar.Today(c.LoggedAt))), ""
	for i, pr := range c.Promises {
		c.Promises[i] = pr.shorn(moved)
	}
	c.Decision.On, c.Decision.Contact = moved(c.Decision.On), moved(c.Decision.Contact)
	c.Reactions = c.Reactions.Shorn(moved)
	c.ClosedAt = noonOf(monthOf(s.policy.Calendar.Today(c.ClosedAt)))
	d := c.Dispute
	c.Dispute = DisputeFile{From: d.From, On: monthOf(d.On), Ruling: d.Ruling, Ended: d.Ended, EndedOn: monthOf(d.EndedOn)}
	c.WaitingSince, c.WaitingReminders, c.HoldReminders, c.RetentionReminders = calendar.Date{}, "", "", ""
	c.Last, c.Announcement, c.Calls = Performed{}, Announcement{}, ""
	s.show(Purged{})
	if asker := c.Erasure.By; asker != "" {
		s.show(Erased{To: asker, Number: c.Number})
	}
	c.Erasure = Erasure{}
}

// shorn returns the promise without people, and with its dates moved.
func (p Promise) shorn(moved func(calendar.Date) calendar.Date) Promise {
	q := Promise{
		Kind: p.Kind, Made: moved(p.Made), Due: moved(p.Due), Lapsed: moved(p.Lapsed), Ended: p.Ended, Subject: p.Subject,
	}
	if !p.Kept.At.IsZero() {
		q.Kept = Kept{
			On: moved(p.Kept.On), Entered: moved(p.Kept.Entered), Way: p.Kept.Way, Later: p.Kept.Later,
			At: noonOf(moved(p.Kept.On)),
		}
	}
	return q
}

// monthOf is the first day of the month; zero stays zero.
func monthOf(d calendar.Date) calendar.Date {
	if d.IsZero() {
		return d
	}
	return calendar.NewDate(d.Year, d.Month, 1)
}

// noonOf is an instant of that date in every time zone that matters.
func noonOf(d calendar.Date) time.Time { return d.Midnight().Add(12 * time.Hour) }

// Erasure before the term (AVG article 17): an officer asks for it with a
// reason, and a second person confirms, since it can't be undone. Only a case
// that is closed and not held can be erased. A request lapses after four weeks,
// or when the case is taken up again.

// Erasure is a request to erase a case before its term; zero when none stands.
type Erasure struct {
	By        roster.PersonID // the person who asked, and so can't confirm
	On        calendar.Date
	Reminders reminder.History // of those who were asked to confirm
}

// Stands reports whether the request waits for somebody.
func (e Erasure) Stands() bool { return e.By != "" }

// Asked is the person who was asked last to confirm it; "" when nobody was.
func (e Erasure) Asked() roster.PersonID { return e.Reminders.LastTo() }

// eraseLapses is how many days a request stands.
const eraseLapses = 28

// RequestErasure asks for a case to be erased before its term.
type RequestErasure struct{ Reason Confidential }

// LookErasure shows somebody who may confirm it why a case is to be erased.
// Nothing changes, but the journal has a line of it.
type LookErasure struct{}

// ConfirmErasure has the case erased at once.
type ConfirmErasure struct{}

// DeclineErasure ends a request: the second person does not agree, or the one
// who asked takes it back.
type DeclineErasure struct{ Reason Confidential }

// LapseErasure ends a request that nobody decided on. It is the clock's own
// action.
type LapseErasure struct{}

// ReplayErasure erases, whatever its state, a case that was erased on that day
// before its term and came back with an older copy of the register. It is the
// clock's own action, since two people decided then on a case that was closed.
type ReplayErasure struct{ On calendar.Date }

// The ways in which a request ends without an erasure, as its asker reads.
const (
	ErasureDeclined = "declined"
	ErasureLapsed   = "lapsed"
)

// CodeNone says that nothing stands in the way.
const CodeNone Code = ""

// Unerasable is the reason why a case can't be erased before its term; CodeNone
// when it can.
func (c *Complaint) Unerasable() Code {
	switch {
	case c.State == StateErased:
		return CodeErased
	case c.AtCommittee():
		return CodeEraseDisputed
	case c.State != StateClosed:
		return CodeEraseOpen
	case !c.HoldReview.IsZero():
		return CodeEraseHeld
	case len(c.OpenRemedies()) > 0:
		return CodeEraseRemedy
	}
	return CodeNone
}

// holds reports whether a request is still valid: the case can be erased, and
// the person who asked has an officer's rights on it.
func (p *Policy) holds(c *Complaint) bool {
	return c.Unerasable() == CodeNone && c.Access(p.Roster, c.Erasure.By) == AccessFull
}

// erasureOver reports whether a request ends without anybody's decision.
func (p *Policy) erasureOver(c *Complaint, today calendar.Date) bool {
	return c.Erasure.Stands() && (!p.holds(c) || today.After(c.Erasure.On.AddDays(eraseLapses)))
}

// perform asks the second person at once. It refuses when there is nobody to
// ask.
func (a RequestErasure) perform(s *step) {
	s.text("reason", a.Reason)
	c := &s.Complaint
	second := c.Confirmers(s.policy.Roster, s.by, s.today)
	switch why := c.Unerasable(); {
	case why != CodeNone:
		s.refuse("", why)
	case c.Erasure.Stands():
		s.refuse("", CodeEraseAsked)
	case len(second) == 0:
		s.refuse("", CodeEraseNobody)
	}
	if len(s.refusals) > 0 {
		return
	}
	c.Erasure = Erasure{By: s.by, On: s.today, Reminders: reminder.AskedOn(s.today, second[0])}
	s.record(Record{Kind: RecordErasure, Date: s.today, Texts: texts{"reason": a.Reason}})
	s.show(ReminderDue{second[0], WatchErasure})
	s.show(ActionTaken{ActionErase})
}

// asked refuses a decision on a request that does not stand.
func (s *step) asked() bool {
	if !s.Complaint.Erasure.Stands() || !s.policy.holds(&s.Complaint) {
		s.refuse("", CodeEraseNone)
		return false
	}
	return true
}

func (LookErasure) perform(s *step) {
	s.silent, s.Journal = true, true
	s.asked()
}

// perform purges the case before its time.
func (ConfirmErasure) perform(s *step) {
	switch {
	case !s.asked():
	case s.by == s.Complaint.Erasure.By:
		s.refuse("", CodeEraseSelf)
	default:
		Purge{}.perform(s)
	}
}

func (a DeclineErasure) perform(s *step) {
	s.optional("reason", a.Reason)
	if !s.asked() {
		return
	}
	s.record(Record{Kind: RecordErasureDeclined, Date: s.today, Texts: texts{"reason": a.Reason}})
	s.show(ActionTaken{ActionEraseDecline})
	s.endErasure(ErasureDeclined)
}

func (LapseErasure) perform(s *step) {
	s.show(ActionTaken{ActionEraseLapse})
	s.endErasure(ErasureLapsed)
}

// endErasure removes a request and notifies the person who asked, unless they
// ended it themselves or may no longer know of the case.
func (s *step) endErasure(how string) {
	c := &s.Complaint
	by := c.Erasure.By
	c.Erasure = Erasure{}
	if by != s.by && c.Access(s.policy.Roster, by) == AccessFull {
		s.show(ErasureEnded{by, how})
	}
}

// perform does to an older copy of a case what was done to the newer one. A copy
// that is not closed yet is closed as of that day, and owes nothing any more.
func (a ReplayErasure) perform(s *step) {
	c := &s.Complaint
	if c.State != StateClosed {
		s.stopWaiting(a.On)
		c.ClosedAt, c.Dispute.From = noonOf(a.On), StateNone
	}
	for i, p := range c.Promises {
		if p.Open() {
			c.Promises[i].Lapsed = a.On
		}
	}
	c.HoldReview = calendar.Date{}
	Purge{}.perform(s)
}
