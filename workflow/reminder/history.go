package reminder

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Reminder is one reminder to one person: in a plan from that day on, in a
// History as it was asked for on that day.
type Reminder struct {
	To   roster.PersonID
	Step int
	Day  calendar.Date
}

// The steps beside those of an escalation. They are stored.
const (
	directorNotice = 0
	afterLast      = math.MaxInt32 // what repeats after the last step
)

// History remembers who was reminded of something, at which step, and on which
// day: "U1 2 2026-11-06;U2 3 2026-11-09". It is a text so that what holds it
// stays a plain value.
type History string

// AskedOn is the history of a request on which that person was asked to decide
// on the day it was made.
func AskedOn(day calendar.Date, who roster.PersonID) History {
	return History("").with(Reminder{who, afterLast, day})
}

// all lists the reminders that can be read; what can't be is left out.
func (h History) all() []Reminder {
	var all []Reminder
	for part := range strings.SplitSeq(string(h), ";") {
		fields := strings.Fields(part)
		if len(fields) != 3 {
			continue
		}
		step, err := strconv.Atoi(fields[1])
		day, badDate := calendar.ParseDate(fields[2])
		if err == nil && badDate == nil {
			all = append(all, Reminder{roster.PersonID(fields[0]), step, day})
		}
	}
	return all
}

// Until is the history up to that day. A reminder of a later day was sent while
// the clock stood ahead.
func (h History) Until(day calendar.Date) History {
	return h.keep(func(one Reminder) bool { return !one.Day.After(day) })
}

// Since is the history from that day on.
func (h History) Since(day calendar.Date) History {
	return h.keep(func(one Reminder) bool { return !one.Day.Before(day) })
}

// keep leaves out the reminders that are not to stay; when all do, the text is as
// it was.
func (h History) keep(stays func(Reminder) bool) History {
	all := h.all()
	if !slices.ContainsFunc(all, func(one Reminder) bool { return !stays(one) }) {
		return h
	}
	var parts []string
	for _, one := range all {
		if stays(one) {
			parts = append(parts, one.text())
		}
	}
	return History(strings.Join(parts, ";"))
}

// LastTo is the person whose reminder was asked for last; "" when none was.
func (h History) LastTo() roster.PersonID {
	all := h.all()
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1].To
}

// Reached reports whether somebody was reminded, a director's notice aside.
func (h History) Reached(who roster.PersonID) bool {
	step, _ := h.stepOf(who)
	return step > directorNotice
}

// Awaits reports whether somebody was asked to be reminded last on a day that is still
// to come: by a clock that stood ahead, or this one is behind. Whoever is asked to be
// again on an earlier day is so no more.
func (h History) Awaits(who roster.PersonID, today calendar.Date) bool {
	for _, one := range slices.Backward(h.all()) {
		if one.To == who {
			return one.Day.After(today)
		}
	}
	return false
}

// stepOf returns the last step and day of what somebody was reminded of, a
// director's notice aside; step 0 when that never happened.
func (h History) stepOf(who roster.PersonID) (step int, on calendar.Date) {
	for _, one := range slices.Backward(h.all()) {
		if one.To == who && one.Step != directorNotice {
			return one.Step, one.Day
		}
	}
	return 0, calendar.Date{}
}

// repeatedOn is the day on which somebody was last reminded after the last
// step, zero when that never happened.
func (h History) repeatedOn(who roster.PersonID) calendar.Date {
	step, on := h.stepOf(who)
	if step < afterLast {
		return calendar.Date{}
	}
	return on
}

// lastOn is the last day on which anybody was reminded, a director's notice
// aside.
func (h History) lastOn() calendar.Date {
	var last calendar.Date
	for _, one := range h.all() {
		if one.Step != directorNotice {
			last = calendar.Latest(last, one.Day)
		}
	}
	return last
}

// noticeTo is the day of somebody's director's notice; ok is false when there
// was none.
func (h History) noticeTo(who roster.PersonID) (on calendar.Date, ok bool) {
	for _, one := range slices.Backward(h.all()) {
		if one.To == who && one.Step == directorNotice {
			return one.Day, true
		}
	}
	return calendar.Date{}, false
}

// remembered is how many reminders of earlier days are kept of one person. The clock may
// stand ahead when one is added, for some days, and be right again when somebody asks who
// was reminded.
const remembered = 4

// with adds a reminder, in the place of those to the same person that are not remembered.
func (h History) with(added Reminder) History {
	var kept []string
	earlier := 0
	for _, one := range slices.Backward(h.all()) {
		if one.sameAs(added) {
			if earlier == remembered || !one.Day.Before(added.Day) {
				continue
			}
			earlier++
		}
		kept = append(kept, one.text())
	}
	slices.Reverse(kept)
	return History(strings.Join(append(kept, added.text()), ";"))
}

// sameAs reports whether both are to one person, and both a director's notice or neither.
func (r Reminder) sameAs(other Reminder) bool {
	return r.To == other.To && (r.Step == directorNotice) == (other.Step == directorNotice)
}

// Restarted begins the escalation anew. The directors' notices stay, since the
// first notice of an overdue promise comes once.
func (h History) Restarted() History {
	return h.keep(func(one Reminder) bool { return one.Step == directorNotice })
}

// HandedOver is Restarted for a case that has another handler since today: whoever was
// reminded today, the former one aside, is not once more.
func (h History) HandedOver(former roster.PersonID, today calendar.Date) History {
	return h.keep(func(one Reminder) bool {
		return one.Step == directorNotice || one.Day == today && one.To != former
	})
}

func (r Reminder) text() string {
	return string(r.To) + " " + strconv.Itoa(r.Step) + " " + r.Day.String()
}
