package storage

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow/roster"
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

// at puts the procedure's clock on a moment of March 2026, in Amsterdam.
func (s *sender) at(day, hour, minute int) {
	s.clock.set(time.Date(2026, time.March, day, hour, minute, 0, 0, s.core.Policy.Calendar.Location))
}

// arrives empties the outbox and returns what people got, without the edits of
// case messages.
func (s *sender) arrives() (got []string) {
	s.Helper()
	for _, d := range s.drain() {
		if !strings.HasPrefix(d, "case") {
			got = append(got, d[:strings.LastIndex(d, " v")])
		}
	}
	slices.Sort(got)
	return got
}

// items are those of the digest that waits for somebody.
func (s *sender) items(who roster.PersonID) (n int) {
	s.Helper()
	for _, err := range s.Rooms().DigestItems(s.Context(), outbox.Delivery{Payload: outbox.Digest{To: who}, Version: 1 << 40}) {
		if err != nil {
			s.Fatal(err)
		}
		n++
	}
	return n
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
