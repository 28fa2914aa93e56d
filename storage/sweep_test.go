package storage_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestSweep_ticksOnce: what is due is ticked once, in its window, and not again.
func TestSweep_ticksOnce(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		if n, err := reg.Sweep(t.Context(), 10); n != 0 || err != nil {
			t.Fatalf("at once: %d, %v", n, err)
		}
		reg.Clock.Set(made.NextAt)
		for want := range []int{0, 1} {
			n, err := reg.Sweep(t.Context(), 10)
			if n != 1-want || err != nil {
				t.Fatalf("sweep %d: %d, %v", want+1, n, err)
			}
		}
		got, err := reg.Case(t.Context(), made.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got.Version != 2 || got.Promises[0].Reminders == "" || !got.NextAt.After(made.NextAt) {
			t.Errorf("version %d, marks %q, next at %v", got.Version, got.Promises[0].Reminders, got.NextAt)
		}
		performed, err := reg.Performed(t.Context(), made.ID, 2)
		if err != nil || performed.Action != workflow.ActionTick || performed.By != roster.Clock {
			t.Errorf("performed %+v, %v", performed, err)
		}
		reg.MustVerify()
	})
}

// TestSweep_tickWithoutEffect: a tick that finds nothing to do moves the alarm and
// leaves neither a line nor a version behind.
func TestSweep_tickWithoutEffect(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		reg.Exec(`UPDATE complaints SET next_at = $1`, storagetest.Monday.Add(-time.Hour))
		if n, err := reg.Sweep(t.Context(), 10); n != 1 || err != nil {
			t.Fatalf("swept %d, %v", n, err)
		}
		reg.MustHold(made)
		if n := reg.Count(`SELECT count(*) FROM journal`); n != 1 {
			t.Errorf("%d journal lines", n)
		}
		reg.MustVerify()
	})
}

// TestSweep_together: replicas that sweep at once tick each case once.
func TestSweep_together(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		var made workflow.Complaint
		for i := range 8 {
			made = reg.File(fmt.Sprint("view:", i))
		}
		reg.Clock.Set(made.NextAt)
		var ticked atomic.Int64
		storagetest.NoErrors(t, storagetest.Together(t.Context(), 4, func(ctx context.Context, _ int) error {
			n, err := reg.Sweep(ctx, 100)
			ticked.Add(int64(n))
			return err
		}))
		if ticked.Load() != 8 {
			t.Errorf("%d ticks", ticked.Load())
		}
		if n := reg.Count(`SELECT count(*) FROM journal WHERE action = 'tick'`); n != 8 {
			t.Errorf("%d lines of ticks", n)
		}
	})
}

// TestSweep_goesOn: a case that can't be read does not keep the others waiting,
// not even at the limit, and is tried again later.
func TestSweep_goesOn(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		broken := reg.File("view:1")
		last := reg.File("view:2")
		reg.Exec(`UPDATE complaints SET sealed = $1, next_at = $2 WHERE id = $3`, []byte{1}, storagetest.Monday, broken.ID)
		reg.Clock.Set(last.NextAt)
		n, err := reg.Sweep(t.Context(), 1)
		if n != 0 {
			t.Errorf("limit 1 ticked %d", n)
		}
		storagetest.MustBe(t, err, vault.ErrSealed)
		n, err = reg.Sweep(t.Context(), 1)
		if n != 1 || err != nil {
			t.Errorf("behind a broken case: ticked %d, %v", n, err)
		}
		reg.Clock.Set(last.NextAt.Add(storage.SweepAgain))
		_, err = reg.Sweep(t.Context(), 1)
		storagetest.MustBe(t, err, vault.ErrSealed)
	})
}
