package storage_test

import (
	"testing"

	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestFind_sameWay: to whom a case does not exist, its number is answered by the
// same way as one that was never given out: as many statements, as much that is
// opened, the same words. Otherwise the time of the answer would tell.
func TestFind_sameWay(t *testing.T) {
	const asks = 40
	reg := storagetest.New(t, storagetest.Address(t, "postgres"))
	guarded := reg.FileAbout("view:1", storagetest.Officer, storagetest.Officer)
	ways := map[string]struct {
		number string
		who    roster.PersonID
	}{
		"guarded":         {guarded.Number, storagetest.Officer},
		"guarded, nobody": {guarded.Number, "U0NOBODY"},
		"never given out": {"V-2026-0999", storagetest.Officer},
		"no such year":    {"K-1999-0001", storagetest.Officer},
	}
	for name, way := range ways {
		before := uint64(0)
		counts := asked(reg, func() {
			before = reg.Options.Keys.Unwrapped()
			for range asks {
				_, access, err := reg.FindNumber(way.number, way.who)
				storagetest.MustRefuse(t, err, workflow.CodeNoSuchCase)
				storagetest.Equal(t, "access", access, workflow.AccessNone)
			}
			before = reg.Options.Keys.Unwrapped() - before
		})
		if before != asks {
			t.Errorf("%s: %d cases opened by %d asks", name, before, asks)
		}
		if per := float64(counts[0]) / asks; per < 2.5 || per > 3.5 {
			t.Errorf("%s: %.2f statements an ask, want 3", name, per)
		}
	}
}
