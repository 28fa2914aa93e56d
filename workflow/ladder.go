package workflow

import "time"

// rung is one step of a promise's ladder of nudges: on which day, given the
// complaint and the promise. Rungs are numbered from 1 within a promise.
type rung struct {
	promise PromiseKind
	step    int
	target  func(Calendar, *Complaint, Promise) Date
}

// ladder holds the two pings of the regulation (deadlines.md, "Nudges"): the
// acknowledgement on the working day of R+4, the outcome on that of a week
// before it is due.
var ladder = []rung{
	{PromiseAcknowledgement, 1, func(cal Calendar, c *Complaint, _ Promise) Date {
		return cal.Target(c.Facts.Received.AddDays(4))
	}},
	{PromiseOutcome, 1, func(cal Calendar, _ *Complaint, p Promise) Date {
		return cal.Target(p.Due.AddDays(-7))
	}},
}

// nextAt returns when the clock must look at the complaint again: the opening
// of the window on the day of the first rung not yet climbed. Zero: never.
func (p *Policy) nextAt(c *Complaint, now time.Time) time.Time {
	if c.Owner == "" {
		return time.Time{}
	}
	var next time.Time
	for _, r := range ladder {
		pr, ok := due(c, r)
		if !ok {
			continue
		}
		at := p.Calendar.NextWindow(now, r.target(p.Calendar, c, pr))
		if next.IsZero() || at.Before(next) {
			next = at
		}
	}
	return next
}

// due returns the open promise that the rung belongs to, if it was not
// climbed yet.
func due(c *Complaint, r rung) (Promise, bool) {
	i := c.open(r.promise)
	if i < 0 || c.Promises[i].Nudged >= r.step {
		return Promise{}, false
	}
	return c.Promises[i], true
}

// tick climbs every rung whose day has come; rungs of one promise that were
// missed collapse into the highest. A complaint without anybody on the roster
// to handle it gets a handler first.
func (s *step) tick(Tick) {
	s.silent = true
	c, cal := &s.Complaint, s.policy.Calendar
	if s.policy.Roster.Access(c, c.Owner) < AccessFull {
		s.adopt()
		return
	}
	if !cal.InWindow(s.now) {
		return
	}
	asked := map[PromiseKind]bool{}
	for _, r := range ladder {
		pr, ok := due(c, r)
		if !ok || r.target(cal, c, pr).After(s.today) {
			continue
		}
		c.Promises[c.open(r.promise)].Nudged = r.step
		s.silent = false
		if !asked[r.promise] {
			asked[r.promise] = true
			s.show(Effect{Surface: SurfaceNudge, To: c.Owner, What: string(r.promise)})
		}
	}
}

// adopt gives the complaint to whom the roster has for it now: nobody could
// handle it when it came, or its handler left the roster. The new handler was
// not nudged about anything yet. What only the old handler read, and what
// nobody did, is posted anew with the story; in the case channel the case
// message is brought up to date.
func (s *step) adopt() {
	c, before := &s.Complaint, s.Complaint.Owner
	c.Owner = s.policy.Roster.Handler(c.Particulars.Concerns)
	s.silent = c.Owner == before
	if s.silent {
		return
	}
	for i, p := range c.Promises {
		if p.Open() {
			c.Promises[i].Nudged = 0
		}
	}
	if before == "" || c.Guarded() {
		s.introduce()
		return
	}
	s.show(Effect{Surface: SurfaceCase})
}

// NudgeNow reports whether a nudge about that promise may be sent to that
// person at this moment; everything is looked at again when the nudge leaves
// (deadlines.md, "Nudges"). When only the window is shut, later says when it
// opens; when the nudge has lost its reason, later is zero.
func (p *Policy) NudgeNow(c *Complaint, k PromiseKind, to PersonID, now time.Time) (ok bool, later time.Time) {
	if c.open(k) < 0 || to != c.Owner || p.Roster.Access(c, to) < AccessFull {
		return false, time.Time{}
	}
	if at := p.Calendar.NextWindow(now, p.Calendar.Today(now)); at.After(now) {
		return false, at
	}
	return true, time.Time{}
}
