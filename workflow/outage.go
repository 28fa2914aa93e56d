package workflow

import "time"

// Outage is a time in which no replica of the bot was at work; the zero Outage
// is none.
type Outage struct{ From, Until time.Time }

// Missed reports whether a nudge to that person was to go out while the bot
// was not at work, and goes out now that it is back: on the first day of
// nudges since. A nudge tells of an outage only then.
func (p *Policy) Missed(c *Complaint, kind WatchKind, to PersonID, outage Outage, now time.Time) bool {
	today := p.Calendar.Today(now)
	w, found := p.Watched(c, kind, today)
	if !found || outage.Until.IsZero() {
		return false
	}
	last := p.Calendar.Today(outage.Until)
	if p.Calendar.Today(p.Calendar.NextWindow(outage.Until, last)) != today {
		return false
	}
	fresh := Marks("")
	w.marks = &fresh
	for d := latest(p.Calendar.Today(outage.From), w.Made); !d.After(last); d = d.AddDays(1) {
		opens := p.Calendar.at(d, p.Calendar.Opens)
		in := !opens.Before(outage.From) && opens.Before(outage.Until)
		if in && p.Calendar.IsWorkingDay(d) && p.nudgedOn(c, w, to, d) {
			return true
		}
	}
	return false
}

// nudgedOn reports whether the ladder has a nudge to that person on that
// working day.
func (p *Policy) nudgedOn(c *Complaint, w Watch, to PersonID, d Date) bool {
	every := 1
	if w.Kind == WatchKind(PromiseConfirmation) {
		every = confirmEvery
	}
	for _, one := range p.calls(c, w, d) {
		if one.to == to && (one.day == d || one.step == stepBeyond && p.repeats(one.day, every, d)) {
			return true
		}
	}
	return false
}

// repeats reports whether what began on a day, and comes again every so many
// working days, falls on d.
func (p *Policy) repeats(began Date, every int, d Date) bool {
	for began.Before(d) {
		for range every {
			began = p.Calendar.NextWorkingDay(began)
		}
	}
	return began == d
}
