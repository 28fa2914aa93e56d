package lists

import (
	"slices"
	"testing"

	"github.com/artra/klachtbot/workflow/roster"
)

const (
	officer  roster.PersonID = "UOFFICER"
	director roster.PersonID = "UDIRECTOR"
	staff    roster.PersonID = "USTAFF"
)

// TestFilters_byRole: who may have which list; roles add up by the larger one.
func TestFilters_byRole(t *testing.T) {
	r := roster.Roster{Officers: []roster.PersonID{officer, "UDEPUTY"}, Directors: []roster.PersonID{director, officer}}
	for who, want := range map[roster.PersonID][]Filter{
		officer:  {FilterOpen, FilterOverdue, FilterToday, FilterWaiting, FilterHandled, FilterLogged, FilterClosed},
		director: {FilterOpen, FilterOverdue, FilterHandled, FilterLogged},
		staff:    {FilterLogged}, "": {FilterLogged},
	} {
		if got := Filters(r, who); !slices.Equal(got, want) {
			t.Errorf("%q may list %v, want %v", who, got, want)
		}
		if MaySearch(r, who) != (who == officer) || MayList(r, who, FilterWaiting) != (who == officer) {
			t.Errorf("%q searches or lists what is for officers", who)
		}
	}
}
