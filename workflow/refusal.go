package workflow

import (
	"errors"
	"fmt"
	"strings"

	"github.com/artra/klachtbot/workflow/calendar"
)

// Code says why something was refused; texts turns it into a sentence.
type Code string

// The codes of every refusal.
const (
	CodeRequired      Code = "required"       // nothing, or only white space
	CodeUnknownChoice Code = "unknown_choice" // not one of the options
	CodeTooLong       Code = "too_long"       // Args: max
	CodeTooMany       Code = "too_many"       // Args: max
	CodeNotEmail      Code = "not_email"      // an e-mail address that is none
	CodeNotPhone      Code = "not_phone"      // a telephone number that is none
	CodeNoContact     Code = "no_contact"     // neither e-mail, phone nor address
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
	CodeNotEligible   Code = "not_eligible"   // can't handle this case
	CodeSameOwner     Code = "same_owner"     // handles it already
	CodeSnoozeOverdue Code = "snooze_overdue" // on the last day and after it nudges can't be put off
	CodeMailWay       Code = "mail_way"       // the bot sends e-mail only
	CodeMailNoAddress Code = "mail_no_address"
	CodeMailToday     Code = "mail_today"   // the bot sends today
	CodeForbidden     Code = "forbidden"    // the role is missing
	CodeNoSuchCase    Code = "no_such_case" // none that this person may see
	CodeNumberVoid    Code = "number_void"  // a number that a case had once; it has another one now
	CodeErased        Code = "erased"       // its time is over (R10); nothing about anybody is left
	CodeNotNow        Code = "not_now"      // the state does not allow it; Args: deed
	CodeUnprotected   Code = "unprotected"  // who complains may not leave in a file that can't be encrypted
	CodeOutdated      Code = "outdated"     // a document that may not be sent any more as it was made

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
	CodeEraseSelf     Code = "erase_self"     // who asked can't confirm
	CodeEraseUnlisted Code = "erase_unlisted" // the erasure list can't be written
)

// Refusal is why Step did not do something: a code at a field (a block id of
// the contract; "" when it concerns the whole). It never carries what was
// typed.
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
