package storage

import (
	"context"
	"fmt"
	"testing"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// related lists what Kin returns, by number.
func (h *house) related(id workflow.CaseID, viewer roster.PersonID) (candidates, linked []string) {
	h.Helper()
	kin, err := h.Search().Related(h.Context(), id, viewer)
	if err != nil {
		h.Fatal(err)
	}
	return numbersOf(kin.Candidates), numbersOf(kin.Linked)
}

func numbersOf(all []workflow.RelatedCase) (numbers []string) {
	for _, r := range all {
		numbers = append(numbers, r.Number)
	}
	return numbers
}

// TestForgedLink: a case that is not there for who links is refused as one that
// was never made, and nothing is committed.
func TestForgedLink(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.log("g1")
		guarded := h.logAbout("g2", staff, officer)
		for i, other := range []workflow.CaseID{guarded.ID, "NEVERMADE", "", c.ID} {
			_, err := h.Apply(t.Context(), workflow.Command{
				Case: c.ID, By: officer, Gesture: fmt.Sprint("link", i), Action: workflow.Link{Other: other},
			})
			mustRefuse(t, err, workflow.CodeNoSuchCase)
		}
		equal(t, "links", h.count(`SELECT count(*) FROM links`), 0)
		equal(t, "entries", len(h.dossier(c.ID)), 0)
	})
}

// TestLinkedAtOnce: two people link the same two cases from either side.
func TestLinkedAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		one, other := h.log("g1"), h.log("g2")
		noErrors(t, together(t.Context(), 10, func(ctx context.Context, i int) error {
			a, b := one.ID, other.ID
			if i%2 > 0 {
				a, b = b, a
			}
			_, err := h.Apply(ctx, workflow.Command{
				Case: a, By: officer, Gesture: fmt.Sprint("link", i), Action: workflow.Link{Other: b},
			})
			return err
		}))
		equal(t, "links", h.count(`SELECT count(*) FROM links`), 2)
	})
}
