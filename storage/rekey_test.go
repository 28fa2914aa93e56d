package storage_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// ofBefore is a complainant whose keys differ by the rule before: the hashes are
// of what stands in the comment, and so is the offering's key.
var ofBefore = workflow.Particulars{
	Name:  "Søren Kok",
	Email: "Soren@bücher.example", // soren@bücher.example
	Phone: "6 87650321",           // 687650321
	Story: "De zaagmachine was zoek.",
}

const (
	offeringOfBefore = "Smørrebrød: e-mail"
	emailOfBefore    = "soren@bücher.example"
	phoneOfBefore    = "687650321"
	foldOfBefore     = "smørrebrød: e-mail"
)

// keyedBefore makes of a case one that the program wrote before it had a rule
// with a number.
func keyedBefore(t testing.TB, db *storage.DB, id workflow.CaseID) {
	t.Helper()
	key, err := cases.New(db.Core()).DataKey(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := cases.SealParticulars(key, ofBefore)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []struct {
		query string
		args  []any
	}{
		{`DELETE FROM meta WHERE name = $1`, []any{storage.MetaContactRule}},
		{`DELETE FROM contacts WHERE complaint = $1`, []any{id}},
		{`INSERT INTO contacts (complaint, kind, hash) VALUES ($1, $2, $3)`, []any{id, cases.HashEmail, db.Core().Search.Hash(cases.HashEmail, emailOfBefore)}},
		{`INSERT INTO contacts (complaint, kind, hash) VALUES ($1, $2, $3)`, []any{id, cases.HashPhone, db.Core().Search.Hash(cases.HashPhone, phoneOfBefore)}},
		{
			`UPDATE complaints SET sealed = $2, offering_name = $3, offering_key = $4 WHERE id = $1`,
			[]any{id, sealed, offeringOfBefore, []byte(foldOfBefore)},
		},
	} {
		if _, err := db.Core().Write.Exec(t.Context(), s.query, s.args...); err != nil {
			t.Fatal(err)
		}
	}
	db.Rekeyed().Store(false)
}

// spellings are how a case of ofBefore is looked for, and by none of the first
// three it was found before.
func spellings() []lists.Search {
	return []lists.Search{
		{Kind: lists.SearchContact, Text: "06‑87 65 03 21"},
		{Kind: lists.SearchContact, Text: "soren@xn--bcher-kva.example"},
		{Kind: lists.SearchOffering, Text: "smorrebrod email"},
		{Kind: lists.SearchContact, Text: "6 87650321"},
		{Kind: lists.SearchContact, Text: "soren@bücher.example"},
		{Kind: lists.SearchName, Text: "soren kok"},
	}
}

// foundBy counts what each search finds.
func foundBy(t testing.TB, db *storage.DB, viewer roster.PersonID) (counts []int) {
	t.Helper()
	for _, s := range spellings() {
		p, err := db.Search().List(t.Context(), lists.Query{Viewer: viewer, Search: s})
		if err != nil {
			t.Fatal(err)
		}
		counts = append(counts, len(p.Cases))
	}
	return counts
}

// TestRekey_oldRegister: what the program before wrote is found by any spelling
// after some steps, between which the process may end; until then it is found
// as it was.
func TestRekey_oldRegister(t *testing.T) {
	for _, engine := range storagetest.Engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			_, o := copyOldRegister(t, engine)
			db := opened(t, o)
			var ids []workflow.CaseID
			if err := db.Core().Read.All(t.Context(), &ids, `SELECT c.id FROM complaints c JOIN case_keys k ON k.complaint = c.id
				WHERE c.series = 'K' AND c.state <> 'closed' ORDER BY c.id LIMIT 6`); err != nil {
				t.Fatal(err)
			}
			for _, id := range ids {
				keyedBefore(t, db, id)
			}
			viewer, n := o.Policy.Roster.Officers[0], len(ids)
			storagetest.Equal(t, "found before", foundBy(t, db, viewer), []int{0, 0, 0, n, n, n})
			for range 2 {
				if err := db.RekeyStep(t.Context(), 2); err != nil {
					t.Fatal(err)
				}
			}
			if got := foundBy(t, db, viewer); !slices.Equal(got[3:], []int{n, n, n}) {
				t.Errorf("on the way it finds %v", got)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			db = opened(t, o)
			if _, err := db.Sweep(t.Context(), 100); err != nil {
				t.Error(err)
			}
			storagetest.Equal(t, "found after", foundBy(t, db, viewer), []int{n, n, n, n, n, n})
			storagetest.Equal(t, "mark", markOf(t, db), cases.Rule())
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func opened(t testing.TB, o storage.Options) *storage.DB {
	t.Helper()
	db, err := storage.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func markOf(t testing.TB, db *storage.DB) string {
	t.Helper()
	var mark []byte
	if err := db.Core().Read.Get(t.Context(), &mark, core.ReadMeta, storage.MetaContactRule); err != nil {
		t.Fatal(err)
	}
	return string(mark)
}

// TestRekey_replicas: any number may take the steps at once.
func TestRekey_replicas(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		for i := range 9 {
			keyedBefore(t, reg.DB, reg.File(fmt.Sprint("g", i)).ID)
		}
		storagetest.NoErrors(t, storagetest.Together(t.Context(), 4, func(ctx context.Context, _ int) error {
			for !reg.Rekeyed().Load() {
				if err := reg.RekeyStep(ctx, 1); err != nil {
					return err
				}
			}
			return nil
		}))
		storagetest.Equal(t, "found", foundBy(t, reg.DB, storagetest.Officer), []int{9, 9, 9, 9, 9, 9})
		first, _, err := reg.FindNumber("K-2026-0001", storagetest.Officer)
		storagetest.MustBe(t, err, nil)
		related, err := reg.Search().Related(t.Context(), first.ID, storagetest.Officer)
		storagetest.MustBe(t, err, nil)
		storagetest.Equal(t, "related", len(related.Candidates), 8)
	})
}

// TestRekey_skips: a new register needs nothing, a case that can't be opened
// keeps no other waiting, and of an erased one nothing is made.
func TestRekey_skips(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		storagetest.Equal(t, "mark of a new register", markOf(t, reg.DB), cases.Rule())
		broken, erased, whole := reg.File("g1"), reg.File("g2"), reg.File("g3")
		for _, c := range []workflow.Complaint{broken, erased, whole} {
			keyedBefore(t, reg.DB, c.ID)
		}
		reg.Exec(`UPDATE complaints SET sealed = $2 WHERE id = $1`, broken.ID, []byte{1})
		reg.Exec(`DELETE FROM case_keys WHERE complaint = $1`, erased.ID)
		reg.Exec(`DELETE FROM contacts WHERE complaint = $1`, erased.ID)
		if err := reg.Rekey(t.Context()); err != nil {
			t.Fatal(err)
		}
		found := reg.Listed(lists.Query{Viewer: storagetest.Officer, Search: spellings()[0]})
		storagetest.Equal(t, "found by number", found, []string{whole.Number})
		storagetest.Equal(t, "hashes of the erased case", reg.Count(`SELECT count(*) FROM contacts WHERE complaint = $1`, erased.ID), 0)
		storagetest.Equal(t, "mark", markOf(t, reg.DB), cases.Rule())
	})
}

