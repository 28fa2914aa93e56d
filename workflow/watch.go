package workflow

import (
	"strconv"
	"strings"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// WatchKind names something that people are reminded of: an open promise, a
// complainant who was asked something, a hold, the end of retention, or a
// request to erase the case.
type WatchKind string

// The watches beside those of the promises, which are named after their
// promise.
const (
	WatchWaiting   WatchKind = "waiting"
	WatchHold      WatchKind = "hold"
	WatchRetention WatchKind = "retention" // the purge is near (R10)
	WatchErasure   WatchKind = "erasure"   // somebody asks for an erasure before the term
)

// Watch is one thing that is watched now.
type Watch struct {
	Kind      WatchKind
	Made      calendar.Date // the date that days are counted from
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

// with is the watch as it is once that reminder has been asked for. The
// complaint's own history stays as it was.
func (w Watch) with(one reminder) Watch {
	history := w.reminders.with(one.to, one.step, one.day)
	w.reminders = &history
	return w
}

// Settlers lists the actions that end a watch, the likeliest first: the
// buttons that its reminders carry.
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

// Watches lists what is watched on a case: what is open and can be settled
// where the case stands. An outcome with a progress notice is watched by the
// notice's date (R4). The histories are the complaint's own, to be written to.
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

// ReminderHistory remembers who was reminded of something, at which step, and
// on which day: "U1 2 2026-11-06;U2 3 2026-11-09". It is a text so that a
// promise stays a plain value.
type ReminderHistory string

// sentReminder is one reminder that was asked for.
type sentReminder struct {
	who  roster.PersonID
	step int
	on   calendar.Date
}

// stepDirectorNotice stands for a director's notice, which is no step of an
// escalation.
const stepDirectorNotice = 0

// all lists the reminders that can be read; what can't be is left out.
func (h ReminderHistory) all() []sentReminder {
	var sent []sentReminder
	for part := range strings.SplitSeq(string(h), ";") {
		fields := strings.Fields(part)
		if len(fields) != 3 {
			continue
		}
		step, err := strconv.Atoi(fields[1])
		on, badDate := calendar.ParseDate(fields[2])
		if err == nil && badDate == nil {
			sent = append(sent, sentReminder{roster.PersonID(fields[0]), step, on})
		}
	}
	return sent
}

// lastTo returns the last step and day of what somebody was reminded of as a
// handler; step 0 when that never happened.
func (h ReminderHistory) lastTo(who roster.PersonID) (step int, on calendar.Date) {
	for _, sent := range h.all() {
		if sent.who == who && sent.step != stepDirectorNotice {
			return sent.step, sent.on
		}
	}
	return 0, calendar.Date{}
}

// lastAfterLast is the day on which somebody was last reminded after the last
// step, zero when that never happened.
func (h ReminderHistory) lastAfterLast(who roster.PersonID) calendar.Date {
	step, on := h.lastTo(who)
	if step < stepAfterLast {
		return calendar.Date{}
	}
	return on
}

// lastOn is the last day on which any handler was reminded.
func (h ReminderHistory) lastOn() calendar.Date {
	var last calendar.Date
	for _, sent := range h.all() {
		if sent.step != stepDirectorNotice {
			last = calendar.Latest(last, sent.on)
		}
	}
	return last
}

// notified reports whether somebody has had a director's notice.
func (h ReminderHistory) notified(who roster.PersonID) bool {
	_, ok := h.noticeTo(who)
	return ok
}

// notifiedBefore reports whether somebody has had a director's notice before
// that day.
func (h ReminderHistory) notifiedBefore(who roster.PersonID, d calendar.Date) bool {
	on, ok := h.noticeTo(who)
	return ok && on.Before(d)
}

func (h ReminderHistory) noticeTo(who roster.PersonID) (on calendar.Date, ok bool) {
	for _, sent := range h.all() {
		if sent.who == who && sent.step == stepDirectorNotice {
			return sent.on, true
		}
	}
	return calendar.Date{}, false
}

// with adds a reminder, in the place of an earlier one to the same person.
func (h ReminderHistory) with(who roster.PersonID, step int, on calendar.Date) ReminderHistory {
	var parts []string
	for _, sent := range h.all() {
		if sent.who != who || (sent.step == stepDirectorNotice) != (step == stepDirectorNotice) {
			parts = append(parts, sent.String())
		}
	}
	return ReminderHistory(strings.Join(append(parts, sentReminder{who, step, on}.String()), ";"))
}

// restarted begins the escalation anew. The directors' notices stay, since the
// first notice of an overdue promise comes once.
func (h ReminderHistory) restarted() ReminderHistory {
	var kept ReminderHistory
	for _, sent := range h.all() {
		if sent.step == stepDirectorNotice {
			kept = kept.with(sent.who, sent.step, sent.on)
		}
	}
	return kept
}

func (s sentReminder) String() string {
	return string(s.who) + " " + strconv.Itoa(s.step) + " " + s.on.String()
}
