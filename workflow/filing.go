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

// Source is a message in an open channel of Slack, from which a complaint was
// filed.
type Source struct{ Channel, TS string }

func (a File) perform(s *step) {
	a = a.tidied(s)
	s.received(a.Facts)
	s.attach(a.Attachments)
	if len(s.refusals) > 0 {
		return
	}
	a.register(s)
}

// tidied is what was filled in without what nobody sees, with the contact that
// counts where none was chosen; what is wrong with it is refused.
func (a File) tidied(s *step) File {
	s.plain(a.Particulars)
	a.Particulars = a.Particulars.clean()
	a.Facts.OfferingName = contact.Clean(a.Facts.OfferingName)
	a.Facts.Preferred = a.Particulars.contact(a.Facts.Preferred)
	s.facts(a.Facts)
	s.particulars(a.Particulars, a.Facts.Preferred)
	s.preferred(a)
	return a
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
	urging{s}.call()
	if a.Source != (Source{}) {
		s.show(SourceStands{To: s.by, Source: a.Source})
	}
}

func (s *checks) facts(f Facts) {
	was := s.complaint.Facts
	s.mayWait("complainant_kind", f.ComplainantKind, was.ComplainantKind, ComplainantKinds())
	s.mayWait("offering_kind", f.OfferingKind, was.OfferingKind, OfferingKinds())
	s.mayWait("category", f.Category, was.Category, Categories())
	s.choice("urgent", f.Urgent.Known())
	s.choice("received_via", known(f.ReceivedVia, ReceiptWays()))
	s.choice("language", known(f.Language, Languages()))
	s.line("offering_name", Confidential(f.OfferingName))
}

// mayWait is choice for what can be left open, as long as it never was chosen.
func (s *checks) mayWait(field, chosen, was string, among []string) {
	s.choice(field, known(chosen, among) || chosen == "" && was == "")
}

// filledIn are the ways in which somebody can be reached, in the order of the form.
func (p Particulars) filledIn() (all []Contact) {
	for i, text := range []Confidential{p.Email, p.Phone, p.Address} {
		if !text.Blank() {
			all = append(all, Contacts()[i])
		}
	}
	return all
}

// contact is the one that counts: the chosen one, else the only one that was filled
// in.
func (p Particulars) contact(chosen Contact) Contact {
	if all := p.filledIn(); chosen == "" && len(all) == 1 {
		return all[0]
	}
	return chosen
}

// preferred checks that what is preferred was chosen and filled in; that nothing was
// filled in is refused elsewhere. A case that was filed when nobody asked for that
// stays as it is, and so does its history.
func (s *checks) preferred(a File) {
	was, p, chosen := s.complaint, a.Particulars, a.Facts.Preferred
	before := was.State != StateNone && was.Facts.Preferred == chosen && !slices.Contains(was.Particulars.filledIn(), chosen)
	switch {
	case s.bygone || before:
	case chosen == "" && (s.refused("email") || s.refused("phone")):
	case chosen == "" && len(p.filledIn()) > 1:
		s.refuse("preferred_contact", CodeContactChoose)
	case chosen != "" && !known(chosen, Contacts()):
		s.refuse("preferred_contact", CodeUnknownChoice)
	case chosen == ContactNone || len(p.filledIn()) == 0:
	case !slices.Contains(p.filledIn(), chosen):
		s.refuse("preferred_contact", CodeContactEmpty)
	}
}

// plain refuses an address or a number with something in it that can't be seen and
// changes how it reads. It sees them as they were typed.
func (s *checks) plain(p Particulars) {
	for field, typed := range map[string]Confidential{"email": p.Email, "phone": p.Phone} {
		if contact.Misleading(typed.Reveal()) {
			s.refuse(field, CodeMisleading)
		}
	}
}

