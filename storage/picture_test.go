package storage

import (
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
)

// TestPictureFollows: what was posted without its chart leaves a picture to
// send, below that message, and once.
func TestPictureFollows(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		l, d := s.forDirectors()
		s.settle(l, d, outbox.Settlement{Posted: &outbox.Posted{Channel: "C0BOARD", TS: "12.000001", Version: 3, ChartRefused: true}})
		p := s.next(l)
		equal(t, "surface", p.Kind(), outbox.KindPicture)
		equal(t, "below", p.Payload, outbox.Payload(outbox.Picture{Below: theWinter(), Channel: "C0BOARD", TS: "12.000001"}))
		equal(t, "lane and version", []any{p.Lane, p.Version}, []any{outbox.LaneDirectors, 3})
		if p.Key == d.Key || p.Key == "" {
			t.Errorf("the picture has the key %q, the message %q", p.Key, d.Key)
		}
		s.settle(l, p, outbox.Settlement{Retry: s.wall.Now().Add(time.Minute), Fault: "timeout"})
		s.pass(time.Minute)
		again := s.next(l)
		equal(t, "the same again", again.Key, p.Key)
		s.settle(l, again, outbox.Settlement{Done: true})
		s.pass(time.Hour)
		s.idle(l)
	})
}

// TestPictureOutlivesALease: an upload takes longer than a message.
func TestPictureOutlivesALease(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		l, d := s.forDirectors()
		s.settle(l, d, outbox.Settlement{Posted: &outbox.Posted{Channel: "C0BOARD", TS: "12.000001", Version: 3, ChartRefused: true}})
		s.next(l)
		s.pass(outbox.SlowLeaseTime - time.Second)
		s.noLease()
	})
}

// TestNoPicture: a message with its chart leaves nothing to send.
func TestNoPicture(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		l, d := s.forDirectors()
		s.settle(l, d, outbox.Settlement{Posted: &outbox.Posted{Channel: "C0BOARD", TS: "12.000001", Version: 3}})
		s.pass(time.Hour)
		s.idle(l)
	})
}
