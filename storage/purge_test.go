package storage

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// afterwards is when a case that was closed on the first day is to be purged.
var afterwards = monday.AddDate(2, 0, 1)

// closed takes a complaint to its end on that day.
func (h *house) closed(c workflow.Complaint) workflow.Complaint {
	h.Helper()
	by := c.Owner
	h.do(c.ID, by, "resolve "+string(c.ID), resolved())
	return h.do(c.ID, by, "confirm "+string(c.ID), workflow.Confirm{Sent: sent(2, "Uitkomst bevestigd")})
}

// sweepAll sweeps until nothing is due.
func (h *house) sweepAll() (ticked int) {
	h.Helper()
	for {
		n, err := h.Sweep(h.Context(), 100)
		if err != nil {
			h.Fatal(err)
		}
		if ticked += n; n < 100 {
			return ticked
		}
	}
}

// aboutCases are the tables in which nothing of a purged case may be left, and
// the column that names the case.
func aboutCases() map[string]string {
	return map[string]string{
		"case_keys": "complaint", "concerns": "complaint", "contacts": "complaint", "records": "complaint",
		"attachments": "complaint", "links": "complaint", "digest_items": "complaint", "outgoing_files": "complaint",
		"views": "complaint",
	}
}

// everything is a closed case with something in every table.
func (h *house) everything() (c workflow.Complaint, words []string) {
	h.Helper()
	words = h.everySecret()
	c, _, err := h.find("K-2026-0001", officer)
	if err != nil {
		h.Fatal(err)
	}
	other := h.neighbour(-1)
	h.do(c.ID, officer, "click:link", workflow.Link{Other: other.ID})
	h.do(c.ID, officer, "click:files", workflow.Note{Text: "Bijlagetekst", Attachments: []workflow.Attachment{{File: "F1", Name: "foto-van-zaag.jpg"}}})
	if err := h.Records().TakeAttachment(h.Context(), c.ID, 1, []byte("Bijlagebytes")); err != nil {
		h.Fatal(err)
	}
	if err := h.Documents().SendDocument(h.Context(), outbox.Document{Case: c.ID, To: officer, Name: "dossier.pdf", Content: paper}); err != nil {
		h.Fatal(err)
	}
	h.raw(`INSERT INTO digest_items (person, complaint, watch, round) VALUES ('U0FATIMA', $1, 'outcome', 1)`, c.ID)
	h.raw(`INSERT INTO messages (complaint, channel, ts) VALUES ($1, 'C0CASES', '1.000001'), ($1, 'D0FATIMA', '2.000002')`, c.ID)
	h.raw(`INSERT INTO views (complaint, surface, channel, ts, shown) VALUES ($1, 'case', 'C0CASES', '1.000001', 1)`, c.ID)
	c = h.do(c.ID, officer, "click:confirm", workflow.Confirm{Sent: sent(2, "Uitkomst bevestigd")})
	return c, append(words, "Bijlagetekst", "foto-van-zaag", "Bijlagebytes", "Uitkomst bevestigd", "Timmeren")
}

// TestPurge (R10): when its time is over nothing is left about anybody. Its
// number reads as erased, the figures' row and the chains stay whole.
func TestPurge(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c, _ := h.everything()
		for table, column := range aboutCases() {
			if h.count(`SELECT count(*) FROM `+table+` WHERE `+column+` = $1`, c.ID) == 0 {
				t.Errorf("there is nothing in %s to begin with", table)
			}
		}
		h.clock.set(afterwards)
		h.sweepAll()
		for table, column := range aboutCases() {
			if n := h.count(`SELECT count(*) FROM `+table+` WHERE `+column+` = $1`, c.ID); n > 0 {
				t.Errorf("%d rows are left in %s", n, table)
			}
		}
		equal(t, "what is queued", h.count(`SELECT count(*) FROM outbox WHERE complaint = $1 AND surface NOT IN ('clear', 'look')`, c.ID), 0)
		equal(t, "to be cleared", h.count(`SELECT count(*) FROM outbox WHERE complaint = $1 AND surface = 'clear'`, c.ID), 1)
		left, err := h.Queue().PendingDeletions(t.Context(), c.ID)
		if err != nil || len(left) != 2 || left[0].Channel != "D0FATIMA" || !left[1].Root {
			t.Errorf("left behind in Slack: %+v, %v", left, err)
		}
		h.nobody(c.ID)
		equal(t, "what stays", h.count(`SELECT count(*) FROM complaints WHERE id = $1 AND number = 'K-2026-0001'
			AND state = 'erased' AND received = '2026-03-01' AND verdict = 'partly_upheld' AND cause = 'facilities' AND category = 'trainer'
			AND offering_kind = 'training' AND offering_name = '' AND incident = ''`, c.ID), 1)
		h.readsErased(c)
		h.clean()
	})
}

