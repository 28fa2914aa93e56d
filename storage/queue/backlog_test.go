package queue_test

import (
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/storage/storagetest"
)

func TestBacklog_counts(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		storagetest.Equal(t, "empty", backlog(box), queue.Backlog{})
		c := box.File("g1")
		queued := box.Wall.Now()
		box.Pass(time.Minute)
		storagetest.Equal(t, "root and story", backlog(box), queue.Backlog{Due: 2, Oldest: queued})
		l := box.Lease()
		d := box.Next(l)
		box.Settle(l, d, outbox.Settlement{Retry: box.Wall.Now().Add(time.Minute), Fault: "not_in_channel"})
		storagetest.Equal(t, "after a fault", backlog(box), queue.Backlog{Due: 1, Failing: 1, Oldest: queued})
		list, err := box.Queue().Failing(t.Context(), 10)
		if err != nil || len(list) != 1 {
			t.Fatalf("Failing: %d rows, %v", len(list), err)
		}
		storagetest.Equal(t, "failing case", list[0].Case, c.ID)
		storagetest.Equal(t, "undelivered after one failure", undelivered(box), 0)
		storagetest.Equal(t, "fault", list[0].Fault, "not_in_channel")
		storagetest.Equal(t, "first try", list[0].FirstTry, box.Wall.Now())
		box.Pass(time.Minute)
		again := box.Next(l)
		storagetest.Equal(t, "the fault goes along", again.Fault, "not_in_channel")
		box.Settle(l, again, box.Posted(again))
		box.Release(l)
		box.Drain()
		storagetest.Equal(t, "in the end", backlog(box), queue.Backlog{})
	})
}

// A message that keeps failing counts as undelivered; one for a guarded case's
// handler does not, since the count would give the case away.
func TestUndelivered_withoutGuardedCases(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		box.File("g1")
		box.FileAbout("g2", storagetest.Staff, storagetest.Officer)
		for range 3 {
			for range 2 { // the two lanes
				l := box.Lease()
				d := box.Next(l)
				box.Settle(l, d, outbox.Settlement{Retry: box.Wall.Now().Add(time.Minute), Fault: "is_archived"})
				box.Release(l)
			}
			box.Pass(time.Minute)
		}
		storagetest.Equal(t, "undelivered", undelivered(box), 1)
		storagetest.Equal(t, "unreached", unreached(box, outbox.LaneCases), 1)
		storagetest.Equal(t, "unreached elsewhere", unreached(box, outbox.LaneDirectors), 0)
		box.Drain()
		storagetest.Equal(t, "in the end", undelivered(box), 0)
		storagetest.Equal(t, "unreached in the end", unreached(box, outbox.LaneCases), 0)
	})
}

func unreached(box *storagetest.Outbox, lane outbox.Lane) int {
	box.Helper()
	n, err := box.Rooms().Unreached(box.Context(), lane)
	if err != nil {
		box.Fatal(err)
	}
	return n
}

func undelivered(box *storagetest.Outbox) int {
	box.Helper()
	n, err := box.Rooms().Undelivered(box.Context())
	if err != nil {
		box.Fatal(err)
	}
	return n
}

func backlog(box *storagetest.Outbox) queue.Backlog {
	box.Helper()
	b, err := box.Queue().Backlog(box.Context())
	if err != nil {
		box.Fatal(err)
	}
	return b
}
