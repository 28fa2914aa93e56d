package workflow

import (
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

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

// tick asks for every nudge whose day has come; rungs of one watch that were
// missed collapse into the highest. A complaint about somebody who may handle
// complaints by now moves away from them first, and one whose handler left gets
// another.
func (s *step) tick(Tick) {
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

// orphaned reports whether a case needs another handler: the one that it has
// left, and there is something to handle.
func (p *Policy) orphaned(c *Complaint, today calendar.Date) bool {
	if c.State == StateClosed && len(p.Watches(c, today)) == 0 {
		return false
	}
	return c.Access(p.Roster, c.Owner) < AccessFull || p.Roster.Presence.Gone[c.Owner]
}

// adopt gives the complaint to whom the roster has for it now: nobody could
// handle it when it came, or its handler left. The new handler was not nudged
// about anything yet. What only the old handler read, and what nobody did, is
// posted anew with the story; in the case channel a line tells the new one.
func (s *step) adopt() {
	c, before := &s.Complaint, s.Complaint.Owner
	next := s.policy.Roster.Handler(c.Particulars.Concerns, s.today)
	if s.silent = next == before || next == "" && s.policy.Roster.Presence.Gone[before]; s.silent {
		return
	}
	c.Owner = next
	s.restartReminders()
	if before == "" || c.Guarded() {
		s.introduce()
		return
	}
	s.showAction(ActionTick)
	s.reach()
}

// restartReminders begins every ladder anew, for another handler.
func (s *step) restartReminders() {
	c := &s.Complaint
	for i, p := range c.Promises {
		c.Promises[i].Reminders = p.Reminders.restarted()
	}
	c.WaitingReminders, c.HoldReminders, c.RetentionReminders = "", "", ""
}

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
