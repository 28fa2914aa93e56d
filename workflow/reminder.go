package workflow

import (
	"slices"
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// MayRemindNow reports whether a nudge about that watch may be sent to that person
// at this moment; everything is looked at again when the nudge leaves
// (deadlines.md, "Nudges"). When only the window is shut, later says when it
// opens; when the nudge has lost its reason, later is zero.
func (p *Policy) MayRemindNow(c *Complaint, kind WatchKind, to roster.PersonID, now time.Time) (ok bool, later time.Time) {
	today := p.Calendar.Today(now)
	w, found := p.Watched(c, kind, today)
	if !found || !p.mayRemind(c, w, to, today) {
		return false, time.Time{}
	}
	if at := p.Calendar.NextWindow(now, today); at.After(now) {
		return false, at
	}
	return true, time.Time{}
}

// mayRemind reports whether the person is still one to nudge: the owner, who
// stands in, or whoever it was asked for and is there; and, once the promise is
// overdue, a director.
func (p *Policy) mayRemind(c *Complaint, w Watch, to roster.PersonID, today calendar.Date) bool {
	switch {
	case c.Access(p.Roster, to) < AccessOverview, w.Snoozed.After(today) && !w.Overdue(today):
		return false
	case w.Kind == WatchErasure:
		return to != c.Erasure.By && p.MayDecide(c, to, today)
	case to == c.Owner:
		return !p.Roster.Absent(to, today) || c.Deputy(p.Roster, today) == ""
	case to == c.Deputy(p.Roster, today):
		return true
	}
	if step, _ := w.reminders.lastTo(to); step > 0 && !p.Roster.Absent(to, today) {
		return true // the owner is back, or the next deputy, since it was asked for
	}
	return p.Roster.IsDirector(to) && w.Overdue(today)
}

// Tick is the clock's own action: it asks for what has come due, which may be
// the purge.
type Tick struct{}

// tick asks for every nudge whose day has come; rungs of one watch that were
// missed collapse into the highest. A complaint about somebody who may handle
// complaints by now moves away from them first, and one whose handler left gets
// another.
func (Tick) perform(s *step) {
	s.silent = true
	c, p := &s.Complaint, s.policy
	if !c.Guarded() && p.Roster.Guards(c.Particulars.Concerns) { // who got a role since
		s.silent = false
		s.moveAway()
		return
	}
	if p.orphaned(c, s.today) {
		if s.adopt(); !s.silent {
			return
		}
	}
	if c.Owner == "" || !p.Calendar.InWindow(s.now) {
		return
	}
	for _, w := range p.Watches(c, s.today) {
		for _, one := range dueReminders(p.reminders(c, w, s.today), s.today) {
			*w.reminders = w.reminders.with(one.to, one.step, s.today)
			s.show(ReminderDue{one.to, w.Kind})
			s.silent = false
		}
	}
	if !s.silent { // what the message offers depends on the day
		s.show(CaseChanged{})
	}
}

// due is what the clock's tick comes down to: a case whose time is over is
// purged, and nothing else is looked at any more; a request to erase it that
// nobody decided on lapses.
func (p *Policy) due(c *Complaint, a Action, today calendar.Date) Action {
	_, tick := a.(Tick)
	switch {
	case tick && p.purgeable(c, today):
		return Purge{}
	case tick && p.erasureOver(c, today):
		return LapseErasure{}
	}
	return a
}

// nextAt returns when the clock must look at the complaint again: for a nudge,
// to purge it, or to end a request for that. Zero: never.
func (p *Policy) nextAt(c *Complaint, now time.Time) time.Time {
	next := p.nextReminder(c, now)
	today := p.Calendar.Today(now)
	if at, ok := p.purgeAt(c, today); ok && (next.IsZero() || at.Before(next)) {
		next = at
	}
	if c.Erasure.Stands() {
		at := p.Calendar.At(calendar.Latest(c.Erasure.On.AddDays(eraseLapses), today).AddDays(1), 0)
		if next.IsZero() || at.Before(next) {
			next = at
		}
	}
	return next
}

// nextReminder returns when somebody may have to be nudged again: the opening
// of the window on the day of the first nudge that was not asked for yet, or on
// which somebody leaves or is back: then another person may be the one to nudge.
// Zero: never.
func (p *Policy) nextReminder(c *Complaint, now time.Time) time.Time {
	if c.Owner == "" {
		return time.Time{}
	}
	var next time.Time
	today := p.Calendar.Today(now)
	sooner := func(day calendar.Date) {
		if at := p.Calendar.NextWindow(now, day); next.IsZero() || at.Before(next) {
			next = at
		}
	}
	for _, w := range p.Watches(c, today) {
		for _, one := range p.reminders(c, w, today) {
			sooner(one.day)
		}
		if turn := p.Roster.Presence.Turn(today); !turn.IsZero() {
			sooner(turn)
		}
	}
	if last, ok := p.RetainUntil(c); ok && today.Before(last.AddDays(-previewSight)) {
		sooner(last.AddDays(-previewSight))
	}
	return next
}

// Snooze puts off the nudges about one watch until a day, never beyond what
// was promised.
type Snooze struct {
	What   WatchKind
	Reason Confidential
	Until  calendar.Date
}

// snooze puts off the nudges about a promise until a day, its due date at most,
// on which its handlers are reminded again. On the last day, and about a
// question or a hold, they can't be put off.
func (a Snooze) perform(s *step) {
	s.text("reason", a.Reason)
	w, ok := s.policy.Watched(&s.Complaint, a.What, s.today)
	switch {
	case !ok || !w.Promised():
		s.refuse("", CodeNotNow)
	case !w.Due.After(s.today):
		s.refuse("until", CodeSnoozeOverdue)
	case a.Until.IsZero():
		s.refuse("until", CodeDateRequired)
	case !a.Until.After(s.today):
		s.refuse("until", CodeDatePast)
	case a.Until.After(w.Due):
		s.refuseWith("until", CodeDateLate, Args{Date: w.Due})
	}
	if i := s.Complaint.open(PromiseKind(a.What)); i >= 0 {
		p := &s.Complaint.Promises[i]
		p.Snoozed, p.Reminders = a.Until, p.Reminders.restarted()
	}
	s.record(Record{Kind: RecordSnooze, Date: s.today, Texts: texts{
		"reason": a.Reason, "until": Confidential(a.Until.String()), "what": Confidential(a.What),
	}})
	s.show(ActionTaken{ActionSnooze})
}

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
