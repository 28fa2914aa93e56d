package reviews_test

import (
	"errors"
	"testing"

	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestRegisterWithIdentity_everyCase: every case with its Particulars and promises, an
// erased one with nothing, and none that concerns who reads it.
func TestRegisterWithIdentity_everyCase(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		erased := reg.CloseCase(reg.File("g0"))
		c := reg.File("g1")
		about := reg.FileAbout("g2", storagetest.Staff, storagetest.Officer)
		reg.Announced()
		reg.Clock.Set(storagetest.AfterRetention)
		reg.SweepAll()
		today := reg.Core().Policy.Calendar.Today(reg.Core().Instant())
		read := func(without ...roster.PersonID) map[workflow.CaseID]workflow.Complaint {
			got := map[workflow.CaseID]workflow.Complaint{}
			err := reg.Reviews().RegisterWithIdentity(t.Context(), today, without, func(c workflow.Complaint) error {
				got[c.ID] = c
				return nil
			})
			storagetest.MustBe(t, err, nil)
			return got
		}
		all, some := read(), read(storagetest.Officer)
		storagetest.Equal(t, "cases", []int{len(all), len(some)}, []int{3, 2})
		storagetest.Equal(t, "who complained", all[c.ID].Particulars, c.Particulars)
		storagetest.Equal(t, "whom it concerns", all[about.ID].Particulars.Concerns, storagetest.Officer)
		storagetest.Equal(t, "promises", len(some[c.ID].Promises), len(c.Promises))
		storagetest.Equal(t, "erased", some[erased.ID].Particulars, workflow.Particulars{})
		if _, there := some[about.ID]; there {
			t.Error("a case that concerns the reader is in it")
		}
	})
}

// TestRegisterWithIdentity_damagedCase says which case, and hands out nothing
// of it.
func TestRegisterWithIdentity_damagedCase(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c, other := reg.File("g1"), reg.File("g2")
		reg.Exec(`UPDATE complaints SET sealed = (SELECT o.sealed FROM complaints o WHERE o.id = $1) WHERE id = $2`, string(other.ID), string(c.ID))
		err := reg.Reviews().RegisterWithIdentity(t.Context(), c.Facts.Received.AddDays(7), nil, func(got workflow.Complaint) error {
			if got.ID == c.ID {
				t.Error("the damaged case was handed out")
			}
			return nil
		})
		storagetest.MustBe(t, err, vault.ErrSealed)
		ends := errors.New("enough")
		err = reg.Reviews().RegisterWithIdentity(t.Context(), other.Facts.Received, nil, func(workflow.Complaint) error { return ends })
		if err == nil {
			t.Error("an error of the reader is forgotten")
		}
	})
}
