package roster

import (
	"slices"

	"github.com/artra/klachtbot/workflow/calendar"
)

// Presence says who is away from work. The register stores it, and Policy.With
// hands it to the rules.
type Presence struct {
	// Day is the day on which it was loaded. In a Presence that was never loaded
	// it is zero, and then nobody stands in for anybody.
	Day  calendar.Date
	Away map[PersonID][]Period
	Gone map[PersonID]bool // deactivated accounts: nobody reads what they get
}

// Period is from one day to another, both included.
type Period struct{ From, Until calendar.Date }

// Holds reports whether the day lies in the period.
func (p Period) Holds(d calendar.Date) bool { return !d.Before(p.From) && !d.After(p.Until) }

// Join adds a period to others and returns them in order. Periods that overlap or
// touch become one.
func Join(periods []Period, added Period) []Period {
	all := slices.SortedFunc(slices.Values(append([]Period{added}, periods...)), func(a, b Period) int {
		return a.From.Compare(b.From)
	})
	joined := all[:1]
	for _, p := range all[1:] {
		if before := &joined[len(joined)-1]; !p.From.After(before.Until.AddDays(1)) {
			before.Until = calendar.Latest(before.Until, p.Until)
			continue
		}
		joined = append(joined, p)
	}
	return joined
}

// Turn returns the first day after today on which somebody leaves or is back; zero
// when there is none.
func (p Presence) Turn(today calendar.Date) calendar.Date {
	var first calendar.Date
	for _, periods := range p.Away {
		for _, one := range periods {
			for _, d := range []calendar.Date{one.From, one.Until.AddDays(1)} {
				if d.After(today) && (first.IsZero() || d.Before(first)) {
					first = d
				}
			}
		}
	}
	return first
}

// Absent reports whether the person is away on that day, or gone.
func (r Roster) Absent(who PersonID, d calendar.Date) bool {
	return r.Presence.Gone[who] ||
		slices.ContainsFunc(r.Presence.Away[who], func(p Period) bool { return p.Holds(d) })
}

// Works reports whether it is one of the person's own working weekdays.
func (r Roster) Works(who PersonID, d calendar.Date) bool {
	days, ok := r.Weekdays[who]
	return !ok || slices.Contains(days, d.Weekday())
}

// StandIn returns who takes over what the person handles on that day, conflicts
// left aside: the next officer who is there, else a director; "" for nobody.
func (r Roster) StandIn(who PersonID, d calendar.Date) PersonID { return r.StandInFor(who, "", d) }

// StandInFor returns who takes over from the owner of a case that concerns
// somebody: StandIn without the person whom it concerns.
func (r Roster) StandInFor(owner, concerns PersonID, d calendar.Date) PersonID {
	at := slices.Index(r.Officers, owner) + 1
	for _, who := range slices.Concat(r.Officers[at:], r.Officers[:max(at-1, 0)], r.Directors) {
		if who != owner && who != concerns && !r.Absent(who, d) {
			return who
		}
	}
	return ""
}

// Uncovered returns the first day of a period, from today on, on which nobody
// stands in for the person; ok is false when there is none.
func (r Roster) Uncovered(who PersonID, p Period, today calendar.Date) (d calendar.Date, ok bool) {
	for d := calendar.Latest(p.From, today); p.Holds(d); d = d.AddDays(1) {
		if r.StandIn(who, d) == "" {
			return d, true
		}
	}
	return calendar.Date{}, false
}
