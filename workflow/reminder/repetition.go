package reminder

import (
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

const week = 7 // days between reminders of WeeklyUntilDecided

// afterLastStep proposes what repeats after the last step, which never ends.
func (p Planner) afterLastStep(w Watch, today calendar.Date) []Reminder {
	switch w.Then {
	case WhenOverdue:
		return p.overdue(w, today)
	case EverySecondDay:
		return p.everySecondDay(w, today)
	case DailyUntilDelivered:
		return p.dailyOnce(w, today)
	case WeeklyUntilDecided:
		return p.weekly(w, today)
	}
	return nil
}

// repeatsOn reports whether what repeats after the last step falls on that day when
// each reminder is sent on its day.
func (p Planner) repeatsOn(w Watch, to roster.PersonID, d calendar.Date) bool {
	switch w.Then {
	case WhenOverdue:
		return p.overdueDay(w, to, d, d.AddDays(-1)) == d
	case EverySecondDay:
		return p.everySecondDayIs(w, d)
	}
	return true
}

// dailyOnce proposes a reminder after the date to the owner, or to the deputy
// while the owner is away, on every working day of their own.
func (p Planner) dailyOnce(w Watch, today calendar.Date) []Reminder {
	if !today.After(w.Due) {
		return nil
	}
	who := p.Case.Owner()
	if deputy := p.Case.Deputy(today); deputy != "" && p.Roster.Absent(who, today) {
		who = deputy
	}
	last := calendar.Latest(w.History.repeatedOn(who), today.AddDays(-1))
	return []Reminder{{who, afterLast, p.workday(who, last)}}
}

// everySecondDay proposes a reminder one working day after the watch was made
// and then every second, to the owner on an own working day. Where that is too
// late, or the owner is away, the deputy is reminded on the day.
func (p Planner) everySecondDay(w Watch, today calendar.Date) []Reminder {
	last := w.History.lastOn()
	day := p.Calendar.NextWorkingDay(w.Made)
	if !last.IsZero() {
		day = p.secondDay(last)
	}
	day = calendar.Latest(calendar.Latest(day, w.Snoozed), today)
	owner := p.Case.Owner()
	own := p.workday(owner, day.AddDays(-1))
	if own.DaysSince(day) > tooEarly || p.Roster.Absent(owner, own) {
		if deputy := p.Case.Deputy(day); deputy != "" {
			return []Reminder{{deputy, afterLast, day}}
		}
	}
	return []Reminder{{owner, afterLast, own}}
}

// everySecondDayIs reports whether a reminder of everySecondDay falls on that
// day when each is sent on its day.
func (p Planner) everySecondDayIs(w Watch, d calendar.Date) bool {
	day := p.Calendar.NextWorkingDay(w.Made)
	for day.Before(d) {
		day = p.secondDay(day)
	}
	return day == d
}

// secondDay is the second working day after d.
func (p Planner) secondDay(d calendar.Date) calendar.Date {
	for range 2 {
		d = p.Calendar.NextWorkingDay(d)
	}
	return d
}

// weekly proposes to remind, every week, the first person who may decide and is
// there.
func (p Planner) weekly(w Watch, today calendar.Date) []Reminder {
	all := p.Case.Deciders(today)
	if len(all) == 0 {
		return nil
	}
	day := w.Made
	if last := w.History.lastOn(); !last.IsZero() {
		day = last.AddDays(week)
	}
	return []Reminder{{all[0], afterLast, p.workday(all[0], day.AddDays(-1))}}
}

// directorNotices proposes the directors' first notice of an overdue promise;
// after that they read of it in the weekly digest. A director who handles the
// case, or stands in, is reminded of it already.
func (p Planner) directorNotices(w Watch, today calendar.Date) []Reminder {
	if w.Then != WhenOverdue {
		return nil
	}
	owner, deputy := p.Case.Owner(), p.Case.Deputy(calendar.Latest(today, w.Due.AddDays(1)))
	var all []Reminder
	for _, who := range p.Roster.Directors {
		if _, notified := w.History.noticeTo(who); who != owner && who != deputy && who != w.Handler && !notified {
			all = append(all, Reminder{who, directorNotice, p.Calendar.NextWorkingDay(w.Due)})
		}
	}
	return all
}

// InWeeklyDigest reports whether a director reads of an overdue promise in the
// weekly digest: from the day after the first notice on.
func (w Watch) InWeeklyDigest(director roster.PersonID, today calendar.Date) bool {
	on, notified := w.History.noticeTo(director)
	return w.Then == WhenOverdue && w.Overdue(today) && notified && on.Before(today)
}
