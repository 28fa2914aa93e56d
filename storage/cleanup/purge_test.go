package cleanup_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// aboutCases are the tables in which nothing of a purged case may be left, and
// the column that names the case.
func aboutCases() map[string]string {
	return map[string]string{
		"case_keys": "complaint", "concerns": "complaint", "contacts": "complaint", "records": "complaint",
		"attachments": "complaint", "links": "complaint", "digest_items": "complaint", "outgoing_files": "complaint",
		"views": "complaint",
	}
}

// fileEverything is a closed case with something in every table.
func fileEverything(reg *storagetest.Register) (c workflow.Complaint, words []string) {
	reg.Helper()
	words = reg.FileSecrets()
	c, _, err := reg.FindNumber("K-2026-0001", storagetest.Officer)
	if err != nil {
		reg.Fatal(err)
	}
	other := fileOther(reg, -1)
	reg.Do(c.ID, storagetest.Officer, "click:link", workflow.Link{Other: other.ID})
	reg.Do(c.ID, storagetest.Officer, "click:files", workflow.Note{Text: "Bijlagetekst", Attachments: []workflow.Attachment{{File: "F1", Name: "foto-van-zaag.jpg"}}})
	if err := reg.Records().TakeAttachment(reg.Context(), c.ID, 1, []byte("Bijlagebytes")); err != nil {
		reg.Fatal(err)
	}
	if err := reg.Documents().SendDocument(reg.Context(), outbox.Document{Case: c.ID, To: storagetest.Officer, Name: "dossier.pdf", Content: []byte("%PDF-2.0 De zaagmachine was zoek")}); err != nil {
		reg.Fatal(err)
	}
	reg.Exec(`INSERT INTO digest_items (person, complaint, watch, round) VALUES ('U0FATIMA', $1, 'outcome', 1)`, c.ID)
	reg.Exec(`INSERT INTO messages (complaint, channel, ts) VALUES ($1, 'C0CASES', '1.000001'), ($1, 'D0FATIMA', '2.000002')`, c.ID)
	reg.Exec(`INSERT INTO views (complaint, surface, channel, ts, shown) VALUES ($1, 'case', 'C0CASES', '1.000001', 1)`, c.ID)
	c = reg.Do(c.ID, storagetest.Officer, "click:confirm", workflow.Confirm{Sent: storagetest.Sent(2, "Uitkomst bevestigd")})
	return c, append(words, "Bijlagetekst", "foto-van-zaag", "Bijlagebytes", "Uitkomst bevestigd", "Timmeren")
}

// TestPurge_leavesNothing (R10): when its time is over nothing is left about anybody. Its
// number reads as erased, the figures' row and the chains stay whole.
func TestPurge_leavesNothing(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c, _ := fileEverything(reg)
		for table, column := range aboutCases() {
			if reg.Count(`SELECT count(*) FROM `+table+` WHERE `+column+` = $1`, c.ID) == 0 {
				t.Errorf("there is nothing in %s to begin with", table)
			}
		}
		reg.Announced()
		reg.Clock.Set(storagetest.AfterRetention)
		reg.SweepAll()
		for table, column := range aboutCases() {
			if n := reg.Count(`SELECT count(*) FROM `+table+` WHERE `+column+` = $1`, c.ID); n > 0 {
				t.Errorf("%d rows are left in %s", n, table)
			}
		}
		storagetest.Equal(t, "what is queued", reg.Count(`SELECT count(*) FROM outbox WHERE complaint = $1 AND surface NOT IN ('clear', 'look')`, c.ID), 0)
		storagetest.Equal(t, "to be cleared", reg.Count(`SELECT count(*) FROM outbox WHERE complaint = $1 AND surface = 'clear'`, c.ID), 1)
		left, err := reg.Queue().PendingDeletions(t.Context(), c.ID)
		if err != nil || len(left) != 2 || left[0].Channel != "D0FATIMA" || !left[1].Root {
			t.Errorf("left behind in Slack: %+v, %v", left, err)
		}
		mustHoldNobody(reg, c.ID)
		storagetest.Equal(t, "what stays", reg.Count(`SELECT count(*) FROM complaints WHERE id = $1 AND number = 'K-2026-0001'
			AND state = 'erased' AND received = '2026-03-01' AND verdict = 'partly_upheld' AND cause = 'facilities' AND category = 'trainer'
			AND offering_kind = 'training' AND offering_name = '' AND incident = ''`, c.ID), 1)
		readsErased(reg, c)
		reg.MustVerify()
	})
}

