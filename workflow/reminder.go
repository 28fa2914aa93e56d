package workflow

import (
	"slices"
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// MayRemindNow reports whether a reminder of that watch may be sent to that
// person at this moment (deadlines.md, "Reminders"). When only the window is shut,
// later says when it opens; when the reminder has lost its reason, later is
// zero.
func (p *Policy) MayRemindNow(c *Complaint, kind WatchKind, to roster.PersonID, now time.Time) (ok bool, later time.Time) {
	today := p.Calendar.Today(now)
	w, found := p.Watched(c, kind, today)
	if !found || !p.planner(c).MayRemind(w.Watch, to, today) {
		return false, time.Time{}
	}
	if at := p.Calendar.NextWindow(now, today); at.After(now) {
		return false, at
	}
	return true, time.Time{}
}

// Tick is the clock's own action: it asks for what has come due, which may be
// the purge.
type Tick struct{}

// perform asks for every reminder whose day has come, and has people told of what is
// urgent. Before that, a complaint about somebody who may handle complaints by now
// moves away from them, and one whose handler left gets another.
func (Tick) perform(s *step) {
	s.silent = true
	c, p := &s.Complaint, s.policy
	s.seekAnnouncement()
	if !c.Guarded() && p.Roster.Guards(c.Particulars.Concerns) { // somebody who got a role since
		s.silent = false
		s.moveAway()
		return
	}
	if p.orphaned(c, s.today) {
		if s.adopt(); !s.silent {
			return
		}
	}
	urging{s}.call()
	if c.Owner != "" && p.Calendar.InWindow(s.now) {
		remedying{s}.endRemedies()
		for _, w := range p.Watches(c, s.today) {
			for _, to := range s.remind(w) {
				s.show(ReminderDue{to, w.Kind})
				s.silent = false
			}
		}
	}
	if !s.silent { // what the message offers depends on the day
		s.show(CaseChanged{})
	}
}

// remind writes the reminders of a watch that have come due into its history,
// and returns to whom they are.
func (s *step) remind(w Watch) []roster.PersonID {
	c := &s.Complaint
	to, history := s.policy.planner(c).Due(w.Watch, s.today)
	if len(to) > 0 { // else what was sent while the clock stood ahead stays, should the clock be wrong now
		*c.history(w.Kind) = history
	}
	return to
}

// restartReminders begins every escalation anew, for another handler.
func (s *step) restartReminders() {
	c := &s.Complaint
	for i, p := range c.Promises {
		c.Promises[i].Reminders = p.Reminders.Restarted()
	}
	c.WaitingReminders, c.HoldReminders, c.RetentionReminders, c.Announcement = "", "", "", Announcement{}
}

// due is what the clock's tick comes down to: the purge of a case whose time is
// over, the end of a request to erase that nobody decided on, or the tick
// itself.
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

// nextAt returns when the clock must look at the complaint again: for a
// reminder, to purge it, or to end a request for that. Zero: never.
func (p *Policy) nextAt(c *Complaint, now time.Time) time.Time {
	next := p.nextReminder(c, now)
	today := p.Calendar.Today(now)
	if at := (alarm{p, c, now}).at(); !at.IsZero() && (next.IsZero() || at.Before(next)) {
		next = at
	}
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

// nextReminder returns when somebody may have to be reminded next: the opening
// of the window on the first day that is planned, or on which somebody leaves
// or returns, since that changes whom to remind. Zero: never.
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
	for _, r := range c.OpenRemedies() {
		sooner(calendar.Latest(r.expiry(), today))
	}
	for _, w := range p.Watches(c, today) {
		for _, one := range p.planner(c).Plan(w.Watch, today) {
			sooner(one.Day)
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

// Snooze puts off the reminders of one watch until a day, at most until what
// was promised is due.
type Snooze struct {
	What   WatchKind
	Reason Confidential
	Until  calendar.Date
}

// perform puts the reminders of a promise off; on the day its handlers are
// reminded again. On the last day, and for a question or a hold, that is
// refused.
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
	if i := s.Complaint.watchedPromise(a.What); len(s.refusals) == 0 && i >= 0 {
		p := &s.Complaint.Promises[i]
		p.Snoozed, p.Reminders = a.Until, p.Reminders.Restarted()
	}
	s.record(Record{Kind: RecordSnooze, Date: s.today, Texts: texts{
		"reason": a.Reason, "until": Confidential(a.Until.String()), "what": Confidential(a.What),
	}})
	s.show(ActionTaken{ActionSnooze})
}

// Outage is a time in which no replica of the bot was at work; the zero Outage
// is none.
type Outage struct{ From, Until time.Time }

// Missed reports whether a reminder to that person was to go out while the bot
// was not at work, and goes out now that it is back: on the first day of
// reminders since. A reminder mentions an outage only then.
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
	for d := calendar.Latest(p.Calendar.Today(outage.From), w.Made); !d.After(last); d = d.AddDays(1) {
		opens := p.Calendar.At(d, p.Calendar.Opens)
		in := !opens.Before(outage.From) && opens.Before(outage.Until)
		if in && p.Calendar.IsWorkingDay(d) && p.planner(c).RemindsOn(w.Watch, to, d) {
			return true
		}
	}
	return false
}

// Overdue lists the overdue promises of a case that a director reads of in the
// weekly digest: those whose first notice went out on an earlier day. A
// confirmation is the firm's own term, and no director hears of it.
func (p *Policy) Overdue(c *Complaint, director roster.PersonID, today calendar.Date) []Watch {
	if !p.Roster.IsDirector(director) || c.Access(p.Roster, director) == AccessNone {
		return nil
	}
	return slices.DeleteFunc(p.Watches(c, today), func(w Watch) bool { return !w.InWeeklyDigest(director, today) })
}
