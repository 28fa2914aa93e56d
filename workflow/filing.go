package workflow

import (
	"slices"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/workflow/calendar"
)

// File registers a complaint that came in by phone, e-mail, letter or in
// person.
type File struct {
	Facts       Facts
	Particulars Particulars
	Attachments []Attachment // File and Name only
	Source      Source       // zero for none
}

// Repeats is how many complaints on one offering came within RepeatDays; zero when
// they are too few to tell.
type Repeats struct {
	Offering string
	Count    int
}

// RepeatDays is within how many days complaints on one offering are counted together,
// and ManyRepeats how many of them its handler hears of.
const (
	RepeatDays  = 90
	ManyRepeats = 3
)

// Together is the largest number of those complaints that came within RepeatDays of
// each other and of one that came on that day; all are days of receipt, that one's
// among them.
func Together(day calendar.Date, all []calendar.Date) (most int) {
	for _, last := range all {
		first := last.AddDays(1 - RepeatDays)
		if day.Before(first) || day.After(last) {
			continue
		}
		n := 0
		for _, d := range all {
			if !d.Before(first) && !d.After(last) {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

// Source is a message in an open channel of Slack, from which a complaint was
// filed.
type Source struct{ Channel, TS string }

func (a File) perform(s *step) {
	s.plain(a.Particulars)
	a.Particulars = a.Particulars.clean()
	a.Facts.OfferingName = contact.Clean(a.Facts.OfferingName)
	s.facts(a.Facts)
	s.particulars(a.Particulars, a.Facts.Preferred)
	s.received(a.Facts)
	s.attach(a.Attachments)
	if len(s.refusals) > 0 {
		return
	}
	a.register(s)
}

// register makes the complaint, its promises and the messages about it.
func (a File) register(s *step) {
	c := &s.Complaint
	c.Facts, c.Particulars = a.Facts, a.Particulars
	c.Series, c.Year = SeriesOrdinary, s.today.Year
	c.LoggedBy, c.LoggedAt, c.Counting = s.by, s.now, CountTold
	if s.policy.Roster.Guards(c.Particulars.Concerns) {
		c.Series = SeriesGuarded
	}
	c.Owner = s.policy.Roster.Handler(c.Particulars.Concerns, s.today)
	received, terms := c.Facts.Received, s.policy.Terms
	s.promise(PromiseAcknowledgement, received, received.AddDays(terms.AcknowledgeDays))
	s.promise(PromiseOutcome, received, received.AddMonths(terms.OutcomeMonths))
	s.flag(s.today)
	s.introduce()
	if a.Source != (Source{}) {
		s.show(SourceStands{To: s.by, Source: a.Source})
	}
}

// attach adds the files of a form to the change.
func (s *step) attach(files []Attachment) {
	if len(files) > MaxAttachments {
		s.refuseWith("attachments", CodeTooMany, Args{Max: MaxAttachments})
	}
	s.Attachments = slices.Clone(files)
	for i := range s.Attachments {
		a := &s.Attachments[i]
		a.Name = Confidential(contact.Clean(a.Name.Reveal()))
		a.By, a.At, a.State = s.by, s.now, AttachmentWaiting
	}
}

// Correct replaces what was filed, with a reason. Promises are computed anew and
// the old values are kept sealed; a conflict that comes to light moves the case
// (design section 4, conflict guard).
type Correct struct {
	File
	Reason Confidential
}

// perform works out anew what follows from the new values: the promises that
// count from the receipt (R1), whether the complaint came late, and who may know
// of it. The old values are recorded with the reason.
func (a Correct) perform(s *step) {
	c := &s.Complaint
	s.plain(a.Particulars)
	a.Particulars = a.Particulars.clean()
	a.Facts.OfferingName = contact.Clean(a.Facts.OfferingName)
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
// corrected date. The escalation of a promise that moves begins anew.
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

// flag sets whether the complaint came in late (R5) or was filed late (R1).
func (s *step) flag(loggedOn calendar.Date) {
	c := &s.Complaint
	f, terms := c.Facts, s.policy.Terms
	c.LateLogged = loggedOn.After(f.Received.AddDays(terms.AcknowledgeDays))
	c.OutOfTime = !f.Incident.IsZero() && f.Received.After(f.Incident.AddDays(terms.ComplainDays))
}

// replaced returns the old values of what a correction changes, by the field of
// the form.
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

// form is what the form of a complaint asks.
type form struct {
	Facts
	Particulars
}

// fields returns its values by block id.
func (f form) fields() texts {
	return texts{
		"complainant_name": f.Name, "email": f.Email, "phone": f.Phone, "address": f.Address,
		"description": f.Story, "desired_outcome": f.Wish, "concerns_user": Confidential(f.Concerns),
		"complainant_kind": Confidential(f.ComplainantKind), "preferred_contact": Confidential(f.Preferred),
		"offering_kind": Confidential(f.OfferingKind), "offering_name": Confidential(f.OfferingName),
		"category": Confidential(f.Category), "received_date": Confidential(f.Received.String()),
		"received_via": Confidential(f.ReceivedVia), "incident_date": Confidential(f.Incident.String()),
		"language": Confidential(f.Language),
	}
}

// set undoes fields: it puts one value into its place.
func (f *form) set(id string, value Confidential) {
	into := map[string]*Confidential{
		"complainant_name": &f.Name, "email": &f.Email, "phone": &f.Phone, "address": &f.Address,
		"description": &f.Story, "desired_outcome": &f.Wish,
	}
	plain := map[string]*string{
		"complainant_kind": &f.ComplainantKind, "preferred_contact": (*string)(&f.Preferred), "offering_kind": &f.OfferingKind,
		"offering_name": &f.OfferingName, "category": &f.Category, "received_via": (*string)(&f.ReceivedVia),
		"language": &f.Language, "concerns_user": (*string)(&f.Concerns),
	}
	dates := map[string]*calendar.Date{"received_date": &f.Received, "incident_date": &f.Incident}
	switch {
	case into[id] != nil:
		*into[id] = value
	case plain[id] != nil:
		*plain[id] = value.Reveal()
	case dates[id] != nil:
		*dates[id], _ = calendar.ParseDate(value.Reveal()) // written by fields; "" is no date
	}
}
