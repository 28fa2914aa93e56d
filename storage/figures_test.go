package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/migrations"
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

// told collects the cases of a report by number.
func (h *house) told(since, quarter calendar.Quarter, without ...roster.PersonID) map[string]workflow.Complaint {
	h.Helper()
	cases := map[string]workflow.Complaint{}
	err := h.Reviews().Quarterly(h.Context(), since, quarter, without, func(c workflow.Complaint) error {
		if _, twice := cases[c.Number]; twice {
			h.Errorf("%s is told twice", c.Number)
		}
		c.Promises = slices.Clone(c.Promises)
		cases[c.Number] = c
		return nil
	})
	if err != nil {
		h.Fatal(err)
	}
	return cases
}

// TestQuarterlyTellsWhatFiguresNeed: a case comes with its facts, its decision
// and its promises, and without anything that is sealed.
func TestQuarterlyTellsWhatFiguresNeed(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.log("view:1")
		h.do(made.ID, officer, "click:1", workflow.Acknowledge{Sent: sent(2, "Ontvangen")})
		h.clock.set(monday.AddDate(0, 0, 7))
		h.do(made.ID, officer, "click:2", resolved())
		want := h.do(made.ID, officer, "click:3", workflow.Confirm{Sent: sent(9, "Klaar")})
		got := h.told(winter, winter)[made.Number]
		for i, p := range want.Promises {
			want.Promises[i] = inShort(p)
		}
		equal(t, "complaint", got, workflow.Complaint{
			Number: want.Number, State: want.State,
			Facts: workflow.Facts{
				Received: want.Facts.Received, ReceivedVia: want.Facts.ReceivedVia, OfferingKind: want.Facts.OfferingKind,
				OfferingName: want.Facts.OfferingName, Category: want.Facts.Category,
			},
			Decision: want.Decision, ClosedAt: want.ClosedAt, Promises: want.Promises,
		})
		h.registered(want)
	})
}

// registered expects the whole register to be that one case.
func (h *house) registered(want workflow.Complaint) {
	h.Helper()
	want.Particulars = workflow.Particulars{}
	n := 0
	err := h.Reviews().Register(h.Context(), lastOfMarch, nil, func(c workflow.Complaint) error {
		n++
		equal(h, "case of the register", c, want)
		return nil
	})
	if err != nil || n != 1 {
		h.Errorf("%d cases, %v", n, err)
	}
}

// inShort is what stays of a promise in the column promised.
func inShort(p workflow.Promise) workflow.Promise {
	p.Reminders, p.Snoozed, p.Kept.By = "", calendar.Date{}, ""
	if !p.Kept.At.IsZero() {
		p.Kept.At = cases.StartOfDay(p.Kept.On)
	}
	return p
}

// TestQuarterlyPicks: what was received in the time, and what came earlier but
// was not over by then.
func TestQuarterlyPicks(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.clock.set(time.Date(2025, time.December, 1, 9, 0, 0, 0, time.UTC))
		closed := func(number int, received calendar.Date, at string) {
			l := sample()
			l.Facts.Received, l.Facts.Incident = received, calendar.Date{}
			c := h.do("", staff, fmt.Sprint("view:", number), l)
			if at != "" {
				h.raw(`UPDATE complaints SET state = 'closed', closed_at = '`+at+`' WHERE id = $1`, c.ID)
			}
		}
		autumn := calendar.NewDate(2025, time.November, 3)
		closed(1, autumn, "2025-11-20 10:00:00+00:00") // over before the quarter
		closed(2, autumn, "2026-01-02 10:00:00+00:00")
		closed(3, autumn, "") // still open
		h.clock.set(time.Date(2026, time.May, 1, 9, 0, 0, 0, time.UTC))
		closed(4, newYear, "2026-01-20 10:00:00+00:00")
		closed(5, lastOfMarch, "")
		closed(6, lastOfMarch.AddDays(1), "") // of the next quarter
		closed(7, autumn, "2025-11-20 10:00:00+00:00")
		h.raw(`UPDATE complaints SET disputed_on = '2026-02-03' WHERE number = 'K-2026-0004'`)
		var numbers []string
		for n, c := range h.told(winter, winter) {
			numbers = append(numbers, n)
			if early := c.Facts.Received.Before(newYear); early != (c.Facts.Category == "") || len(c.Promises) == 0 {
				t.Errorf("%s comes with %+v", n, c)
			}
		}
		slices.Sort(numbers)
		equal(t, "cases", numbers, []string{"K-2025-0002", "K-2025-0003", "K-2026-0001", "K-2026-0002", "K-2026-0004"})
		if n := len(h.told(calendar.Quarter{Year: 2025, Number: 4}, winter)); n != 6 {
			t.Errorf("%d cases since the autumn, want 6", n)
		}
	})
}

// TestQuarterlyLeavesOut: a case that concerns somebody is not told to an
// audience with that person in it, nor by a register opened to look.
func TestQuarterlyLeavesOut(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.log("view:1")
		about := h.logAbout("view:2", staff, director)
		other := h.logAbout("view:3", staff, deputy)
		look, err := Inspect(t.Context(), h.options)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { mustBe(t, look.Close(), nil) })
		beside := *h
		beside.DB = look
		for _, h := range []*house{h, &beside} {
			if all := h.told(winter, winter); len(all) != 3 {
				t.Errorf("%d cases in all", len(all))
			}
			shared := h.told(winter, winter, director, "U0NOBODY")
			if _, ok := shared[about.Number]; ok || len(shared) != 2 {
				t.Errorf("%d cases without the director's", len(shared))
			}
			both := h.told(winter, winter, director, deputy)
			if _, ok := both[other.Number]; ok || len(both) != 1 {
				t.Errorf("%d cases without either's", len(both))
			}
			err := h.Reviews().Register(t.Context(), lastOfMarch, []roster.PersonID{director}, func(c workflow.Complaint) error {
				if c.Number == about.Number {
					t.Error("the register tells the director of the case")
				}
				return nil
			})
			mustBe(t, err, nil)
		}
	})
}

