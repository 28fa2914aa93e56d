package storage

import (
	"errors"
	"testing"

	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestRegisterWithIdentity: every case with its Particulars and promises, an
// erased one with nothing, and none that concerns who reads it.
func TestRegisterWithIdentity(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		erased := h.closed(h.neighbour(1))
		c := h.log("g1")
		about := h.logAbout("g2", staff, officer)
		h.clock.set(afterwards)
		h.sweepAll()
		today := h.core.Policy.Calendar.Today(h.core.Instant())
		read := func(without ...roster.PersonID) map[workflow.CaseID]workflow.Complaint {
			got := map[workflow.CaseID]workflow.Complaint{}
			err := h.Reviews().RegisterWithIdentity(t.Context(), today, without, func(c workflow.Complaint) error {
				got[c.ID] = c
				return nil
			})
			mustBe(t, err, nil)
			return got
		}
		all, some := read(), read(officer)
		equal(t, "cases", []int{len(all), len(some)}, []int{3, 2})
		equal(t, "who complained", all[c.ID].Particulars, c.Particulars)
		equal(t, "whom it concerns", all[about.ID].Particulars.Concerns, officer)
		equal(t, "promises", len(some[c.ID].Promises), len(c.Promises))
		equal(t, "erased", some[erased.ID].Particulars, workflow.Particulars{})
		if _, there := some[about.ID]; there {
			t.Error("a case that concerns the reader is in it")
		}
	})
}

// TestRegisterWithIdentityOfADamagedCase says which case, and hands out nothing
// of it.
func TestRegisterWithIdentityOfADamagedCase(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c, other := h.log("g1"), h.log("g2")
		h.raw(`UPDATE complaints SET sealed = (SELECT o.sealed FROM complaints o WHERE o.id = $1) WHERE id = $2`, string(other.ID), string(c.ID))
		err := h.Reviews().RegisterWithIdentity(t.Context(), c.Facts.Received.AddDays(7), nil, func(got workflow.Complaint) error {
			if got.ID == c.ID {
				t.Error("the damaged case was handed out")
			}
			return nil
		})
		mustBe(t, err, vault.ErrSealed)
		ends := errors.New("enough")
		err = h.Reviews().RegisterWithIdentity(t.Context(), other.Facts.Received, nil, func(workflow.Complaint) error { return ends })
		if err == nil {
			t.Error("an error of the reader is forgotten")
		}
	})
}
