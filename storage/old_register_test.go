package storage_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/lib/pq"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/pgtest"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// oldRegisters holds, for each engine, a register that the program wrote before
// the outbox had payloads, with rows of every surface waiting. Its README tells
// how they were made.
const oldRegisters = "testdata/before-typed-outbox"

// oldRow is a row that waits in an old register, and the key of its delivery as
// the old program computed it.
type oldRow struct {
	Surface   outbox.Kind `json:"surface" db:"surface"`
	Complaint string      `json:"complaint" db:"complaint"`
	Person    string      `json:"person" db:"person"`
	What      string      `json:"what" db:"slot"`
	Payload   string      `json:"-" db:"payload"`
	Version   int         `json:"version" db:"version"`
	Ordinal   int         `json:"ordinal" db:"ordinal"`
	Wanted    int         `json:"wanted" db:"wanted"`
	Lane      string      `json:"lane" db:"lane"`
	Attempts  int         `json:"attempts" db:"attempts"`
	FirstTry  int64       `json:"first_try" db:"first_try"`
	QueuedAt  int64       `json:"queued_at" db:"queued_at"`
	DueAt     int64       `json:"due_at" db:"due_at"`
	Fault     string      `json:"fault" db:"fault"`
	Threaded  bool        `json:"threaded" db:"threaded"`
	Edit      bool        `json:"edit" db:"edit"`
	ID        int64       `json:"id,string" db:"id"`
	Key       string      `json:"key" db:"-"`
	InSlack   *oldMessage `json:"in_slack" db:"-"`
}

// oldMessage is where Slack has the message, or the document, with a row's key.
type oldMessage struct {
	Channel string `json:"channel"`
	TS      string `json:"ts"`
	File    string `json:"file"`
}

// oldLane is a lane as the old program left it.
type oldLane struct {
	Lane        string `json:"lane" db:"lane"`
	NextSendAt  int64  `json:"next_send_at" db:"next_send_at"`
	LeasedUntil int64  `json:"leased_until" db:"-"` // not compared: opening a file ends every lease
}

// oldRegister is what waits in an old register, by the old program's own code.
type oldRegister struct {
	Wall      time.Time `json:"wall"`      // just after the old program ended
	Procedure time.Time `json:"procedure"` // what its other clock said
	Lanes     []oldLane `json:"lanes"`
	Rows      []oldRow  `json:"rows"`
}

// onOldRegister runs a test on an opened copy of the old register of each engine.
func onOldRegister(t *testing.T, test func(*testing.T, *storage.DB)) {
	t.Helper()
	for _, engine := range storagetest.Engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			_, o := copyOldRegister(t, engine)
			db := opened(t, o)
			defer func() { storagetest.MustBe(t, db.Close(), nil) }()
			test(t, db)
		})
	}
}

// copyOldRegister returns the old register of an engine, and how to open a copy
// of it at the moment at which it was left, with the settings that it had.
func copyOldRegister(t testing.TB, engine string) (oldRegister, storage.Options) {
	t.Helper()
	from, to := filepath.Join(oldRegisters, engine), t.TempDir()
	var r oldRegister
	if err := json.Unmarshal(readOld(t, from, "waiting.json"), &r); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"register.keys", "register.keys.erased"} {
		writeOld(t, to, name, readOld(t, from, name))
	}
	keys, err := vault.OpenKeyFile(filepath.Join(to, "register.keys"))
	if err != nil {
		t.Fatal(err)
	}
	o := storage.Options{
		Keys: keys, Policy: oldPolicy(t), DirectorsChannel: true,
		Now: func() time.Time { return r.Procedure }, Wall: func() time.Time { return r.Wall },
	}
	if engine == "postgres" {
		o.URL = pgtest.Filled(t, "beforetypedoutbox", restoreOld(readOld(t, from, "register.sql")))
		return r, o
	}
	writeOld(t, to, "register.db", readOld(t, from, "register.sqlite"))
	o.URL = "sqlite:" + filepath.Join(to, "register.db")
	return r, o
}