// TestRekey_otherRule: a register that another rule was finished with, or not,
// is looked at from its beginning.
func TestRekey_otherRule(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		for _, mark := range []string{"0", "0 ZZZZ", "x"} {
			c := reg.File("g" + mark)
			keyedBefore(t, reg.DB, c.ID)
			reg.Exec(`INSERT INTO meta (name, value) VALUES ($1, $2)`, storage.MetaContactRule, []byte(mark))
			if err := reg.Rekey(t.Context()); err != nil {
				t.Fatal(err)
			}
			p, err := reg.Search().Related(t.Context(), c.ID, storagetest.Officer)
			storagetest.Equal(t, "mark after "+mark, markOf(t, reg.DB), cases.Rule())
			if found := foundBy(t, reg.DB, storagetest.Officer); err != nil || found[0] != len(p.Candidates)+1 {
				t.Errorf("after %q: %v, %v", mark, found, err)
			}
		}
	})
}

// TestRekey_leavesNoText: neither the mark nor the log says whom a case is of.
func TestRekey_leavesNoText(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		var log strings.Builder
		reg.Core().Log = slog.New(slog.NewTextHandler(&log, nil))
		c := reg.File("g1")
		keyedBefore(t, reg.DB, c.ID)
		reg.Exec(`UPDATE complaints SET sealed = $2 WHERE id = $1`, c.ID, []byte("Søren Kok"))
		if err := reg.RekeyStep(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"Kok", "ren", "87650321", "cher"} {
			if strings.Contains(log.String()+markOf(t, reg.DB), word) {
				t.Errorf("it says %q: %s", word, log.String())
			}
		}
		if !strings.Contains(log.String(), string(c.ID)) {
			t.Errorf("the log does not say which case: %s", log.String())
		}
	})
}

// BenchmarkRekey looks at a thousand cases, all or none of which have to change.
func BenchmarkRekey(b *testing.B) {
	reg := storagetest.New(b, storagetest.Address(b, "sqlite"))
	const many = 1000
	var ids []workflow.CaseID
	for i := range many {
		ids = append(ids, reg.File(fmt.Sprint("g", i)).ID)
	}
	for name, before := range map[string]func(){
		"all": func() {
			for _, id := range ids {
				keyedBefore(b, reg.DB, id)
			}
		},
		"none": func() {
			reg.Exec(`DELETE FROM meta WHERE name = $1`, storage.MetaContactRule)
			reg.Rekeyed().Store(false)
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				before()
				b.StartTimer()
				for !reg.Rekeyed().Load() {
					if err := reg.RekeyStep(b.Context(), storage.RekeyBatch); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
