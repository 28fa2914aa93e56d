package journal_test

import (
	"testing"

	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
)

// TestJournal_looks: a look at what is sealed is a line in the journal and no more.
func TestJournal_looks(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		for _, look := range []workflow.Action{workflow.LookIdentity{}, workflow.LookDossier{}} {
			seen := reg.Do(made.ID, storagetest.Deputy, string(look.Name()), look)
			if seen.Version != made.Version {
				t.Errorf("%s raised the version to %d", look.Name(), seen.Version)
			}
		}
		reg.MustHold(made)
		if n := reg.Count(`SELECT count(*) FROM journal WHERE complaint = $1`, made.ID); n != 3 {
			t.Errorf("%d journal lines, want 3", n)
		}
		performed, err := reg.Performed(t.Context(), made.ID, made.Version)
		if err != nil || performed.Action != workflow.ActionFile || performed.By != storagetest.Staff {
			t.Errorf("performed of version 1 is %+v, %v", performed, err)
		}
	})
}