func (s *checks) particulars(p Particulars, preferred Contact) {
	s.line("complainant_name", p.Name)
	s.text("description", p.Story.atMost(maxBody))
	if len([]rune(p.Story.Reveal())) > maxStory {
		s.refuseWith("description_more", CodeTooLong, Args{Max: maxBody})
	}
	s.optional("desired_outcome", p.Wish)
	s.longest("on_behalf_of", p.OnBehalfOf)
	s.optional("address", p.Address)
	if _, err := contact.ParseEmail(p.Email.Reveal()); err != nil && !p.Email.Blank() && !s.refused("email") {
		s.refuse("email", CodeNotEmail)
	}
	if _, err := contact.ParsePhone(p.Phone.Reveal()); err != nil && !p.Phone.Blank() && !s.refused("phone") {
		s.refuse("phone", CodeNotPhone)
	}
	if preferred != ContactNone && p.Email.Blank() && p.Phone.Blank() && p.Address.Blank() {
		s.refuse("email", CodeNoContact)
	}
}

// received checks the dates of R1.
func (s *checks) received(f Facts) {
	earliest := s.today.AddMonths(-s.terms.RetentionMonths)
	switch {
	case f.Received.IsZero():
		s.refuse("received_date", CodeDateRequired)
	case f.Received.After(s.today):
		s.refuse("received_date", CodeDateFuture)
	case f.Received.Before(earliest):
		s.refuseWith("received_date", CodeReceivedOld, Args{Date: earliest})
	}
	switch {
	case f.Incident.After(s.today):
		s.refuse("incident_date", CodeDateFuture)
	case f.Incident.After(f.Received):
		s.refuse("incident_date", CodeIncidentLate)
	}
}

// receivedBeforeActions refuses a date of receipt that lies after something was
// sent about the complaint.
func (s *checks) receivedBeforeActions(received calendar.Date) {
	for _, p := range s.complaint.Promises {
		if !p.Kept.At.IsZero() && received.After(p.Kept.Entered) {
			s.refuseWith("received_date", CodeReceivedLate, Args{Date: p.Kept.Entered})
			return
		}
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
	a.File = a.tidied(s)
	s.text("reason", a.Reason)
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
	concerned, urgent := c.Particulars.Concerns, c.Facts.Urgent
	c.Facts, c.Particulars = a.Facts, a.Particulars
	s.recompute()
	s.record(Record{Kind: RecordCorrection, Date: s.today, Texts: old})
	if c.Particulars.Concerns != concerned && s.moveAway() {
		return
	}
	s.showAction(ActionCorrect)
	urging{s}.changed(urgent)
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
		"complainant_name": f.Name, "on_behalf_of": f.OnBehalfOf, "email": f.Email, "phone": f.Phone, "address": f.Address,
		"description": f.Story, "desired_outcome": f.Wish, "concerns_user": Confidential(f.Concerns),
		"complainant_kind": Confidential(f.ComplainantKind), "preferred_contact": Confidential(f.Preferred),
		"offering_kind": Confidential(f.OfferingKind), "offering_name": Confidential(f.OfferingName),
		"category": Confidential(f.Category), "received_date": Confidential(f.Received.String()),
		"received_via": Confidential(f.ReceivedVia), "incident_date": Confidential(f.Incident.String()),
		"language": Confidential(f.Language), "urgent": Confidential(f.Urgent),
	}
}

// set undoes fields: it puts one value into its place.
func (f *form) set(id string, value Confidential) {
	into := map[string]*Confidential{
		"complainant_name": &f.Name, "on_behalf_of": &f.OnBehalfOf, "email": &f.Email, "phone": &f.Phone, "address": &f.Address,
		"description": &f.Story, "desired_outcome": &f.Wish,
	}
	plain := map[string]*string{
		"complainant_kind": &f.ComplainantKind, "preferred_contact": (*string)(&f.Preferred), "offering_kind": &f.OfferingKind,
		"offering_name": &f.OfferingName, "category": &f.Category, "received_via": (*string)(&f.ReceivedVia),
		"language": &f.Language, "concerns_user": (*string)(&f.Concerns), "urgent": (*string)(&f.Urgent),
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