func readOld(t testing.TB, dir, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func writeOld(t testing.TB, dir, name string, content []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// restoreOld fills an empty database from a dump that consists of statements only.
func restoreOld(dump []byte) func(url string) error {
	return func(url string) error {
		connector, err := pq.NewConnector(url)
		if err != nil {
			return err
		}
		db := sql.OpenDB(connector)
		_, err = db.ExecContext(context.Background(), string(dump))
		return errors.Join(err, db.Close())
	}
}

// oldPolicy is what the old program was set to when it ended: nobody may be
// reminded at that hour.
func oldPolicy(t testing.TB) *workflow.Policy {
	t.Helper()
	p := storagetest.Policy(t)
	p.Terms.RetentionMonths = 6
	p.Calendar.EveryDay = true
	p.Roster = roster.Roster{
		Officers:  []roster.PersonID{"U0OMAR", "U0LOTTE"},
		Directors: []roster.PersonID{"U0DIRK", "U0DEWI"},
	}
	return p
}

// surfaces are those of which a row waits in each old register.
func surfaces() []outbox.Kind {
	return []outbox.Kind{
		outbox.KindRecommendationAssigned, outbox.KindCase, outbox.KindDeletion, outbox.KindDigest,
		outbox.KindErased, outbox.KindErasureOutcome, outbox.KindFileImport, outbox.KindHandover,
		outbox.KindLine, outbox.KindUndeletableCheck, outbox.KindLetter, outbox.KindReminder,
		outbox.KindDocument, outbox.KindPicture, outbox.KindQuarter, outbox.KindDocumentRecall,
		outbox.KindRecommendation, outbox.KindUndeletable, outbox.KindFileRemoval,
		outbox.KindReviewed, outbox.KindReviewsWaiting, outbox.KindStory, outbox.KindWeeklyDigest,
	}
}

// TestOldRegister_opens: a register that the program before wrote opens, is
// whole, and has every row that waited in its outbox as it was, with the key by
// which Slack knows its message. What rests, rests on.
func TestOldRegister_opens(t *testing.T) {
	for _, engine := range storagetest.Engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			old, o := copyOldRegister(t, engine)
			db, err := storage.Open(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			err = db.Verify(t.Context(), func(f journal.Finding) { t.Errorf("verify finds %+v", f) })
			if err != nil {
				t.Error(err)
			}
			if diff := cmp.Diff(byKey(t, old.Rows), byKey(t, waitingRows(t, db))); diff != "" {
				t.Errorf("what waits differs (-before +now):\n%s", diff)
			}
			var lanes []oldLane
			if err := db.Core().Read.All(t.Context(), &lanes, `SELECT lane, next_send_at FROM lanes ORDER BY lane`); err != nil {
				t.Fatal(err)
			}
			since := append(slices.Clone(old.Lanes), oldLane{Lane: string(outbox.LaneViews)}) // of migration 34
			if diff := cmp.Diff(since, lanes, cmpopts.IgnoreFields(oldLane{}, "LeasedUntil")); diff != "" {
				t.Errorf("the lanes differ (-before +now):\n%s", diff)
			}
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestOldRegister_numbersGoOn: the counters of before are in the head of the
// register's chain now, and the next numbers of both series follow.
func TestOldRegister_numbersGoOn(t *testing.T) {
	const last = `SELECT coalesce(max(ordinal), 0) FROM (SELECT series, year, ordinal FROM complaints
		UNION ALL SELECT series, year, ordinal FROM void_numbers) n WHERE series = $1 AND year = $2`
	for _, engine := range storagetest.Engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			_, o := copyOldRegister(t, engine)
			db, err := storage.Open(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			for series, whom := range map[workflow.Series]roster.PersonID{workflow.SeriesOrdinary: "", workflow.SeriesGuarded: "U0OMAR"} {
				file := storagetest.Sample()
				file.Particulars.Concerns, file.Facts.Received = whom, db.Core().Today()
				year := db.Core().Today().Year
				var before int
				if err := db.Core().Read.Get(t.Context(), &before, last, series, year); err != nil {
					t.Fatal(err)
				}
				r, err := db.Apply(t.Context(), workflow.Command{Action: file, By: "U0LOTTE", Gesture: "next " + string(series)})
				if err != nil {
					t.Fatal(err)
				}
				if want := fmt.Sprintf("%s-%d-%04d", series, year, before+1); r.Complaint.Number != want || before == 0 {
					t.Errorf("the next number is %s, want %s", r.Complaint.Number, want)
				}
			}
			err = errors.Join(db.Verify(t.Context(), func(f journal.Finding) { t.Errorf("verify finds %+v", f) }), db.Close())
			if err != nil {
				t.Error(err)
			}
		})
	}
}

// TestOldRegister_boundAsFound: the cases of a register from before are bound as
// they are found, beside what the bot does, once; from then on every change shows.
func TestOldRegister_boundAsFound(t *testing.T) {
	onOldRegister(t, func(t *testing.T, db *storage.DB) {
		whole := func() (found int) {
			storagetest.MustBe(t, db.Verify(t.Context(), func(journal.Finding) { found++ }), nil)
			return found
		}
		covered := func() journal.Coverage {
			c, err := db.Covered(t.Context())
			storagetest.MustBe(t, err, nil)
			return c
		}
		before := covered()
		if before.Unbound == 0 || before.AsFound != 0 || whole() != 0 {
			t.Fatalf("the old register has %+v and %d findings", before, whole())
		}
		for i := 0; covered().Unbound > 0 && i < 1000; i++ {
			if _, err := db.Sweep(t.Context(), 10); err != nil {
				t.Fatal(err)
			}
		}
		after := covered()
		if after.AsFound != before.Unbound || after.Unbound != 0 || !after.Last.Equal(db.Core().Instant()) || whole() != 0 {
			t.Errorf("bound %+v of %+v, %d findings", after, before, whole())
		}
		for range 3 {
			if _, err := db.Sweep(t.Context(), 10); err != nil {
				t.Fatal(err)
			}
		}
		storagetest.Equal(t, "bound once", covered(), after)
		var id string
		storagetest.MustBe(t, db.Core().Read.Get(t.Context(), &id, `SELECT min(complaint) FROM records`), nil)
		for _, tampering := range []string{
			`UPDATE complaints SET lesson = 'Niets' WHERE id = $1`, `DELETE FROM records WHERE complaint = $1`, `UPDATE promises SET entered = '2026-01-01' WHERE complaint = $1`,
		} {
			known := whole()
			if _, err := db.Core().Write.Exec(t.Context(), tampering, id); err != nil {
				t.Fatal(err)
			}
			if whole() <= known {
				t.Errorf("nobody finds %s", tampering)
			}
		}
	})
}

// waitingRows reads what waits in a register of today, as an old register has it.
func waitingRows(t testing.TB, db *storage.DB) []oldRow {
	t.Helper()
	var rows []oldRow
	err := db.Core().Read.All(t.Context(), &rows, `
SELECT id, surface, complaint, person, slot, payload, version, ordinal, wanted, lane, attempts, first_try, queued_at, due_at,
    fault, threaded, edit
FROM outbox`)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range rows {
		p, err := outbox.Decode(r.Surface, r.Payload)
		if err != nil || p.Slot() != r.What || string(p.Recipient()) != r.Person {
			t.Errorf("%s %q for %q has the payload %s: %v", r.Surface, r.What, r.Person, r.Payload, err)
		}
		rows[i].Payload = ""
		rows[i].Key = queue.Key(db.Core().Keys, queue.Row{
			Complaint: r.Complaint, Surface: string(r.Surface), Person: r.Person, Slot: r.What,
			Version: r.Version, Ordinal: r.Ordinal, Wanted: r.Wanted,
		})
	}
	return rows
}

// byKey leaves out where Slack has a message, which a register does not know.
func byKey(t testing.TB, rows []oldRow) map[string]oldRow {
	t.Helper()
	all := make(map[string]oldRow, len(rows))
	for _, r := range rows {
		if _, twice := all[r.Key]; twice {
			t.Errorf("two rows have the key %s", r.Key)
		}
		r.InSlack = nil
		all[r.Key] = r
	}
	return all
}

// oldStates are what a migration must be tried on, beside a row of every surface.
func oldStates(old oldRegister) map[string]func(oldRow) bool {
	unknown := func(s outbox.Kind) func(oldRow) bool {
		return func(r oldRow) bool {
			return r.Surface == s && r.Attempts == 1 && r.Fault == "no_answer" && r.InSlack != nil
		}
	}
	return map[string]func(oldRow) bool{
		"parked":            func(r oldRow) bool { return r.Surface == outbox.KindReminder && r.DueAt == storagetest.ParkedAt },
		"not tried":         func(r oldRow) bool { return r.Attempts == 0 && r.FirstTry == 0 && r.DueAt <= old.Wall.UnixMilli() },
		"tried again":       func(r oldRow) bool { return r.Attempts > 1 && r.FirstTry > 0 && r.Fault != "" },
		"a leaving letter":  func(r oldRow) bool { return r.Surface == outbox.KindLetter && r.Fault == outbox.FaultSending },
		"unknown case":      unknown(outbox.KindCase),
		"unknown line":      unknown(outbox.KindLine),
		"unknown document":  unknown(outbox.KindDocument),
		"of no case":        func(r oldRow) bool { return r.Complaint == "" },
		"below the message": func(r oldRow) bool { return r.Threaded },
		"in a resting lane": func(r oldRow) bool {
			return slices.ContainsFunc(old.Lanes, func(l oldLane) bool {
				return l.Lane == r.Lane && l.NextSendAt > old.Wall.UnixMilli()
			})
		},
	}
}

// TestOldRegister_holdsEverySurface: rows of every surface wait in the old
// registers, in every state in which a migration may find one.
func TestOldRegister_holdsEverySurface(t *testing.T) {
	for _, engine := range storagetest.Engines() {
		old, _ := copyOldRegister(t, engine)
		for _, s := range surfaces() {
			if !slices.ContainsFunc(old.Rows, func(r oldRow) bool { return r.Surface == s }) {
				t.Errorf("%s: nothing of surface %s waits", engine, s)
			}
		}
		for state, is := range oldStates(old) {
			if !slices.ContainsFunc(old.Rows, is) {
				t.Errorf("%s: no row is in the state %q", engine, state)
			}
		}
	}
}
