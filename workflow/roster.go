package workflow

import "slices"

// Roster says who has which role. Roles are lists in the settings, never
// membership of a channel (design section 4).
type Roster struct {
	Officers  []PersonID // the first handles new cases, the others are deputies in order
	Directors []PersonID
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

// Guards reports whether a complaint about this person must be kept from
// them: an officer or a director would otherwise read it.
func (r Roster) Guards(who PersonID) bool {
	return who != "" && (r.IsOfficer(who) || r.IsDirector(who))
}

// Handler returns who handles a complaint that concerns that person: the
// first officer without the conflict, else the first director without it,
// else nobody ("").
func (r Roster) Handler(concerns PersonID) PersonID {
	for _, who := range slices.Concat(r.Officers, r.Directors) {
		if who != concerns {
			return who
		}
	}
	return ""
}

// Access is the one place that says who may see what (design section 4):
// nobody sees a complaint about themselves; officers see everything; a
// director who handles a case has an officer's rights on that case only.
func (r Roster) Access(c *Complaint, who PersonID) Access {
	switch {
	case who == "" || who == c.Particulars.Concerns:
		return AccessNone
	case r.IsOfficer(who), who == c.Owner && r.IsDirector(who):
		return AccessFull
	case r.IsDirector(who):
		return AccessOverview
	case who == c.LoggedBy:
		return AccessOwn
	}
	return AccessNone
}
