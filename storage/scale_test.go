package storage

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
)

// fillStep is how many cases are written in one statement, so that a million
// fit in memory.
const fillStep = 50_000

// bulk copies the case $1 to cases $2 to $3 of an earlier year. One in five is
// open, and none is due for the sweep; of the open ones a quarter waits, half
// is overdue, and half is due today. The others were closed over 300 days.
const bulk = `INSERT INTO complaints (id, number, series, year, ordinal, version, state,
		received, incident, received_via, complainant_kind, offering_kind, offering_name, category, preferred,
		language, sealed, logged_by, logged_at, owner, late_logged, out_of_time, verdict, cause, lesson, decided_on,
		closed_at, waiting_since, waited_days, last_action, last_by, last_at, next_at, lines, tail, head, due, offering_key)
	WITH RECURSIVE numbers (n) AS (SELECT $2 + 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < $3 + 0)
	SELECT 'bulk' || n, 'K-2025-' || n, series, 2025, n, version,
		CASE WHEN n % 5 > 0 THEN 'closed' WHEN n % 20 = 0 THEN 'waiting' ELSE state END,
		received, incident, received_via, complainant_kind, offering_kind, offering_name, category, preferred,
		language, sealed, 'U0BULK', logged_at, owner, late_logged, out_of_time, verdict, cause, lesson, decided_on,
		CASE WHEN n % 5 > 0 THEN d.at END, waiting_since, waited_days, last_action, last_by, last_at,
		CASE WHEN n % 5 = 0 THEN next_at END, lines, tail, head,
		CASE WHEN n % 5 > 0 THEN '' WHEN n % 2 = 0 THEN '2026-02-20' ELSE '2026-03-02' END, offering_key
	FROM complaints, numbers JOIN bulk_days d ON d.day = n % 300 WHERE id = $1`

// fill puts n cases into the register, each with promises, a key, and an
// address of its own.
func (h *house) fill(n int) {
	h.Helper()
	model := h.log("model")
	h.fillHelpers()
	for from := 1; from <= n; from += fillStep {
		h.raw(bulk, model.ID, from, min(n, from+fillStep-1))
	}
	h.raw(`INSERT INTO promises (complaint, ordinal, kind, made, due, kept_on, entered, kept_by, kept_at, way, later)
		SELECT c.id, p.ordinal, p.kind, p.made, p.due, p.kept_on, p.entered, p.kept_by, p.kept_at, p.way, p.later
		FROM complaints c, promises p WHERE p.complaint = $1 AND c.id <> $1`, model.ID)
	h.raw(`INSERT INTO case_keys (complaint, wrapped)
		SELECT c.id, k.wrapped FROM complaints c, case_keys k WHERE k.complaint = $1 AND c.id <> $1`, model.ID)
	h.raw(`INSERT INTO contacts (complaint, kind, hash) SELECT c.id, 'email', thousands.b || ones.b
		FROM complaints c
		JOIN bulk_bytes thousands ON thousands.n = c.ordinal / 1000
		JOIN bulk_bytes ones ON ones.n = c.ordinal % 1000
		WHERE c.id <> $1`, model.ID)
	h.log("kin") // of the model's complainant
	h.raw(`ANALYZE`)
}

// fillHelpers are tables to make days and bytes of, which the two engines
// compute in ways of their own.
func (h *house) fillHelpers() {
	h.Helper()
	h.raw(`CREATE TABLE bulk_days (day BIGINT PRIMARY KEY, at TIMESTAMP NOT NULL)`)
	for day := range 300 {
		h.raw(`INSERT INTO bulk_days (day, at) VALUES ($1, $2)`, day, monday.AddDate(0, 0, -day))
	}
	h.raw(`CREATE TABLE bulk_bytes (n BIGINT PRIMARY KEY, b BYTEA NOT NULL)`)
	for n := range 1001 {
		h.raw(`INSERT INTO bulk_bytes (n, b) VALUES ($1, $2)`, n, []byte(fmt.Sprintf("%04d", n)))
	}
}

