package workflow

import (
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// PromiseKind is one of the things that the regulation promises.
type PromiseKind string

// The promises of design section 6. A progress notice promises the outcome, or
// a new notice, by its expected date.
const (
	PromiseAcknowledgement PromiseKind = "acknowledgement" // R2
	PromiseOutcome         PromiseKind = "outcome"         // R3
	PromiseProgress        PromiseKind = "progress"        // R4
	PromiseConfirmation    PromiseKind = "confirmation"    // R9
)

// PromiseKinds lists them in the order of the procedure.
func PromiseKinds() []PromiseKind {
	return []PromiseKind{PromiseAcknowledgement, PromiseOutcome, PromiseProgress, PromiseConfirmation}
}

// Promise is something promised to the complainant, due on a date.
type Promise struct {
	Kind PromiseKind
	Made calendar.Date // the date it counts from: of receipt, notice, decision or reopening
	Due  calendar.Date
	Kept Kept
	// Lapsed is since when it is owed no more: the confirmation of a decision
	// that was taken back by reopening. Zero otherwise.
	Lapsed calendar.Date
	// Snoozed is before when nobody is nudged about it; zero: no snooze.
	Snoozed calendar.Date
	// ReminderHistory are the nudges that were asked for: what was nudged once is not
	// nudged again after a restart.
	Reminders ReminderHistory
}

// Kept is the evidence that a promise was kept; zero while it is open.
type Kept struct {
	On      calendar.Date // the date that counts: a letter by post counts a working day after it was sent
	Entered calendar.Date // the date as the person entered it
	By      roster.PersonID
	At      time.Time // when it was recorded
	Way     Way
	Later   bool // recorded after the entered date: "achteraf vastgelegd"
}

// Open reports whether the promise still stands.
func (p Promise) Open() bool { return p.Kept.At.IsZero() && p.Lapsed.IsZero() }

// InTime reports whether a kept promise was kept by its due date.
func (p Promise) InTime() bool { return !p.Kept.At.IsZero() && !p.Kept.On.After(p.Due) }

// Overdue reports whether an open promise is past its date: from 00:00 the
// next day (deadlines.md, opening).
func (p Promise) Overdue(today calendar.Date) bool { return p.Open() && today.After(p.Due) }

// Class says how the outcome came, as the figures count it (R4).
type Class string

// The classes of R4. ClassOpen: it is too early to tell.
const (
	ClassOpen    Class = ""
	ClassInTime  Class = "in_time" // within the month
	ClassNoticed Class = "noticed" // later, with a progress notice in time
	ClassLate    Class = "late"
)

// Class returns the class of the first outcome that was promised: reopening
// leaves it as it was. A notice after the due date changes nothing any more.
func (c *Complaint) Class(today calendar.Date) Class {
	var outcome Promise
	reached, class := calendar.Date{}, ClassOpen
	for _, p := range c.Promises {
		switch {
		case p.Kind == PromiseOutcome && outcome.Kind != "":
			return class // what follows belongs to the reopening
		case p.Kind == PromiseOutcome:
			outcome, reached = p, p.Due
			class = classOf(p, reached, today)
		case p.Kind == PromiseProgress && !p.Made.After(reached):
			// The notice came by the date that was promised last: that date
			// moves on.
			reached = p.Due
			class = classOf(outcome, reached, today)
		}
	}
	return class
}

// classOf judges an outcome by the date that notices in time have moved it to.
func classOf(outcome Promise, reached, today calendar.Date) Class {
	on := outcome.Kept.On
	if outcome.Open() {
		on = today
	}
	switch {
	case on.After(reached):
		return ClassLate
	case on.After(outcome.Due):
		return ClassNoticed
	case outcome.Open():
		return ClassOpen
	}
	return ClassInTime
}
