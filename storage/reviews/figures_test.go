package reviews_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/artra/klachtbot/report"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// The time that these tests ask about.
var (
	winter      = calendar.Quarter{Year: 2026, Number: 1}
	newYear     = calendar.NewDate(2026, time.January, 1)
	lastOfMarch = calendar.NewDate(2026, time.March, 31)
)

// quarterly collects the cases of a report by number.
func quarterly(reg *storagetest.Register, since, quarter calendar.Quarter, without ...roster.PersonID) map[string]workflow.Complaint {
	reg.Helper()
	cases := map[string]workflow.Complaint{}
	err := reg.Reviews().Quarterly(reg.Context(), since, quarter, without, func(c workflow.Complaint) error {
		if _, twice := cases[c.Number]; twice {
			reg.Errorf("%s is told twice", c.Number)
		}
		c.Promises = slices.Clone(c.Promises)
		cases[c.Number] = c
		return nil
	})
	if err != nil {
		reg.Fatal(err)
	}
	return cases
}

// TestQuarterly_factsAndPromises: a case comes with its facts, its decision
// and its promises, and without anything that is sealed.
func TestQuarterly_factsAndPromises(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		reg.Do(made.ID, storagetest.Officer, "click:1", workflow.Acknowledge{Sent: storagetest.Sent(2, "Ontvangen")})
		reg.Clock.Set(storagetest.Monday.AddDate(0, 0, 7))
		reg.Do(made.ID, storagetest.Officer, "click:2", storagetest.Resolved())
		want := reg.Do(made.ID, storagetest.Officer, "click:3", workflow.Confirm{Sent: storagetest.Sent(9, "Klaar")})
		got := quarterly(reg, winter, winter)[made.Number]
		for i, p := range want.Promises {
			want.Promises[i] = inShort(p)
		}
		short := want.Decision
		short.Contact = calendar.Date{}
		storagetest.Equal(t, "complaint", got, workflow.Complaint{
			Number: want.Number, State: want.State,
			Facts: workflow.Facts{
				Received: want.Facts.Received, ReceivedVia: want.Facts.ReceivedVia, OfferingKind: want.Facts.OfferingKind,
				OfferingName: want.Facts.OfferingName, Category: want.Facts.Category,
			},
			Decision: short, ClosedAt: want.ClosedAt, Promises: want.Promises, Reactions: want.Reactions, Counting: want.Counting,
		})
		registered(reg, want)
	})
}

// registered expects the whole register to be that one case.
func registered(reg *storagetest.Register, want workflow.Complaint) {
	reg.Helper()
	want.Particulars = workflow.Particulars{}
	n := 0
	err := reg.Reviews().Register(reg.Context(), lastOfMarch, nil, func(c workflow.Complaint) error {
		n++
		storagetest.Equal(reg, "case of the register", c, want)
		return nil
	})
	if err != nil || n != 1 {
		reg.Errorf("%d cases, %v", n, err)
	}
}

// TestQuarterly_period: what was received in the time, and what came earlier but
// was not over by then.
func TestQuarterly_period(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		reg.Clock.Set(time.Date(2025, time.December, 1, 9, 0, 0, 0, time.UTC))
		closed := func(number int, received calendar.Date, at string) {
			l := storagetest.Sample()
			l.Facts.Received, l.Facts.Incident = received, calendar.Date{}
			c := reg.Do("", storagetest.Staff, fmt.Sprint("view:", number), l)
			if at != "" {
				reg.Exec(`UPDATE complaints SET state = 'closed', closed_at = '`+at+`' WHERE id = $1`, c.ID)
			}
		}
		autumn := calendar.NewDate(2025, time.November, 3)
		closed(1, autumn, "2025-11-20 10:00:00+00:00") // over before the quarter
		closed(2, autumn, "2026-01-02 10:00:00+00:00")
		closed(3, autumn, "") // still open
		reg.Clock.Set(time.Date(2026, time.May, 1, 9, 0, 0, 0, time.UTC))
		closed(4, newYear, "2026-01-20 10:00:00+00:00")
		closed(5, lastOfMarch, "")
		closed(6, lastOfMarch.AddDays(1), "") // of the next quarter
		closed(7, autumn, "2025-11-20 10:00:00+00:00")
		reg.Exec(`UPDATE complaints SET disputed_on = '2026-02-03' WHERE number = 'K-2026-0004'`)
		var numbers []string
		for n, c := range quarterly(reg, winter, winter) {
			numbers = append(numbers, n)
			if early := c.Facts.Received.Before(newYear); early != (c.Facts.Category == "") || len(c.Promises) == 0 {
				t.Errorf("%s comes with %+v", n, c)
			}
		}
		slices.Sort(numbers)
		storagetest.Equal(t, "cases", numbers, []string{"K-2025-0002", "K-2025-0003", "K-2026-0001", "K-2026-0002", "K-2026-0004"})
		if n := len(quarterly(reg, calendar.Quarter{Year: 2025, Number: 4}, winter)); n != 6 {
			t.Errorf("%d cases since the autumn, want 6", n)
		}
	})
}

