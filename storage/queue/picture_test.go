package queue_test

import (
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/storagetest"
)

// TestPicture_follows: what was posted without its chart leaves a picture to
// send, below that message, and once.
func TestPicture_follows(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		l, d := leaseForDirectors(box)
		box.Settle(l, d, outbox.Settlement{Posted: &outbox.Posted{Channel: "C0BOARD", TS: "12.000001", Version: 3, ChartRefused: true}})
		p := box.Next(l)
		storagetest.Equal(t, "surface", p.Kind(), outbox.KindPicture)
		storagetest.Equal(t, "below", p.Payload, outbox.Payload(outbox.Picture{Below: winterSummary(), Channel: "C0BOARD", TS: "12.000001"}))
		storagetest.Equal(t, "lane and version", []any{p.Lane, p.Version}, []any{outbox.LaneDirectors, 3})
		if p.Key == d.Key || p.Key == "" {
			t.Errorf("the picture has the key %q, the message %q", p.Key, d.Key)
		}
		box.Settle(l, p, outbox.Settlement{Retry: box.Wall.Now().Add(time.Minute), Fault: "timeout"})
		box.Pass(time.Minute)
		again := box.Next(l)
		storagetest.Equal(t, "the same again", again.Key, p.Key)
		box.Settle(l, again, outbox.Settlement{Done: true})
		box.Pass(time.Hour)
		box.Idle(l)
	})
}

// TestPicture_outlivesALease: an upload takes longer than a message.
func TestPicture_outlivesALease(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		l, d := leaseForDirectors(box)
		box.Settle(l, d, outbox.Settlement{Posted: &outbox.Posted{Channel: "C0BOARD", TS: "12.000001", Version: 3, ChartRefused: true}})
		box.Next(l)
		box.Pass(outbox.SlowLeaseTime - time.Second)
		box.NoLease()
	})
}

// TestPicture_none: a message with its chart leaves nothing to send.
func TestPicture_none(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		l, d := leaseForDirectors(box)
		box.Settle(l, d, outbox.Settlement{Posted: &outbox.Posted{Channel: "C0BOARD", TS: "12.000001", Version: 3}})
		box.Pass(time.Hour)
		box.Idle(l)
	})
}
