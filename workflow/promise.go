package workflow

import (
	"slices"
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/reminder"
	"github.com/artra/klachtbot/workflow/roster"
)

// PromiseKind names one of the things that the regulation promises.
type PromiseKind string

// The promises of design section 6. A progress notice promises the outcome, or
// a new notice, by its expected date.
const (
	PromiseAcknowledgement PromiseKind = "acknowledgement" // R2
	PromiseOutcome         PromiseKind = "outcome"         // R3
	PromiseProgress        PromiseKind = "progress"        // R4
	PromiseConfirmation    PromiseKind = "confirmation"    // R9
	PromiseRemedy          PromiseKind = "remedy"          // R14
	PromiseDefence         PromiseKind = "defence"         // R15
	PromiseConsultation    PromiseKind = "consultation"    // a colleague's answer
)

// Ending says why a promise that was not kept is owed no more, or how a dispute
// ended. A promise that merely lapsed has none.
type Ending string

// The endings of R13 to R15.
const (
	EndUnreachable Ending = "unreachable"  // nobody can be told (R13)
	EndDropped     Ending = "dropped"      // a remedy that was taken back, with a reason (R14)
	EndNotKept     Ending = "not_kept"     // a remedy that was overdue for six months (R14)
	EndRuling      Ending = "ruling"       // the committee has decided (R15)
	EndSettled     Ending = "settled"      // the dispute was settled (R15)
	EndWithdrawn   Ending = "withdrawn"    // the complainant took the dispute back (R15)
	EndFeeNotPaid  Ending = "fee_not_paid" // the committee did not take the dispute up (R15)
)

// PromiseKinds lists them in the order of the procedure.
func PromiseKinds() []PromiseKind {
	return []PromiseKind{
		PromiseAcknowledgement, PromiseOutcome, PromiseProgress, PromiseConfirmation, PromiseRemedy, PromiseDefence,
		PromiseConsultation,
	}
}

// numbered reports whether several of that kind may be open at once, each with a
// number of its own.
func (k PromiseKind) numbered() bool { return k == PromiseRemedy || k == PromiseConsultation }

// Promise is something promised to the complainant, due on a date; or, of a
// consultation, by a colleague.
type Promise struct {
	Kind PromiseKind
	Made calendar.Date // the date it counts from: of receipt, notice, decision or reopening
	Due  calendar.Date
	Kept Kept
	// Lapsed is the day from which it is owed no more, such as the confirmation of
	// a decision that was taken back by reopening. Zero otherwise.
	Lapsed calendar.Date
	Ended  Ending // why, beside Lapsed
	// Handler sees to a remedy, "" for the case's owner, or is who was consulted.
	// Subject is the kind of the remedy (R14).
	Handler roster.PersonID
	Subject string
	// Reported is the day on which a remedy was done, as who sees to it said; zero
	// as long as they did not.
	Reported calendar.Date
	// Snoozed is the day before which nobody is reminded of it; zero when there
	// is no snooze.
	Snoozed calendar.Date
	// Reminders are those that were asked for, so that none is repeated after a
	// restart.
	Reminders reminder.History
}

