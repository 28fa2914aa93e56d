package storage_test

import (
	"testing"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
)

// TestOldRegister_refills: a thread of a register from before, in which no message has
// a name, is said again as the journal knows it, once; while anything of it stands, or
// where the case message is another by now, nothing is.
func TestOldRegister_refills(t *testing.T) {
	for _, engine := range storagetest.Engines() {
		t.Run(engine, func(t *testing.T) {
			r := openBefore(t, engine)
			var shown []workflow.CaseID
			storagetest.MustBe(t, r.Core().Read.All(t.Context(), &shown, `SELECT complaint FROM views WHERE surface = 'case' ORDER BY complaint`), nil)
			lines := 0
			for _, id := range shown {
				root, ok, err := r.Queue().Views().Root(t.Context(), id)
				if err != nil || !ok || root.Replies != 0 {
					t.Fatalf("%+v, %v, %v", root, ok, err)
				}
				if root.Unnamed == 0 {
					continue
				}
				storagetest.MustBe(t, r.Queue().Views().Refill(t.Context(), root, root.Known[:1]), nil)
				if n := len(reposted(t, r, id)); n > 0 {
					t.Errorf("%s: %d said again beside what stands", id, n)
				}
				for range 2 {
					storagetest.MustBe(t, r.Queue().Views().Refill(t.Context(), root, nil), nil)
				}
				rows := reposted(t, r, id)
				if len(rows) == 0 || rows[0].Surface != string(outbox.KindStory) {
					t.Errorf("%s: %+v", id, rows)
				}
				for _, row := range rows {
					p, err := outbox.Decode(outbox.Kind(row.Surface), row.Payload)
					if line, ok := p.(outbox.Line); ok {
						done, performedErr := r.Performed(t.Context(), id, row.Version)
						if storagetest.MustBe(t, performedErr, nil); done.Action != line.Action || line.Action == workflow.ActionTick {
							t.Errorf("%s: a line of %s at version %d, which was %s", id, line.Action, row.Version, done.Action)
						}
						lines++
					}
					storagetest.MustBe(t, err, nil)
				}
			}
			if len(shown) == 0 || lines == 0 {
				t.Errorf("%d cases show, %d lines", len(shown), lines)
			}
			storagetest.MustBe(t, r.Verify(t.Context(), func(f journal.Finding) { t.Errorf("verify: %s", f) }), nil)
		})
	}
}

func reposted(t *testing.T, r registerBefore, id workflow.CaseID) (rows []queue.Row) {
	t.Helper()
	storagetest.MustBe(t, r.Core().Read.All(t.Context(), &rows,
		`SELECT `+storagetest.RowColumns+` FROM outbox WHERE complaint = $1 AND reposted = TRUE ORDER BY version, ordinal`, string(id)), nil)
	return rows
}
