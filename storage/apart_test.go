package storage

import (
	"slices"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
)

// forDirectors queues something for the directors' channel, and returns the
// lease on that lane and the delivery.
func (s *sender) forDirectors() (outbox.Lease, outbox.Delivery) {
	s.Helper()
	err := s.change(s.Context(), func(tx engine.Tx) error {
		if _, err := tx.Exec(s.Context(), insertLane, string(outbox.LaneDirectors)); err != nil {
			return err
		}
		return queue(s.Context(), tx, outboxRow{
			Lane: string(outbox.LaneDirectors), Surface: string(outbox.KindQuarter), What: "2025-Q4", Wanted: 3,
		}, s.DB.wall())
	})
	if err != nil {
		s.Fatal(err)
	}
	l := s.lease()
	return l, s.next(l)
}

// TestApart: what the directors' channel does not take each director gets
// directly, once, and it no longer waits for the channel.
func TestApart(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		l, d := s.forDirectors()
		s.settle(l, d, outbox.Settlement{Retry: s.wall.Now().Add(time.Hour), Fault: "is_archived", FanOut: true})
		s.release(l)
		direct := s.lease()
		equal(t, "lane", direct.Lane, outbox.DirectLane(director))
		d = s.next(direct)
		what, channel := d.InsteadOf()
		equal(t, "delivery", []any{d.Kind, d.To, what, channel, d.Version}, []any{outbox.KindQuarter, director, "2025-Q4", true, 3})
		s.settle(direct, d, s.posted(d))
		s.release(direct)
		s.pass(2 * time.Hour)
		s.noLease()
	})
}

// TestApartFromWhoLeft: who can't be reached gets nothing; when nobody can, it
// waits on.
func TestApartFromWhoLeft(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		if _, err := s.SetDeactivated(t.Context(), director, true); err != nil {
			t.Fatal(err)
		}
		l, d := s.forDirectors()
		s.settle(l, d, outbox.Settlement{Retry: s.wall.Now().Add(time.Hour), Fault: "is_archived", FanOut: true})
		s.release(l)
		s.noLease()
		s.pass(time.Hour)
		equal(t, "lane", s.lease().Lane, outbox.LaneDirectors)
		failing, err := s.Failing(t.Context(), 10)
		if err != nil || !slices.ContainsFunc(failing, func(f outbox.Delivery) bool { return f.Fault == "is_archived" }) {
			t.Errorf("failing: %+v, %v", failing, err)
		}
	})
}
