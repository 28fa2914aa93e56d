package storage

import (
	"slices"
	"testing"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestHandlerWhoLeft: what waited for a handler who left the roster goes to
// the new one, with the story once; nothing stays in the former lane, where it
// would hold up what comes after.
func TestHandlerWhoLeft(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.logAbout("view:1", staff, director)
		h.do(made.ID, officer, "click:1", workflow.Acknowledge{Sent: sent(2, "We hebben je klacht.")})
		policy := testPolicy(t)
		policy.Roster.Officers = []roster.PersonID{deputy}
		h.reopen(policy)
		if n, err := h.Sweep(t.Context(), 10); n != 1 || err != nil {
			t.Fatalf("swept %d, %v", n, err)
		}
		var rows []queue.Row
		if err := h.core.Read.All(t.Context(), &rows, `SELECT `+rowColumns+` FROM outbox`); err != nil {
			t.Fatal(err)
		}
		var surfaces []string
		for _, r := range rows {
			surfaces = append(surfaces, r.Surface)
			if r.Lane != string(outbox.DirectLane(deputy)) {
				t.Errorf("%s waits in %s", r.Surface, r.Lane)
			}
		}
		slices.Sort(surfaces)
		equal(t, "what waits", surfaces, []string{"case", "line", "story"})
	})
}

// TestWhomACaseConcernsGetsARole: the case moves away from them, a closed one
// too, and what stands in the case channel is taken away.
func TestWhomACaseConcernsGetsARole(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		open, closed := h.logAbout("view:1", officer, staff), h.logAbout("view:2", officer, staff)
		h.do(closed.ID, officer, "click:1", resolved())
		h.do(closed.ID, officer, "click:2", workflow.Confirm{Sent: sent(2, "Klaar")})
		policy := testPolicy(t)
		policy.Roster.Officers = append(policy.Roster.Officers, staff)
		h.reopen(policy)
		if n, err := h.Sweep(t.Context(), 10); n != 2 || err != nil {
			t.Fatalf("swept %d, %v", n, err)
		}
		for _, made := range []workflow.Complaint{open, closed} {
			c, err := h.Case(t.Context(), made.ID)
			if err != nil || !c.Guarded() || c.Number == made.Number || c.State == workflow.StateNone {
				t.Errorf("%s is %s, guarded %t, %v", made.Number, c.Number, c.Guarded(), err)
			}
			if n := h.count(`SELECT count(*) FROM outbox WHERE surface = 'clear' AND complaint = $1`, made.ID); n != 1 {
				t.Errorf("%d messengers to the case channel", n)
			}
		}
	})
}
