package main

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim"
)

// BenchmarkTwoHundredAtOnce has two hundred people press Submit in the same
// moment. The figures are the acks as the people wait for them; Slack gives up
// after 3 s, which fails the benchmark.
func BenchmarkTwoHundredAtOnce(b *testing.B) {
	for _, engine := range engines() {
		b.Run(engine, func(b *testing.B) {
			o := newProgramTest(b, engine, "KLACHTBOT_LOG_LEVEL=warn")
			o.start()
			people := o.crowd(200)
			var waited []time.Duration
			for b.Loop() {
				b.StopTimer()
				views := make([]slacksim.View, len(people))
				for i, p := range people {
					views[i] = p.openLog()
				}
				b.StartTimer()
				waited = append(waited, submitTogether(b, people, views)...)
			}
			slices.Sort(waited)
			last := len(waited) - 1
			for name, at := range map[string]int{"p50-ms": last / 2, "p99-ms": last * 99 / 100, "max-ms": last} {
				b.ReportMetric(float64(waited[at].Microseconds())/1000, name)
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// crowd hires that many people.
func (o *programTest) crowd(n int) []person {
	o.t.Helper()
	people := make([]person, n)
	for i := range people {
		id := fmt.Sprintf("U0CROWD%d", i)
		if err := o.sim.AddPerson(slacksim.Person{ID: id, Name: strings.ToLower(id), RealName: id, Locale: "en-US"}); err != nil {
			o.t.Fatal(err)
		}
		o.join(id, "C0ALGEMEEN")
		people[i] = o.as(id)
	}
	return people
}

func (o *programTest) join(person, channel string) {
	o.t.Helper()
	if err := o.sim.Join(person, channel); err != nil {
		o.t.Fatal(err)
	}
}

func submitTogether(t testing.TB, people []person, views []slacksim.View) []time.Duration {
	t.Helper()
	waited := make([]time.Duration, len(people))
	failed := make([]error, len(people))
	var all sync.WaitGroup
	start := make(chan struct{})
	for i, p := range people {
		all.Go(func() {
			<-start
			began := time.Now()
			got, err := p.Submit(t.Context(), views[i].ID, form())
			waited[i] = time.Since(began)
			if err == nil && !got.Updated {
				err = fmt.Errorf("not acknowledged: %d field errors", len(got.Errors))
			}
			failed[i] = err
		})
	}
	close(start)
	all.Wait()
	for i, p := range people {
		if failed[i] != nil {
			t.Fatalf("%s: %v", p.ID(), failed[i])
		}
		if view, ok := p.Modal(); ok {
			if err := p.CloseView(t.Context(), view.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	return waited
}
