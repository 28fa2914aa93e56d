package workflow

import (
	"net/mail"
	"strings"
	"unicode"
)

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
	if !p.Email.Blank() && !isEmail(p.Email.Reveal()) {
		s.refuse("email", CodeNotEmail)
	}
	if !p.Phone.Blank() && !isPhone(p.Phone.Reveal()) {
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

// isEmail accepts a bare address with a dotted domain.
func isEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || a.Name != "" {
		return false
	}
	_, domain, _ := strings.Cut(s, "@")
	return strings.Contains(strings.Trim(domain, "."), ".") && !strings.Contains(domain, "[")
}

// isPhone accepts 8 to 15 digits (E.164 has at most 15) with the usual
// punctuation between them, a plus only before the first.
func isPhone(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r == '+' && digits == 0, strings.ContainsRune(" -–.()/", r):
		default:
			return false
		}
	}
	return digits >= 8 && digits <= 15
}

func (p Particulars) clean() Particulars {
	for _, t := range []*Confidential{&p.Name, &p.Email, &p.Phone, &p.Address, &p.Story, &p.Wish} {
		*t = Confidential(Clean(t.Reveal()))
	}
	return p
}

// Clean removes what has no place in a typed text: control characters other
// than line feed and tab, and invisible marks, also those that turn the
// direction of writing (they could make a text read as another). The joiners
// inside emoji stay. Ends are trimmed, line ends are LF.
func Clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == 0x200b, r == 0x2060, r == 0xfeff:
			return -1
		}
		return r
	}, s))
}
