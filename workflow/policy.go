package workflow

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Terms are the regulation's terms; the zero Terms are not usable, see
// DefaultTerms.
type Terms struct {
	AcknowledgeDays int // R2
	OutcomeMonths   int // R3
	ComplainDays    int // R5
	ConfirmDays     int // R9
	DisputeDays     int // R8
	RetentionMonths int // R10, and how far back a complaint may be dated (R1)
	RetentionFrom   RetentionFrom
}

// DefaultTerms are those of artra's regulation.
func DefaultTerms() Terms {
	return Terms{
		AcknowledgeDays: 5, OutcomeMonths: 1, ComplainDays: 14,
		ConfirmDays: 5, DisputeDays: 28, RetentionMonths: 24, RetentionFrom: FromClosed,
	}
}

// Policy is the firm's procedure: its terms, its calendar and who has which
// role. Step is its only rule book.
type Policy struct {
	Terms    Terms
	Calendar calendar.Calendar
	Roster   roster.Roster
}

// Fingerprint changes when terms, calendar, roster or ladder change, so that
// the register knows that open cases must be looked at again.
func (p *Policy) Fingerprint() string {
	all := fmt.Sprintln(escalationEdition, p.Terms, p.Calendar.Location, p.Calendar.Extra, p.Calendar.EveryDay,
		p.Calendar.Opens, p.Calendar.Closes, p.Roster.Officers, p.Roster.Directors, p.Roster.Weekdays)
	sum := sha256.Sum256([]byte(all))
	return hex.EncodeToString(sum[:])
}

// RetentionFingerprint changes when cases are kept longer or shorter, so that
// the register knows that closed cases must be looked at again.
func (p *Policy) RetentionFingerprint() string {
	return fmt.Sprint(p.Terms.RetentionMonths, p.Terms.RetentionFrom, p.Calendar.Location)
}

// escalationEdition counts the changes of the ladder's table.
const escalationEdition = 4

// With returns the policy as it holds while these people are away.
func (p *Policy) With(presence roster.Presence) *Policy {
	q := *p
	q.Roster.Presence = presence
	return &q
}

// FourWeeks is the informative date from which the complainant may go to the
// dispute committee (R8): four weeks after the written complaint, or after
// our written acknowledgement when it came by phone or in person. ok is false
// while that is unknown.
func (p *Policy) FourWeeks(c *Complaint) (d calendar.Date, ok bool) {
	if c.Facts.ReceivedVia.written() {
		return c.Facts.Received.AddDays(p.Terms.DisputeDays), true
	}
	if a, found := c.Promise(PromiseAcknowledgement); found && a.Kept.Way.written() {
		return a.Kept.Entered.AddDays(p.Terms.DisputeDays), true
	}
	return calendar.Date{}, false
}

// OnMessage lists what the case message shows, in that order: what the state
// allows to whoever may read it. The rights are checked at the click, by who is
// there then.
func (p *Policy) OnMessage(c *Complaint, today calendar.Date) []ActionName {
	return slices.DeleteFunc(Actions(), func(name ActionName) bool { return !rules[name].allows(p, c, today) })
}
