package workflow

import (
	"slices"
	"time"

	"github.com/artra/klachtbot/workflow/roster"
	"github.com/artra/klachtbot/workflow/urgency"
)

// What of a complaint can't wait until tomorrow (deadlines.md, "urgent"): who is told,
// when, and that somebody saw it.

// seenWithin is how long those who were told that somebody is not safe have, before
// others are told too.
const seenWithin = time.Hour

// SeeUrgent says that somebody who was told of an urgent complaint saw it.
type SeeUrgent struct{}

func (SeeUrgent) perform(s *step) {
	c := &s.Complaint
	round := c.Calls.Round()
	switch {
	case len(round) == 0:
		s.refuse("", CodeUrgentOver)
		return
	case c.Calls.WereSeen():
		s.refuseWith("", CodeNotNow, Args{Performed: Performed{Action: ActionUrgentSeen, By: round[0].SeenBy, At: round[0].SeenAt}})
		return
	}
	c.Calls = c.Calls.Seen(s.now, s.by)
	s.showAction(ActionUrgentSeen)
	urging{s}.show(round)
}

// urging tells people what can't wait.
type urging struct{ *step }

// call tells whoever is to be told now.
func (s urging) call() {
	c := &s.Complaint
	alarm := alarm{s.policy, c, s.now}
	at := alarm.at()
	if at.IsZero() || at.After(s.now) {
		return
	}
	before := len(c.Calls.Round())
	to := alarm.first()
	if before > 0 {
		to = alarm.further()
	}
	c.Calls = c.Calls.Told(s.now, to, before > 0)
	s.show(c.Calls.Round()[before:])
	s.silent = false
}

// show has messages say what there is to say now.
func (s urging) show(calls []urgency.Call) {
	for _, call := range calls {
		for _, who := range call.To {
			s.step.show(UrgentCalled{To: who, Call: call.Number})
		}
	}
}

// changed follows a correction. What comes in addition is told anew; where nothing is
// left, the messages say so.
func (s urging) changed(was urgency.Set) {
	c := &s.Complaint
	if is := c.Facts.Urgent; is.Adds(was) || is == "" {
		s.anew()
	}
	s.call()
}

// anew ends the round, and says so where it was told.
func (s urging) anew() {
	c := &s.Complaint
	round := c.Calls.Round()
	c.Calls = c.Calls.Over(s.now)
	s.show(round)
}

// decided ends what is urgent: who decides has seen it, and a case that is reopened
// later wakes nobody.
func (s urging) decided() {
	c := &s.Complaint
	if c.Facts.Urgent == "" || c.Calls.WereSeen() {
		return
	}
	if len(c.Calls.Round()) == 0 {
		c.Calls = c.Calls.Told(s.now, nil, false)
	}
	c.Calls = c.Calls.Seen(s.now, s.by)
	s.show(c.Calls.Round())
}

// elsewhere tells whoever handles the case now: what others saw counts no more.
func (s urging) elsewhere() {
	s.Complaint.Calls = s.Complaint.Calls.Over(s.now)
	s.call()
}

// alarm is what is to be told of a complaint that may be urgent, at an instant.
type alarm struct {
	policy    *Policy
	complaint *Complaint
	now       time.Time
}

// UrgentFor are the people who are told first that a complaint is urgent, and whom the
// receptionist is to ring: who handles the case and the deputy; of a guarded case its
// handler alone.
func UrgentFor(p *Policy, c *Complaint, now time.Time) []roster.PersonID {
	return alarm{p, c, now}.first()
}

// pressing reports whether it is urgent still: nobody said that they saw it, and it is
// not decided. One that is being filed has no state yet.
func (a alarm) pressing() bool {
	c := a.complaint
	return c.Facts.Urgent != "" && (c.State == StateNone || c.State.Undecided()) && c.Owner != "" && !c.Calls.WereSeen()
}

// at is when somebody is to be told next; zero for never. Where a call seems to be of
// a time to come, since the clock stood ahead, the next is made at once.
func (a alarm) at() time.Time {
	if !a.pressing() {
		return time.Time{}
	}
	round, safety := a.complaint.Calls.Round(), a.complaint.Facts.Urgent.Has(urgency.Safety)
	switch {
	case len(round) == 0 && safety:
		return a.now
	case len(round) == 0:
		return a.policy.Calendar.NextWindow(a.now, a.policy.Calendar.Today(a.now))
	case !safety || slices.ContainsFunc(round, func(call urgency.Call) bool { return call.Again }):
		return time.Time{}
	case round[0].At.After(a.now):
		return a.now
	}
	return round[0].At.Add(seenWithin)
}

func (a alarm) deputy() roster.PersonID {
	return a.complaint.Deputy(a.policy.Roster, a.policy.Calendar.Today(a.now))
}

func (a alarm) first() []roster.PersonID {
	c := a.complaint
	if c.Owner == "" {
		return nil
	}
	all := []roster.PersonID{c.Owner}
	if deputy := a.deputy(); deputy != "" && !c.Guarded() {
		all = append(all, deputy)
	}
	return all
}

// further are the people who are told when nobody saw it for an hour: the deputy and
// the directors, as far as they may know of the case; its handler once more where there
// is nobody else.
func (a alarm) further() []roster.PersonID {
	c, r := a.complaint, a.policy.Roster
	var all []roster.PersonID
	for _, who := range append([]roster.PersonID{a.deputy()}, r.Directors...) {
		switch {
		case who == c.Owner, slices.Contains(all, who), r.Presence.Gone[who]:
		case c.Access(r, who) >= AccessOverview:
			all = append(all, who)
		}
	}
	if len(all) == 0 {
		return []roster.PersonID{c.Owner}
	}
	return all
}