// TestQuarterly_leavesOutWhoItConcerns: a case that concerns somebody is not told to an
// audience with that person in it, nor by a register opened to look.
func TestQuarterly_leavesOutWhoItConcerns(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		reg.File("view:1")
		about := reg.FileAbout("view:2", storagetest.Staff, storagetest.Director)
		other := reg.FileAbout("view:3", storagetest.Staff, storagetest.Deputy)
		look, err := storage.Inspect(t.Context(), reg.Options)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { storagetest.MustBe(t, look.Close(), nil) })
		beside := *reg
		beside.DB = look
		for _, reg := range []*storagetest.Register{reg, &beside} {
			if all := quarterly(reg, winter, winter); len(all) != 3 {
				t.Errorf("%d cases in all", len(all))
			}
			shared := quarterly(reg, winter, winter, storagetest.Director, "U0NOBODY")
			if _, ok := shared[about.Number]; ok || len(shared) != 2 {
				t.Errorf("%d cases without the director's", len(shared))
			}
			both := quarterly(reg, winter, winter, storagetest.Director, storagetest.Deputy)
			if _, ok := both[other.Number]; ok || len(both) != 1 {
				t.Errorf("%d cases without either's", len(both))
			}
			err := reg.Reviews().Register(t.Context(), lastOfMarch, []roster.PersonID{storagetest.Director}, func(c workflow.Complaint) error {
				if c.Number == about.Number {
					t.Error("the register tells the director of the case")
				}
				return nil
			})
			storagetest.MustBe(t, err, nil)
		}
	})
}

// TestQuarterly_endsAtAnError: an error of the reader ends it, and the connection is free
// again.
func TestQuarterly_endsAtAnError(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		reg.File("view:1")
		reg.File("view:2")
		enough := errors.New("enough")
		for range 40 {
			n := 0
			err := reg.Reviews().Quarterly(t.Context(), winter, winter, nil, func(workflow.Complaint) error {
				n++
				return enough
			})
			if !errors.Is(err, enough) || n != 1 {
				t.Fatalf("%v after %d", err, n)
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := reg.Reviews().Quarterly(ctx, winter, winter, nil, func(workflow.Complaint) error { return nil }); err == nil {
			t.Error("it goes on though nobody waits any more")
		}
	})
}

// fileOverQuarters fills the register with n more cases, received over the eight
// quarters up to the first of 2026 in the order of their numbers, four in five
// of them closed.
func fileOverQuarters(reg *storagetest.Register, n int) {
	reg.Helper()
	model := reg.File("model")
	reg.Exec(`INSERT INTO complaints (id, number, series, year, ordinal, version, state,
			received, incident, received_via, complainant_kind, offering_kind, offering_name, category, preferred,
			language, sealed, logged_by, logged_at, owner, late_logged, out_of_time, verdict, cause, lesson, decided_on,
			closed_at, waiting_since, waited_days, last_action, last_by, last_at, next_at, lines, tail, head, promised)
		WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $1)
		SELECT 'bulk' || n, 'K-2025-' || n, series, 2025, n, version, CASE WHEN n % 5 = 0 THEN state ELSE 'closed' END,
			(2024 + (n * 8 / $1 + 1) / 4) || '-'
				|| substr('010203040506070809101112', CAST((n * 24 / $1 + 3) % 12 * 2 + 1 AS INTEGER), 2) || '-'
				|| substr('01020304050607080910111213141516171819202122', CAST(n % 22 * 2 + 1 AS INTEGER), 2),
			incident, received_via, complainant_kind, offering_kind, offering_name || ' ' || (n % 40), category, preferred,
			language, sealed, 'U0BULK', logged_at, owner, late_logged, out_of_time,
			CASE WHEN n % 5 = 0 THEN '' ELSE 'upheld' END, CASE WHEN n % 5 = 0 THEN '' ELSE 'person' END,
			CASE WHEN n % 5 = 0 THEN '' ELSE 'Bel eerder terug.' END, CASE WHEN n % 5 = 0 THEN '' ELSE '2026-03-20' END,
			CASE WHEN n % 5 = 0 THEN closed_at ELSE logged_at END,
			waiting_since, waited_days, last_action, last_by, last_at, next_at, lines, tail, head, $3
		FROM complaints, numbers WHERE id = $2`, n, model.ID,
		`acknowledgement,2026-03-02,2026-03-07,2026-03-05,2026-03-05,email,,0,1;`+
			`outcome,2026-03-02,2026-04-02,2026-03-20,2026-03-20,phone,,0,1;`+
			`confirmation,2026-03-20,2026-03-25,2026-03-23,2026-03-23,email,,0,1`)
	reg.Exec(`ANALYZE`)
}

