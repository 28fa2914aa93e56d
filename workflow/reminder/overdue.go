package reminder

import (
	"slices"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// On how many of their own working days somebody is reminded of what is overdue
// before it becomes weekly.
const (
	daysOfOwner  = 5
	daysOfDeputy = 1
)

// overdue proposes a reminder of what is overdue to owner and deputy, and to who
// sees to it. A day that passed without it, since they were away or the bot was,
// is made up for once, on the next day on which they work.
func (p Planner) overdue(w Watch, today calendar.Date) []Reminder {
	var all []Reminder
	day := calendar.Latest(today, w.Due.AddDays(1))
	people := []roster.PersonID{p.Case.Owner(), p.Case.Deputy(day)}
	if w.Handler != "" && !slices.Contains(people, w.Handler) {
		people = append(people, w.Handler)
	}
	for _, who := range people {
		if p.MayRemind(w, who, day) {
			next := p.overdueDay(w, who, day, calendar.Latest(w.Due, w.History.repeatedOn(who)))
			all = append(all, Reminder{who, afterLast, p.workday(who, calendar.Latest(next, today).AddDays(-1))})
		}
	}
	return all
}

// overdueDay is the first day after another on which somebody is to be reminded of
// what is overdue: the first of their own working days, and then Mondays. Where they
// don't work on a Monday, the next day on which they do takes its place.
func (p Planner) overdueDay(w Watch, who roster.PersonID, today, after calendar.Date) calendar.Date {
	day := w.Due
	for range p.daysOverdue(who, w.Handler, today) {
		if day = p.workday(who, day); day.After(after) {
			return day
		}
	}
	for monday := calendar.Latest(day, after).Week(); ; monday = monday.AddDays(week) {
		if next := p.workday(who, monday.AddDays(-1)); monday.After(day) && next.After(after) {
			return next
		}
	}
}

// daysOverdue is how many days come before the Mondays. A deputy has as many as the
// owner while they stand in for an owner who is away.
func (p Planner) daysOverdue(who, handler roster.PersonID, today calendar.Date) int {
	owner := p.Case.Owner()
	if who == owner || who == handler || p.Roster.Absent(owner, today) {
		return daysOfOwner
	}
	return daysOfDeputy
}
