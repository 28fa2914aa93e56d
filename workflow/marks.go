package workflow

import (
	"strconv"
	"strings"
)

// Marks remember who was nudged about something, how far up the ladder, and
// when: "U1 2 2026-11-06;U2 3 2026-11-09". They are a text so that a promise
// stays a plain value. Step 0 is that somebody was told as a director.
type Marks string

// mark is one nudge that was asked for.
type mark struct {
	who  PersonID
	step int
	on   Date
}

// stepTold is the step of a director's notice, which is no rung of the ladder.
const stepTold = 0

func (m Marks) all() []mark {
	var marks []mark
	for part := range strings.SplitSeq(string(m), ";") {
		fields := strings.Fields(part)
		if len(fields) != 3 {
			continue
		}
		step, err := strconv.Atoi(fields[1])
		on, badDate := ParseDate(fields[2])
		if err == nil && badDate == nil {
			marks = append(marks, mark{PersonID(fields[0]), step, on})
		}
	}
	return marks
}

// of returns the highest rung that somebody was nudged on, and the last day.
func (m Marks) of(who PersonID) (step int, on Date) {
	for _, k := range m.all() {
		if k.who == who && k.step != stepTold {
			return k.step, k.on
		}
	}
	return 0, Date{}
}

// highest returns the highest rung that anybody was nudged on.
func (m Marks) highest() int {
	step := 0
	for _, k := range m.all() {
		step = max(step, k.step)
	}
	return step
}

// told reports whether somebody has read of it as a director.
func (m Marks) told(who PersonID) bool {
	for _, k := range m.all() {
		if k.who == who && k.step == stepTold {
			return true
		}
	}
	return false
}

// afresh begins the ladder anew. Who was told as a director stays told: the
// first notice of an overdue promise comes once.
func (m Marks) afresh() Marks {
	var kept Marks
	for _, k := range m.all() {
		if k.step == stepTold {
			kept = kept.with(k.who, k.step, k.on)
		}
	}
	return kept
}

// toldBefore reports whether somebody has read of it as a director before that
// day.
func (m Marks) toldBefore(who PersonID, d Date) bool {
	for _, k := range m.all() {
		if k.who == who && k.step == stepTold {
			return k.on.Before(d)
		}
	}
	return false
}

// with adds a nudge, in the place of an earlier one to the same person.
func (m Marks) with(who PersonID, step int, on Date) Marks {
	var parts []string
	for _, k := range m.all() {
		if k.who != who || (k.step == stepTold) != (step == stepTold) {
			parts = append(parts, k.String())
		}
	}
	return Marks(strings.Join(append(parts, mark{who, step, on}.String()), ";"))
}

func (k mark) String() string {
	return string(k.who) + " " + strconv.Itoa(k.step) + " " + k.on.String()
}

// lastOn is the last day on which anybody was nudged who handles the case.
func (m Marks) lastOn() Date {
	var last Date
	for _, k := range m.all() {
		if k.step != stepTold {
			last = latest(last, k.on)
		}
	}
	return last
}
