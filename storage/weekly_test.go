package storage

import (
	"testing"
	"time"

	"github.com/artra/klachtbot/workflow"
)

// TestOutage: a gap in the heartbeat of all replicas is kept; one replica that
// works is enough.
func TestOutage(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		outage := func() workflow.Outage {
			o, err := h.Rooms().Outage(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return o
		}
		sweepAt := func(at time.Time) {
			h.clock.set(at)
			if _, err := h.Sweep(t.Context(), 10); err != nil {
				t.Fatal(err)
			}
		}
		sweepAt(monday)
		sweepAt(monday.Add(outageAfter))
		equal(t, "a quarter of an hour is none", outage(), workflow.Outage{})
		last := monday.Add(outageAfter)
		back := last.Add(outageAfter + time.Second)
		sweepAt(back)
		want := workflow.Outage{From: last, Until: back}
		equal(t, "an outage", outage(), want)
		sweepAt(back.Add(30 * time.Second)) // less than a minute: not written
		h.reopen(h.options.Policy)
		sweepAt(back.Add(outageAfter))
		equal(t, "after a restart", outage(), want)
		sweepAt(monday.Add(-time.Hour)) // the end of a rehearsal
		sweepAt(monday.Add(-time.Hour + outageAfter))
		equal(t, "a clock put back", outage(), want)
	})
}

// TestSharedHeartbeat: two replicas whose clocks differ a little make no
// outage, and one at work covers for the other.
func TestSharedHeartbeat(t *testing.T) {
	s := newSender(t, address(t, "postgres"))
	other := &sender{wall: s.wall, house: &house{TB: t, clock: &hands{now: monday.Add(-3 * time.Second)}, options: s.options}}
	other.options.Now = other.clock.Now
	other.open()
	for i := range 40 {
		at := monday.Add(time.Duration(i) * time.Minute)
		s.clock.set(at)
		other.clock.set(at.Add(-3 * time.Second))
		if i >= 20 { // it starts when the other has been at work for a while
			other.sweep()
		}
		s.sweep()
	}
	o, err := s.Rooms().Outage(t.Context())
	if err != nil || o != (workflow.Outage{}) {
		t.Errorf("%+v, %v", o, err)
	}
}
