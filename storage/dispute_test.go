package storage_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
)

// TestDispute_isKeptWhole: the dates of a dispute, what is promised in it and how it
// ended come back as they were; what is due shows in the lists, also of a closed case
// that was reopened meanwhile; and the register is whole.
func TestDispute_isKeptWhole(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		march := func(d int) calendar.Date { return calendar.NewDate(2026, time.March, d) }
		c := reg.CloseCase(reg.File("1"))
		c = reg.Do(c.ID, storagetest.Officer, "to the committee", workflow.Dispute{
			Date: march(2), Reference: "GC 1", Dates: workflow.DisputeDates{Defence: march(20), Hearing: march(30)},
		})
		reg.MustHold(c)
		storagetest.Equal(t, "dates", c.DisputeDates(), workflow.DisputeDates{Defence: march(20), Hearing: march(30)})
		reg.Clock.Set(storagetest.Monday.AddDate(0, 0, 19))
		overdue := reg.Listed(lists.Query{Viewer: storagetest.Officer, Filter: lists.FilterOverdue})
		if !slices.Contains(overdue, c.Number) {
			t.Errorf("what is late lacks the defence: %v", overdue)
		}
		known := c.DisputeDates()
		sent := known
		sent.Sent = march(20)
		c = reg.Do(c.ID, storagetest.Officer, "defence", workflow.Dispute{Dates: sent, Shown: known})
		c = reg.Do(c.ID, storagetest.Officer, "ruling", workflow.Dispute{
			Date: march(21), Dates: sent, Shown: sent, Ruling: "Terecht", Verdict: workflow.RulingUpheld, RulingDue: march(31),
		})
		reg.MustHold(c)
		storagetest.Equal(t, "dispute", c.Dispute, workflow.DisputeFile{On: march(2), Hearing: march(30), Ruling: workflow.RulingUpheld, EndedOn: march(21)})
		remedy := c.Promises[len(c.Promises)-1]
		if remedy.Kind != workflow.PromiseRemedy || remedy.Subject != "ruling" || !remedy.Open() {
			t.Errorf("to be carried out: %+v", remedy)
		}
		reg.MustVerify()
		reg.Exec(`UPDATE complaints SET ruling = 'not_upheld' WHERE id = $1`, c.ID)
		if len(reg.Findings()) == 0 {
			t.Error("nobody finds a ruling that was changed")
		}
	})
}

// TestOldRegister_disputeGoesOn: a case that a program of before took to the
// committee goes on to a ruling with a verdict, and one that it had a ruling of says
// that it does not know which. Neither is an open dispute in the figures that is none.
func TestOldRegister_disputeGoesOn(t *testing.T) {
	for _, engine := range storagetest.Engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			db := openBefore(t, engine)
			for range 20 {
				_, err := db.Sweep(t.Context(), 10)
				storagetest.MustBe(t, err, nil)
			}
			ruled, _, err := db.Find(t.Context(), workflow.Lookup{Number: "K-2026-0007"}, "U0OMAR")
			storagetest.MustBe(t, err, nil)
			storagetest.Equal(t, "ruled on before", ruled.DisputeStage(), workflow.DisputeUnknown)
			c, _, err := db.Find(t.Context(), workflow.Lookup{Number: "K-2026-0006"}, "U0OMAR")
			storagetest.MustBe(t, err, nil)
			storagetest.Equal(t, "disputed before", c.DisputeStage(), workflow.DisputeOpen)
			dates := workflow.DisputeDates{Defence: calendar.NewDate(2026, 8, 3)}
			for i, a := range []workflow.Dispute{
				{Dates: dates},
				{Date: calendar.NewDate(2026, 6, 30), Dates: dates, Shown: dates, Ruling: "Terecht", Verdict: workflow.RulingUpheld},
			} {
				done, err := db.Apply(t.Context(), workflow.Command{Case: c.ID, Action: a, By: "U0OMAR", Gesture: fmt.Sprint("dispute ", i)})
				storagetest.MustBe(t, err, nil)
				c = done.Complaint
			}
			if c.State != workflow.StateInProgress || c.DisputeStage() != workflow.DisputeRuled {
				t.Errorf("%s, %s", c.State, c.DisputeStage())
			}
			found := map[string]workflow.DisputeStage{}
			spring := calendar.Quarter{Year: 2026, Number: 2}
			storagetest.MustBe(t, db.Reviews().Quarterly(t.Context(), spring, spring, nil, func(c workflow.Complaint) error {
				if stage := c.DisputeStage(); stage != workflow.DisputeNone {
					found[c.Number] = stage
				}
				return nil
			}), nil)
			storagetest.Equal(t, "in the figures", found, map[string]workflow.DisputeStage{
				"K-2026-0006": workflow.DisputeRuled, "K-2026-0007": workflow.DisputeUnknown,
			})
			storagetest.MustBe(t, db.Verify(t.Context(), func(f journal.Finding) { t.Errorf("verify finds %+v", f) }), nil)
		})
	}
}
