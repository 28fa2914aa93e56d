package reminder

import (
	"slices"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

const (
	tooEarly = 3 // days: a reminder that would come sooner than that goes to the deputy
	aWeek    = 6 // days: everybody has worked in it
)

// onStep proposes who is reminded at a step that falls on a day. An owner who
// does not work that day is reminded on the last own working day before; where
// that would be too early to act, or the owner is away, the deputy is reminded
// on the day. Without a deputy the owner is reminded however early, or else on
// the day.
func (p Planner) onStep(w Watch, s Step, number int, day, today calendar.Date) []Reminder {
	if !s.andDeputy && p.alreadySent(w, number, today) {
		return nil
	}
	if s.toOwner {
		w.Handler = ""
	}
	target := p.Calendar.Target(day)
	owner, deputy := p.pair(w, calendar.Latest(target, today))
	own, ok := p.ownDay(owner, target, today, tooEarly)
	if deputy == "" {
		if !ok {
			own, _ = p.ownDay(owner, target, today, aWeek)
		}
		return []Reminder{{owner, number, own}}
	}
	var all []Reminder
	if ok {
		all = append(all, Reminder{owner, number, own})
	}
	if !ok || s.andDeputy {
		on, _ := p.ownDay(deputy, target, today, tooEarly)
		all = append(all, Reminder{deputy, number, on})
	}
	return all
}

// pair is who is reminded of a watch before it is due, and who takes their place:
// the owner and the deputy, or whoever sees to it and who handles the case.
func (p Planner) pair(w Watch, day calendar.Date) (first, second roster.PersonID) {
	owner, deputy := p.Case.Owner(), p.Case.Deputy(day)
	switch {
	case w.Handler == "":
		return owner, deputy
	case deputy != "" && p.Roster.Absent(owner, day):
		return w.Handler, deputy
	}
	return w.Handler, owner
}

// alreadySent reports whether somebody was reminded at that step or a later
// one. A reminder of today to a person who has left since does not count, so
// that the deputy gets it too.
func (p Planner) alreadySent(w Watch, number int, today calendar.Date) bool {
	return slices.ContainsFunc(w.History.all(), func(sent Reminder) bool {
		return sent.Step >= number && (sent.Day != today || !p.Roster.Absent(sent.To, today))
	})
}

// ownDay returns the last of a person's own working days from today up to
// target, at most so many days early; a target that is past is due today. When
// there is none, or the person is away then, ok is false and the day is target
// itself.
func (p Planner) ownDay(who roster.PersonID, target, today calendar.Date, early int) (own calendar.Date, ok bool) {
	if target.Before(today) {
		return target, p.worksOn(who, today) && !p.Roster.Absent(who, today)
	}
	for day := target; !day.Before(calendar.Latest(target.AddDays(-early), today)); day = day.AddDays(-1) {
		if p.worksOn(who, day) {
			if p.Roster.Absent(who, day) {
				break
			}
			return day, true
		}
	}
	return target, false
}

// worksOn reports whether the person works on that day.
func (p Planner) worksOn(who roster.PersonID, d calendar.Date) bool {
	return p.Calendar.EveryDay || p.Calendar.IsWorkingDay(d) && p.Roster.Works(who, d)
}

// workday is the first day after d on which the person works.
func (p Planner) workday(who roster.PersonID, d calendar.Date) calendar.Date {
	for range 7 {
		d = p.Calendar.NextWorkingDay(d)
		if p.worksOn(who, d) {
			return d
		}
	}
	return d
}