// looks are the reads whose cost must not grow with the register.
func looks() map[string]func(context.Context, *house) error {
	list := func(q lists.Query) func(context.Context, *house) error {
		return func(ctx context.Context, h *house) error {
			p, err := h.Search().List(ctx, q)
			if err == nil && len(p.Cases) == 0 {
				err = fmt.Errorf("an empty page for %+v", q)
			}
			return err
		}
	}
	shelf := func(f lists.Filter) func(context.Context, *house) error {
		return list(lists.Query{Viewer: officer, Filter: f, Month: calendar.NewDate(2026, time.January, 1), Limit: 20})
	}
	find := func(kind lists.SearchKind, text workflow.Confidential) func(context.Context, *house) error {
		return list(lists.Query{Viewer: officer, Search: lists.Search{Kind: kind, Text: text}, Limit: 20})
	}
	return map[string]func(context.Context, *house) error{
		"sweep":           func(ctx context.Context, h *house) error { _, err := h.Sweep(ctx, 100); return err },
		"sweep of a day":  func(ctx context.Context, h *house) error { return h.firstSweeps(ctx) },
		"home":            func(ctx context.Context, h *house) error { return h.home(ctx) },
		"list open":       shelf(lists.FilterOpen),
		"list later":      list(lists.Query{Viewer: officer, Limit: 20, After: "K-2025-0500"}),
		"list overdue":    shelf(lists.FilterOverdue),
		"list today":      shelf(lists.FilterToday),
		"list waiting":    shelf(lists.FilterWaiting),
		"list handled":    shelf(lists.FilterHandled),
		"list closed":     shelf(lists.FilterClosed),
		"list mine":       list(lists.Query{Viewer: "U0BULK", Limit: 20, After: "K-2025-0500"}),
		"search category": find(lists.SearchCategory, "trainer"),
		"search owner":    find(lists.SearchOwner, workflow.Confidential(officer)),
		"search offering": find(lists.SearchOffering, "timm"),
		"search e-mail":   find(lists.SearchContact, "jozefien@example.org"),
		"kin": func(ctx context.Context, h *house) error {
			c, _, err := h.Find(ctx, workflow.Lookup{Number: "K-2026-0001"}, officer)
			if err != nil {
				return err
			}
			kin, err := h.Search().Related(ctx, c.ID, officer)
			if err == nil && len(kin.Candidates) == 0 {
				err = fmt.Errorf("no case of the same complainant")
			}
			return err
		},
		"find number": func(ctx context.Context, h *house) error {
			_, _, err := h.Find(ctx, workflow.Lookup{Number: "K-2026-0001"}, officer)
			return err
		},
	}
}

// firstSweeps are the first ones of two days: what is seen to once a day is seen to
// in both.
func (h *house) firstSweeps(ctx context.Context) error {
	var errs error
	for _, day := range []time.Time{monday.AddDate(0, 0, 1), monday} {
		h.clock.set(day)
		_, err := h.Sweep(ctx, 100)
		errs = errors.Join(errs, err)
	}
	return errs
}

// home is what an officer's Home tab reads.
func (h *house) home(ctx context.Context) error {
	if _, err := h.Search().Counts(ctx, officer); err != nil {
		return err
	}
	for _, f := range []lists.Filter{lists.FilterOverdue, lists.FilterToday, lists.FilterWaiting, lists.FilterOpen} {
		if _, err := h.Search().List(ctx, lists.Query{Viewer: officer, Filter: f, Limit: 20}); err != nil {
			return err
		}
	}
	_, err := h.Rooms().Undelivered(ctx)
	return err
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

// benchCases is how large a register a benchmark measures: as large as
// KLACHTBOT_BENCH_CASES says, or as it does without.
func benchCases(b *testing.B, without int) int {
	b.Helper()
	set := os.Getenv("KLACHTBOT_BENCH_CASES")
	if set == "" {
		return without
	}
	n, err := strconv.Atoi(set)
	if err != nil || n < 1 {
		b.Fatalf("KLACHTBOT_BENCH_CASES is %q", set)
	}
	return n
}

// BenchmarkLooks shows the same with 1,000 and 100,000 cases, or as many as
// KLACHTBOT_BENCH_CASES says; a million takes minutes to write. Beside the mean it
// shows the slowest.
func BenchmarkLooks(b *testing.B) {
	many := benchCases(b, 100_000)
	for _, engine := range engineNames() {
		for _, n := range []int{1_000, many} {
			h := newHouse(b, address(b, engine))
			h.fill(n)
			all := looks()
			timed(h, all["sweep"]) // overwrites what the filling left
			for _, name := range slices.Sorted(maps.Keys(all)) {
				b.Run(fmt.Sprintf("%s/%d/%s", engine, n, name), func(b *testing.B) {
					var slowest time.Duration
					for b.Loop() {
						slowest = max(slowest, timed(h, all[name]))
					}
					b.ReportAllocs()
					b.ReportMetric(float64(slowest.Microseconds())/1000, "max-ms")
				})
			}
		}
	}
}
