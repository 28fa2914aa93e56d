package storage

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/artra/klachtbot/workflow"
)

// fill puts n cases of an earlier year into the register by copying one; one
// in five is open, and none is due.
func (h *house) fill(n int) {
	h.Helper()
	model := h.log("model")
	h.raw(`INSERT INTO complaints (id, number, series, year, ordinal, version, state,
			received, incident, received_via, complainant_kind, offering_kind, offering_name, category, preferred,
			language, sealed, logged_by, logged_at, owner, late_logged, out_of_time, verdict, cause, lesson, decided_on,
			closed_at, waiting_since, waited_days, last_action, last_by, last_at, next_at, lines, tail, head)
		WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $1)
		SELECT 'bulk' || n, 'K-2025-' || n, series, 2025, n, version, CASE WHEN n % 5 = 0 THEN state ELSE 'closed' END,
			received, incident, received_via, complainant_kind, offering_kind, offering_name, category, preferred,
			language, sealed, 'U0BULK', logged_at, owner, late_logged, out_of_time, verdict, cause, lesson, decided_on,
			closed_at, waiting_since, waited_days, last_action, last_by, last_at,
			CASE WHEN n % 5 = 0 THEN next_at END, lines, tail, head
		FROM complaints, numbers WHERE id = $2`, n, model.ID)
	h.raw(`INSERT INTO promises (complaint, ordinal, kind, made, due, kept_on, entered, kept_by, kept_at, way, later)
		SELECT c.id, p.ordinal, p.kind, p.made, p.due, p.kept_on, p.entered, p.kept_by, p.kept_at, p.way, p.later
		FROM complaints c, promises p WHERE p.complaint = $1 AND c.id <> $1`, model.ID)
	h.raw(`INSERT INTO case_keys (complaint, wrapped)
		SELECT c.id, k.wrapped FROM complaints c, case_keys k WHERE k.complaint = $1 AND c.id <> $1`, model.ID)
	h.raw(`ANALYZE`)
}

// looks are the reads whose cost must not grow with the register.
func looks() map[string]func(context.Context, *house) error {
	list := func(q workflow.Query) func(context.Context, *house) error {
		return func(ctx context.Context, h *house) error {
			p, err := h.List(ctx, q)
			if err == nil && len(p.Cases) == 0 {
				err = fmt.Errorf("an empty page for %+v", q)
			}
			return err
		}
	}
	return map[string]func(context.Context, *house) error{
		"sweep":      func(ctx context.Context, h *house) error { _, err := h.Sweep(ctx, 100); return err },
		"list open":  list(workflow.Query{Viewer: officer, Limit: 20}),
		"list later": list(workflow.Query{Viewer: officer, Limit: 20, After: "K-2025-0500"}),
		"list mine":  list(workflow.Query{Viewer: "U0BULK", Mine: true, Limit: 20, After: "K-2025-0500"}),
		"find number": func(ctx context.Context, h *house) error {
			_, _, err := h.Find(ctx, workflow.Lookup{Number: "K-2026-0001"}, officer)
			return err
		},
	}
}

// TestCostOfLooks compares a small register with one ten times its size: a
// sweep, a page and a search take at most 1.5 times as long, or a millisecond
// more (design section 8), each at its quickest.
func TestCostOfLooks(t *testing.T) {
	for _, engine := range engineNames() {
		t.Run(engine, func(t *testing.T) {
			small, large := newHouse(t, address(t, engine)), newHouse(t, address(t, engine))
			small.fill(800)
			large.fill(8_000)
			for name, look := range looks() {
				few, many := quickest(small, large, look)
				if !alike(few, many) {
					t.Errorf("%s: %v with 800 cases, %v with 8,000", name, few, many)
				}
			}
		})
	}
}

func alike(few, many time.Duration) bool { return many <= few+few/2 || many <= few+time.Millisecond }

// quickest times a look at two registers in turns, until both had a moment
// without disturbance, or for 300 rounds.
func quickest(small, large *house, look func(context.Context, *house) error) (few, many time.Duration) {
	small.Helper()
	few, many = time.Hour, time.Hour
	for round := 0; round < 300 && (round < 20 || !alike(few, many)); round++ {
		few, many = min(few, timed(small, look)), min(many, timed(large, look))
	}
	return few, many
}

func timed(h *house, look func(context.Context, *house) error) time.Duration {
	h.Helper()
	start := time.Now()
	if err := look(h.Context(), h); err != nil {
		h.Fatal(err)
	}
	return time.Since(start)
}

// BenchmarkLooks shows the same with 1,000 and 100,000 cases.
func BenchmarkLooks(b *testing.B) {
	for _, engine := range engineNames() {
		for _, n := range []int{1_000, 100_000} {
			h := newHouse(b, address(b, engine))
			h.fill(n)
			for name, look := range looks() {
				b.Run(fmt.Sprintf("%s/%d/%s", engine, n, name), func(b *testing.B) {
					for b.Loop() {
						if err := look(b.Context(), h); err != nil {
							b.Fatal(err)
						}
					}
					b.ReportAllocs()
				})
			}
		}
	}
}