// BenchmarkQuarterly reads a register of a million cases, or as many as
// KLACHTBOT_BENCH_CASES says, for a report.
func BenchmarkQuarterly(b *testing.B) {
	cases := storagetest.BenchCases(b, 1_000_000)
	for _, engine := range storagetest.Engines() {
		b.Run(engine, func(b *testing.B) {
			reg := storagetest.New(b, storagetest.Address(b, engine))
			fileOverQuarters(reg, cases)
			for b.Loop() {
				n := 0
				err := reg.Reviews().Quarterly(b.Context(), calendar.Quarter{Year: 2024, Number: 2}, winter,
					[]roster.PersonID{storagetest.Director}, func(workflow.Complaint) error { n++; return nil })
				if err != nil || n < cases {
					b.Fatalf("%d cases, %v", n, err)
				}
			}
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			b.ReportMetric(float64(m.Sys)/(1<<20), "MiB-in-all")
		})
	}
}

// TestQuarterly_afterThePurge: an erased case still counts, as it did, with its
// dates moved to the month. Whom a guarded one concerned nobody knows any more,
// so whoever may not know of all of them is told of none.
func TestQuarterly_afterThePurge(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		plain := reg.CloseCase(reg.File("view:1"))
		guarded := reg.CloseCase(reg.FileAbout("view:2", storagetest.Staff, storagetest.Officer))
		reg.Announced()
		reg.Clock.Set(storagetest.AfterRetention)
		reg.SweepAll()
		storagetest.Equal(t, "erased", reg.Count(`SELECT count(*) FROM complaints WHERE state = 'erased'`), 2)
		all := quarterly(reg, winter, winter)
		if c := all[plain.Number]; c.Facts.Received != calendar.NewDate(2026, time.March, 1) || c.Facts.OfferingName != "" ||
			c.Class(reg.Options.Policy.Calendar.Today(storagetest.AfterRetention)) != workflow.ClassInTime {
			t.Errorf("received %s, class %q", c.Facts.Received, c.Class(c.Facts.Received))
		}
		if _, ok := all[guarded.Number]; !ok {
			t.Error("the guarded case does not count for who may know of all")
		}
		shared := quarterly(reg, winter, winter, storagetest.Director)
		if _, ok := shared[guarded.Number]; ok || len(shared) != 1 {
			t.Errorf("%d cases for who may not, the guarded one among them: %v", len(shared), ok)
		}
	})
}

// TestQuarterly_atTheEndAfterThePurge: a complaint that was late at the end of a quarter
// still counts as open and late then, once it was erased; a guarded one only for who
// may know of it.
func TestQuarterly_atTheEndAfterThePurge(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		plain := reg.File("view:1")
		guarded := reg.FileAbout("view:2", storagetest.Staff, storagetest.Director)
		may := calendar.NewDate(2026, time.May, 20)
		reg.Clock.Set(storagetest.Monday.AddDate(0, 0, may.DaysSince(calendar.NewDate(2026, time.March, 2))))
		for _, c := range []workflow.Complaint{plain, guarded} {
			resolved := storagetest.Resolved()
			resolved.Contact = may
			reg.Do(c.ID, c.Owner, "resolve "+string(c.ID), resolved)
			sent := storagetest.Sent(2, "Uitkomst bevestigd")
			sent.Date = may
			reg.Do(c.ID, c.Owner, "confirm "+string(c.ID), workflow.Confirm{Sent: sent})
		}
		atEnd := func(without ...roster.PersonID) (int, report.AtEnd) {
			c := report.NewCollector(winter, reg.Core().Today(), reg.Core().Policy.Calendar)
			storagetest.MustBe(t, reg.Reviews().Quarterly(reg.Context(), report.Since(winter), winter, without, c.Add), nil)
			s := c.Summary()
			return s.OpenAtEnd, *s.AtEnd
		}
		want := func(when string, n, open int, got report.AtEnd) {
			t.Helper()
			if open != n || got.Overdue != n || got.ClosedOverdue != 0 || n > 0 && (got.OldestDays < 29 || got.OldestDays > 60) {
				t.Errorf("%s: %d open, %+v, want %d", when, open, got, n)
			}
		}
		open, got := atEnd()
		want("all", 2, open, got)
		open, got = atEnd(storagetest.Director)
		want("to the director whom one concerns", 1, open, got)
		reg.Announced()
		reg.Clock.Set(storagetest.AfterRetention.AddDate(0, 6, 0))
		reg.SweepAll()
		storagetest.Equal(t, "erased", reg.Count(`SELECT count(*) FROM complaints WHERE state = 'erased'`), 2)
		open, got = atEnd()
		want("all, erased", 2, open, got)
		open, got = atEnd(storagetest.Director)
		want("to the director, erased", 1, open, got)
	})
}
