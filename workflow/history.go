package workflow

import (
	"strconv"
	"strings"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

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

// highest returns the highest rung that anybody was nudged on.
func (m ReminderHistory) highest() int {
	step := 0
	for _, k := range m.all() {
		step = max(step, k.step)
	}
	return step
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

func (k sentReminder) String() string {
	return string(k.who) + " " + strconv.Itoa(k.step) + " " + k.on.String()
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
