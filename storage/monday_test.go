package storage_test

import (
	"database/sql"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/storagetest"
)

// newMonday is a register of n cases at the opening of a Monday: a tenth of them
// is overdue, the director is to get the weekly digest, and the officer a digest of
// as many reminders. The program has just started.
func newMonday(t testing.TB, engine string, n int) *storagetest.Register {
	t.Helper()
	reg := storagetest.New(t, storagetest.Address(t, engine))
	reg.Fill(n)
	reg.MakeOverdue()
	reg.SweepAll() // what is left of the filling
	reg.Clock.Set(time.Date(2026, time.March, 16, 9, 0, 0, 0, reg.Options.Policy.Calendar.Location))
	return reg
}

// BenchmarkMonday shows what the sweeps of a Monday cost that follow each other
// until both digests are queued, and what it takes to read the first rows and the
// count of each: the mean and the slowest, with 1,000 and 100,000 cases, or as many
// as KLACHTBOT_BENCH_CASES says. It is of one run: -benchtime=1x.
func BenchmarkMonday(b *testing.B) {
	many := storagetest.BenchCases(b, 100_000)
	for _, engine := range storagetest.Engines() {
		for _, n := range []int{1_000, many} {
			b.Run(fmt.Sprintf("%s/%d", engine, n), func(b *testing.B) {
				reg := newMonday(b, engine, n)
				b.ResetTimer()
				var times []time.Duration
				for range b.N {
					times = mondaySweeps(reg)
					for _, d := range mondayDigests() {
						start := time.Now()
						readDigest(reg, d)
						b.ReportMetric(milliseconds(time.Since(start)), string(d.Kind())+"-ms")
					}
				}
				var sum, slowest time.Duration
				for _, d := range times {
					sum, slowest = sum+d, max(slowest, d)
				}
				b.ReportMetric(float64(len(times)), "sweeps")
				b.ReportMetric(milliseconds(times[0]), "first-ms")
				b.ReportMetric(milliseconds(sum)/float64(len(times)), "mean-ms")
				b.ReportMetric(milliseconds(slowest), "max-ms")
			})
		}
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// mondaySweeps sweeps until nothing is parked, and once more.
func mondaySweeps(reg *storagetest.Register) (times []time.Duration) {
	reg.Helper()
	for left := true; left; {
		left = reg.Count(`SELECT count(*) FROM (SELECT 1 FROM outbox WHERE due_at = 253370764800000 LIMIT 1) p`) > 0
		start := time.Now()
		if _, err := reg.Sweep(reg.Context(), 100); err != nil {
			reg.Fatal(err)
		}
		times = append(times, time.Since(start))
	}
	return times
}

func mondayDigests() []outbox.Delivery {
	return []outbox.Delivery{
		{Payload: outbox.Digest{To: storagetest.Officer}, Version: 1 << 40},
		{Payload: outbox.WeeklyDigest{To: storagetest.Director}},
	}
}

// readDigest reads of a digest what its message shows at most.
func readDigest(reg *storagetest.Register, d outbox.Delivery) (items int) {
	reg.Helper()
	for _, err := range reg.Rooms().DigestItems(reg.Context(), d) {
		if err != nil {
			reg.Fatal(err)
		}
		if items++; items == 150 {
			break
		}
	}
	if _, err := reg.Rooms().DigestCases(reg.Context(), d); err != nil {
		reg.Fatal(err)
	}
	return items
}

// TestMonday_readsNoMoreWhenMoreIsOverdue: what the first sweep of a Monday asks of
// the server, and how many rows that reads, does not grow with what is overdue. As
// PostgreSQL counts both; the sweep is as short as it can be.
func TestMonday_readsNoMoreWhenMoreIsOverdue(t *testing.T) {
	var counts [2][2]int
	for i, n := range []int{2_000, 20_000} { // 200 and 2,000 overdue
		reg := newMonday(t, "postgres", n)
		wall := storagetest.NewClock(storagetest.Monday)
		reg.Options.Wall = func() time.Time {
			wall.Set(wall.Now().Add(time.Second))
			return wall.Now()
		}
		counts[i] = asked(reg, func() {
			if _, err := reg.Sweep(t.Context(), 100); err != nil {
				t.Fatal(err)
			}
		})
		if n := reg.Count(`SELECT count(*) FROM outbox WHERE surface = 'weekly'`); n != 1 {
			t.Errorf("%d weekly digests", n)
		}
	}
	few, many := counts[0], counts[1]
	for i := range few { // a connection more or less, which the pool decides, is a few commits
		if few[i] == 0 || many[i] > few[i]+few[i]/4 {
			t.Errorf("%d commits and %d rows with 200 overdue, %d and %d with 2,000", few[0], few[1], many[0], many[1])
		}
	}
}

// asked returns how many commits and rows of tables and indexes something costs
// between the opening and the closing of a register.
func asked(reg *storagetest.Register, of func()) (counts [2]int) {
	reg.Helper()
	var at [3][2]int
	for i, something := range []func(){func() {}, func() {}, of} {
		reg.Reopen(nil)
		something()
		if err := reg.Close(); err != nil {
			reg.Fatal(err)
		}
		at[i] = serverCounts(reg)
	}
	reg.Open()
	for i := range counts {
		counts[i] = at[2][i] - at[1][i] - (at[1][i] - at[0][i])
	}
	return counts
}

// serverCounts are the server's own, once every other connection is gone: it counts
// what those did when they end. Looking is one transaction, however often it looks.
func serverCounts(reg *storagetest.Register) (counts [2]int) {
	reg.Helper()
	db, err := sql.Open("postgres", reg.Options.URL)
	if err != nil {
		reg.Fatal(err)
	}
	tx, err := db.BeginTx(reg.Context(), nil)
	if err != nil {
		reg.Fatal(err)
	}
	for others := 1; others > 0 && err == nil; {
		err = tx.QueryRowContext(reg.Context(), `SELECT count(*) FROM pg_stat_activity, pg_stat_clear_snapshot()
			WHERE datname = current_database() AND pid <> pg_backend_pid()`).Scan(&others)
	}
	if err == nil {
		err = tx.QueryRowContext(reg.Context(), `SELECT (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()),
			(SELECT sum(seq_tup_read) FROM pg_stat_user_tables) + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes)`).Scan(&counts[0], &counts[1])
	}
	if err := errors.Join(err, tx.Commit(), db.Close()); err != nil {
		reg.Fatal(err)
	}
	return counts
}