// mustHoldNobody fails when a column of the case names somebody.
func mustHoldNobody(reg *storagetest.Register, id workflow.CaseID) {
	reg.Helper()
	storagetest.Equal(reg, "people in the row", reg.Count(`SELECT count(*) FROM complaints WHERE id = $1
		AND (logged_by <> '' OR owner <> '' OR last_by <> '' OR waiting_marks <> '' OR hold_marks <> '' OR retention_marks <> '')`, id), 0)
	storagetest.Equal(reg, "people in promises", reg.Count(`SELECT count(*) FROM promises WHERE complaint = $1 AND (kept_by <> '' OR marks <> '')`, id), 0)
}

// readsErased: by number, by id and by message; for every action; for the bot
// itself it is not there.
func readsErased(reg *storagetest.Register, c workflow.Complaint) {
	reg.Helper()
	for _, key := range []workflow.Lookup{{Number: c.Number}, {ID: c.ID}, {Channel: "C0CASES", TS: "1.000001"}} {
		for _, who := range []roster.PersonID{storagetest.Officer, storagetest.Director, storagetest.Staff} {
			got, _, err := reg.Find(reg.Context(), key, who)
			storagetest.MustRefuse(reg, err, workflow.CodeErased)
			storagetest.Equal(reg, "found", got, workflow.Complaint{})
		}
	}
	for _, a := range []workflow.Action{workflow.Note{Text: "Nog iets"}, workflow.LookDossier{}, workflow.Reopen{Reason: "Toch"}} {
		_, err := reg.Apply(reg.Context(), workflow.Command{Case: c.ID, Action: a, By: storagetest.Officer, Gesture: "late " + string(a.Name())})
		storagetest.MustRefuse(reg, err, workflow.CodeErased)
	}
	_, err := reg.Case(reg.Context(), c.ID)
	storagetest.MustRefuse(reg, err, workflow.CodeNoSuchCase)
	_, err = reg.Records().Dossier(reg.Context(), c.ID)
	storagetest.MustRefuse(reg, err, workflow.CodeNoSuchCase)
	for _, q := range []lists.Query{
		{Viewer: storagetest.Officer}, {Viewer: storagetest.Officer, Filter: lists.FilterClosed, Month: calendar.NewDate(2026, 3, 1)},
		{Viewer: storagetest.Officer, Search: lists.Search{Kind: lists.SearchCategory, Text: "trainer"}},
		{Viewer: storagetest.Staff, Filter: lists.FilterLogged},
	} {
		for _, number := range reg.Listed(q) {
			if number == c.Number {
				reg.Errorf("%+v lists it", q)
			}
		}
	}
}

// TestPurge_guardedCase: for whom it does not exist, nobody knows
// any more; so it reads like a number that was never given out.
func TestPurge_guardedCase(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.CloseCase(reg.FileAbout("view:1", storagetest.Staff, storagetest.Officer))
		reg.Announced()
		reg.Clock.Set(storagetest.AfterRetention)
		reg.SweepAll()
		storagetest.Equal(t, "erased", reg.Count(`SELECT count(*) FROM complaints WHERE state = 'erased'`), 1)
		for _, who := range []roster.PersonID{storagetest.Officer, storagetest.Deputy, storagetest.Director, storagetest.Staff} {
			_, _, err := reg.FindNumber(c.Number, who)
			storagetest.MustRefuse(t, err, workflow.CodeNoSuchCase)
			_, err = reg.Apply(t.Context(), workflow.Command{Case: c.ID, Action: workflow.LookDossier{}, By: who, Gesture: "late " + string(who)})
			storagetest.MustRefuse(t, err, workflow.CodeNoSuchCase)
		}
		reg.MustVerify()
	})
}

// TestPurge_onlyWhatIsDue: open, held and disputed cases stay, however old,
// and readable.
func TestPurge_onlyWhatIsDue(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		open, held, disputed, over := reg.File("1"), reg.CloseCase(reg.File("2")), reg.CloseCase(reg.File("3")), reg.CloseCase(reg.File("4"))
		reg.Do(held.ID, storagetest.Officer, "hold", workflow.Hold{Reason: "Rechtszaak", Review: calendar.NewDate(2026, 9, 1)})
		reg.Do(disputed.ID, storagetest.Officer, "dispute", workflow.Dispute{Date: calendar.NewDate(2026, 3, 2), Reference: "GC 1"})
		reg.Announced()
		reg.Clock.Set(storagetest.Monday.AddDate(40, 0, 0))
		reg.SweepAll()
		for _, c := range []workflow.Complaint{open, held, disputed} {
			got, _, err := reg.FindNumber(c.Number, storagetest.Officer)
			if err != nil || got.Particulars != c.Particulars {
				t.Errorf("%s is gone: %v", c.Number, err)
			}
		}
		_, _, err := reg.FindNumber(over.Number, storagetest.Officer)
		storagetest.MustRefuse(t, err, workflow.CodeErased)
		reg.MustVerify()
	})
}

