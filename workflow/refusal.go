package workflow

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Code is the reason of a refusal; package texts turns it into a sentence.
type Code string

// The codes of every refusal.
const (
	CodeRequired      Code = "required"       // nothing, or only white space
	CodeUnknownChoice Code = "unknown_choice" // not one of the options
	CodeTooLong       Code = "too_long"       // Args: max
	CodeTooMany       Code = "too_many"       // Args: max
	CodePlaceholder   Code = "placeholder"    // a letter with words in it that were to be replaced
	CodeNotEmail      Code = "not_email"      // an e-mail address that is none
	CodeNotPhone      Code = "not_phone"      // a telephone number that is none
	CodeMisleading    Code = "misleading"     // an address or a number with control characters, or such as turn the direction
	CodeNoContact     Code = "no_contact"     // neither e-mail, phone nor address
	CodeContactEmpty  Code = "contact_empty"  // the contact that is preferred was not filled in
	CodeContactChoose Code = "contact_choose" // several are filled in, and none is preferred
	CodeDecideMissing Code = "decide_missing" // what intake left open, and a decision needs
	CodeDateRequired  Code = "date_required"  // a date is missing
	CodeDateFuture    Code = "date_future"    // after today
	CodeDateEarly     Code = "date_early"     // before the complaint came in; Args: date
	CodeReceivedOld   Code = "received_old"   // R1; Args: date, the earliest allowed
	CodeIncidentLate  Code = "incident_late"  // R1: after the complaint came in
	CodeWayImpossible Code = "way_impossible" // not_possible, though the complainant can be reached
	CodeDateLate      Code = "date_late"      // too far off; Args: date, the last allowed
	CodeDatePast      Code = "date_past"      // today or before, where a coming day is asked
	CodeExpectedEarly Code = "expected_early" // R4: not after what was promised; Args: date, the first allowed
	CodeReceivedLate  Code = "received_late"  // a corrected receipt after something was sent; Args: date of that
	CodeToldEarly     Code = "told_early"     // R13: the complainant heard before it was decided; Args: date of that
	CodeNotEligible   Code = "not_eligible"   // can't handle this case
	CodeSameOwner     Code = "same_owner"     // handles it already
	CodeDisputeEnd    Code = "dispute_end"    // a ruling and another end at once
	CodeDisputeSame   Code = "dispute_same"   // nothing of a dispute was changed
	CodeSnoozeOverdue Code = "snooze_overdue" // on the last day and after it, reminders can't be put off
	CodeMailWay       Code = "mail_way"       // the bot sends e-mail only
	CodeMailNoAddress Code = "mail_no_address"
	CodeMailToday     Code = "mail_today"     // the bot sends today
	CodeMailLeaving   Code = "mail_leaving"   // a letter that is being sent at this moment
	CodeMailNotWaits  Code = "mail_not_waits" // a letter that waits no more: it left, or failed
	CodeForbidden     Code = "forbidden"      // the role is missing
	CodeNoSuchCase    Code = "no_such_case"   // none that this person may see
	CodeNumberLost    Code = "number_lost"    // lost at a restore: its case is in no register any more
	CodeNumberVoid    Code = "number_void"    // a number that a case had once; it has another one now
	CodeErased        Code = "erased"         // its time is over (R10), and nothing is left that is about anybody
	CodeUrgentOver    Code = "urgent_over"    // a message about something urgent that is over
	CodeNotNow        Code = "not_now"        // the state does not allow it; Args: performed
	CodeUnprotected   Code = "unprotected"    // a file that names the complainant can't be encrypted, and may not leave
	CodeOutdated      Code = "outdated"       // a document that may not be sent any more as it was made

	CodeQuarterOpen        Code = "quarter_open"        // R11: a quarter is reviewed once it is over
	CodeNoRecommendation   Code = "no_recommendation"   // none that this person may read
	CodeRecommendationDone Code = "recommendation_done" // somebody recorded already that it was done
	CodeNotMember          Code = "not_member"          // somebody without a full account in our own Slack

	CodeEraseOpen     Code = "erase_open"     // not closed yet
	CodeEraseDisputed Code = "erase_disputed" // at the dispute committee
	CodeEraseHeld     Code = "erase_held"     // kept longer (R10)
	CodeEraseAsked    Code = "erase_asked"    // somebody asked already
	CodeEraseNobody   Code = "erase_nobody"   // nobody is there to confirm it
	CodeEraseNone     Code = "erase_none"     // there is no request any more
	CodeEraseSelf     Code = "erase_self"     // the person who asked can't confirm
	CodeClock         Code = "clock"          // no second clock agrees with the procedure's, and what is asked can't be taken back
	CodeEraseUnlisted Code = "erase_unlisted" // the erasure list can't be written
)

