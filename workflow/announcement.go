package workflow

import (
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/reminder"
	"github.com/artra/klachtbot/workflow/roster"
)

// The codes of what is refused from the end of the term on (R10), unless the case is held.
const (
	CodeTermOver Code = "term_over" // R10: nothing is handed out or corrected any more, unless the case is held
	CodeTermRead Code = "term_read" // R10: only who decides on a hold may read the contents
)

// R10 does not believe a clock by itself: no case is erased before its
// announcement was delivered and the bot has been at work since, so that
// somebody could press the button that keeps it.

// Announcement is how far the erasure of a case was announced; zero when nobody
// was told.
type Announcement struct {
	On     calendar.Date // when it was delivered to somebody who may hold the case; zero for never
	Days   int           // on how many days the bot had been at work by then
	Until  calendar.Date // the last day of retention that it is about
	Sought int           // Uptime.Agreed plus one, when the case was first found past its term and unannounced; 0 for never
}

// Uptime counts the days on which some replica of the bot was at work. A day
// counts once, however often the clock goes over it.
type Uptime struct {
	Days    int
	Agreed  int // those on which Slack's clock was within a day of the bot's
	Reached int // Agreed plus one, when whoever is to be told of this case was last told of any; 0 for never
}

const (
	announcedDays   = 7  // at work between the announcement and the erasure (R10)
	unreachableDays = 30 // at work without anybody to be reached (R10)
)

// UnannouncedShown is for how many days the bot says of a case that it was erased
// though nobody could be told before.
const UnannouncedShown = 90

// Announced reports whether the erasure after that last day was announced. What
// was announced while the clock stood ahead of today was not.
func (c *Complaint) Announced(last, today calendar.Date) bool {
	a := c.Announcement
	return !a.On.IsZero() && a.Until == last && !a.On.After(today)
}

// From the term on the contents of a case are closed to everybody but who decides
// on a hold (R10), also while the announcement is still to come.

// PastTerm reports whether the last day of retention is over.
func (p *Policy) PastTerm(c *Complaint, today calendar.Date) bool {
	last, ok := p.RetainUntil(c)
	return ok && today.After(last)
}

// MayRead reports whether somebody may read the contents of a case: who has an
// officer's rights on it, and past its term of those only who decides on a hold.
func (p *Policy) MayRead(c *Complaint, who roster.PersonID, today calendar.Date) bool {
	return c.Access(p.Roster, who) == AccessFull && (!p.PastTerm(c, today) || p.decidesOnHold(c, who, today))
}

// decidesOnHold reports whether the announcement that stands went to that person.
// Another handler, a hold or another closing makes it void.
func (p *Policy) decidesOnHold(c *Complaint, who roster.PersonID, today calendar.Date) bool {
	last, ok := p.RetainUntil(c)
	return ok && c.Announced(last, today) &&
		c.RetentionReminders.Since(last.AddDays(-previewSight)).Until(today).Reached(who)
}

// shut is the reason why an action that reads, changes or hands out the contents is
// refused past the term; CodeNone when nothing stands in the way. What only ends
// or keeps a case goes on: nobody sees anything by it.
func (p *Policy) shut(c *Complaint, name ActionName, by roster.PersonID, today calendar.Date) Code {
	switch name {
	case ActionExport, ActionDisclose, ActionCorrect, ActionLink:
		if p.PastTerm(c, today) {
			return CodeTermOver
		}
	case ActionIdentity, ActionDossier:
		if !p.MayRead(c, by, today) {
			return CodeTermRead
		}
	}
	return CodeNone
}

// Shut is what somebody may know of a case past its term who may not read it:
// without its contents, but for whom it concerns, since that person must not see it.
func (c Complaint) Shut() Complaint {
	c.Particulars = Particulars{Concerns: c.Particulars.Concerns}
	c.Facts.OfferingName = ""
	return c
}

// purgeable reports whether the case may be erased: its last day is over, and
// it was announced long enough ago or nobody could be told.
func (p *Policy) purgeable(c *Complaint, today calendar.Date) bool {
	last, ok := p.RetainUntil(c)
	if !ok || !today.After(last) {
		return false
	}
	if c.Announced(last, today) {
		return p.Uptime.Days-c.Announcement.Days >= announcedDays
	}
	return p.unreachable(c)
}

// unreachable reports whether nobody could be told of the erasure for so long
// that it goes on all the same.
func (p *Policy) unreachable(c *Complaint) bool {
	since := max(c.Announcement.Sought, p.Uptime.Reached)
	return c.Announcement.Sought > 0 && p.Uptime.Agreed+1-since >= unreachableDays
}

// ownUp tells the directors that a case is erased of which nobody could be told
// before.
func (s *step) ownUp() {
	c, roster := &s.Complaint, s.policy.Roster
	last, _ := s.policy.RetainUntil(c)
	if s.Unannounced = !c.Announced(last, s.today); !s.Unannounced {
		return
	}
	for _, who := range roster.Directors {
		if c.Access(roster, who) >= AccessOverview && !roster.Presence.Gone[who] {
			s.show(Erased{To: who, Number: c.Number, Unannounced: true})
		}
	}
}

// seekAnnouncement notes since when a case past its term waits for somebody who
// can be told.
func (s *step) seekAnnouncement() {
	c := &s.Complaint
	last, ok := s.policy.RetainUntil(c)
	switch {
	case !ok || !s.today.After(last) || c.Announced(last, s.today):
		c.Announcement.Sought = 0
	case c.Announcement.Sought == 0:
		c.Announcement.Sought = s.policy.Uptime.Agreed + 1
	}
}

// retentionWatch watches the end of retention: ahead of it, and after it for as
// long as it was not announced. What was sent about another term, long before
// this one ends, does not count.
func (p *Policy) retentionWatch(c *Complaint, today calendar.Date) (last calendar.Date, history reminder.History, ok bool) {
	last, ok = p.RetainUntil(c)
	if !ok || today.Before(last.AddDays(-previewSight)) || today.After(last) && c.Announced(last, today) {
		return last, "", false
	}
	return last, c.RetentionReminders.Since(last.AddDays(-previewSight)), true
}
