package workflow

import (
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/reaction"
	"github.com/artra/klachtbot/workflow/reminder"
	"github.com/artra/klachtbot/workflow/roster"
	"github.com/artra/klachtbot/workflow/urgency"
)

// CaseID names a complaint inside the register. It is random, never reused, and
// tells nothing; people read the Number.
type CaseID string

// State is where a complaint stands in the procedure.
type State string

// The states of design section 6. StateNone is a complaint not yet filed.
const (
	StateNone       State = ""
	StateReceived   State = "received"
	StateInProgress State = "in_progress"
	StateWaiting    State = "waiting"
	StateDecided    State = "decided"
	StateClosed     State = "closed"
	StateDisputed   State = "disputed"
	StateErased     State = "erased" // the end (R10): nothing is left that is about anybody
)

// Undecided reports whether the outcome is still to come.
func (s State) Undecided() bool {
	return s == StateReceived || s == StateInProgress || s == StateWaiting
}

// live are the states of a case that was not erased.
var live = []State{StateReceived, StateInProgress, StateWaiting, StateDecided, StateClosed, StateDisputed}

// undecided are the states in which the outcome is still to come.
var undecided = []State{StateReceived, StateInProgress, StateWaiting}

// Series is the first letter of a case number. Each series counts without
// gaps within the year of registration.
type Series string

// K is the ordinary series; V that of guarded cases (design section 4), so
// that no number is missing for the person whom such a case concerns.
const (
	SeriesOrdinary Series = "K"
	SeriesGuarded  Series = "V"
)

// Facts are the part of a complaint that names nobody. Channels, lists and
// figures may show it.
type Facts struct {
	Received        calendar.Date // R: when it reached the firm (R1)
	Incident        calendar.Date // I: zero when unknown
	ReceivedVia     Way
	ComplainantKind string // one of ComplainantKinds; "" while unknown, like the next and Category
	OfferingKind    string // one of OfferingKinds
	OfferingName    string // free text by staff; removed by the purge
	Category        string // one of Categories
	Preferred       Contact
	Language        string      // of letters: "nl" or "en"
	Urgent          urgency.Set // why something has to happen on the day itself
}

// Particulars are the sealed part of a complaint: who complains, about what and
// about whom.
type Particulars struct {
	Name, Email, Phone, Address Confidential
	OnBehalfOf                  Confidential // for whom the complainant speaks, when it is somebody else
	Story, Wish                 Confidential
	Concerns                    roster.PersonID // the person whom it concerns; "" for nobody of the firm
}

func (p Particulars) clean() Particulars {
	for _, t := range []*Confidential{&p.Name, &p.OnBehalfOf, &p.Email, &p.Phone, &p.Address, &p.Story, &p.Wish} {
		*t = Confidential(contact.Clean(t.Reveal()))
	}
	return p
}

// Decision is the outcome as far as it is not sealed; its texts are in the
// dossier's Record.
type Decision struct {
	Verdict Verdict
	Cause   string // one of Causes
	Lesson  string // a sentence without names
	On      calendar.Date
	Contact calendar.Date // when it was told, before any letter; zero when that failed (R13)
}

// Performed is the action that somebody did last, so that a person who presses
// an outdated button reads why it no longer works.
type Performed struct {
	Action ActionName
	By     roster.PersonID
	At     time.Time
}

