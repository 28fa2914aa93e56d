package reminder

import (
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Watch is something that people are reminded of.
type Watch struct {
	Made    calendar.Date // the date that days are counted from
	Due     calendar.Date // zero for what has no date
	Snoozed calendar.Date // the day before which nobody is reminded; zero for none
	History History
	// Handler sees to it instead of the case's owner, and needs no right on the
	// case; "" for the owner.
	Handler roster.PersonID
	Escalation
}

// Promised reports whether the watch is of a promise, which can be overdue.
func (w Watch) Promised() bool { return w.Then == WhenOverdue || w.Then == EverySecondDay }

// Overdue reports whether the promise that is watched is past its date.
func (w Watch) Overdue(today calendar.Date) bool { return w.Promised() && today.After(w.Due) }

// with is the watch once that reminder has been asked for.
func (w Watch) with(one Reminder) Watch {
	w.History = w.History.with(one)
	return w
}

// Escalation says on which days people are reminded of a watch, and what
// follows the last of its steps.
type Escalation struct {
	Steps []Step // numbered from 1
	Then  Repetition
}

// Repetition is what follows the last step.
type Repetition int

const (
	// Nothing follows the last step of what can't be overdue.
	Nothing Repetition = iota
	// WhenOverdue is for a promise: once it is overdue the owner is reminded on
	// five working days and then weekly, the deputy on the first and then weekly,
	// and each director gets one notice.
	WhenOverdue
	// EverySecondDay is for a promise with a term of the firm's own: the owner is
	// reminded from the first working day on, and no director hears of it.
	EverySecondDay
	// DailyUntilDelivered is for what must have reached somebody once its date is
	// past: whoever handles it is reminded every working day for as long as it is
	// watched.
	DailyUntilDelivered
	// WeeklyUntilDecided is for a request: whoever may decide on it is reminded.
	WeeklyUntilDecided
)

// Step is a day on which the owner is reminded. The zero Step is not usable; see
// AfterMade, BeforeDue and OnceWaited.
type Step struct {
	day       func(calendar.Calendar, Watch) calendar.Date
	andDeputy bool
	toOwner   bool
}

// AfterMade is the step so many days after the watch was made.
func AfterMade(days int) Step {
	return Step{day: func(_ calendar.Calendar, w Watch) calendar.Date { return w.Made.AddDays(days) }}
}

// BeforeDue is the step so many days before the watch is due.
func BeforeDue(days int) Step {
	return Step{day: func(_ calendar.Calendar, w Watch) calendar.Date { return w.Due.AddDays(-days) }}
}

// OnceWaited is the step on the first working day on which so many days are
// over: never earlier, as every other step may be.
func OnceWaited(days int) Step {
	return Step{day: func(cal calendar.Calendar, w Watch) calendar.Date {
		return cal.NextWorkingDay(w.Made.AddDays(days - 1))
	}}
}

// AndDeputy is the step for the deputy as well.
func (s Step) AndDeputy() Step {
	s.andDeputy = true
	return s
}

// WorkdaysLate is the step so many working days after the last one on which the watch
// could be kept.
func WorkdaysLate(days int) Step {
	return Step{day: func(cal calendar.Calendar, w Watch) calendar.Date {
		day := cal.Target(w.Due)
		for range days {
			day = cal.NextWorkingDay(day)
		}
		return day
	}}
}

// ToOwner is the step for the case's owner, whoever sees to what is watched.
func (s Step) ToOwner() Step {
	s.toOwner = true
	return s
}
