package storage_test

import (
	"slices"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestPolicy_changed: when terms, calendar or roster changed since the last
// time, the sweep looks at every open case again, and at no closed one.
func TestPolicy_changed(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		closed := reg.File("view:1")
		open := reg.File("view:2")
		reg.Do(closed.ID, storagetest.Officer, "click:1", storagetest.Resolved())
		reg.Do(closed.ID, storagetest.Officer, "click:2", workflow.Confirm{Sent: storagetest.Sent(2, "Klaar")})
		reg.Reopen(nil)
		reg.MustHold(open)
		earlier := storagetest.Policy(t)
		earlier.Calendar.Opens = 8 * 60
		reg.Reopen(earlier)
		if got, err := reg.Case(t.Context(), open.ID); err != nil || !got.NextAt.Equal(storagetest.Monday) {
			t.Errorf("next at %v, %v", got.NextAt, err)
		}
		if n, err := reg.Sweep(t.Context(), 10); n != 1 || err != nil {
			t.Errorf("swept %d, %v", n, err)
		}
		got, err := reg.Case(t.Context(), open.ID)
		if err != nil || !got.NextAt.Equal(open.NextAt.Add(-time.Hour)) {
			t.Errorf("next at %v, %v", got.NextAt, err)
		}
	})
}

// TestPolicy_handlerWhoLeft: what waited for a handler who left the roster goes to
// the new one, with the story once; nothing stays in the former lane, where it
// would hold up what comes after.
func TestPolicy_handlerWhoLeft(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.FileAbout("view:1", storagetest.Staff, storagetest.Director)
		reg.Do(made.ID, storagetest.Officer, "click:1", workflow.Acknowledge{Sent: storagetest.Sent(2, "We hebben je klacht.")})
		policy := storagetest.Policy(t)
		policy.Roster.Officers = []roster.PersonID{storagetest.Deputy}
		reg.Reopen(policy)
		if n, err := reg.Sweep(t.Context(), 10); n != 1 || err != nil {
			t.Fatalf("swept %d, %v", n, err)
		}
		var rows []queue.Row
		if err := reg.Core().Read.All(t.Context(), &rows, `SELECT `+storagetest.RowColumns+` FROM outbox`); err != nil {
			t.Fatal(err)
		}
		var surfaces []string
		for _, r := range rows {
			surfaces = append(surfaces, r.Surface)
			if r.Lane != string(outbox.DirectLane(storagetest.Deputy)) {
				t.Errorf("%s waits in %s", r.Surface, r.Lane)
			}
		}
		slices.Sort(surfaces)
		storagetest.Equal(t, "what waits", surfaces, []string{"case", "line", "story"})
	})
}

// TestPolicy_personConcernedGetsARole: the case moves away from them, a closed one
// too, and what stands in the case channel is taken away.
func TestPolicy_personConcernedGetsARole(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		open, closed := reg.FileAbout("view:1", storagetest.Officer, storagetest.Staff), reg.FileAbout("view:2", storagetest.Officer, storagetest.Staff)
		reg.Do(closed.ID, storagetest.Officer, "click:1", storagetest.Resolved())
		reg.Do(closed.ID, storagetest.Officer, "click:2", workflow.Confirm{Sent: storagetest.Sent(2, "Klaar")})
		policy := storagetest.Policy(t)
		policy.Roster.Officers = append(policy.Roster.Officers, storagetest.Staff)
		reg.Reopen(policy)
		if n, err := reg.Sweep(t.Context(), 10); n != 2 || err != nil {
			t.Fatalf("swept %d, %v", n, err)
		}
		for _, made := range []workflow.Complaint{open, closed} {
			c, err := reg.Case(t.Context(), made.ID)
			if err != nil || !c.Guarded() || c.Number == made.Number || c.State == workflow.StateNone {
				t.Errorf("%s is %s, guarded %t, %v", made.Number, c.Number, c.Guarded(), err)
			}
			if n := reg.Count(`SELECT count(*) FROM outbox WHERE surface = 'clear' AND complaint = $1`, made.ID); n != 1 {
				t.Errorf("%d messengers to the case channel", n)
			}
		}
	})
}
