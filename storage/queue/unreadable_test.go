package queue_test

import (
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/storagetest"
)

// TestOutbox_unreadable: a delivery whose payload can't be read fails by itself.
// It keeps its key and its place, shows as failing, and what is beside it leaves.
func TestOutbox_unreadable(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		l, d := leaseForDirectors(box)
		box.Settle(l, d, outbox.Settlement{Retry: box.Wall.Now().Add(time.Minute), Fault: "timeout"})
		box.Exec(`UPDATE outbox SET payload = '' WHERE surface = 'quarter'`)
		box.Pass(time.Minute)
		again := box.Next(l)
		storagetest.Equal(t, "payload", again.Payload, outbox.Payload(outbox.Unreadable{Of: outbox.KindQuarter}))
		storagetest.Equal(t, "key and attempts", []any{again.Key, again.Attempts, again.FirstTry}, []any{d.Key, 2, d.FirstTry})
		box.Settle(l, again, outbox.Settlement{Retry: box.Wall.Now().Add(time.Hour), Fault: "not_rendered"})
		box.Release(l)
		failing, err := box.Queue().Failing(t.Context(), 10)
		if err != nil || len(failing) != 1 || failing[0].Kind() != outbox.KindQuarter {
			t.Errorf("failing: %+v, %v", failing, err)
		}
		box.File("g1")
		storagetest.Equal(t, "the lane beside it", box.Lease().Lane, outbox.LaneCases)
	})
}

// TestDigest_unreadable: a reminder that can't be read is in no digest, and keeps
// nobody else's from being made.
func TestDigest_unreadable(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		for i, c := range fileMany(box, 5) {
			box.Enqueue(&c, storagetest.Reminder(storagetest.Officer))
			if i == 0 {
				box.Exec(`UPDATE outbox SET payload = '' WHERE surface = 'nudge'`)
			}
		}
		box.Exec(`UPDATE outbox SET due_at = $1 WHERE surface = 'nudge'`, storagetest.ParkedAt)
		box.Exec(`UPDATE people SET gathered = ''`)
		box.SweepAll()
		storagetest.Equal(t, "items of the digest", box.DigestSize(storagetest.Officer), 4)
		storagetest.Equal(t, "digests", box.Count(`SELECT count(*) FROM outbox WHERE surface = 'digest'`), 1)
		storagetest.Equal(t, "left", box.Count(`SELECT count(*) FROM outbox WHERE surface = 'nudge' AND payload = '' AND due_at < $1`, storagetest.ParkedAt), 1)
	})
}