// nobody fails when a column of the case names somebody.
func (h *house) nobody(id workflow.CaseID) {
	h.Helper()
	equal(h, "people in the row", h.count(`SELECT count(*) FROM complaints WHERE id = $1
		AND (logged_by <> '' OR owner <> '' OR last_by <> '' OR waiting_marks <> '' OR hold_marks <> '' OR retention_marks <> '')`, id), 0)
	equal(h, "people in promises", h.count(`SELECT count(*) FROM promises WHERE complaint = $1 AND (kept_by <> '' OR marks <> '')`, id), 0)
}

// readsErased: by number, by id and by message; for every action; for the bot
// itself it is not there.
func (h *house) readsErased(c workflow.Complaint) {
	h.Helper()
	for _, key := range []workflow.Lookup{{Number: c.Number}, {ID: c.ID}, {Channel: "C0CASES", TS: "1.000001"}} {
		for _, who := range []roster.PersonID{officer, director, staff} {
			got, _, err := h.Find(h.Context(), key, who)
			mustRefuse(h, err, workflow.CodeErased)
			equal(h, "found", got, workflow.Complaint{})
		}
	}
	for _, a := range []workflow.Action{workflow.Note{Text: "Nog iets"}, workflow.LookDossier{}, workflow.Reopen{Reason: "Toch"}} {
		_, err := h.Apply(h.Context(), workflow.Command{Case: c.ID, Action: a, By: officer, Gesture: "late " + string(a.Name())})
		mustRefuse(h, err, workflow.CodeErased)
	}
	_, err := h.Case(h.Context(), c.ID)
	mustRefuse(h, err, workflow.CodeNoSuchCase)
	_, err = h.Records().Dossier(h.Context(), c.ID)
	mustRefuse(h, err, workflow.CodeNoSuchCase)
	for _, q := range []lists.Query{
		{Viewer: officer}, {Viewer: officer, Filter: lists.FilterClosed, Month: calendar.NewDate(2026, 3, 1)},
		{Viewer: officer, Search: lists.Search{Kind: lists.SearchCategory, Text: "trainer"}},
		{Viewer: staff, Filter: lists.FilterLogged},
	} {
		for _, number := range h.listed(q) {
			if number == c.Number {
				h.Errorf("%+v lists it", q)
			}
		}
	}
}

// TestAGuardedCaseIsErasedInSilence: for whom it does not exist, nobody knows
// any more; so it reads like a number that was never given out.
func TestAGuardedCaseIsErasedInSilence(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.closed(h.logAbout("view:1", staff, officer))
		h.clock.set(afterwards)
		h.sweepAll()
		equal(t, "erased", h.count(`SELECT count(*) FROM complaints WHERE state = 'erased'`), 1)
		for _, who := range []roster.PersonID{officer, deputy, director, staff} {
			_, _, err := h.find(c.Number, who)
			mustRefuse(t, err, workflow.CodeNoSuchCase)
			_, err = h.Apply(t.Context(), workflow.Command{Case: c.ID, Action: workflow.LookDossier{}, By: who, Gesture: "late " + string(who)})
			mustRefuse(t, err, workflow.CodeNoSuchCase)
		}
		h.clean()
	})
}

