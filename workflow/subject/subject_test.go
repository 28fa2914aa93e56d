package subject

import (
	"testing"

	"github.com/artra/klachtbot/workflow/roster"
)

// TestMaySearchSubject_byRole: officers and directors may, and nobody else.
func TestMaySearchSubject_byRole(t *testing.T) {
	r := roster.Roster{Officers: []roster.PersonID{"UOFFICER"}, Directors: []roster.PersonID{"UDIRECTOR"}}
	for who, want := range map[roster.PersonID]bool{"UOFFICER": true, "UDIRECTOR": true, "USTAFF": false, roster.Clock: false} {
		if MaySearchSubject(r, who) != want {
			t.Errorf("%q may search: %v", who, !want)
		}
	}
}
