package workflow

import (
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
)

// Retention (R10): some time after it was closed, a case loses everything that
// is about somebody. What stays is what figures need.

// RetentionFrom says from when on the months of retention count.
type RetentionFrom string

// The settings of KLACHTBOT_RETENTION_FROM.
const (
	FromClosed   RetentionFrom = "closed" // Dutch practice
	FromReceived RetentionFrom = "received"
)

// RetentionFroms lists them, the default first.
func RetentionFroms() []RetentionFrom { return []RetentionFrom{FromClosed, FromReceived} }

// RetainUntil is the last day on which a case is kept as it is: at its end
// everything about people goes. ok is false for a case that is kept without an
// end: one that is not closed, one at the dispute committee, one on hold.
func (p *Policy) RetainUntil(c *Complaint) (last calendar.Date, ok bool) {
	if c.State != StateClosed || c.ClosedAt.IsZero() || !c.HoldReview.IsZero() {
		return calendar.Date{}, false
	}
	from := p.Calendar.Today(c.ClosedAt)
	if p.Terms.RetentionFrom == FromReceived {
		from = c.Facts.Received
	}
	return from.AddMonths(p.Terms.RetentionMonths), true
}

// purgeable reports whether the last day is over.
func (p *Policy) purgeable(c *Complaint, today calendar.Date) bool {
	last, ok := p.RetainUntil(c)
	return ok && today.After(last)
}

// purgeAt is the instant at which the case is to be purged. What a person did
// today (ended a hold, closed what came in long ago) is not followed by it
// before midnight, so that a mistake can be taken back.
func (p *Policy) purgeAt(c *Complaint, today calendar.Date) (at time.Time, ok bool) {
	last, ok := p.RetainUntil(c)
	if !ok {
		return time.Time{}, false
	}
	return p.Calendar.At(calendar.Latest(last, today).AddDays(1), 0), true
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

// purge leaves what figures need: number, months, kind, category, way,
// verdict, cause, lesson and durations. All dates move together by as many days
// as bring the receipt to the first of its month, so that every duration, and
// whether a promise was kept in time, stays what it was; of closing and dispute
// the month stays itself.
func (s *step) purge(Purge) {
	c := &s.Complaint
	shift := 1 - c.Facts.Received.Day
	moved := func(d calendar.Date) calendar.Date {
		if d.IsZero() {
			return d
		}
		return d.AddDays(shift)
	}
	f := c.Facts
	c.Facts = Facts{
		Received: moved(f.Received), ReceivedVia: f.ReceivedVia, ComplainantKind: f.ComplainantKind,
		OfferingKind: f.OfferingKind, Category: f.Category, Preferred: f.Preferred, Language: f.Language,
	}
	c.Particulars = Particulars{}
	c.LoggedBy, c.LoggedAt, c.Owner = "", noonOf(moved(s.policy.Calendar.Today(c.LoggedAt))), ""
	for i, pr := range c.Promises {
		c.Promises[i] = pr.shorn(moved)
	}
	c.Decision.On = moved(c.Decision.On)
	c.ClosedAt = noonOf(monthOf(s.policy.Calendar.Today(c.ClosedAt)))
	c.Dispute.On = monthOf(c.Dispute.On)
	c.WaitingSince, c.WaitingReminders, c.HoldReminders, c.RetentionReminders = calendar.Date{}, "", "", ""
	c.Last = Performed{}
	s.show(Purged{})
	if asker := c.Erasure.By; asker != "" {
		s.show(Erased{asker, c.Number})
	}
	c.Erasure = Erasure{}
}

// shorn is a promise without people, with its dates moved.
func (p Promise) shorn(moved func(calendar.Date) calendar.Date) Promise {
	q := Promise{Kind: p.Kind, Made: moved(p.Made), Due: moved(p.Due), Lapsed: moved(p.Lapsed)}
	if !p.Kept.At.IsZero() {
		q.Kept = Kept{
			On: moved(p.Kept.On), Entered: moved(p.Kept.Entered), Way: p.Kept.Way, Later: p.Kept.Later,
			At: noonOf(moved(p.Kept.On)),
		}
	}
	return q
}

// monthOf is the first day of the month; zero stays zero.
func monthOf(d calendar.Date) calendar.Date {
	if d.IsZero() {
		return d
	}
	return calendar.NewDate(d.Year, d.Month, 1)
}

// noonOf is an instant of that date in every time zone that matters.
func noonOf(d calendar.Date) time.Time { return d.Midnight().Add(12 * time.Hour) }
