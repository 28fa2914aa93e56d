package storage_test

import (
	"testing"
	"time"

	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
)

// TestOutage_kept: a gap in the heartbeat of all replicas is kept; one replica that
// works is enough.
func TestOutage_kept(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		outage := func() workflow.Outage {
			o, err := reg.Rooms().Outage(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return o
		}
		sweepAt := func(at time.Time) {
			reg.Clock.Set(at)
			if _, err := reg.Sweep(t.Context(), 10); err != nil {
				t.Fatal(err)
			}
		}
		sweepAt(storagetest.Monday)
		sweepAt(storagetest.Monday.Add(storage.OutageAfter))
		storagetest.Equal(t, "a quarter of an hour is none", outage(), workflow.Outage{})
		last := storagetest.Monday.Add(storage.OutageAfter)
		back := last.Add(storage.OutageAfter + time.Second)
		sweepAt(back)
		want := workflow.Outage{From: last, Until: back}
		storagetest.Equal(t, "an outage", outage(), want)
		sweepAt(back.Add(30 * time.Second)) // less than a minute: not written
		reg.Reopen(reg.Options.Policy)
		sweepAt(back.Add(storage.OutageAfter))
		storagetest.Equal(t, "after a restart", outage(), want)
		sweepAt(storagetest.Monday.Add(-time.Hour)) // the end of a rehearsal
		sweepAt(storagetest.Monday.Add(-time.Hour + storage.OutageAfter))
		storagetest.Equal(t, "a clock put back: that was none", outage(), workflow.Outage{})
	})
}

// TestOutage_sharedHeartbeat: two replicas whose clocks differ a little make no
// outage, and one at work covers for the other.
func TestOutage_sharedHeartbeat(t *testing.T) {
	box := storagetest.NewOutbox(t, storagetest.Address(t, "postgres"))
	other := &storagetest.Register{TB: t, Clock: storagetest.NewClock(storagetest.Monday.Add(-3 * time.Second)), Options: box.Options}
	other.Options.Now = other.Clock.Now
	other.Open()
	for i := range 40 {
		at := storagetest.Monday.Add(time.Duration(i) * time.Minute)
		box.Clock.Set(at)
		other.Clock.Set(at.Add(-3 * time.Second))
		if i >= 20 { // it starts when the other has been at work for a while
			other.SweepAll()
		}
		box.SweepAll()
	}
	o, err := box.Rooms().Outage(t.Context())
	if err != nil || o != (workflow.Outage{}) {
		t.Errorf("%+v, %v", o, err)
	}
}