// Complaint is one case. It is a value: Step takes one and returns the next.
type Complaint struct {
	ID      CaseID
	Number  string // K-2026-0001; the register gives it
	Series  Series
	Year    int // of registration, local
	Version int // grows by one with every change that shows
	State   State

	Facts       Facts
	Particulars Particulars

	LoggedBy roster.PersonID
	LoggedAt time.Time
	Owner    roster.PersonID // its handler; "" when nobody without a conflict is left

	LateLogged bool // R1: a deadline had passed when it was filed
	OutOfTime  bool // R5: came later than the term for complaining; flagged, never blocked

	Promises  []Promise
	Decision  Decision
	Reactions reaction.Days // R4a
	Counting  Counting      // R13: by which day its outcome counts
	ClosedAt  time.Time
	Calls     urgency.Calls // who was told that it is urgent

	WaitingSince     calendar.Date    // of the open question; zero when none
	WaitingReminders reminder.History // of that question
	WaitedDays       int              // R6: for the analysis only

	HoldReview    calendar.Date    // R10: kept from the purge, to be looked at on that day; zero when not held
	HoldReminders reminder.History // of that review

	RetentionReminders reminder.History // R10: reminders of the purge that were asked for
	Announcement       Announcement     // R10: whether one was delivered

	Erasure Erasure // a request to erase it before the term

	Dispute DisputeFile

	AmendedInTime int // terms that amendments put right from late to in time

	Last Performed

	// NextAt is when the clock must look at it again; zero: never.
	NextAt time.Time
}

// DisputeFile is what is known, unsealed, of a case's way to the dispute
// committee.
type DisputeFile struct {
	From State         // where the case was before; StateNone when it is not there
	On   calendar.Date // when it last went there; stays after the ruling

	Hearing calendar.Date // zero when none is known
	Ruling  RulingVerdict // of the last dispute that was ruled on
	Ended   Ending        // how the last dispute ended, other than by a ruling
	EndedOn calendar.Date // of either
}

// RulingVerdict is what the dispute committee decided (R15), in one word.
type RulingVerdict string

// The verdicts of the dispute committee, as the contract names them.
const (
	RulingUpheld        RulingVerdict = "upheld"         // gegrond
	RulingPartly        RulingVerdict = "partly_upheld"  // deels gegrond
	RulingNotUpheld     RulingVerdict = "not_upheld"     // ongegrond
	RulingSettled       RulingVerdict = "settled"        // schikking
	RulingNotAdmissible RulingVerdict = "not_admissible" // niet-ontvankelijk, or not for this committee
	RulingWithdrawn     RulingVerdict = "withdrawn"      // by the complainant
)

// RulingVerdicts lists them as the form does.
func RulingVerdicts() []RulingVerdict {
	return []RulingVerdict{RulingUpheld, RulingPartly, RulingNotUpheld, RulingSettled, RulingNotAdmissible, RulingWithdrawn}
}

// Guarded reports whether the case is kept from an officer or director whom
// it concerns (design section 4, conflict guard).
func (c *Complaint) Guarded() bool { return c.Series == SeriesGuarded }

// directTo is the handler in whose direct messages alone a guarded case shows;
// "" when the case channel shows it.
func (c *Complaint) directTo() roster.PersonID {
	if c.Guarded() {
		return c.Owner
	}
	return ""
}

// MaxRelated is how many cases either list of Related holds at most.
const MaxRelated = 10

// Related are the other cases of a complainant: open cases with the same e-mail
// address or telephone number, and those that somebody linked with it, which are
// no candidates any more. Both come newest first.
type Related struct{ Candidates, Linked []RelatedCase }

// RelatedCase is another case, by the number that it has now.
type RelatedCase struct {
	ID     CaseID
	Number string
}

// Lookup finds one case as somebody sees it, by one of its names.
type Lookup struct {
	ID     CaseID
	Number string
	// Channel and TS are those of a message that the bot posted about it.
	Channel, TS string
}

// Way is how something reached the firm or the complainant. Its values are the
// option values of the contract.
type Way string

// The ways of the contract (design section 5).
const (
	WayEmail       Way = "email"
	WayPhone       Way = "phone"
	WayLetter      Way = "letter"
	WayInPerson    Way = "in_person"
	WayNotPossible Way = "not_possible" // for a complainant who can't be reached
)

// ReceiptWays are the ways in which a complaint comes in.
func ReceiptWays() []Way { return []Way{WayPhone, WayEmail, WayLetter, WayInPerson} }

