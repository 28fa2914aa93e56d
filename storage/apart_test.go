package storage

import (
	"slices"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow/calendar"
)

// forDirectors queues something for the directors' channel, and returns the
// lease on that lane and the delivery.
func (s *sender) forDirectors() (outbox.Lease, outbox.Delivery) {
	s.Helper()
	err := s.core.Change(s.Context(), func(tx engine.Tx) error {
		return s.outbox.QueueAlone(s.Context(), tx, "", theWinter(), 3)
	})
	if err != nil {
		s.Fatal(err)
	}
	l := s.lease()
	return l, s.next(l)
}

// theWinter is the summary of a winter quarter for the directors' channel.
func theWinter() outbox.QuarterSummary {
	return outbox.QuarterSummary{Quarter: calendar.Quarter{Year: 2025, Number: 4}}
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
		equal(t, "delivery", []any{d.Payload, d.Version}, []any{theWinter().InsteadTo(director), 3})
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
		failing, err := s.Queue().Failing(t.Context(), 10)
		if err != nil || !slices.ContainsFunc(failing, func(f outbox.Delivery) bool { return f.Fault == "is_archived" }) {
			t.Errorf("failing: %+v, %v", failing, err)
		}
	})
}
