package outbox

import (
	"testing"

	"github.com/artra/klachtbot/workflow/roster"
)

// TestMayHave_byRole: the whole register is for officers, whatever else somebody is; a
// kind that nobody knows is for nobody.
func TestMayHave_byRole(t *testing.T) {
	r := roster.Roster{Officers: []roster.PersonID{"U0OFFICER", "U0BOTH"}, Directors: []roster.PersonID{"U0DIRECTOR", "U0BOTH"}}
	tests := map[roster.PersonID]map[DocumentKind]bool{
		"U0OFFICER":  {DocumentRegister: true, DocumentOverview: true, DocumentIdentity: true, DocumentPerson: true},
		"U0BOTH":     {DocumentRegister: true, DocumentOverview: true, DocumentIdentity: true, DocumentPerson: true},
		"U0DIRECTOR": {DocumentOverview: true, DocumentPerson: true},
		"U0STAFF":    {},
		roster.Clock: {},
	}
	for who, may := range tests {
		for _, k := range []DocumentKind{DocumentRegister, DocumentOverview, DocumentIdentity, DocumentPerson, "", "else"} {
			if got := MayHave(r, who, k); got != may[k] {
				t.Errorf("%q may have %q: %v", who, k, got)
			}
		}
	}
}

func TestDocumentKind_identifies(t *testing.T) {
	for k, want := range map[DocumentKind]bool{DocumentRegister: false, DocumentOverview: false, DocumentIdentity: true, DocumentPerson: true, "": true} {
		if k.Identifies() != want {
			t.Errorf("%q identifies: %v", k, !want)
		}
	}
}
