package workflow

import (
	"slices"
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Outage is a time in which no replica of the bot was at work; the zero Outage
// is none.
type Outage struct{ From, Until time.Time }

// Missed reports whether a nudge to that person was to go out while the bot
// was not at work, and goes out now that it is back: on the first day of
// nudges since. A nudge tells of an outage only then.
func (p *Policy) Missed(c *Complaint, kind WatchKind, to roster.PersonID, outage Outage, now time.Time) bool {
	today := p.Calendar.Today(now)
	w, found := p.Watched(c, kind, today)
	if !found || kind == WatchErasure || outage.Until.IsZero() {
		return false
	}
	last := p.Calendar.Today(outage.Until)
	if p.Calendar.Today(p.Calendar.NextWindow(outage.Until, last)) != today {
		return false
	}
	fresh := ReminderHistory("")
	w.reminders = &fresh
	for d := calendar.Latest(p.Calendar.Today(outage.From), w.Made); !d.After(last); d = d.AddDays(1) {
		opens := p.Calendar.At(d, p.Calendar.Opens)
		in := !opens.Before(outage.From) && opens.Before(outage.Until)
		if in && p.Calendar.IsWorkingDay(d) && p.remindedOn(c, w, to, d) {
			return true
		}
	}
	return false
}

// remindedOn reports whether the ladder has a nudge to that person on that
// working day; w has no marks.
func (p *Policy) remindedOn(c *Complaint, w Watch, to roster.PersonID, d calendar.Date) bool {
	if w.Kind == WatchKind(PromiseConfirmation) && !p.confirmationDueOn(w, d) {
		return false
	}
	return slices.ContainsFunc(p.reminders(c, w, d), func(one reminder) bool { return one.to == to && one.day == d })
}

// confirmationDueOn reports whether a nudge about a confirmation falls on that day:
// one working day after the decision, then every second.
func (p *Policy) confirmationDueOn(w Watch, d calendar.Date) bool {
	day := p.Calendar.NextWorkingDay(w.Made)
	for day.Before(d) {
		for range confirmEvery {
			day = p.Calendar.NextWorkingDay(day)
		}
	}
	return day == d
}
