//go:build !race

package bot

import (
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// inTime holds every case against the table of deadlines.md, day by day, with
// nothing of the escalation's own code: on a day on which nobody and nothing
// was out of order, a promise that stood all through the window was reminded
// about by then.
func (v view) inTime() {
	by := map[string][]reminded{}
	for _, t := range v.all {
		c := v.byNumber[t.number]
		by[string(c.now().ID)+string(t.kind)] = append(by[string(c.now().ID)+string(t.kind)], t)
	}
	cal, checked := v.policy.Calendar, 0
	for id, c := range v.cases {
		first := cal.Today(c.versions[0].at)
		for d := first; d.Before(calendar.NewDate(2027, time.January, 31)); d = d.AddDays(1) {
			if !cal.IsWorkingDay(d) || v.spoiled[d] {
				continue
			}
			for _, w := range c.stood(d) {
				checked++
				c.expect(d, w, by[string(id)+string(w.Kind)])
			}
		}
	}
	v.Logf("seed %d: %d days of promises checked", v.seed, checked)
}

// stood lists the promises that stood all day, with the same handler since
// yesterday, and were not put off.
func (c *history) stood(d calendar.Date) (all []workflow.Watch) {
	begin, end := c.dayOf(d)
	before, _ := c.at(begin)
	for _, m := range c.versions {
		if m.at.After(begin.Add(-24*time.Hour)) && !m.at.After(end) {
			return nil // acted on
		}
	}
	for _, w := range c.policy.Watches(&before, d) {
		if w.Promised() && !w.Snoozed.After(d) {
			all = append(all, w)
		}
	}
	return all
}

// dayOf is the window of a day.
func (c *history) dayOf(d calendar.Date) (begin, end time.Time) {
	at := func(hour int) time.Time {
		return time.Date(d.Year, d.Month, d.Day, hour, 0, 0, 0, c.policy.Calendar.Location)
	}
	return at(9), at(17)
}

// asks reports whether the table asks for a reminder of what is overdue on that day, to
// somebody who works then: on the first day and on Mondays who handles the case, or the
// deputy; on the four days between who handles it, or the deputy of somebody away.
func (c *history) asks(d, due calendar.Date) bool {
	begin, _ := c.dayOf(d)
	now, _ := c.at(begin)
	there, cal := c.policy.With(roster.Presence{Away: c.away}).Roster, c.policy.Calendar
	works := func(who roster.PersonID) bool {
		return who != "" && !there.Absent(who, d) && (who != piet || d.Weekday() <= time.Wednesday)
	}
	deputy, late := now.Deputy(there, d), 0
	for day := due; day.Before(d) && late <= 5; late++ {
		day = cal.NextWorkingDay(day)
	}
	switch {
	case late == 1, cal.NextWorkingDay(d.Week().AddDays(-1)) == d:
		return works(now.Owner) || works(deputy)
	case late <= 5:
		return works(now.Owner) || there.Absent(now.Owner, d) && works(deputy)
	}
	return false
}

// deputy is who stands in for the handler that day. A director who is the
// deputy of somebody who only has the day off reads of it as a director.
func (c *history) deputy(d calendar.Date) string {
	begin, _ := c.dayOf(d)
	now, _ := c.at(begin)
	return string(now.Deputy(c.policy.With(roster.Presence{Away: c.away}).Roster, d))
}

// expect looks for the reminder that the table asks for on that day.
func (c *history) expect(d calendar.Date, w workflow.Watch, all []reminded) {
	begin, end := c.dayOf(d)
	deputy := c.deputy(d)
	within := func(days int) bool {
		for _, t := range all {
			if (t.full || t.who == deputy) && t.source != outbox.KindWeeklyDigest && !t.at.Before(begin.AddDate(0, 0, -days)) && !t.at.After(end) {
				return true
			}
		}
		return false
	}
	switch {
	case d.After(w.Due) && w.Kind != workflow.WatchKind(workflow.PromiseConfirmation):
		if c.asks(d, w.Due) && !within(0) {
			c.missing(d, w, "overdue, and nobody was reminded")
		}
	case w.Kind == workflow.WatchKind(workflow.PromiseConfirmation):
		if d.DaysSince(w.Made) > 7 && !within(7) {
			c.missing(d, w, "nobody was reminded for a week")
		}
	case d == c.policy.Calendar.Target(w.Due) && !within(3):
		c.missing(d, w, "the last day, and nobody was reminded")
	}
}

func (c *history) missing(d calendar.Date, w workflow.Watch, what string) {
	c.Errorf("seed %d, %s on %s, %s due %s: %s", c.seed, c.now().Number, d, w.Kind, w.Due, what)
}