// ContactWays are the ways in which the firm answers.
func ContactWays() []Way { return []Way{WayEmail, WayPhone, WayLetter, WayInPerson, WayNotPossible} }

// Written reports whether the way leaves a text with the other side (R8).
func (w Way) Written() bool { return w == WayEmail || w == WayLetter }

// Contact is how the complainant wants to be reached.
type Contact string

// The contacts of the contract. ContactNone is a caller who stays anonymous.
const (
	ContactEmail  Contact = "email"
	ContactPhone  Contact = "phone"
	ContactLetter Contact = "letter"
	ContactNone   Contact = "none"
)

// Contacts lists them as the modal does.
func Contacts() []Contact {
	return []Contact{ContactEmail, ContactPhone, ContactLetter, ContactNone}
}

// Way is the way that fits the wish, and the default in every letter's modal.
func (c Contact) Way() Way {
	if c == ContactNone {
		return WayNotPossible
	}
	return Way(c)
}

// ComplainantKinds are the kinds in the regulation's definition of "klager".
func ComplainantKinds() []string {
	return []string{"participant", "future_participant", "customer", "future_customer"}
}

// OfferingKinds are the kinds in the regulation's definition of "klacht", and
// one for discontent about anything else of the firm.
func OfferingKinds() []string {
	return []string{"training", "course", "workshop", "masterclass", "other"}
}

// Categories are the subjects that a complaint is filed under.
func Categories() []string {
	return []string{"content", "trainer", "organisation", "location", "material", "information", "invoice", "conduct", "other"}
}

// Causes are what may have lain behind a complaint, as the decision names it.
func Causes() []string {
	return []string{"content", "person", "planning", "information", "administration", "facilities", "supplier", "expectation", "none", "other"}
}

// Languages are the languages of letters.
func Languages() []string { return []string{"nl", "en"} }

// Verdict is the decision in one word.
type Verdict string

// The verdicts of the contract; VerdictWithdrawn is never chosen, it follows
// from a withdrawal.
const (
	VerdictUpheld        Verdict = "upheld"         // gegrond
	VerdictPartly        Verdict = "partly_upheld"  // deels gegrond
	VerdictNotUpheld     Verdict = "not_upheld"     // ongegrond
	VerdictNotConsidered Verdict = "not_considered" // niet in behandeling
	VerdictSettled       Verdict = "settled"        // geschikt
	VerdictWithdrawn     Verdict = "withdrawn"      // ingetrokken
)

// Verdicts lists the verdicts that an officer chooses from.
func Verdicts() []Verdict {
	return []Verdict{VerdictUpheld, VerdictPartly, VerdictNotUpheld, VerdictNotConsidered, VerdictSettled}
}

func known[T comparable](v T, among []T) bool { return slices.Contains(among, v) }

// Confidential is a text that belongs to a complaint and must not be printed:
// names, addresses, stories, letters. In fmt, slog and JSON it shows as a mask.
// The only way to the text is Reveal, which is easy to search for.
type Confidential string

const mask = "[confidential]"

// Reveal returns the text itself, to show it to somebody who may read it or to
// seal it.
func (c Confidential) Reveal() string { return string(c) }

// Blank reports whether there is nothing in it that can be seen.
func (c Confidential) Blank() bool { return contact.Clean(string(c)) == "" }

// atMost returns the first n characters, such as the part of the story that was
// typed in the first of its fields.
func (c Confidential) atMost(n int) Confidential {
	if r := []rune(c); len(r) > n {
		return Confidential(r[:n])
	}
	return c
}

// Format prints the mask whatever the verb, so that %q, %x and %#v don't get
// around it.
func (Confidential) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(mask)) }

// LogValue makes slog print the mask.
func (Confidential) LogValue() slog.Value { return slog.StringValue(mask) }

// MarshalText makes JSON and every other text encoding print the mask.
func (Confidential) MarshalText() ([]byte, error) { return []byte(mask), nil }
