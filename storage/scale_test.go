package storage_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
)

// TestDigest_cost: with nothing parked it costs the same, whatever waits in
// the outbox.
func TestDigest_cost(t *testing.T) {
	for _, engine := range storagetest.Engines() {
		t.Run(engine, func(t *testing.T) {
			small, large := storagetest.New(t, storagetest.Address(t, engine)), storagetest.New(t, storagetest.Address(t, engine))
			queueMany(small, 100)
			queueMany(large, 20_000)
			look := func(ctx context.Context, reg *storagetest.Register) error {
				return reg.Digests().Release(ctx, reg.Core().Instant())
			}
			if few, many := quickest(small, large, look); !alike(few, many) {
				t.Errorf("%v with 100 rows, %v with 20,000", few, many)
			}
		})
	}
}

// queueMany puts n lines of one case into the outbox.
func queueMany(reg *storagetest.Register, n int) {
	reg.Helper()
	c := reg.File("view:1")
	reg.Exec(`INSERT INTO outbox (id, lane, complaint, version, ordinal, surface, person, slot, payload, wanted,
			threaded, edit, queued_at, due_at, attempts, first_try, fault)
		WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $1)
		SELECT n, 'cases', $2, 1000 + n, 0, 'line', '', 'note', '{"action":"note"}', 1000 + n, TRUE, FALSE, n, n, 0, 0, '' FROM numbers`, n, c.ID)
	reg.Exec(`ANALYZE`)
}

// reads are the reads whose cost must not grow with the register.
func reads() map[string]func(context.Context, *storagetest.Register) error {
	list := func(q lists.Query) func(context.Context, *storagetest.Register) error {
		return func(ctx context.Context, reg *storagetest.Register) error {
			p, err := reg.Search().List(ctx, q)
			if err == nil && len(p.Cases) == 0 {
				err = fmt.Errorf("an empty page for %+v", q)
			}
			return err
		}
	}
	filtered := func(f lists.Filter) func(context.Context, *storagetest.Register) error {
		return list(lists.Query{Viewer: storagetest.Officer, Filter: f, Month: calendar.NewDate(2026, time.January, 1), Limit: 20})
	}
	find := func(kind lists.SearchKind, text workflow.Confidential) func(context.Context, *storagetest.Register) error {
		return list(lists.Query{Viewer: storagetest.Officer, Search: lists.Search{Kind: kind, Text: text}, Limit: 20})
	}
	return map[string]func(context.Context, *storagetest.Register) error{
		"sweep":           func(ctx context.Context, reg *storagetest.Register) error { _, err := reg.Sweep(ctx, 100); return err },
		"sweep of a day":  func(ctx context.Context, reg *storagetest.Register) error { return firstSweeps(reg, ctx) },
		"home":            func(ctx context.Context, reg *storagetest.Register) error { return readHome(reg, ctx) },
		"list open":       filtered(lists.FilterOpen),
		"list later":      list(lists.Query{Viewer: storagetest.Officer, Limit: 20, After: "K-2025-0500"}),
		"list overdue":    filtered(lists.FilterOverdue),
		"list today":      filtered(lists.FilterToday),
		"list waiting":    filtered(lists.FilterWaiting),
		"list handled":    filtered(lists.FilterHandled),
		"list closed":     filtered(lists.FilterClosed),
		"list mine":       list(lists.Query{Viewer: "U0BULK", Limit: 20, After: "K-2025-0500"}),
		"search category": find(lists.SearchCategory, "trainer"),
		"search owner":    find(lists.SearchOwner, workflow.Confidential(storagetest.Officer)),
		"search offering": find(lists.SearchOffering, "timm"),
		"search e-mail":   find(lists.SearchContact, "jozefien@example.org"),
		"related": func(ctx context.Context, reg *storagetest.Register) error {
			c, _, err := reg.Find(ctx, workflow.Lookup{Number: "K-2026-0001"}, storagetest.Officer)
			if err != nil {
				return err
			}
			related, err := reg.Search().Related(ctx, c.ID, storagetest.Officer)
			if err == nil && len(related.Candidates) == 0 {
				err = fmt.Errorf("no case of the same complainant")
			}
			return err
		},
		"find number": func(ctx context.Context, reg *storagetest.Register) error {
			_, _, err := reg.Find(ctx, workflow.Lookup{Number: "K-2026-0001"}, storagetest.Officer)
			return err
		},
	}
}

