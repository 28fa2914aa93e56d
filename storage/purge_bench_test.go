package storage

import (
	"fmt"
	"testing"
	"time"

	"github.com/artra/klachtbot/workflow"
)

// BenchmarkPurge purges a thousand cases, or as many as KLACHTBOT_BENCH_CASES
// says, each in a transaction of its own, while somebody logs complaints one
// after the other, and reports how long they waited for an answer at most.
func BenchmarkPurge(b *testing.B) {
	cases := benchCases(b, 1_000)
	for _, engine := range engineNames() {
		b.Run(engine, func(b *testing.B) {
			for range b.N {
				b.StopTimer()
				h := newHouse(b, address(b, engine))
				h.dueCases(cases)
				b.StartTimer()
				worst, n, purge := h.whilePurging()
				b.ReportMetric(float64(worst.Microseconds())/1000, "max-ack-ms")
				b.ReportMetric(float64(n), "acks")
				b.ReportMetric(float64(purge.Microseconds())/float64(cases), "µs/case")
			}
		})
	}
}

// dueCases fills the register with closed cases that are to be purged now.
func (h *house) dueCases(n int) {
	h.Helper()
	for i := range n {
		h.closed(h.log(fmt.Sprint("view:", i)))
	}
	h.clock.set(afterwards.Add(12 * time.Hour)) // at night: what is logged meanwhile asks for no nudge
}

// whilePurging sweeps in the background, and logs until that has ended.
func (h *house) whilePurging() (worst time.Duration, n int, took time.Duration) {
	h.Helper()
	ended := make(chan time.Duration)
	go func() {
		start := time.Now()
		h.sweepAll()
		ended <- time.Since(start)
	}()
	late := sample()
	late.Facts.Received, late.Facts.Incident = workflow.NewDate(2028, time.March, 3), workflow.Date{}
	for {
		select {
		case took = <-ended:
			return worst, n, took
		default:
		}
		start := time.Now()
		h.do("", staff, fmt.Sprint("during:", n), late)
		worst, n = max(worst, time.Since(start)), n+1
	}
}
