package cleanup_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow/calendar"
)

// BenchmarkPurge purges a thousand cases, or as many as KLACHTBOT_BENCH_CASES
// says, each in a transaction of its own, while somebody logs complaints one
// after the other, and reports how long they waited for an answer: at most, and
// all but one in a thousand. Beside that stands how long they wait while nothing
// is purged, since the machine may be busy with something else.
func BenchmarkPurge(b *testing.B) {
	cases := storagetest.BenchCases(b, 1_000)
	for _, engine := range storagetest.Engines() {
		b.Run(engine, func(b *testing.B) {
			for range b.N {
				b.StopTimer()
				reg := storagetest.New(b, storagetest.Address(b, engine))
				dueCases(reg, cases)
				b.StartTimer()
				start := time.Now()
				during := acksWhile(reg, "purging", func() { reg.SweepAll() })
				purge := time.Since(start)
				b.StopTimer()
				idle := acksWhile(reg, "idle", func() { <-time.After(purge) })
				b.ReportMetric(during.worst(0), "max-ack-ms")
				b.ReportMetric(during.worst(len(during)/1000), "p99.9-ack-ms")
				b.ReportMetric(idle.worst(0), "idle-max-ack-ms")
				b.ReportMetric(idle.worst(len(idle)/1000), "idle-p99.9-ack-ms")
				b.ReportMetric(float64(purge.Microseconds())/float64(cases), "µs/case")
			}
		})
	}
}

// acks are how long people waited, the longest first.
type acks []time.Duration

// worst is the longest wait but n, in milliseconds.
func (a acks) worst(n int) float64 { return float64(a[n].Microseconds()) / 1000 }

// dueCases fills the register with closed cases that are to be purged now.
func dueCases(reg *storagetest.Register, n int) {
	reg.Helper()
	for i := range n {
		reg.CloseCase(reg.File(fmt.Sprint("view:", i)))
	}
	reg.Announced()
	reg.Clock.Set(storagetest.AfterRetention.Add(12 * time.Hour)) // at night: what is logged meanwhile asks for no reminder
}

// acksWhile logs complaints until work is done, at least one.
func acksWhile(reg *storagetest.Register, name string, work func()) (waits acks) {
	reg.Helper()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		work()
	}()
	late := storagetest.Sample()
	late.Facts.Received, late.Facts.Incident = calendar.NewDate(2028, time.March, 3), calendar.Date{}
	for over := false; !over; {
		start := time.Now()
		reg.Do("", storagetest.Staff, fmt.Sprint(name, len(waits)), late)
		waits = append(waits, time.Since(start))
		select {
		case <-ended:
			over = true
		default:
		}
	}
	slices.SortFunc(waits, func(a, b time.Duration) int { return cmp.Compare(b, a) })
	return waits
}
