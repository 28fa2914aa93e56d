package storage

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/artra/klachtbot/workflow"
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
	if err := h.TakeAttachment(h.Context(), c.ID, 1, []byte("Bijlagebytes")); err != nil {
		h.Fatal(err)
	}
	if err := h.Outgo(h.Context(), workflow.Outgoing{Case: c.ID, To: officer, Name: "dossier.pdf", Content: paper}); err != nil {
		h.Fatal(err)
	}
	h.raw(`INSERT INTO digest_items (person, complaint, what, round) VALUES ('U0FATIMA', $1, 'outcome', 1)`, c.ID)
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
		equal(t, "what is queued", h.count(`SELECT count(*) FROM outbox WHERE complaint = $1 AND surface <> 'clear'`, c.ID), 0)
		equal(t, "to be cleared", h.count(`SELECT count(*) FROM outbox WHERE complaint = $1 AND surface = 'clear'`, c.ID), 1)
		left, err := h.Leftovers(t.Context(), c.ID)
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
		for _, who := range []workflow.PersonID{officer, director, staff} {
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
	_, err = h.Dossier(h.Context(), c.ID)
	mustRefuse(h, err, workflow.CodeNoSuchCase)
	for _, q := range []workflow.Query{
		{Viewer: officer}, {Viewer: officer, Filter: workflow.FilterClosed, Month: workflow.NewDate(2026, 3, 1)},
		{Viewer: officer, Search: workflow.Search{Kind: workflow.SearchCategory, Text: "trainer"}},
		{Viewer: staff, Filter: workflow.FilterLogged},
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
		for _, who := range []workflow.PersonID{officer, deputy, director, staff} {
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
		h.do(held.ID, officer, "hold", workflow.Hold{Reason: "Rechtszaak", Review: workflow.NewDate(2026, 9, 1)})
		h.do(disputed.ID, officer, "dispute", workflow.Dispute{Date: workflow.NewDate(2026, 3, 2), Reference: "GC 1"})
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

// fileBytes are all bytes that SQLite keeps.
func (h *house) fileBytes() []byte {
	h.Helper()
	files, err := filepath.Glob(strings.TrimPrefix(h.options.URL, "sqlite:") + "*")
	if err != nil || len(files) < 3 {
		h.Fatalf("files %v, %v", files, err)
	}
	var content []byte
	for _, file := range files {
		text, err := os.ReadFile(filepath.Clean(file))
		if err != nil {
			h.Fatal(err)
		}
		content = append(content, text...)
	}
	return content
}

// sealedBytes are what is sealed of a case, and its key.
func (h *house) sealedBytes(id workflow.CaseID) (all [][]byte) {
	h.Helper()
	for _, query := range []string{
		`SELECT sealed FROM complaints WHERE id = $1`, `SELECT sealed FROM records WHERE complaint = $1`,
		`SELECT wrapped FROM case_keys WHERE complaint = $1`, `SELECT content FROM attachments WHERE complaint = $1`,
		`SELECT name FROM attachments WHERE complaint = $1`, `SELECT hash FROM contacts WHERE complaint = $1`,
		`SELECT person FROM concerns WHERE complaint = $1`, `SELECT sealed FROM outgoing_files WHERE complaint = $1`,
	} {
		var values [][]byte
		if err := h.engine.read.SelectContext(h.Context(), &values, query, id); err != nil {
			h.Fatal(err)
		}
		all = append(all, values...)
	}
	return all
}

// neighbour logs another complaint, of somebody else about something else.
func (h *house) neighbour(i int) workflow.Complaint {
	h.Helper()
	l := sample()
	l.Facts.OfferingName = "Lassen"
	l.Particulars = workflow.Particulars{Name: "Noor", Email: workflow.Confidential(fmt.Sprintf("noor%d@example.org", i)), Story: "Het was koud."}
	return h.do("", staff, fmt.Sprint("neighbour:", i), l)
}

// TestTheFilesForget: among other cases, so that pages were split and moved,
// nothing of what was sealed is left in database, log or shared memory after
// the purge, and no name either. The neighbours are whole.
func TestTheFilesForget(t *testing.T) {
	h := newHouse(t, address(t, "sqlite"))
	c, words := h.everything()
	var gone [][]byte
	var kept []workflow.Complaint
	gone = append(gone, h.sealedBytes(c.ID)...)
	for i := range 60 {
		next := h.neighbour(i)
		h.do(next.ID, officer, fmt.Sprint("note:", i), workflow.Note{Text: workflow.Confidential(strings.Repeat("lang verhaal ", 1+i*3))})
		if i%3 == 0 {
			kept = append(kept, next)
			continue
		}
		next = h.closed(next)
		gone = append(gone, h.sealedBytes(next.ID)...)
	}
	head := func(sealed []byte) []byte { return sealed[:min(len(sealed), 40)] } // the rest may lie on another page
	if before := h.fileBytes(); !bytes.Contains(before, head(gone[0])) || !bytes.Contains(before, []byte("Timmeren")) {
		t.Fatal("nothing is found before the purge: this test looks in the wrong place")
	}
	h.clock.set(afterwards)
	h.sweepAll()
	after := h.fileBytes()
	for i, sealed := range gone {
		if bytes.Contains(after, head(sealed)) {
			t.Errorf("sealed value %d of %d is still in the files", i, len(gone))
		}
	}
	for i, word := range words {
		if bytes.Contains(bytes.ToLower(after), bytes.ToLower([]byte(word))) {
			t.Errorf("word %d is still in the files", i)
		}
	}
	for _, one := range kept {
		if got, _, err := h.find(one.Number, officer); err != nil || got.Particulars != one.Particulars {
			t.Errorf("%s: %v", one.Number, err)
		}
	}
	h.clean()
}

// TestABackupIsPurgedAgain: what a restored copy brings back goes at its first
// sweep, and its chains are whole.
func TestABackupIsPurgedAgain(t *testing.T) {
	h := newHouse(t, address(t, "sqlite"))
	c := h.closed(h.log("view:1"))
	h.clock.set(afterwards.AddDate(0, 0, -3))
	h.sweepAll()
	backup := filepath.Join(t.TempDir(), "backup.db")
	h.raw(`VACUUM INTO '` + backup + `'`)
	h.clock.set(afterwards)
	h.sweepAll()
	h.clock.set(afterwards.AddDate(0, 1, 0))
	h.options.URL = "sqlite:" + backup
	h.reopen(nil)
	if _, _, err := h.find(c.Number, officer); err != nil {
		t.Fatalf("the backup has it not: %v", err)
	}
	equal(t, "ticked", h.sweepAll(), 1)
	_, _, err := h.find(c.Number, officer)
	mustRefuse(t, err, workflow.CodeErased)
	h.clean()
}

// BenchmarkPurge purges a thousand cases, each in a transaction of its own, while somebody logs complaints one after
// the other, and reports how long they waited for an answer at most.
func BenchmarkPurge(b *testing.B) {
	const cases = 1_000
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
				b.ReportMetric(float64(purge.Microseconds())/cases, "µs/case")
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
	h.clock.set(afterwards)
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
	late.Facts.Received, late.Facts.Incident = workflow.NewDate(2028, time.March, 1), workflow.Date{}
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
