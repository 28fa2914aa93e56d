package workflow

import (
	"slices"
	"time"
)

// Roster says who has which role, and who is there. Roles are lists in the
// settings, never membership of a channel (design section 4).
type Roster struct {
	Officers  []PersonID // the first handles new cases, the others are deputies in order
	Directors []PersonID
	// Weekdays are the days on which an officer works; every working day for
	// who is not in it.
	Weekdays map[PersonID][]time.Weekday
	// Presence is who is away, as the register knows it at this moment.
	Presence Presence
}

// Access is what a person may see of a case; each level includes the ones
// before it.
type Access int

// The levels of access.
const (
	AccessNone     Access = iota // the case does not exist for this person
	AccessOwn                    // logged it: number and dates
	AccessOverview               // director: number and promises
	AccessFull                   // officer's rights: everything, every action
)

// IsOfficer reports whether the person is one of the officers.
func (r Roster) IsOfficer(who PersonID) bool { return slices.Contains(r.Officers, who) }

// IsDirector reports whether the person is one of the directors.
func (r Roster) IsDirector(who PersonID) bool { return slices.Contains(r.Directors, who) }

// Has reports whether the person is on the roster.
func (r Roster) Has(who PersonID) bool { return r.IsOfficer(who) || r.IsDirector(who) }

// Guards reports whether a complaint about this person must be kept from
// them: an officer or a director would otherwise read it.
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
func (r Roster) Handler(concerns PersonID, d Date) PersonID {
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

// Deputy returns who stands in for the owner on that day: the next officer
// without a conflict who is there, else a director; "" when there is nobody.
func (r Roster) Deputy(c *Complaint, d Date) PersonID {
	return r.standIn(c.Owner, c.Particulars.Concerns, d)
}

// Access is the one place that says who may see what (design section 4):
// nobody sees a complaint about themselves; officers see everything; a
// director who handles a case, or stands in for its absent owner, has an
// officer's rights on that case only.
func (r Roster) Access(c *Complaint, who PersonID) Access {
	switch {
	case who == "" || who == c.Particulars.Concerns:
		return AccessNone
	case r.IsOfficer(who), r.IsDirector(who) && (who == c.Owner || r.covers(c, who)):
		return AccessFull
	case r.IsDirector(who):
		return AccessOverview
	case who == c.LoggedBy:
		return AccessOwn
	}
	return AccessNone
}
