package storage_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/artra/klachtbot/storage/pgtest"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
)

// onBench runs a benchmark on either engine as they run in production: every
// commit waits for the disk.
func onBench(b *testing.B, bench func(*testing.B, *storagetest.Register)) {
	b.Run("sqlite", func(b *testing.B) { bench(b, storagetest.New(b, storagetest.Address(b, "sqlite"))) })
	b.Run("postgres", func(b *testing.B) { bench(b, storagetest.New(b, pgtest.Durable(b))) })
}

// perSecond reports how many operations a second there were.
func perSecond(b *testing.B) {
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "ops/s")
	b.ReportAllocs()
}

// BenchmarkApply is one change on a case, one after the other and by sixteen
// people at once on cases of their own, and the creation of a case.
func BenchmarkApply(b *testing.B) {
	b.Run("note", func(b *testing.B) { onBench(b, benchNote) })
	b.Run("notes16", func(b *testing.B) { onBench(b, benchNotes) })
	b.Run("acknowledge", func(b *testing.B) { onBench(b, benchAcknowledge) })
	b.Run("log", func(b *testing.B) { onBench(b, benchLog) })
}

func benchNote(b *testing.B, reg *storagetest.Register) {
	made := reg.File("view")
	for i := 0; b.Loop(); i++ {
		reg.Do(made.ID, storagetest.Officer, fmt.Sprint("note:", i), workflow.Note{Text: "Gebeld, niet thuis"})
	}
	perSecond(b)
}

func benchNotes(b *testing.B, reg *storagetest.Register) {
	const people = 16
	cases := make([]workflow.CaseID, people)
	for i := range cases {
		cases[i] = reg.File(fmt.Sprint("view:", i)).ID
	}
	var next atomic.Int64
	b.SetParallelism(people)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			i := next.Add(1)
			_, err := reg.Apply(b.Context(), workflow.Command{
				Case: cases[i%people], By: storagetest.Officer, Gesture: fmt.Sprint("note:", i), Action: workflow.Note{Text: "Gebeld, niet thuis"},
			})
			if err != nil {
				b.Error(err)
				return
			}
		}
	})
	perSecond(b)
}

func benchAcknowledge(b *testing.B, reg *storagetest.Register) {
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		made := reg.File(fmt.Sprint("view:", i))
		b.StartTimer()
		reg.Do(made.ID, storagetest.Officer, fmt.Sprint("click:", i), workflow.Acknowledge{Sent: storagetest.Sent(2, "Ontvangen")})
	}
	perSecond(b)
}

func benchLog(b *testing.B, reg *storagetest.Register) {
	for i := 0; b.Loop(); i++ {
		reg.File(fmt.Sprint("view:", i))
	}
	perSecond(b)
}
