package workflow

import (
	"math"
	"slices"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// The ladder of nudges (deadlines.md, "Nudges"): for each watch the days on
// which somebody is nudged, and who. The table says which day is meant; the
// calendar and the owner's own working days move the nudge (R7).

// recipients is whom a rung is for.
type recipients int

const (
	owner recipients = iota
	ownerAndDeputy
)

// escalationStep is one step of a ladder: on which day, counted from the watch.
type escalationStep struct {
	day func(calendar.Calendar, Watch) calendar.Date
	to  recipients
}

// escalations are the rungs by watch, numbered from 1. What comes after the last
// one is in beyond.
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
	waitingDays  = 7 // after which the complainant is called
	confirmEvery = 2 // working days between nudges about a confirmation
	tooEarly     = 3 // days: sooner before the day itself, the deputy gets it
	aWeek        = 6 // days: everybody has worked in it
	// previewSight is how many days ahead the end of retention is watched: more
	// than the first rung, which weekends and own working days bring forward.
	previewSight = 45
)

// stepAfterLast is the step of what repeats: an overdue promise, a confirmation.
const stepAfterLast = math.MaxInt32

func afterMade(n int) func(calendar.Calendar, Watch) calendar.Date {
	return func(_ calendar.Calendar, w Watch) calendar.Date { return w.Made.AddDays(n) }
}

func beforeDue(n int) func(calendar.Calendar, Watch) calendar.Date {
	return func(_ calendar.Calendar, w Watch) calendar.Date { return w.Due.AddDays(-n) }
}

// reminder is one nudge that the ladder asks for: to whom, which step, and from
// which day on it may be sent.
type reminder struct {
	to   roster.PersonID
	step int
	day  calendar.Date
}

// reminders lists every nudge about a watch that was not asked for yet, seen from
// today.
func (p *Policy) reminders(c *Complaint, w Watch, today calendar.Date) []reminder {
	var all []reminder
	for i, r := range escalations[w.Kind] {
		day := r.day(p.Calendar, w)
		if w.Promised() && day.After(w.Due) { // the terms are short
			continue
		}
		for _, call := range p.onStep(c, w, r, i+1, day, today) {
			if step, _ := w.reminders.lastTo(call.to); step < call.step {
				call.day = calendar.Latest(call.day, w.Snoozed)
				all = append(all, call)
			}
		}
	}
	all = append(all, p.afterLastStep(c, w, today)...)
	return append(all, p.directorNotices(c, w, today)...)
}

// onStep says who is nudged on a rung that is meant for that day. An owner who
// does not work then gets it on the last own working day before; where that
// would be too early to act, or the owner is away, the deputy gets it on the
// day. An owner without a deputy gets it however early, or else on the day.
func (p *Policy) onStep(c *Complaint, w Watch, r escalationStep, step int, day, today calendar.Date) []reminder {
	if r.to == owner && p.alreadySent(w, step, today) {
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
	if !ok || r.to == ownerAndDeputy {
		on, _ := p.ownDay(deputy, target, today, tooEarly)
		all = append(all, reminder{deputy, step, on})
	}
	return all
}

// alreadySent reports whether a rung that is for one person was said, to whoever
// stood for the owner then. What somebody got today who is away by now is said
// to the deputy too.
func (p *Policy) alreadySent(w Watch, step int, today calendar.Date) bool {
	return slices.ContainsFunc(w.reminders.all(), func(k sentReminder) bool {
		return k.step >= step && (k.on != today || !p.Roster.Absent(k.who, today))
	})
}

// ownDay returns the last of a person's own working days from today up to
// target, at most so many days early; a target that is past is due today. ok is
// false, and the day is target itself, when there is none or the person is away
// then.
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

// afterLastStep is what follows the last rung: every working day for an overdue
// promise, to owner and deputy, never capped; for a confirmation one working
// day after the decision and then every second, to the owner.
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
	people := []roster.PersonID{c.Owner, c.Deputy(p.Roster, day)}
	for _, who := range people {
		if who == "" || p.Roster.Absent(who, day) && people[1] != "" {
			continue
		}
		all = append(all, reminder{who, stepAfterLast, p.workday(who, calendar.Latest(calendar.Latest(w.Due, lastAfterLast(w, who)), today.AddDays(-1)))})
	}
	return all
}

// lastAfterLast is the day on which somebody was last nudged beyond the ladder.
func lastAfterLast(w Watch, who roster.PersonID) calendar.Date {
	step, on := w.reminders.lastTo(who)
	if step < stepAfterLast {
		return calendar.Date{}
	}
	return on
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

// confirmationReminders reminds the owner on an own working day. Where that is too late,
// or the owner is away, the deputy is reminded on the day.
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

// directorNotices is the directors' first notice of an overdue promise; after that
// they read of it in the weekly digest. Who handles the case, or stands in,
// knows already.
func (p *Policy) directorNotices(c *Complaint, w Watch, today calendar.Date) []reminder {
	if !w.Promised() || w.Kind == WatchKind(PromiseConfirmation) {
		return nil
	}
	day := calendar.Latest(today, w.Due.AddDays(1))
	deputy := c.Deputy(p.Roster, day)
	var all []reminder
	for _, who := range p.Roster.Directors {
		if who != c.Owner && who != deputy && c.Access(p.Roster, who) > AccessNone &&
			!p.Roster.Presence.Gone[who] && !w.reminders.notified(who) {
			all = append(all, reminder{who, stepDirectorNotice, p.Calendar.NextWorkingDay(w.Due)})
		}
	}
	return all
}

// dueReminders returns of the calls those whose day has come, one a person: the
// highest step (steps that were missed collapse).
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
