package workflow

import (
	"slices"

	"github.com/artra/klachtbot/workflow/calendar"
)

// File registers a complaint that came in by phone, e-mail, letter or in
// person.
type File struct {
	Facts       Facts
	Particulars Particulars
	Attachments []Attachment // File and Name only
}

func (a File) perform(s *step) {
	a.Particulars = a.Particulars.clean()
	a.Facts.OfferingName = Clean(a.Facts.OfferingName)
	s.facts(a.Facts)
	s.particulars(a.Particulars, a.Facts.Preferred)
	s.received(a.Facts)
	s.attach(a.Attachments)
	if len(s.refusals) > 0 {
		return
	}
	c := &s.Complaint
	c.Facts, c.Particulars = a.Facts, a.Particulars
	c.Series, c.Year = SeriesOrdinary, s.today.Year
	c.LoggedBy, c.LoggedAt = s.by, s.now
	if s.policy.Roster.Guards(c.Particulars.Concerns) {
		c.Series = SeriesGuarded
	}
	c.Owner = s.policy.Roster.Handler(c.Particulars.Concerns, s.today)
	received, terms := c.Facts.Received, s.policy.Terms
	s.promise(PromiseAcknowledgement, received, received.AddDays(terms.AcknowledgeDays))
	s.promise(PromiseOutcome, received, received.AddMonths(terms.OutcomeMonths))
	s.flag(s.today)
	s.introduce()
}

// attach takes in the files of a form.
func (s *step) attach(files []Attachment) {
	if len(files) > MaxAttachments {
		s.refuseWith("attachments", CodeTooMany, Args{Max: MaxAttachments})
	}
	s.Attachments = slices.Clone(files)
	for i := range s.Attachments {
		a := &s.Attachments[i]
		a.Name = Confidential(Clean(a.Name.Reveal()))
		a.By, a.At, a.State = s.by, s.now, AttachmentWaiting
	}
}

// Correct replaces what was logged, with a reason. Promises are computed anew,
// the old values are kept sealed; a conflict that shows so moves the case
// (design section 4, conflict guard).
type Correct struct {
	File
	Reason Confidential
}

// correct replaces what was logged. What follows from it is worked out anew:
// the promises that count from the receipt (R1), whether it came late, and who
// may know of it. The values that went are kept with the reason.
func (a Correct) perform(s *step) {
	c := &s.Complaint
	a.Particulars = a.Particulars.clean()
	a.Facts.OfferingName = Clean(a.Facts.OfferingName)
	s.text("reason", a.Reason)
	s.facts(a.Facts)
	s.particulars(a.Particulars, a.Facts.Preferred)
	if a.Facts.Received != c.Facts.Received || a.Facts.Incident != c.Facts.Incident {
		s.received(a.Facts) // a case that stays open for years keeps its date
	}
	s.receivedBeforeActions(a.Facts.Received)
	s.attach(a.Attachments)
	if len(s.refusals) > 0 {
		return
	}
	old := replaced(c, a)
	old["reason"] = a.Reason
	concerned := c.Particulars.Concerns
	c.Facts, c.Particulars = a.Facts, a.Particulars
	s.recompute()
	s.record(Record{Kind: RecordCorrection, Date: s.today, Texts: old})
	if c.Particulars.Concerns != concerned && s.moveAway() {
		return
	}
	s.showAction(ActionCorrect)
}

// recompute makes the first acknowledgement and the first outcome due by the
// corrected date; their ladders begin anew when that moves them.
func (s *step) recompute() {
	c, terms := &s.Complaint, s.policy.Terms
	received := c.Facts.Received
	due := map[PromiseKind]calendar.Date{
		PromiseAcknowledgement: received.AddDays(terms.AcknowledgeDays),
		PromiseOutcome:         received.AddMonths(terms.OutcomeMonths),
	}
	for i := range c.Promises {
		p := &c.Promises[i]
		date, first := due[p.Kind]
		if !first {
			continue
		}
		delete(due, p.Kind)
		if p.Due != date {
			p.Due, p.Reminders, p.Snoozed = date, "", calendar.Date{}
		}
		p.Made = received
	}
	s.flag(s.policy.Calendar.Today(c.LoggedAt))
}

// flag marks what came in late (R5) or was logged late (R1).
func (s *step) flag(loggedOn calendar.Date) {
	c := &s.Complaint
	f, terms := c.Facts, s.policy.Terms
	c.LateLogged = loggedOn.After(f.Received.AddDays(terms.AcknowledgeDays))
	c.OutOfTime = !f.Incident.IsZero() && f.Received.After(f.Incident.AddDays(terms.ComplainDays))
}

// replaced returns the old values of what a correction changes, by the log
// modal's field.
func replaced(c *Complaint, a Correct) texts {
	was, is := form{c.Facts, c.Particulars}.fields(), form{a.Facts, a.Particulars}.fields()
	old := texts{}
	for name, value := range was {
		if value != is[name] {
			old["old."+name] = value
		}
	}
	return old
}

// form is what the log modal asks.
type form struct {
	Facts
	Particulars
}

// fields are its values by block id.
func (l form) fields() texts {
	return texts{
		"complainant_name": l.Name, "email": l.Email, "phone": l.Phone, "address": l.Address,
		"description": l.Story, "desired_outcome": l.Wish, "concerns_user": Confidential(l.Concerns),
		"complainant_kind": Confidential(l.ComplainantKind), "preferred_contact": Confidential(l.Preferred),
		"offering_kind": Confidential(l.OfferingKind), "offering_name": Confidential(l.OfferingName),
		"category": Confidential(l.Category), "received_date": Confidential(l.Received.String()),
		"received_via": Confidential(l.ReceivedVia), "incident_date": Confidential(l.Incident.String()),
		"language": Confidential(l.Language),
	}
}
