package storage_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/lists"
)

// TestLink_forged: a case that is not there for who links is refused as one that
// was never made, and nothing is committed.
func TestLink_forged(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.File("g1")
		guarded := reg.FileAbout("g2", storagetest.Staff, storagetest.Officer)
		for i, other := range []workflow.CaseID{guarded.ID, "NEVERMADE", "", c.ID} {
			_, err := reg.Apply(t.Context(), workflow.Command{
				Case: c.ID, By: storagetest.Officer, Gesture: fmt.Sprint("link", i), Action: workflow.Link{Other: other},
			})
			storagetest.MustRefuse(t, err, workflow.CodeNoSuchCase)
		}
		storagetest.Equal(t, "links", reg.Count(`SELECT count(*) FROM links`), 0)
		storagetest.Equal(t, "entries", len(reg.Dossier(c.ID)), 0)
	})
}

// TestLink_atOnce: two people link the same two cases from either side.
func TestLink_atOnce(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		one, other := reg.File("g1"), reg.File("g2")
		storagetest.NoErrors(t, storagetest.Together(t.Context(), 10, func(ctx context.Context, i int) error {
			a, b := one.ID, other.ID
			if i%2 > 0 {
				a, b = b, a
			}
			_, err := reg.Apply(ctx, workflow.Command{
				Case: a, By: storagetest.Officer, Gesture: fmt.Sprint("link", i), Action: workflow.Link{Other: b},
			})
			return err
		}))
		storagetest.Equal(t, "links", reg.Count(`SELECT count(*) FROM links`), 2)
	})
}

// TestApply_resealed: when a step changes who complains or whom it concerns, the
// sealed part and the keyed hashes follow, and the guard with them.
func TestApply_resealed(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		was, err := cases.New(reg.Core()).Load(t.Context(), reg.Core().Read, cases.ByID, made.ID)
		if err != nil {
			t.Fatal(err)
		}
		corrected := workflow.Change{Complaint: made, Journal: true}
		corrected.Complaint.Version++
		corrected.Complaint.Particulars.Phone = "+49 30 1234567"
		corrected.Complaint.Particulars.Concerns = storagetest.Deputy
		cmd := workflow.Command{Case: made.ID, Action: workflow.Note{}, By: storagetest.Officer, Gesture: "click:1"}
		if err := reg.Core().Change(t.Context(), func(tx engine.Tx) error {
			return reg.Store(t.Context(), tx, cmd, storagetest.Monday, was, &corrected)
		}); err != nil {
			t.Fatal(err)
		}
		reg.MustHold(corrected.Complaint)
		_, _, err = reg.FindNumber(made.Number, storagetest.Deputy)
		storagetest.MustRefuse(t, err, workflow.CodeNoSuchCase)
		if listed := reg.Listed(lists.Query{Viewer: storagetest.Deputy}); len(listed) != 0 {
			t.Errorf("listed %v", listed)
		}
		const found = `SELECT count(*) FROM contacts WHERE hash = $1`
		if reg.Count(found, reg.Core().Search.Hash(cases.HashPhone, "49301234567")) != 1 || reg.Count(found, reg.Core().Search.Hash(cases.HashPhone, "31263337572")) != 0 {
			t.Error("the number is not found by its new value only")
		}
		reg.MustVerify()
	})
}