// Refusal is one reason why Step did nothing: a code at a field, which is a block
// id of the contract, or "" for the whole. It never carries what was typed.
type Refusal struct {
	Field string
	Code  Code
	Args  Args
}

// Args are what a sentence about a refusal needs; each is zero when the code
// has no use for it.
type Args struct {
	Date      calendar.Date
	Max       int // characters
	Performed Performed
	Step      RecordKind
}

// Refusals are all reasons at once, so that a person corrects them in one go.
// It is the only kind of error that Step returns.
type Refusals []Refusal

// Error lists codes and fields, for a log; people read texts.
func (r Refusals) Error() string {
	parts := make([]string, len(r))
	for i, one := range r {
		parts[i] = fmt.Sprintf("%s:%s", one.Field, one.Code)
	}
	return "refused: " + strings.Join(parts, ", ")
}

// Has reports whether one of the reasons has that code.
func (r Refusals) Has(code Code) bool {
	for _, one := range r {
		if one.Code == code {
			return true
		}
	}
	return false
}

// Refused returns the refusals in an error's chain, nil when it is another
// kind of error.
func Refused(err error) Refusals {
	var r Refusals
	errors.As(err, &r)
	return r
}

// checks judges what was filled in with an action, and collects every reason
// to refuse it. The complaint is the case as it stood before the action.
type checks struct {
	complaint *Complaint
	terms     Terms
	today     calendar.Date
	refusals  Refusals
	bygone    bool // of a history that runs through the rules again
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

// Lengths of fields of a complaint, in characters. Slack counts the same way or
// stricter, so that only a forged submission meets them.
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
	s.longest(field, t)
}

// longest checks the length of one line.
func (s *checks) longest(field string, t Confidential) {
	if len([]rune(t.Reveal())) > maxLine {
		s.refuseWith(field, CodeTooLong, Args{Max: maxLine})
	}
}

// sent checks what every letter has: a date, a way and a body. Only a
// complainant who stays anonymous can't be reached.
func (s *checks) sent(l Sent) { s.sentTo(l, s.complaint.Facts.Preferred != ContactNone) }

// sentTo is sent for a complainant who is known to be within reach, or not.
func (s *checks) sentTo(l Sent, reachable bool) {
	s.date("date", l.Date)
	s.way("way", l.Way)
	s.text("body", l.Body)
	if l.Unfilled && l.Way != WayNotPossible { // else nothing is sent
		s.refuse("body", CodePlaceholder)
	}
	if l.Way == WayNotPossible && reachable {
		s.refuse("way", CodeWayImpossible)
	}
	if l.Mail {
		s.mailed(l)
	}
}

// mailed checks a letter that the bot sends: by e-mail, today, to a known
// address.
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

// refused reports whether something is wrong with the field already.
func (s *checks) refused(field string) bool {
	return slices.ContainsFunc(s.refusals, func(r Refusal) bool { return r.Field == field })
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

// maxAbsenceMonths is how long an absence may last, and how far ahead it may
// begin.
const maxAbsenceMonths = 12

// CheckAbsence refuses, at the fields from and until, a period that can't be
// somebody's absence as seen from today.
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
