package storage_test

import (
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