// Kept is the evidence that a promise was kept; zero while it is open.
type Kept struct {
	On      calendar.Date // the date that counts: that of a letter by post is when it is delivered (R18)
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

// Promise returns the promise of that kind that matters now: the open one,
// else the last, but for the defence of an earlier dispute. ok is false when there is
// none.
func (c *Complaint) Promise(k PromiseKind) (p Promise, ok bool) {
	for _, q := range slices.Backward(c.Promises) {
		if q.Kind == k && c.current(q) && (!ok || q.Open()) {
			p, ok = q, true
			if p.Open() {
				break
			}
		}
	}
	return p, ok
}

// current reports whether a promise is not of an earlier dispute.
func (c *Complaint) current(p Promise) bool {
	return p.Kind != PromiseDefence || p.Open() || !p.Made.Before(c.Dispute.On)
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
// owed by the notice's date (R4). What a colleague was asked is not owed to the
// complainant.
func (c *Complaint) Owed() []Promise {
	var all []Promise
	for _, kind := range PromiseKinds() {
		if i := c.owed(kind); i >= 0 && !kind.numbered() {
			all = append(all, c.Promises[i])
		}
	}
	for _, r := range c.OpenRemedies() {
		all = append(all, r.Promise)
	}
	slices.SortStableFunc(all, func(a, b Promise) int { return a.Due.Compare(b.Due) })
	return all
}

// owed returns the index of the promise of that kind that stands, -1 when none
// does.
func (c *Complaint) owed(kind PromiseKind) int {
	i := c.open(kind)
	_, possible := rules[c.Settlers(WatchKind(kind))[0]].moves[c.State]
	if !possible || kind == PromiseOutcome && c.open(PromiseProgress) > i {
		return -1
	}
	return i
}

// Current lists the promises that matter now: of each kind the open one, else the
// last, and the remedies, but for what is settled of an outcome that was taken back.
func (c *Complaint) Current() (all []Promise) {
	for _, kind := range PromiseKinds() {
		if p, ok := c.Promise(kind); ok && !kind.numbered() {
			all = append(all, p)
		}
	}
	for _, r := range c.Remedies() {
		if r.Open() || !r.Bygone(c) {
			all = append(all, r.Promise)
		}
	}
	return all
}

// Bygone reports whether a remedy of the case was promised with an outcome that was taken back
// since, by reopening the case. What the dispute committee ruled stands.
func (p Promise) Bygone(c *Complaint) bool {
	if p.Kind != PromiseRemedy || p.Subject == RemedyRuling {
		return false
	}
	made := slices.Index(c.Promises, p)
	return made >= 0 && slices.ContainsFunc(c.Promises[made:], func(q Promise) bool { return q.Kind == PromiseOutcome })
}

// Overdue lists what is owed and past its date, the longest overdue first.
func Overdue(c *Complaint, today calendar.Date) []Promise {
	return slices.DeleteFunc(c.Owed(), func(p Promise) bool { return !p.Overdue(today) })
}

// KeptByOutcome reports whether a notice's promise was kept by the outcome itself,
// and not by another notice.
func (p Promise) KeptByOutcome(c *Complaint) bool {
	return p.Kind == PromiseProgress && !p.Kept.At.IsZero() && slices.ContainsFunc(c.Promises, func(q Promise) bool {
		return q.Kind == PromiseOutcome && q.Kept.At.Equal(p.Kept.At)
	})
}

// NextDue is the date of the promise that is due first; zero when none stands.
func (c *Complaint) NextDue() calendar.Date {
	if all := c.Owed(); len(all) > 0 {
		return all[0].Due
	}
	return calendar.Date{}
}

// Class is how the figures count an outcome (R4).
type Class string

// The classes of R4. ClassOpen: it is too early to tell.
const (
	ClassOpen    Class = ""
	ClassInTime  Class = "in_time" // within the month
	ClassNoticed Class = "noticed" // later, with a progress notice in time
	ClassLate    Class = "late"

	ClassUnreachable Class = "unreachable" // nobody could be told: neither kept nor late (R13)
)

// Class returns the class of the first outcome that was promised; reopening
// leaves it as it was. A notice after the due date changes nothing.
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
	switch {
	case outcome.Ended == EndUnreachable:
		return ClassUnreachable
	case outcome.Open():
		on = today
	case outcome.Kept.At.IsZero(): // withdrawn, on that day
		on = outcome.Lapsed
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

// promise adds a promise that was made on one date and is due on another.
func (s *step) promise(k PromiseKind, made, due calendar.Date) {
	s.Complaint.Promises = append(s.Complaint.Promises, Promise{Kind: k, Made: made, Due: due})
}

// keepLetter settles the open promise of that kind, if there is one, by
// something that went to the complainant.
func (s *step) keepLetter(k PromiseKind, l Sent) {
	s.keep(k, Kept{On: s.counts(l.Date, l.Way), Entered: l.Date, Way: l.Way, Later: s.today.After(l.Date)})
}

// keep settles the open promises of that kind. There may be two of an outcome:
// a case that was reopened before it was ever decided owes both.
func (s *step) keep(k PromiseKind, kept Kept) {
	kept.By, kept.At = s.by, s.now
	for i, p := range s.Complaint.Promises {
		if p.Kind == k && p.Open() {
			s.Complaint.Promises[i].Kept = kept
		}
	}
}

// counts returns the date that counts for something sent on that day.
func (s *step) counts(entered calendar.Date, way Way) calendar.Date {
	return s.policy.counts(entered, way)
}

// Stands reports whether a notice was not taken back since it could not be
// delivered.
func (p Promise) Stands() bool { return p.Lapsed.IsZero() || p.Ended != "" }

// Remedy is a promise of a remedy with its number, from 1, among those of its
// case. The number never changes.
type Remedy struct {
	Number int
	Promise
}

// Remedies lists the remedies of a case, in the order of their numbers.
func (c *Complaint) Remedies() (all []Remedy) {
	for n, p := range numbered(c, PromiseRemedy) {
		all = append(all, Remedy{n, p})
	}
	return all
}

// OpenRemedies lists those that still stand.
func (c *Complaint) OpenRemedies() []Remedy {
	return slices.DeleteFunc(c.Remedies(), func(r Remedy) bool { return !r.Open() })
}

// Remedy returns the remedy with that number; ok is false when there is none.
func (c *Complaint) Remedy(number int) (r Remedy, ok bool) {
	p, ok := nth(c, PromiseRemedy, number)
	return Remedy{number, p}, ok
}
