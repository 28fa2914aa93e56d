package workflow

import (
	"strconv"
	"strings"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
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

// Overdue lists the overdue promises on a case that a director reads of in the
// weekly digest: those of which the first notice went out on an earlier day. A
// confirmation is the firm's own term, of which no director is told.
func (p *Policy) Overdue(c *Complaint, director roster.PersonID, today calendar.Date) []Watch {
	if !p.Roster.IsDirector(director) || c.Access(p.Roster, director) == AccessNone {
		return nil
	}
	var all []Watch
	for _, w := range p.Watches(c, today) {
		if w.Overdue(today) && w.Kind != WatchKind(PromiseConfirmation) && w.reminders.notifiedBefore(director, today) {
			all = append(all, w)
		}
	}
	return all
}

// ReminderHistory remember who was nudged about something, how far up the ladder, and
// when: "U1 2 2026-11-06;U2 3 2026-11-09". They are a text so that a promise
// stays a plain value. Step 0 is that somebody was told as a director.
type ReminderHistory string

// sentReminder is one nudge that was asked for.
type sentReminder struct {
	who  roster.PersonID
	step int
	on   calendar.Date
}

// stepDirectorNotice is the step of a director's notice, which is no rung of the ladder.
const stepDirectorNotice = 0

func (m ReminderHistory) all() []sentReminder {
	var marks []sentReminder
	for part := range strings.SplitSeq(string(m), ";") {
		fields := strings.Fields(part)
		if len(fields) != 3 {
			continue
		}
		step, err := strconv.Atoi(fields[1])
		on, badDate := calendar.ParseDate(fields[2])
		if err == nil && badDate == nil {
			marks = append(marks, sentReminder{roster.PersonID(fields[0]), step, on})
		}
	}
	return marks
}

// lastTo returns the highest rung that somebody was nudged on, and the last day.
func (m ReminderHistory) lastTo(who roster.PersonID) (step int, on calendar.Date) {
	for _, k := range m.all() {
		if k.who == who && k.step != stepDirectorNotice {
			return k.step, k.on
		}
	}
	return 0, calendar.Date{}
}

// notified reports whether somebody has read of it as a director.
func (m ReminderHistory) notified(who roster.PersonID) bool {
	for _, k := range m.all() {
		if k.who == who && k.step == stepDirectorNotice {
			return true
		}
	}
	return false
}

// notifiedBefore reports whether somebody has read of it as a director before that
// day.
func (m ReminderHistory) notifiedBefore(who roster.PersonID, d calendar.Date) bool {
	for _, k := range m.all() {
		if k.who == who && k.step == stepDirectorNotice {
			return k.on.Before(d)
		}
	}
	return false
}

// lastOn is the last day on which anybody was nudged who handles the case.
func (m ReminderHistory) lastOn() calendar.Date {
	var last calendar.Date
	for _, k := range m.all() {
		if k.step != stepDirectorNotice {
			last = calendar.Latest(last, k.on)
		}
	}
	return last
}

// with adds a nudge, in the place of an earlier one to the same person.
func (m ReminderHistory) with(who roster.PersonID, step int, on calendar.Date) ReminderHistory {
	var parts []string
	for _, k := range m.all() {
		if k.who != who || (k.step == stepDirectorNotice) != (step == stepDirectorNotice) {
			parts = append(parts, k.String())
		}
	}
	return ReminderHistory(strings.Join(append(parts, sentReminder{who, step, on}.String()), ";"))
}

// restarted begins the ladder anew. Who was told as a director stays told: the
// first notice of an overdue promise comes once.
func (m ReminderHistory) restarted() ReminderHistory {
	var kept ReminderHistory
	for _, k := range m.all() {
		if k.step == stepDirectorNotice {
			kept = kept.with(k.who, k.step, k.on)
		}
	}
	return kept
}

func (k sentReminder) String() string {
	return string(k.who) + " " + strconv.Itoa(k.step) + " " + k.on.String()
}
