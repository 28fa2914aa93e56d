package workflow

import (
	"slices"
	"time"
)

// CaseID names a complaint inside the register: random, never reused, tells
// nothing. People read the Number.
type CaseID string

// PersonID is a Slack user id. The empty PersonID is the clock.
type PersonID string

// Clock is the actor of everything that happens because time passed.
const Clock PersonID = ""

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
)

// States lists them in the order of the procedure.
func States() []State {
	return []State{StateReceived, StateInProgress, StateWaiting, StateDecided, StateClosed, StateDisputed}
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
	Received        Date // R: when it reached the firm (R1)
	Incident        Date // I: zero when unknown
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
	Concerns                    PersonID // whom it concerns; "" when nobody of the firm
	Attachments                 []Attachment
}

// Attachment is a file that came with a complaint, as Slack keeps it.
type Attachment struct {
	File string // Slack's file id
	Name Confidential
}

// Decision is the outcome as far as it is not sealed; its texts are in the
// dossier's Record.
type Decision struct {
	Verdict Verdict
	Cause   string // one of Causes
	Lesson  string // a sentence without names
	On      Date
}

// Deed is who did what last, so that a person who presses an outdated button
// reads why it no longer works.
type Deed struct {
	Action ActionName
	By     PersonID
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

	LoggedBy PersonID
	LoggedAt time.Time
	Owner    PersonID // who handles it; "" when nobody without a conflict is left

	LateLogged bool // R1: a deadline had passed when it was logged
	OutOfTime  bool // R5: came later than the term for complaining; flagged, never blocked

	Promises []Promise
	Decision Decision
	ClosedAt time.Time

	WaitingSince Date // of the open question; zero when none
	WaitedDays   int  // R6: for the analysis only

	Last Deed

	// NextAt is when the clock must look at it again; zero: never.
	NextAt time.Time
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

// open returns the index of the open promise of that kind, -1 when none is.
func (c *Complaint) open(k PromiseKind) int {
	return slices.IndexFunc(c.Promises, func(p Promise) bool { return p.Kind == k && p.Open() })
}

// PromiseKind is one of the things that the regulation promises.
type PromiseKind string

// The promises of design section 6.
const (
	PromiseAcknowledgement PromiseKind = "acknowledgement" // R2
	PromiseOutcome         PromiseKind = "outcome"         // R3
	PromiseConfirmation    PromiseKind = "confirmation"    // R9
)

// Promise is something promised to the complainant, due on a date.
type Promise struct {
	Kind PromiseKind
	Due  Date
	Kept Kept
	// Nudged is the highest rung of the ladder already asked for, 0 for none:
	// what was nudged once is not nudged again after a restart.
	Nudged int
}

// Kept is the evidence that a promise was kept; zero while it is open.
type Kept struct {
	On      Date // the date that counts: a letter by post counts a working day after it was sent
	Entered Date // the date as the person entered it
	By      PersonID
	At      time.Time // when it was recorded
	Way     Way
	Later   bool // recorded after the entered date: "achteraf vastgelegd"
}

// Open reports whether the promise still stands.
func (p Promise) Open() bool { return p.Kept.At.IsZero() }

// InTime reports whether a kept promise was kept by its due date.
func (p Promise) InTime() bool { return !p.Open() && !p.Kept.On.After(p.Due) }

// Overdue reports whether an open promise is past its date: from 00:00 the
// next day (deadlines.md, opening).
func (p Promise) Overdue(today Date) bool { return p.Open() && today.After(p.Due) }