// TestQuarterlyEnds: an error of the reader ends it, and the connection is free
// again.
func TestQuarterlyEnds(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.log("view:1")
		h.log("view:2")
		enough := errors.New("enough")
		for range 40 {
			n := 0
			err := h.Reviews().Quarterly(t.Context(), winter, winter, nil, func(workflow.Complaint) error {
				n++
				return enough
			})
			if !errors.Is(err, enough) || n != 1 {
				t.Fatalf("%v after %d", err, n)
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := h.Reviews().Quarterly(ctx, winter, winter, nil, func(workflow.Complaint) error { return nil }); err == nil {
			t.Error("it goes on though nobody waits any more")
		}
	})
}

// TestPromisedFollows: at every step the short form in a complaint's row says
// what its promises say, and the migration's SQL makes the same.
func TestPromisedFollows(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.log("view:1")
		for i, a := range []workflow.Action{
			workflow.Acknowledge{Sent: sent(2, "Ontvangen")},
			workflow.Progress{Sent: sent(2, "Later"), Reason: "Ziek", Expected: calendar.NewDate(2026, time.April, 20)},
			resolved(), workflow.Confirm{Sent: sent(2, "Klaar")}, workflow.Reopen{Reason: "Nieuw feit"}, resolved(),
		} {
			c := h.do(made.ID, officer, fmt.Sprint("click:", i), a)
			var want []workflow.Promise
			for _, p := range c.Promises {
				want = append(want, inShort(p))
			}
			equal(t, fmt.Sprintf("after %s", a.Name()), h.told(winter, winter)[made.Number].Promises, want)
		}
		h.backfilled(made.ID)
	})
}

// backfilled runs the migration's statement again over a case.
func (h *house) backfilled(id workflow.CaseID) {
	h.Helper()
	text, err := fs.ReadFile(migrations.Files(), "00010_report.sql")
	if err != nil {
		h.Fatal(err)
	}
	update := string(text)[strings.Index(string(text), "UPDATE complaints"):]
	before, after := "", ""
	get := func(dest *string) {
		if err := h.core.Write.Get(h.Context(), dest, `SELECT promised FROM complaints WHERE id = $1`, id); err != nil {
			h.Fatal(err)
		}
	}
	get(&before)
	h.raw(`UPDATE complaints SET promised = ''`)
	h.raw(update)
	if get(&after); after != before || after == "" {
		h.Errorf("the migration makes %q, a change %q", after, before)
	}
}

func FuzzPromised(f *testing.F) {
	f.Add("")
	f.Add("acknowledgement,2026-03-02,2026-03-07,2026-03-03,2026-03-03,email,,0,1")
	f.Add("outcome,2026-03-02,2026-04-02,,,,,0,0;progress,,,,,,,1,1")
	f.Add("a;b,,")
	f.Fuzz(func(t *testing.T, text string) {
		all, err := cases.DecodePromises(nil, text)
		if err != nil {
			return
		}
		again, err := cases.DecodePromises(nil, cases.EncodePromises(all))
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		equal(t, "read again", again, all)
	})
}

// spread fills the register with n more cases, received over the eight
// quarters up to the first of 2026 in the order of their numbers, four in five
// of them closed.
func (h *house) spread(n int) {
	h.Helper()
	model := h.log("model")
	h.raw(`INSERT INTO complaints (id, number, series, year, ordinal, version, state,
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
	h.raw(`ANALYZE`)
}

// BenchmarkQuarterly reads a register of a million cases, or as many as
// KLACHTBOT_BENCH_CASES says, for a report.
func BenchmarkQuarterly(b *testing.B) {
	cases := benchCases(b, 1_000_000)
	for _, engine := range engineNames() {
		b.Run(engine, func(b *testing.B) {
			h := newHouse(b, address(b, engine))
			h.spread(cases)
			for b.Loop() {
				n := 0
				err := h.Reviews().Quarterly(b.Context(), calendar.Quarter{Year: 2024, Number: 2}, winter,
					[]roster.PersonID{director}, func(workflow.Complaint) error { n++; return nil })
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

// TestQuarterlyAfterThePurge: an erased case still counts, as it did, with its
// dates moved to the month. Whom a guarded one concerned nobody knows any more,
// so whoever may not know of all of them is told of none.
func TestQuarterlyAfterThePurge(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		plain := h.closed(h.log("view:1"))
		guarded := h.closed(h.logAbout("view:2", staff, officer))
		h.clock.set(afterwards)
		h.sweepAll()
		equal(t, "erased", h.count(`SELECT count(*) FROM complaints WHERE state = 'erased'`), 2)
		all := h.told(winter, winter)
		if c := all[plain.Number]; c.Facts.Received != calendar.NewDate(2026, time.March, 1) || c.Facts.OfferingName != "" ||
			c.Class(h.options.Policy.Calendar.Today(afterwards)) != workflow.ClassInTime {
			t.Errorf("received %s, class %q", c.Facts.Received, c.Class(c.Facts.Received))
		}
		if _, ok := all[guarded.Number]; !ok {
			t.Error("the guarded case does not count for who may know of all")
		}
		shared := h.told(winter, winter, director)
		if _, ok := shared[guarded.Number]; ok || len(shared) != 1 {
			t.Errorf("%d cases for who may not, the guarded one among them: %v", len(shared), ok)
		}
	})
}
