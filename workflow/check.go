package workflow

import (
	"net/mail"
	"strings"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// checks judges what was filled in with an action, and collects every reason
// to refuse it. The complaint is the case as it stood before the action.
type checks struct {
	complaint *Complaint
	terms     Terms
	today     calendar.Date
	refusals  Refusals
}

func (s *checks) refuse(field string, code Code) {
	s.refusals = append(s.refusals, Refusal{Field: field, Code: code})
}

func (s *checks) refuseWith(field string, code Code, args Args) {
	s.refusals = append(s.refusals, Refusal{Field: field, Code: code, Args: args})
}

// maxBody is the longest text that an officer can write in one field: the
// limit of Slack's plain_text_input, in characters.
const maxBody = 3000

// Lengths of the log modal's fields, in characters. Slack counts the same way
// or stricter, so a person never meets them; a forged submission does.
const (
	maxLine  = 200
	maxStory = 2*maxBody + 1 // description and description_more, joined
)

func (s *checks) choice(field string, ok bool) {
	if !ok {
		s.refuse(field, CodeUnknownChoice)
	}
}

func (s *checks) way(field string, w Way) { s.choice(field, known(w, ContactWays())) }

// date checks received ≤ date ≤ today (design section 6).
func (s *checks) date(field string, d calendar.Date) {
	received := s.complaint.Facts.Received
	switch {
	case d.IsZero():
		s.refuse(field, CodeDateRequired)
	case d.After(s.today):
		s.refuse(field, CodeDateFuture)
	case d.Before(received):
		s.refuseWith(field, CodeDateEarly, Args{Date: received})
	}
}

func (s *checks) text(field string, t Confidential) {
	if t.Blank() {
		s.refuse(field, CodeRequired)
	}
	s.optional(field, t)
}

func (s *checks) optional(field string, t Confidential) {
	if len([]rune(t.Reveal())) > maxBody {
		s.refuseWith(field, CodeTooLong, Args{Max: maxBody})
	}
}

func (s *checks) line(field string, t Confidential) {
	if t.Blank() {
		s.refuse(field, CodeRequired)
	}
	if len([]rune(t.Reveal())) > maxLine {
		s.refuseWith(field, CodeTooLong, Args{Max: maxLine})
	}
}

// sent checks what every letter has: a date, a way and a body. Only a
// complainant who stays anonymous can't be reached.
func (s *checks) sent(l Sent) {
	s.date("date", l.Date)
	s.way("way", l.Way)
	s.text("body", l.Body)
	if l.Way == WayNotPossible && s.complaint.Facts.Preferred != ContactNone {
		s.refuse("way", CodeWayImpossible)
	}
	if l.Mail {
		s.mailed(l)
	}
}

// mailed checks a letter that the bot sends: by e-mail, today, to an address
// that is known.
func (s *checks) mailed(l Sent) {
	switch {
	case l.Way != WayEmail:
		s.refuse("way", CodeMailWay)
	case s.complaint.Particulars.Email.Blank():
		s.refuse("way", CodeMailNoAddress)
	case l.Date != s.today:
		s.refuse("date", CodeMailToday)
	}
}

func (s *checks) facts(f Facts) {
	s.choice("complainant_kind", known(f.ComplainantKind, ComplainantKinds()))
	s.choice("preferred_contact", known(f.Preferred, Contacts()))
	s.choice("offering_kind", known(f.OfferingKind, OfferingKinds()))
	s.choice("category", known(f.Category, Categories()))
	s.choice("received_via", known(f.ReceivedVia, ReceiptWays()))
	s.choice("language", known(f.Language, Languages()))
	s.line("offering_name", Confidential(f.OfferingName))
}

func (s *checks) particulars(p Particulars, preferred Contact) {
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

// expected checks the date that a notice names: in the future, after the date
// that was promised (R3), and at most two months after the notice.
func (s *checks) expected(a Progress) {
	earliest := s.today.AddDays(1)
	if promised, ok := s.complaint.Promise(PromiseOutcome); ok {
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

// receivedBeforeActions refuses a date of receipt after something was sent about
// the complaint.
func (s *checks) receivedBeforeActions(received calendar.Date) {
	for _, p := range s.complaint.Promises {
		if !p.Kept.At.IsZero() && received.After(p.Kept.Entered) {
			s.refuseWith("received_date", CodeReceivedLate, Args{Date: p.Kept.Entered})
			return
		}
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

// maxAbsenceMonths is how long an absence may last, and how far ahead begin.
const maxAbsenceMonths = 12

// CheckAbsence refuses a period that can't be somebody's absence, seen from today: at
// the fields from and until.
func CheckAbsence(p roster.Period, today calendar.Date) error {
	var refusals Refusals
	at := func(field string, code Code, args Args) {
		refusals = append(refusals, Refusal{Field: field, Code: code, Args: args})
	}
	earliest, last := calendar.Latest(p.From, today), p.From.AddMonths(maxAbsenceMonths)
	ahead := today.AddMonths(maxAbsenceMonths)
	switch {
	case p.From.IsZero():
		at("from", CodeDateRequired, Args{})
	case p.From.After(ahead):
		at("from", CodeDateLate, Args{Date: ahead})
	}
	switch {
	case p.Until.IsZero():
		at("until", CodeDateRequired, Args{})
	case p.Until.Before(earliest):
		at("until", CodeDateEarly, Args{Date: earliest})
	case !p.From.IsZero() && p.Until.After(last):
		at("until", CodeDateLate, Args{Date: last})
	}
	if len(refusals) > 0 {
		return refusals
	}
	return nil
}
