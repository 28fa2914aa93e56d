package reminder

import (
	"slices"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Case is what a plan needs to know of the case that is watched.
type Case interface {
	Owner() roster.PersonID
	// Deputy stands in for the owner on that day; "" for nobody.
	Deputy(calendar.Date) roster.PersonID
	// MaySee reports whether somebody may know how the case stands.
	MaySee(roster.PersonID) bool
	// Deciders lists, in the order in which they are asked, who is there on that
	// day to decide on a request.
	Deciders(calendar.Date) []roster.PersonID
	// MayDecide reports whether somebody may decide on a request on that day.
	MayDecide(roster.PersonID, calendar.Date) bool
}

// Planner plans the reminders of one case, by the firm's calendar and people.
type Planner struct {
	Calendar calendar.Calendar
	Roster   roster.Roster
	Case     Case
}

// MayRemind is the one rule for who may be reminded of a watch on a day: the
// owner, unless a deputy is there for an owner who is away; whoever stands in,
// or was asked when standing in and is there; and, once the promise is overdue,
// a director whose account works. Whoever sees to it is, when they are there,
// whatever they may see; else nobody is who may not see the case, and nobody at
// all while the watch is snoozed. Own weekdays choose the day of a reminder and
// forbid none.
func (p Planner) MayRemind(w Watch, who roster.PersonID, day calendar.Date) bool {
	absent := p.Roster.Absent(who, day)
	deputy := p.Case.Deputy(day)
	switch {
	case w.Snoozed.After(day) && !w.Overdue(day):
		return false
	case w.Handler != "" && who == w.Handler:
		return !absent
	case !p.Case.MaySee(who):
		return false
	case w.Then == WeeklyUntilDecided:
		return p.Case.MayDecide(who, day)
	case who == p.Case.Owner():
		return !absent || deputy == ""
	case who == deputy, w.History.Reached(who) && !absent:
		return true
	}
	return p.Roster.IsDirector(who) && w.Overdue(day) && !p.Roster.Presence.Gone[who]
}

// Plan lists, seen from today, every reminder of a watch that is still to come.
// The escalation proposes people and days, and MayRemind decides.
func (p Planner) Plan(w Watch, today calendar.Date) []Reminder {
	var all []Reminder
	for i, s := range w.Steps {
		day := s.day(p.Calendar, w)
		if w.Promised() && day.After(w.Due) { // the terms are short
			continue
		}
		for _, one := range p.onStep(w, s, i+1, day, today) {
			if step, _ := w.History.stepOf(one.To); step < one.Step {
				one.Day = calendar.Latest(one.Day, w.Snoozed)
				all = append(all, one)
			}
		}
	}
	all = append(all, p.afterLastStep(w, today)...)
	all = append(all, p.directorNotices(w, today)...)
	return slices.DeleteFunc(all, func(one Reminder) bool {
		return !p.MayRemind(w.with(one), one.To, calendar.Latest(one.Day, today))
	})
}

// Due returns to whom reminders have come due, each once, and the history with
// them in it.
func (p Planner) Due(w Watch, today calendar.Date) (to []roster.PersonID, after History) {
	after = w.History
	for _, one := range due(p.Plan(w, today), today) {
		one.Day = today
		after = after.with(one)
		to = append(to, one.To)
	}
	return to, after
}

// due returns the reminders whose day has come, one for each person: the one of
// the highest step, since steps that were missed collapse.
func due(all []Reminder, today calendar.Date) []Reminder {
	var due []Reminder
	for _, one := range all {
		if one.Day.After(today) {
			continue
		}
		at := slices.IndexFunc(due, func(d Reminder) bool { return d.To == one.To })
		switch {
		case at < 0:
			due = append(due, one)
		case due[at].Step < one.Step:
			due[at] = one
		}
	}
	return due
}

// RemindsOn reports whether the escalation by itself, whatever was sent, has a
// reminder to that person on that working day.
func (p Planner) RemindsOn(w Watch, to roster.PersonID, day calendar.Date) bool {
	w.History = ""
	return slices.ContainsFunc(p.Plan(w, day), func(one Reminder) bool {
		return one.To == to && one.Day == day && (one.Step != afterLast || p.repeatsOn(w, to, day))
	})
}
