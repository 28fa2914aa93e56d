package workflow

import (
	"slices"
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// CaseID names a complaint inside the register: random, never reused, tells
// nothing. People read the Number.
type CaseID string

// State is where a complaint stands in the procedure.
type State string

// The states of design section 6. StateNone is a complaint not yet logged.
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

// States lists them in the order of the procedure.
func States() []State {
	return append(append([]State(nil), live...), StateErased)
}

// Undecided reports whether the outcome is still to come.
func (s State) Undecided() bool {
	return s == StateReceived || s == StateInProgress || s == StateWaiting
}

// Series is the first letter of a case number. Each series counts without
// gaps within the year of registration.
type Series string

// K is the ordinary series; V that of guarded cases (design section 4), so
// that no number is missing for the person whom such a case concerns.
const (
	SeriesOrdinary Series = "K"
	SeriesGuarded  Series = "V"
)

// Facts are what is known of a complaint without naming anybody: channels,
// lists and figures may show them.
type Facts struct {
	Received        calendar.Date // R: when it reached the firm (R1)
	Incident        calendar.Date // I: zero when unknown
	ReceivedVia     Way
	ComplainantKind string // one of ComplainantKinds
	OfferingKind    string // one of OfferingKinds
	OfferingName    string // free text by staff; goes at the purge
	Category        string // one of Categories
	Preferred       Contact
	Language        string // of letters: "nl" or "en"
}

// Particulars are the sealed part of a complaint: who complains, about what
// and whom.
type Particulars struct {
	Name, Email, Phone, Address Confidential
	Story, Wish                 Confidential
	Concerns                    roster.PersonID // whom it concerns; "" when nobody of the firm
}

// Decision is the outcome as far as it is not sealed; its texts are in the
// dossier's Record.
type Decision struct {
	Verdict Verdict
	Cause   string // one of Causes
	Lesson  string // a sentence without names
	On      calendar.Date
}

// Performed is who did what last, so that a person who presses an outdated button
// reads why it no longer works.
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
	Owner    roster.PersonID // who handles it; "" when nobody without a conflict is left

	LateLogged bool // R1: a deadline had passed when it was logged
	OutOfTime  bool // R5: came later than the term for complaining; flagged, never blocked

	Promises []Promise
	Decision Decision
	ClosedAt time.Time

	WaitingSince     calendar.Date   // of the open question; zero when none
	WaitingReminders ReminderHistory // nudges about it
	WaitedDays       int             // R6: for the analysis only

	HoldReview    calendar.Date   // R10: kept from the purge, to be looked at on that day; zero when not held
	HoldReminders ReminderHistory // nudges about it

	RetentionReminders ReminderHistory // R10: who was told that it is going to be erased

	Erasure Erasure // asked for before the term

	Dispute DisputeFile

	Last Performed

	// NextAt is when the clock must look at it again; zero: never.
	NextAt time.Time
}

// DisputeFile is what is known, unsealed, of a case's way to the dispute
// committee.
type DisputeFile struct {
	From State         // where the case was before; StateNone when it is not there
	On   calendar.Date // when it last went there; stays after the ruling
}

// Guarded reports whether the case is kept from an officer or director whom
// it concerns (design section 4, conflict guard).
func (c *Complaint) Guarded() bool { return c.Series == SeriesGuarded }

// Promise returns the promise of that kind that matters now: the open one,
// else the last. ok is false when none was ever made.
func (c *Complaint) Promise(k PromiseKind) (p Promise, ok bool) {
	for _, q := range slices.Backward(c.Promises) {
		if q.Kind == k && (!ok || q.Open()) {
			p, ok = q, true
			if p.Open() {
				break
			}
		}
	}
	return p, ok
}

// open returns the index of the last open promise of that kind, -1 when none
// is.
func (c *Complaint) open(k PromiseKind) int {
	for i, p := range slices.Backward(c.Promises) {
		if p.Kind == k && p.Open() {
			return i
		}
	}
	return -1
}

// Owed lists the promises that stand: open, and possible to keep where the case
// is, the one that is due first in front. An outcome with a progress notice is
// owed by the notice's date (R4).
func (c *Complaint) Owed() []Promise {
	var all []Promise
	for _, kind := range PromiseKinds() {
		if i := c.owed(kind); i >= 0 {
			all = append(all, c.Promises[i])
		}
	}
	slices.SortStableFunc(all, func(a, b Promise) int { return a.Due.Compare(b.Due) })
	return all
}

// owed returns the index of the promise of that kind that stands, -1 when none
// does.
func (c *Complaint) owed(kind PromiseKind) int {
	i := c.open(kind)
	_, possible := rules[WatchKind(kind).Settlers()[0]].moves[c.State]
	if !possible || kind == PromiseOutcome && c.open(PromiseProgress) > i {
		return -1
	}
	return i
}

// NextDue is the date of the promise that is due first; zero when none stands.
func (c *Complaint) NextDue() calendar.Date {
	if all := c.Owed(); len(all) > 0 {
		return all[0].Due
	}
	return calendar.Date{}
}
