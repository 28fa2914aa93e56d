package uptime

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
)

// Highest remembers the latest that the machine's clock ever said in this process:
// a jump ahead and back between two heartbeats leaves no other trace than what was
// written meanwhile.
type Highest struct{ at atomic.Int64 }

// Watch returns the clock, watched.
func (h *Highest) Watch(clock func() time.Time) func() time.Time {
	return func() time.Time {
		now := clock()
		for ms := engine.Millis(now); ; {
			if last := h.at.Load(); ms <= last || h.at.CompareAndSwap(last, ms) {
				return now
			}
		}
	}
}

const lanesAhead = `SELECT count(*) FROM lanes WHERE next_send_at > $1 OR leased_until > $1`

// wentBack reports whether the machine's clock is right and well behind what it
// said before: in this process, or, at its first look, in one that ended before it
// could say so. Where it may be the wrong one, nothing but the lanes is set back,
// so that what is filed meanwhile is shown.
func (h *Heartbeat) wentBack(ctx context.Context, check core.ClockCheck) (bool, error) {
	wall, highest := h.Wall(), h.highest.at.Load()
	went := engine.FromMillis(highest).Sub(wall) > OutageAfter
	if !went && !h.looked.Load() {
		var n int
		if err := h.Read.Get(ctx, &n, lanesAhead, engine.Millis(wall.Add(OutageAfter))); err != nil {
			return false, err
		}
		went = n > 0
		h.looked.Store(check.Believed())
	}
	if !went || check.Believed() {
		return went, nil
	}
	if h.freed.Swap(highest) == highest {
		return false, nil
	}
	return false, h.Change(ctx, func(tx engine.Tx) error {
		for _, r := range (moment{now: engine.Millis(wall), lease: engine.Millis(wall.Add(longestLease))}).lanes() {
			if _, err := tx.Exec(ctx, r.statement, r.args...); err != nil {
				return err
			}
		}
		return nil
	})
}
