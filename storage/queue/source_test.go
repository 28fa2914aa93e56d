package queue_test

import (
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
)

// TestSource_waitsForItsDay: the reminder of a message that stands in the open
// waits like reminders do, in no order with the case's other deliveries and in no
// digest, counts as no failure, and comes once.
func TestSource_waitsForItsDay(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		a := storagetest.Sample()
		a.Source = workflow.Source{Channel: "C0HALL", TS: "1.2"}
		box.InMarch(4, 12, 0)
		if _, err := box.Apply(t.Context(), workflow.Command{Action: a, By: storagetest.Staff, Gesture: "view:1"}); err != nil {
			t.Fatal(err)
		}
		lane := outbox.DirectLane(storagetest.Staff)
		parked := func(when string) {
			t.Helper()
			const waiting = `SELECT count(*) FROM outbox WHERE surface = 'source' AND person = $1 AND version = 0 AND due_at = $2`
			storagetest.Equal(t, when, box.Count(waiting, storagetest.Staff, storagetest.ParkedAt), 1)
		}
		parked("at first")
		box.SweepAll()
		l := box.LeaseOf(lane)
		d := box.Next(l)
		want := outbox.SourceReminder{To: storagetest.Staff, Channel: "C0HALL", TS: "1.2"}
		if d.Payload != want || d.Threaded {
			t.Errorf("%+v", d)
		}
		box.Settle(l, d, outbox.Settlement{Retry: box.Wall.Now().Add(time.Minute), OutOfHours: true})
		parked("before its day")
		storagetest.Equal(t, "not a failure", backlog(box).Failing, 0)
		box.Release(l)
		box.SweepAll()
		l = box.LeaseOf(lane)
		box.Settle(l, box.Next(l), box.Posted(d))
		storagetest.Equal(t, "once", box.Count(`SELECT count(*) FROM outbox WHERE surface = 'source'`), 0)
	})
}
