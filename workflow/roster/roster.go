package roster

import (
	"slices"
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
)

// Roster says who has which role, and who is there. Roles come from lists in the
// settings, never from membership of a channel (design section 4).
type Roster struct {
	Officers  []PersonID // the first handles new cases, the others are deputies in order
	Directors []PersonID
	// Weekdays are the days on which somebody works. Whoever is not in it works
	// every working day.
	Weekdays map[PersonID][]time.Weekday
	// Presence is who is away, as the register knows it at this moment.
	Presence Presence
}

// IsOfficer reports whether the person is one of the officers.
func (r Roster) IsOfficer(who PersonID) bool { return slices.Contains(r.Officers, who) }

// IsDirector reports whether the person is one of the directors.
func (r Roster) IsDirector(who PersonID) bool { return slices.Contains(r.Directors, who) }

// Has reports whether the person is on the roster.
func (r Roster) Has(who PersonID) bool { return r.IsOfficer(who) || r.IsDirector(who) }

// Guards reports whether a complaint about this person must be hidden from them:
// an officer or a director would otherwise read it.
func (r Roster) Guards(who PersonID) bool { return who != "" && r.Has(who) }

// Eligible lists who may handle a complaint that concerns that person, in the
// order in which they are asked: officers, then directors.
func (r Roster) Eligible(concerns PersonID) []PersonID {
	var all []PersonID
	for _, who := range slices.Concat(r.Officers, r.Directors) {
		if who != concerns && !r.Presence.Gone[who] && !slices.Contains(all, who) {
			all = append(all, who)
		}
	}
	return all
}

// Handler returns who handles a complaint that concerns that person and comes
// in on that day: the first officer without the conflict who is there, else
// the first director. When all of them are away it is the first all the same;
// nobody ("") only when everybody has the conflict.
func (r Roster) Handler(concerns PersonID, d calendar.Date) PersonID {
	all := r.Eligible(concerns)
	for _, who := range all {
		if !r.Absent(who, d) {
			return who
		}
	}
	if len(all) > 0 {
		return all[0]
	}
	return ""
}
