package storage

import (
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
)

// TestOutbox_unreadable: a delivery whose payload can't be read fails by itself.
// It keeps its key and its place, shows as failing, and what is beside it leaves.
func TestOutbox_unreadable(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		l, d := s.forDirectors()
		s.settle(l, d, outbox.Settlement{Retry: s.wall.Now().Add(time.Minute), Fault: "timeout"})
		s.raw(`UPDATE outbox SET payload = '' WHERE surface = 'quarter'`)
		s.pass(time.Minute)
		again := s.next(l)
		equal(t, "payload", again.Payload, outbox.Payload(outbox.Unreadable{Of: outbox.KindQuarter}))
		equal(t, "key and attempts", []any{again.Key, again.Attempts, again.FirstTry}, []any{d.Key, 2, d.FirstTry})
		s.settle(l, again, outbox.Settlement{Retry: s.wall.Now().Add(time.Hour), Fault: "not_rendered"})
		s.release(l)
		failing, err := s.Failing(t.Context(), 10)
		if err != nil || len(failing) != 1 || failing[0].Kind() != outbox.KindQuarter {
			t.Errorf("failing: %+v, %v", failing, err)
		}
		s.log("g1")
		equal(t, "the lane beside it", s.lease().Lane, outbox.LaneCases)
	})
}

// TestDigest_unreadable: a reminder that can't be read is in no digest, and keeps
// nobody else's from being made.
func TestDigest_unreadable(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		for i, c := range s.logMany(5) {
			s.ask(&c, nudge(officer))
			if i == 0 {
				s.raw(`UPDATE outbox SET payload = '' WHERE surface = 'nudge'`)
			}
		}
		s.raw(`UPDATE outbox SET due_at = $1 WHERE surface = 'nudge'`, parkedAt)
		s.raw(`UPDATE people SET gathered = ''`)
		s.sweep()
		equal(t, "items of the digest", s.items(officer), 4)
		equal(t, "digests", s.count(`SELECT count(*) FROM outbox WHERE surface = 'digest'`), 1)
		equal(t, "left", s.count(`SELECT count(*) FROM outbox WHERE surface = 'nudge' AND payload = '' AND due_at < $1`, parkedAt), 1)
	})
}
