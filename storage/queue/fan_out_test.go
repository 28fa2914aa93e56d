package queue_test

import (
	"slices"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow/calendar"
)

// leaseForDirectors queues something for the directors' channel, and returns the
// lease on that lane and the delivery.
func leaseForDirectors(box *storagetest.Outbox) (outbox.Lease, outbox.Delivery) {
	box.Helper()
	err := box.Core().Change(box.Context(), func(tx engine.Tx) error {
		return box.Writer().QueueAlone(box.Context(), tx, "", winterSummary(), 3)
	})
	if err != nil {
		box.Fatal(err)
	}
	l := box.Lease()
	return l, box.Next(l)
}

// winterSummary is the summary of a winter quarter for the directors' channel.
func winterSummary() outbox.QuarterSummary {
	return outbox.QuarterSummary{Quarter: calendar.Quarter{Year: 2025, Number: 4}}
}

// TestFanOut_eachDirectorOnce: what the directors' channel does not take each director gets
// directly, once, and it no longer waits for the channel.
func TestFanOut_eachDirectorOnce(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		l, d := leaseForDirectors(box)
		box.Settle(l, d, outbox.Settlement{Retry: box.Wall.Now().Add(time.Hour), Fault: "is_archived", FanOut: true})
		box.Release(l)
		direct := box.Lease()
		storagetest.Equal(t, "lane", direct.Lane, outbox.DirectLane(storagetest.Director))
		d = box.Next(direct)
		storagetest.Equal(t, "delivery", []any{d.Payload, d.Version}, []any{winterSummary().InsteadTo(storagetest.Director), 3})
		box.Settle(direct, d, box.Posted(d))
		box.Release(direct)
		box.Pass(2 * time.Hour)
		box.NoLease()
	})
}

// TestFanOut_nobodyToReach: who can't be reached gets nothing; when nobody can, it
// waits on.
func TestFanOut_nobodyToReach(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		if _, err := box.SetDeactivated(t.Context(), storagetest.Director, true); err != nil {
			t.Fatal(err)
		}
		l, d := leaseForDirectors(box)
		box.Settle(l, d, outbox.Settlement{Retry: box.Wall.Now().Add(time.Hour), Fault: "is_archived", FanOut: true})
		box.Release(l)
		box.NoLease()
		box.Pass(time.Hour)
		storagetest.Equal(t, "lane", box.Lease().Lane, outbox.LaneDirectors)
		failing, err := box.Queue().Failing(t.Context(), 10)
		if err != nil || !slices.ContainsFunc(failing, func(f outbox.Delivery) bool { return f.Fault == "is_archived" }) {
			t.Errorf("failing: %+v, %v", failing, err)
		}
	})
}
