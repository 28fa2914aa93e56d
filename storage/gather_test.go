package storage

import (
	"context"
	"testing"
)

// sweep lets the clock do all that is due now.
func (s *sender) sweep() {
	s.Helper()
	for n := 100; n == 100; {
		var err error
		if n, err = s.Sweep(s.Context(), 100); err != nil {
			s.Fatal(err)
		}
	}
}

// TestCostOfGathering: with nothing parked it costs the same, whatever waits in
// the outbox.
func TestCostOfGathering(t *testing.T) {
	for _, engine := range engineNames() {
		t.Run(engine, func(t *testing.T) {
			small, large := newHouse(t, address(t, engine)), newHouse(t, address(t, engine))
			small.queueMany(100)
			large.queueMany(20_000)
			look := func(ctx context.Context, h *house) error { return h.digests.Release(ctx, h.core.Instant()) }
			if few, many := quickest(small, large, look); !alike(few, many) {
				t.Errorf("%v with 100 rows, %v with 20,000", few, many)
			}
		})
	}
}

// queueMany puts n lines of one case into the outbox.
func (h *house) queueMany(n int) {
	h.Helper()
	c := h.log("view:1")
	h.raw(`INSERT INTO outbox (id, lane, complaint, version, ordinal, surface, person, slot, payload, wanted,
			threaded, edit, queued_at, due_at, attempts, first_try, fault)
		WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $1)
		SELECT n, 'cases', $2, 1000 + n, 0, 'line', '', 'note', '{"action":"note"}', 1000 + n, TRUE, FALSE, n, n, 0, 0, '' FROM numbers`, n, c.ID)
	h.raw(`ANALYZE`)
}