// TestPurge_sweepersOnce: replicas that sweep at once purge each case once.
func TestPurge_sweepersOnce(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		for i := range 8 {
			reg.CloseCase(reg.File(fmt.Sprint("view:", i)))
		}
		reg.Announced()
		reg.Clock.Set(storagetest.AfterRetention)
		var ticked atomic.Int64
		storagetest.NoErrors(t, storagetest.Together(t.Context(), 4, func(ctx context.Context, _ int) error {
			n, err := reg.Sweep(ctx, 100)
			ticked.Add(int64(n))
			return err
		}))
		storagetest.Equal(t, "ticks", ticked.Load(), int64(8))
		storagetest.Equal(t, "lines of the journal", reg.Count(`SELECT count(*) FROM journal WHERE action = 'purge'`), 8)
		storagetest.Equal(t, "lines of the chain", reg.Count(`SELECT count(*) FROM register_chain WHERE action = 'purged'`), 8)
		reg.MustVerify()
	})
}

// TestPurge_allOrNothing breaks it at its end: the case is whole, the others
// go, and the next sweep after the repair ends it.
func TestPurge_allOrNothing(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.CloseCase(reg.File("view:1"))
		reg.Announced()
		reg.Clock.Set(storagetest.AfterRetention)
		reg.Exec(`ALTER TABLE views RENAME TO views_away`)
		if _, err := reg.Sweep(t.Context(), 10); err == nil {
			t.Fatal("purged without the table")
		}
		reg.Exec(`ALTER TABLE views_away RENAME TO views`)
		if got, err := reg.Case(t.Context(), c.ID); err != nil || got.Particulars != c.Particulars {
			t.Errorf("half a purge: %v", err)
		}
		reg.MustVerify()
		reg.Announced()
		reg.Clock.Set(storagetest.AfterRetention.Add(time.Hour))
		reg.SweepAll()
		_, _, err := reg.FindNumber(c.Number, storagetest.Officer)
		storagetest.MustRefuse(t, err, workflow.CodeErased)
	})
}

// TestPurge_casesFromBeforeRetention: a register of a version that kept everything,
// and one whose setting changed, purge what is due at the first sweep.
func TestPurge_casesFromBeforeRetention(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.CloseCase(reg.File("view:1"))
		reg.Exec(`UPDATE complaints SET next_at = NULL`)
		reg.Exec(`DELETE FROM meta WHERE name = 'retention'`)
		reg.Clock.Set(storagetest.Monday.AddDate(1, 0, 1))
		reg.Reopen(nil)
		reg.SweepAll()
		if _, _, err := reg.FindNumber(c.Number, storagetest.Officer); err != nil {
			t.Fatalf("after a year: %v", err)
		}
		reg.Options.Policy.Terms.RetentionMonths = 12
		reg.Reopen(nil)
		reg.Announced()
		reg.SweepAll()
		_, _, err := reg.FindNumber(c.Number, storagetest.Officer)
		storagetest.MustRefuse(t, err, workflow.CodeErased)
	})
}

// TestPurge_announcedTogether: what is going to be erased comes in one direct
// message a day, also when it is little; another reminder goes by itself.
func TestPurge_announcedTogether(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		for i := range 2 {
			box.CloseCase(box.File(fmt.Sprint("view:", i)))
		}
		held := box.CloseCase(box.File("held"))
		box.Drain()
		day := time.Date(2028, time.February, 1, 9, 0, 0, 0, box.Core().Policy.Calendar.Location) // 30 days ahead is Tuesday
		box.Clock.Set(day.AddDate(0, 0, -7))
		box.SweepAll()
		box.Do(held.ID, storagetest.Officer, "hold", workflow.Hold{Reason: "Rechtszaak", Review: calendar.NewDate(2028, 2, 1)})
		box.Drain()
		box.Clock.Set(day)
		box.Pass(time.Hour)
		box.SweepAll()
		storagetest.Equal(t, "in the digest", box.DigestSize(storagetest.Officer), 2)
		// The director heard a week ago of the quarters that wait.
		storagetest.Equal(t, "what arrives", box.Arrivals(), []string{"digest U0FATIMA ", "nudge U0FATIMA hold", "reviews U0DIRK "})
	})
}
