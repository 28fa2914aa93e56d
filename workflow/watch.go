package workflow

import (
	"github.com/artra/klachtbot/workflow/calendar"
)

// WatchKind names something that people are nudged about: an open promise, a
// complainant who was asked something, a hold, the end of retention, or an
// erasure that was asked for.
type WatchKind string

// The watches beside those of the promises, which are called as their promise.
const (
	WatchWaiting   WatchKind = "waiting"
	WatchHold      WatchKind = "hold"
	WatchRetention WatchKind = "retention" // it is going to be erased (R10)
	WatchErasure   WatchKind = "erasure"   // somebody asks for that before the term
)

// Watch is one thing that is watched now.
type Watch struct {
	Kind      WatchKind
	Made      calendar.Date // what days are counted from
	Due       calendar.Date // zero for a question, which has no date
	Snoozed   calendar.Date
	reminders *ReminderHistory
}

// Promised reports whether the watch is of a promise, which can be overdue.
func (w Watch) Promised() bool {
	return w.Kind != WatchWaiting && w.Kind != WatchHold && w.Kind != WatchRetention && w.Kind != WatchErasure
}

// Overdue reports whether the promise that is watched is past its date.
func (w Watch) Overdue(today calendar.Date) bool { return w.Promised() && today.After(w.Due) }

// Settlers lists what ends a watch, the likeliest first: the buttons that its
// nudges carry.
func (k WatchKind) Settlers() []ActionName {
	switch k {
	case WatchKind(PromiseAcknowledgement):
		return []ActionName{ActionAcknowledge}
	case WatchKind(PromiseOutcome), WatchKind(PromiseProgress):
		return []ActionName{ActionResolve, ActionProgress}
	case WatchKind(PromiseConfirmation):
		return []ActionName{ActionConfirm}
	case WatchWaiting:
		return []ActionName{ActionAnswer}
	case WatchHold, WatchRetention:
		return []ActionName{ActionHold}
	case WatchErasure:
		return []ActionName{ActionEraseConfirm, ActionEraseDecline}
	}
	return nil
}

// Watches lists what is watched on a case: what is open, and can be settled
// where the case stands. An outcome with a progress notice is watched by the
// notice's date (R4). The marks are the complaint's own, to be written to.
func (p *Policy) Watches(c *Complaint, today calendar.Date) []Watch {
	var all []Watch
	for _, kind := range PromiseKinds() {
		i := c.owed(kind)
		if i < 0 {
			continue
		}
		pr := &c.Promises[i]
		all = append(all, Watch{WatchKind(kind), pr.Made, pr.Due, pr.Snoozed, &pr.Reminders})
	}
	if !c.WaitingSince.IsZero() {
		all = append(all, Watch{WatchWaiting, c.WaitingSince, calendar.Date{}, calendar.Date{}, &c.WaitingReminders})
	}
	if !c.HoldReview.IsZero() {
		all = append(all, Watch{WatchHold, c.HoldReview, c.HoldReview, calendar.Date{}, &c.HoldReminders})
	}
	if last, ok := p.RetainUntil(c); ok && !today.Before(last.AddDays(-previewSight)) && !today.After(last) {
		all = append(all, Watch{WatchRetention, last, last, calendar.Date{}, &c.RetentionReminders})
	}
	if asked := &c.Erasure; asked.Stands() {
		all = append(all, Watch{WatchErasure, asked.On, asked.On.AddDays(eraseLapses), calendar.Date{}, &asked.Reminders})
	}
	var settled []Watch
	for _, w := range all {
		if rules[w.Kind.Settlers()[0]].allows(p, c, today) {
			settled = append(settled, w)
		}
	}
	return settled
}

// Watched returns the watch of that kind; ok is false when there is none now.
func (p *Policy) Watched(c *Complaint, kind WatchKind, today calendar.Date) (w Watch, ok bool) {
	for _, w := range p.Watches(c, today) {
		if w.Kind == kind {
			return w, true
		}
	}
	return Watch{}, false
}
