package storage

import (
	"slices"
	"testing"

	"github.com/artra/klachtbot/workflow"
)

// TestHandlerWhoLeft: what waited for a handler who left the roster goes to
// the new one, with the story once; nothing stays in the former lane, where it
// would hold up what comes after.
func TestHandlerWhoLeft(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.logAbout("view:1", staff, director)
		h.do(made.ID, officer, "click:1", workflow.Acknowledge{Sent: sent(2, "We hebben je klacht.")})
		policy := testPolicy(t)
		policy.Roster.Officers = []workflow.PersonID{deputy}
		h.reopen(policy)
		if n, err := h.Sweep(t.Context(), 10); n != 1 || err != nil {
			t.Fatalf("swept %d, %v", n, err)
		}
		var rows []outboxRow
		if err := h.read.all(t.Context(), &rows, `SELECT `+outboxColumns+` FROM outbox`); err != nil {
			t.Fatal(err)
		}
		var surfaces []string
		for _, r := range rows {
			surfaces = append(surfaces, r.Surface)
			if r.Lane != string(workflow.DirectLane(deputy)) {
				t.Errorf("%s waits in %s", r.Surface, r.Lane)
			}
		}
		slices.Sort(surfaces)
		equal(t, "what waits", surfaces, []string{"case", "line", "story"})
	})
}
