package workflow

import "github.com/artra/klachtbot/contact"

// Lengths of the log modal's fields, in characters. Slack counts the same way
// or stricter, so a person never meets them; a forged submission does.
const (
	maxLine  = 200
	maxStory = 2*maxBody + 1 // description and description_more, joined
)

func (s *step) file(a File) {
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

// introduce posts the case where its handler sees it. Without a handler there
// is nowhere to post; the register keeps it until the roster has one.
func (s *step) introduce() {
	if s.Complaint.Owner == "" {
		return
	}
	s.show(CaseChanged{})
	s.show(StoryTold{})
	s.reach()
}

// reach tells a handler who is no officer, and so no member of the case
// channel, directly. Of a guarded case the handler has everything there.
func (s *step) reach() {
	c := &s.Complaint
	if !c.Guarded() && !s.policy.Roster.IsOfficer(c.Owner) {
		s.show(HandedOver{c.Owner})
	}
}

func (s *step) facts(f Facts) {
	s.choice("complainant_kind", known(f.ComplainantKind, ComplainantKinds()))
	s.choice("preferred_contact", known(f.Preferred, Contacts()))
	s.choice("offering_kind", known(f.OfferingKind, OfferingKinds()))
	s.choice("category", known(f.Category, Categories()))
	s.choice("received_via", known(f.ReceivedVia, ReceiptWays()))
	s.choice("language", known(f.Language, Languages()))
	s.line("offering_name", Confidential(f.OfferingName))
}

func (s *step) particulars(p Particulars, preferred Contact) {
	s.line("complainant_name", p.Name)
	s.text("description", p.Story.atMost(maxBody))
	if len([]rune(p.Story.Reveal())) > maxStory {
		s.refuseWith("description_more", CodeTooLong, Args{Max: maxBody})
	}
	s.optional("desired_outcome", p.Wish)
	s.optional("address", p.Address)
	if _, err := contact.ParseEmail(p.Email.Reveal()); err != nil && !p.Email.Blank() {
		s.refuse("email", CodeNotEmail)
	}
	if _, err := contact.ParsePhone(p.Phone.Reveal()); err != nil && !p.Phone.Blank() {
		s.refuse("phone", CodeNotPhone)
	}
	if preferred != ContactNone && p.Email.Blank() && p.Phone.Blank() && p.Address.Blank() {
		s.refuse("email", CodeNoContact)
	}
}

// atMost returns the first n characters: the part of the story that stands in
// its first field.
func (c Confidential) atMost(n int) Confidential {
	if r := []rune(c); len(r) > n {
		return Confidential(r[:n])
	}
	return c
}

func (s *step) line(field string, t Confidential) {
	if t.Blank() {
		s.refuse(field, CodeRequired)
	}
	if len([]rune(t.Reveal())) > maxLine {
		s.refuseWith(field, CodeTooLong, Args{Max: maxLine})
	}
}

// received checks the dates of R1.
func (s *step) received(f Facts) {
	earliest := s.today.AddMonths(-s.policy.Terms.RetentionMonths)
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

func (p Particulars) clean() Particulars {
	for _, t := range []*Confidential{&p.Name, &p.Email, &p.Phone, &p.Address, &p.Story, &p.Wish} {
		*t = Confidential(Clean(t.Reveal()))
	}
	return p
}

// Clean removes what has no place in a typed text (see contact.Clean).
func Clean(s string) string { return contact.Clean(s) }