// TestOnlyWhatIsDueIsPurged: open, held and disputed cases stay, however old,
// and readable.
func TestOnlyWhatIsDueIsPurged(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		open, held, disputed, over := h.log("1"), h.closed(h.log("2")), h.closed(h.log("3")), h.closed(h.log("4"))
		h.do(held.ID, officer, "hold", workflow.Hold{Reason: "Rechtszaak", Review: calendar.NewDate(2026, 9, 1)})
		h.do(disputed.ID, officer, "dispute", workflow.Dispute{Date: calendar.NewDate(2026, 3, 2), Reference: "GC 1"})
		h.clock.set(monday.AddDate(40, 0, 0))
		h.sweepAll()
		for _, c := range []workflow.Complaint{open, held, disputed} {
			got, _, err := h.find(c.Number, officer)
			if err != nil || got.Particulars != c.Particulars {
				t.Errorf("%s is gone: %v", c.Number, err)
			}
		}
		_, _, err := h.find(over.Number, officer)
		mustRefuse(t, err, workflow.CodeErased)
		h.clean()
	})
}

// TestSweepersPurgeOnce: replicas that sweep at once purge each case once.
func TestSweepersPurgeOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		for i := range 8 {
			h.closed(h.log(fmt.Sprint("view:", i)))
		}
		h.clock.set(afterwards)
		var ticked atomic.Int64
		noErrors(t, together(t.Context(), 4, func(ctx context.Context, _ int) error {
			n, err := h.Sweep(ctx, 100)
			ticked.Add(int64(n))
			return err
		}))
		equal(t, "ticks", ticked.Load(), int64(8))
		equal(t, "lines of the journal", h.count(`SELECT count(*) FROM journal WHERE action = 'purge'`), 8)
		equal(t, "lines of the chain", h.count(`SELECT count(*) FROM register_chain WHERE action = 'purged'`), 8)
		h.clean()
	})
}

// TestAPurgeIsAllOrNothing breaks it at its end: the case is whole, the others
// go, and the next sweep after the repair ends it.
func TestAPurgeIsAllOrNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.closed(h.log("view:1"))
		h.clock.set(afterwards)
		h.raw(`ALTER TABLE views RENAME TO views_away`)
		if _, err := h.Sweep(t.Context(), 10); err == nil {
			t.Fatal("purged without the table")
		}
		h.raw(`ALTER TABLE views_away RENAME TO views`)
		if got, _, err := h.find(c.Number, officer); err != nil || got.Particulars != c.Particulars {
			t.Errorf("half a purge: %v", err)
		}
		h.clean()
		h.clock.set(afterwards.Add(sweepAgain))
		h.sweepAll()
		_, _, err := h.find(c.Number, officer)
		mustRefuse(t, err, workflow.CodeErased)
	})
}

// TestCasesFromBeforeRetention: a register of a version that kept everything,
// and one whose setting changed, purge what is due at the first sweep.
func TestCasesFromBeforeRetention(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.closed(h.log("view:1"))
		h.raw(`UPDATE complaints SET next_at = NULL`)
		h.raw(`DELETE FROM meta WHERE name = 'retention'`)
		h.clock.set(monday.AddDate(1, 0, 1))
		h.reopen(nil)
		h.sweepAll()
		if _, _, err := h.find(c.Number, officer); err != nil {
			t.Fatalf("after a year: %v", err)
		}
		h.options.Policy.Terms.RetentionMonths = 12
		h.reopen(nil)
		h.sweepAll()
		_, _, err := h.find(c.Number, officer)
		mustRefuse(t, err, workflow.CodeErased)
	})
}

// TestErasuresComeTogether: what is going to be erased comes in one direct
// message a day, also when it is little; another nudge goes by itself.
func TestErasuresComeTogether(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		for i := range 2 {
			s.closed(s.log(fmt.Sprint("view:", i)))
		}
		held := s.closed(s.log("held"))
		s.drain()
		day := time.Date(2028, time.February, 1, 9, 0, 0, 0, s.core.Policy.Calendar.Location) // 30 days ahead is Tuesday
		s.clock.set(day.AddDate(0, 0, -7))
		s.sweep()
		s.do(held.ID, officer, "hold", workflow.Hold{Reason: "Rechtszaak", Review: calendar.NewDate(2028, 2, 1)})
		s.drain()
		s.clock.set(day)
		s.pass(time.Hour)
		s.sweep()
		equal(t, "in the digest", s.items(officer), 2)
		// The director heard a week ago of the quarters that wait.
		equal(t, "what arrives", s.arrives(), []string{"digest U0FATIMA ", "nudge U0FATIMA hold", "reviews U0DIRK "})
	})
}