// sweepWeek sweeps until the search for something to tell in the week's digest is
// over: it finds nothing. What the filling left is overwritten by then.
func sweepWeek(reg *storagetest.Register) {
	reg.Helper()
	for reg.Count(`SELECT count(*) FROM people WHERE weekly <> ''`) == 0 {
		reg.SweepAll()
	}
}

// firstSweeps are the first ones of two days: what is seen to once a day is seen to
// in both.
func firstSweeps(reg *storagetest.Register, ctx context.Context) error {
	var errs error
	for _, day := range []time.Time{storagetest.Monday.AddDate(0, 0, 1), storagetest.Monday} {
		reg.Exec(`DELETE FROM meta WHERE name = 'beat'`) // going back a day is not what is measured
		reg.Clock.Set(day)
		_, err := reg.Sweep(ctx, 100)
		errs = errors.Join(errs, err)
	}
	return errs
}

// readHome is what an officer's Home tab reads.
func readHome(reg *storagetest.Register, ctx context.Context) error {
	if _, err := reg.Search().Counts(ctx, storagetest.Officer); err != nil {
		return err
	}
	for _, f := range []lists.Filter{lists.FilterOverdue, lists.FilterToday, lists.FilterWaiting, lists.FilterOpen} {
		if _, err := reg.Search().List(ctx, lists.Query{Viewer: storagetest.Officer, Filter: f, Limit: 20}); err != nil {
			return err
		}
	}
	_, err := reg.Rooms().Undelivered(ctx)
	return err
}

// TestReads_cost compares a small register with one ten times its size: a
// sweep, a page and a search take at most 1.5 times as long, or a millisecond
// more (design section 8), each at its quickest.
func TestReads_cost(t *testing.T) {
	for _, engine := range storagetest.Engines() {
		t.Run(engine, func(t *testing.T) {
			small, large := storagetest.New(t, storagetest.Address(t, engine)), storagetest.New(t, storagetest.Address(t, engine))
			small.Fill(800)
			large.Fill(8_000)
			sweepWeek(small)
			sweepWeek(large)
			for name, look := range reads() {
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
func quickest(small, large *storagetest.Register, look func(context.Context, *storagetest.Register) error) (few, many time.Duration) {
	small.Helper()
	few, many = time.Hour, time.Hour
	for round := 0; round < 300 && (round < 20 || !alike(few, many)); round++ {
		few, many = min(few, timed(small, look)), min(many, timed(large, look))
	}
	return few, many
}

func timed(reg *storagetest.Register, look func(context.Context, *storagetest.Register) error) time.Duration {
	reg.Helper()
	start := time.Now()
	if err := look(reg.Context(), reg); err != nil {
		reg.Fatal(err)
	}
	return time.Since(start)
}

// BenchmarkReads shows the same with 1,000 and 100,000 cases, or as many as
// KLACHTBOT_BENCH_CASES says; a million takes minutes to write. Beside the mean it
// shows the slowest.
func BenchmarkReads(b *testing.B) {
	many := storagetest.BenchCases(b, 100_000)
	for _, engine := range storagetest.Engines() {
		for _, n := range []int{1_000, many} {
			reg := storagetest.New(b, storagetest.Address(b, engine))
			reg.Fill(n)
			all := reads()
			sweepWeek(reg)
			for _, name := range slices.Sorted(maps.Keys(all)) {
				b.Run(fmt.Sprintf("%s/%d/%s", engine, n, name), func(b *testing.B) {
					var slowest time.Duration
					for b.Loop() {
						slowest = max(slowest, timed(reg, all[name]))
					}
					b.ReportAllocs()
					b.ReportMetric(milliseconds(slowest), "max-ms")
				})
			}
		}
	}
}
