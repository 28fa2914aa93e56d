package storage_test

import (
	"testing"
	"time"

	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/storagetest"
)

// TestOldRegister_announcedAnew (migration 22): of a register from before announcements
// were kept nothing is erased at the first starts, however long its cases are past their
// term. Each is announced, and goes after seven days on which the bot was at work. What
// was found is bound, and whole all the while.
func TestOldRegister_announcedAnew(t *testing.T) {
	for _, engine := range storagetest.Engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			old, o := copyOldRegister(t, engine)
			now := old.Procedure.AddDate(2, 0, 0)
			o.Now = func() time.Time { return now }
			db, err := storage.Open(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { storagetest.MustBe(t, db.Close(), nil) }()
			reg := &storagetest.Register{TB: t, DB: db}
			const kept = `SELECT count(*) FROM complaints WHERE state = 'closed' AND hold_review = ''`
			const erased = `SELECT count(*) FROM complaints WHERE state = 'erased'`
			due, gone := reg.Count(kept), reg.Count(erased)
			if due == 0 || reg.Count(`SELECT count(*) FROM announcements`) != 0 || reg.Count(`SELECT count(*) FROM run_days`) != 0 {
				t.Fatalf("the old register has %d closed cases, and announcements or days already", due)
			}
			work := func(days int) {
				t.Helper()
				for range days {
					now = now.AddDate(0, 0, 1)
					reg.SweepAll()
					for reg.SweepAll() > 0 { // what came due by that
					}
				}
			}
			work(10)
			if n := reg.Count(erased); n != gone {
				t.Fatalf("%d cases are erased unannounced", n-gone)
			}
			sought := reg.Count(`SELECT count(*) FROM announcements WHERE told_on = '' AND sought > 0`)
			if sought == 0 || sought > due {
				t.Errorf("%d of %d cases are known to wait for an announcement", sought, due)
			}
			whole := func() {
				t.Helper()
				storagetest.MustBe(t, db.Verify(t.Context(), func(f journal.Finding) { t.Errorf("verify finds %+v", f) }), nil)
			}
			whole()
			reg.Announced()
			whole()
			work(8)
			if left := reg.Count(kept); left != 0 {
				t.Errorf("%d of %d cases are left after announcement and days of work", left, due)
			}
			whole()
		})
	}
}
