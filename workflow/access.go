package workflow

import (
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

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

// Deputy returns who stands in for the owner on that day: the next officer
// without a conflict who is there, else a director; "" when there is nobody.
func (c *Complaint) Deputy(r roster.Roster, d calendar.Date) roster.PersonID {
	return r.StandInFor(c.Owner, c.Particulars.Concerns, d)
}

// Access is the one place that says who may see what (design section 4):
// nobody sees a complaint about themselves; officers see everything; a
// director who handles a case, or stands in for its absent owner, has an
// officer's rights on that case only.
func (c *Complaint) Access(r roster.Roster, who roster.PersonID) Access {
	switch {
	case who == "" || who == c.Particulars.Concerns:
		return AccessNone
	case r.IsOfficer(who), r.IsDirector(who) && (who == c.Owner || c.standsIn(r, who)):
		return AccessFull
	case r.IsDirector(who):
		return AccessOverview
	case who == c.LoggedBy:
		return AccessOwn
	}
	return AccessNone
}

// standsIn reports whether the person stands in for the owner, who is away, on
// the day on which the presence was looked up.
func (c *Complaint) standsIn(r roster.Roster, who roster.PersonID) bool {
	day := r.Presence.Day
	return !day.IsZero() && r.Absent(c.Owner, day) && c.Deputy(r, day) == who
}

// maxAbsenceMonths is how long an absence may last, and how far ahead begin.
const maxAbsenceMonths = 12

// CheckAbsence refuses a period that can't be somebody's absence, seen from today: at
// the fields from and until.
func CheckAbsence(p roster.Period, today calendar.Date) error {
	var refusals Refusals
	at := func(field string, code Code, args Args) {
		refusals = append(refusals, Refusal{Field: field, Code: code, Args: args})
	}
	earliest, last := calendar.Latest(p.From, today), p.From.AddMonths(maxAbsenceMonths)
	ahead := today.AddMonths(maxAbsenceMonths)
	switch {
	case p.From.IsZero():
		at("from", CodeDateRequired, Args{})
	case p.From.After(ahead):
		at("from", CodeDateLate, Args{Date: ahead})
	}
	switch {
	case p.Until.IsZero():
		at("until", CodeDateRequired, Args{})
	case p.Until.Before(earliest):
		at("until", CodeDateEarly, Args{Date: earliest})
	case !p.From.IsZero() && p.Until.After(last):
		at("until", CodeDateLate, Args{Date: last})
	}
	if len(refusals) > 0 {
		return refusals
	}
	return nil
}
