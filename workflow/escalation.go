package workflow

import (
	"math"
	"slices"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Escalation (deadlines.md, "Reminders"): for each watch, the days on which
// somebody is reminded, and who. A step names the day that is meant; the
// calendar and the owner's own working days move the reminder (R7).

// recipients are the people whom a step of an escalation is for.
type recipients int

const (
	owner recipients = iota
	ownerAndDeputy
)

// escalationStep is one step of an escalation: the day on which it falls,
// counted from the watch, and the people whom it is for.
type escalationStep struct {
	day func(calendar.Calendar, Watch) calendar.Date
	to  recipients
}

// escalations are the steps for each kind of watch, numbered from 1. What
// repeats after the last step is in afterLastStep.
var escalations = map[WatchKind][]escalationStep{
	WatchKind(PromiseAcknowledgement): {
		{afterMade(2), owner}, {afterMade(4), owner}, {beforeDue(0), ownerAndDeputy},
	},
	WatchKind(PromiseOutcome): {
		{afterMade(14), owner}, {beforeDue(7), owner}, {beforeDue(2), ownerAndDeputy}, {beforeDue(0), ownerAndDeputy},
	},
	WatchKind(PromiseProgress): {
		{beforeDue(7), owner}, {beforeDue(2), ownerAndDeputy}, {beforeDue(0), ownerAndDeputy},
	},
	WatchKind(PromiseConfirmation): nil,
	WatchWaiting: {
		{func(cal calendar.Calendar, w Watch) calendar.Date {
			return cal.NextWorkingDay(w.Made.AddDays(waitingDays - 1))
		}, owner},
	},
	WatchHold:      {{beforeDue(0), owner}},
	WatchRetention: {{beforeDue(30), owner}, {beforeDue(7), owner}},
}

const (
	waitingDays  = 7 // after which the owner is to ring the complainant
	confirmEvery = 2 // working days between reminders of a confirmation
	tooEarly     = 3 // days: a reminder that would come sooner than that goes to the deputy
	aWeek        = 6 // days: everybody has worked in it
	// previewSight is how many days ahead the end of retention is watched: more
	// than its first step, which weekends and own working days bring forward.
	previewSight = 45
)

// stepAfterLast is the step of what repeats after the last one: an overdue
// promise, a confirmation, a request to erase.
const stepAfterLast = math.MaxInt32

func afterMade(n int) func(calendar.Calendar, Watch) calendar.Date {
	return func(_ calendar.Calendar, w Watch) calendar.Date { return w.Made.AddDays(n) }
}

func beforeDue(n int) func(calendar.Calendar, Watch) calendar.Date {
	return func(_ calendar.Calendar, w Watch) calendar.Date { return w.Due.AddDays(-n) }
}

// reminder is one reminder that an escalation asks for: to whom, of which
// step, and from which day on.
type reminder struct {
	to   roster.PersonID
	step int
	day  calendar.Date
}

// reminders plans, seen from today, every reminder of a watch that is still to
// come. The escalation proposes people and days, and mayBeReminded decides.
func (p *Policy) reminders(c *Complaint, w Watch, today calendar.Date) []reminder {
	var all []reminder
	for i, s := range escalations[w.Kind] {
		day := s.day(p.Calendar, w)
		if w.Promised() && day.After(w.Due) { // the terms are short
			continue
		}
		for _, one := range p.onStep(c, w, s, i+1, day, today) {
			if step, _ := w.reminders.lastTo(one.to); step < one.step {
				one.day = calendar.Latest(one.day, w.Snoozed)
				all = append(all, one)
			}
		}
	}
	all = append(all, p.afterLastStep(c, w, today)...)
	all = append(all, p.directorNotices(c, w, today)...)
	return slices.DeleteFunc(all, func(one reminder) bool {
		return !p.mayBeReminded(c, w.with(one), one.to, calendar.Latest(one.day, today))
	})
}

// onStep proposes who is reminded at a step that falls on a day. An owner who
// does not work that day is reminded on the last own working day before; where
// that would be too early to act, or the owner is away, the deputy is reminded
// on the day. Without a deputy the owner is reminded however early, or else on
// the day.
func (p *Policy) onStep(c *Complaint, w Watch, s escalationStep, step int, day, today calendar.Date) []reminder {
	if s.to == owner && p.alreadySent(w, step, today) {
		return nil
	}
	target := p.Calendar.Target(day)
	deputy := c.Deputy(p.Roster, calendar.Latest(target, today))
	own, ok := p.ownDay(c.Owner, target, today, tooEarly)
	if deputy == "" {
		if !ok {
			own, _ = p.ownDay(c.Owner, target, today, aWeek)
		}
		return []reminder{{c.Owner, step, own}}
	}
	var all []reminder
	if ok {
		all = append(all, reminder{c.Owner, step, own})
	}
	if !ok || s.to == ownerAndDeputy {
		on, _ := p.ownDay(deputy, target, today, tooEarly)
		all = append(all, reminder{deputy, step, on})
	}
	return all
}

// alreadySent reports whether somebody was reminded at that step or a later
// one. A reminder of today to a person who has left since does not count, so
// that the deputy gets it too.
func (p *Policy) alreadySent(w Watch, step int, today calendar.Date) bool {
	return slices.ContainsFunc(w.reminders.all(), func(sent sentReminder) bool {
		return sent.step >= step && (sent.on != today || !p.Roster.Absent(sent.who, today))
	})
}

// ownDay returns the last of a person's own working days from today up to
// target, at most so many days early; a target that is past is due today. When
// there is none, or the person is away then, ok is false and the day is target
// itself.
func (p *Policy) ownDay(who roster.PersonID, target, today calendar.Date, early int) (own calendar.Date, ok bool) {
	if target.Before(today) {
		return target, p.ownWork(who, today) && !p.Roster.Absent(who, today)
	}
	for day := target; !day.Before(calendar.Latest(target.AddDays(-early), today)); day = day.AddDays(-1) {
		if p.ownWork(who, day) {
			if p.Roster.Absent(who, day) {
				break
			}
			return day, true
		}
	}
	return target, false
}

// ownWork reports whether the person works on that day.
func (p *Policy) ownWork(who roster.PersonID, d calendar.Date) bool {
	return p.Calendar.EveryDay || p.Calendar.IsWorkingDay(d) && p.Roster.Works(who, d)
}

// workday is the first day after d on which the person works.
func (p *Policy) workday(who roster.PersonID, d calendar.Date) calendar.Date {
	for range 7 {
		d = p.Calendar.NextWorkingDay(d)
		if p.ownWork(who, d) {
			return d
		}
	}
	return d
}

// afterLastStep proposes what repeats after the last step. An overdue promise
// is repeated every working day to owner and deputy, and never ends.
func (p *Policy) afterLastStep(c *Complaint, w Watch, today calendar.Date) []reminder {
	switch {
	case w.Kind == WatchKind(PromiseConfirmation):
		return p.confirmationReminders(c, w, today)
	case w.Kind == WatchErasure:
		return p.erasureReminders(c, w, today)
	case !w.Promised():
		return nil
	}
	var all []reminder
	day := calendar.Latest(today, w.Due.AddDays(1))
	for _, who := range []roster.PersonID{c.Owner, c.Deputy(p.Roster, day)} {
		if p.mayBeReminded(c, w, who, day) {
			last := calendar.Latest(w.Due, w.reminders.lastAfterLast(who))
			all = append(all, reminder{who, stepAfterLast, p.workday(who, calendar.Latest(last, today.AddDays(-1)))})
		}
	}
	return all
}

// confirmationReminders proposes a reminder one working day after the decision
// and then every second, to the owner on an own working day. Where that is too
// late, or the owner is away, the deputy is reminded on the day.
func (p *Policy) confirmationReminders(c *Complaint, w Watch, today calendar.Date) []reminder {
	last := w.reminders.lastOn()
	day := p.Calendar.NextWorkingDay(w.Made)
	if !last.IsZero() {
		day = last
		for range confirmEvery {
			day = p.Calendar.NextWorkingDay(day)
		}
	}
	day = calendar.Latest(calendar.Latest(day, w.Snoozed), today)
	own := p.workday(c.Owner, day.AddDays(-1))
	if own.DaysSince(day) > tooEarly || p.Roster.Absent(c.Owner, own) {
		if deputy := c.Deputy(p.Roster, day); deputy != "" {
			return []reminder{{deputy, stepAfterLast, day}}
		}
	}
	return []reminder{{c.Owner, stepAfterLast, own}}
}

// directorNotices proposes the directors' first notice of an overdue promise;
// after that they read of it in the weekly digest. A director who handles the
// case, or stands in, is reminded of it already.
func (p *Policy) directorNotices(c *Complaint, w Watch, today calendar.Date) []reminder {
	if !w.Promised() || w.Kind == WatchKind(PromiseConfirmation) {
		return nil
	}
	deputy := c.Deputy(p.Roster, calendar.Latest(today, w.Due.AddDays(1)))
	var all []reminder
	for _, who := range p.Roster.Directors {
		if who != c.Owner && who != deputy && !w.reminders.notified(who) {
			all = append(all, reminder{who, stepDirectorNotice, p.Calendar.NextWorkingDay(w.Due)})
		}
	}
	return all
}

// dueReminders returns the reminders whose day has come, one for each person:
// the one of the highest step, since steps that were missed collapse.
func dueReminders(all []reminder, today calendar.Date) []reminder {
	var due []reminder
	for _, one := range all {
		if one.day.After(today) {
			continue
		}
		at := slices.IndexFunc(due, func(d reminder) bool { return d.to == one.to })
		switch {
		case at < 0:
			due = append(due, one)
		case due[at].step < one.step:
			due[at] = one
		}
	}
	return due
}

// Overdue lists the overdue promises of a case that a director reads of in the
// weekly digest: those whose first notice went out on an earlier day. A
// confirmation is the firm's own term, and no director hears of it.
func (p *Policy) Overdue(c *Complaint, director roster.PersonID, today calendar.Date) []Watch {
	if !p.Roster.IsDirector(director) || c.Access(p.Roster, director) == AccessNone {
		return nil
	}
	var all []Watch
	for _, w := range p.Watches(c, today) {
		if w.Overdue(today) && w.Kind != WatchKind(PromiseConfirmation) && w.reminders.notifiedBefore(director, today) {
			all = append(all, w)
		}
	}
	return all
}
