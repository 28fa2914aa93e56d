package storage

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestSweep: what is due is ticked once, in its window, and not again.
func TestSweep(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.log("view:1")
		if n, err := h.Sweep(t.Context(), 10); n != 0 || err != nil {
			t.Fatalf("at once: %d, %v", n, err)
		}
		h.clock.set(made.NextAt)
		for want := range []int{0, 1} {
			n, err := h.Sweep(t.Context(), 10)
			if n != 1-want || err != nil {
				t.Fatalf("sweep %d: %d, %v", want+1, n, err)
			}
		}
		got, err := h.Case(t.Context(), made.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got.Version != 2 || got.Promises[0].Reminders == "" || !got.NextAt.After(made.NextAt) {
			t.Errorf("version %d, marks %q, next at %v", got.Version, got.Promises[0].Reminders, got.NextAt)
		}
		deed, err := h.Performed(t.Context(), made.ID, 2)
		if err != nil || deed.Action != workflow.ActionTick || deed.By != roster.Clock {
			t.Errorf("deed %+v, %v", deed, err)
		}
		h.clean()
	})
}

// TestTickWithoutEffect: a tick that finds nothing to do moves the alarm and
// leaves neither a line nor a version behind.
func TestTickWithoutEffect(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.log("view:1")
		h.raw(`UPDATE complaints SET next_at = $1`, monday.Add(-time.Hour))
		if n, err := h.Sweep(t.Context(), 10); n != 1 || err != nil {
			t.Fatalf("swept %d, %v", n, err)
		}
		h.same(made)
		if n := h.count(`SELECT count(*) FROM journal`); n != 1 {
			t.Errorf("%d journal lines", n)
		}
		h.clean()
	})
}

// TestSweepersTogether: replicas that sweep at once tick each case once.
func TestSweepersTogether(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		var made workflow.Complaint
		for i := range 8 {
			made = h.log(fmt.Sprint("view:", i))
		}
		h.clock.set(made.NextAt)
		var ticked atomic.Int64
		noErrors(t, together(t.Context(), 4, func(ctx context.Context, _ int) error {
			n, err := h.Sweep(ctx, 100)
			ticked.Add(int64(n))
			return err
		}))
		if ticked.Load() != 8 {
			t.Errorf("%d ticks", ticked.Load())
		}
		if n := h.count(`SELECT count(*) FROM journal WHERE action = 'tick'`); n != 8 {
			t.Errorf("%d lines of ticks", n)
		}
	})
}

// TestSweepGoesOn: a case that can't be read does not keep the others waiting,
// not even at the limit, and is tried again later.
func TestSweepGoesOn(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		broken := h.log("view:1")
		last := h.log("view:2")
		h.raw(`UPDATE complaints SET sealed = $1, next_at = $2 WHERE id = $3`, []byte{1}, monday, broken.ID)
		h.clock.set(last.NextAt)
		n, err := h.Sweep(t.Context(), 1)
		if n != 0 {
			t.Errorf("limit 1 ticked %d", n)
		}
		mustBe(t, err, vault.ErrSealed)
		n, err = h.Sweep(t.Context(), 1)
		if n != 1 || err != nil {
			t.Errorf("behind a broken case: ticked %d, %v", n, err)
		}
		h.clock.set(last.NextAt.Add(sweepAgain))
		_, err = h.Sweep(t.Context(), 1)
		mustBe(t, err, vault.ErrSealed)
	})
}
