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

// reached logs the sample complaint with other means of contact.
func (h *house) reached(gesture string, email, phone workflow.Confidential) workflow.Complaint {
	h.Helper()
	l := sample()
	l.Particulars.Email, l.Particulars.Phone = email, phone
	return h.do("", staff, gesture, l)
}

// TestKin: an open case with the same address or number in any spelling is a
// candidate, until it is linked.
func TestKin(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.log("g1") // Jozefien@Example.org, 026 - 333 75 72
		byPhone := h.reached("g2", "iemand@example.org", "+31 (0)26 3337572")
		byEmail := h.reached("g3", "JOZEFIEN@EXAMPLE.ORG", "")
		byBoth := h.log("g4")
		stranger := h.reached("g5", "anders@example.org", "06 1234 5678")
		h.reached("g6", "", "")
		closed := h.log("g7")
		h.close(closed.Number, 2)

		candidates, linked := h.related(c.ID, officer)
		equal(t, "candidates, newest first", candidates, []string{byBoth.Number, byEmail.Number, byPhone.Number})
		equal(t, "linked", linked, []string{})
		candidates, _ = h.related(closed.ID, officer)
		equal(t, "candidates of a closed case", len(candidates), 4)
		candidates, _ = h.related(stranger.ID, officer)
		equal(t, "candidates of a stranger", candidates, []string{})

		h.do(c.ID, officer, "link", workflow.Link{Other: byEmail.ID})
		h.do(c.ID, officer, "link", workflow.Link{Other: byEmail.ID})
		h.do(byEmail.ID, deputy, "back", workflow.Link{Other: c.ID})
		candidates, linked = h.related(c.ID, officer)
		equal(t, "candidates that are left", candidates, []string{byBoth.Number, byPhone.Number})
		equal(t, "linked with it", linked, []string{byEmail.Number})
		h.close(byEmail.Number, 2)
		_, linked = h.related(byEmail.ID, officer)
		equal(t, "linked the other way", linked, []string{c.Number})
		equal(t, "links", h.count(`SELECT count(*) FROM links`), 2)
		equal(t, "messages about them", h.count(`SELECT count(*) FROM outbox WHERE slot = 'link'`), 0)
	})
}

// TestKinIsBounded: of many the newest ten are shown.
func TestKinIsBounded(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.log("g")
		for i := range workflow.MaxRelated + 2 {
			h.log(fmt.Sprint("g", i))
		}
		candidates, _ := h.related(c.ID, officer)
		equal(t, "candidates", len(candidates), workflow.MaxRelated)
		equal(t, "the first of them", candidates[0], "K-2026-0013")
	})
}

// TestKinOfAGuardedCase: whom a case concerns learns of it by no other case of
// the complainant, linked or not, from before it was known or after.
func TestKinOfAGuardedCase(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c, other := h.log("g1"), h.log("g2")
		guarded := h.logAbout("g3", staff, officer)
		candidates, _ := h.related(c.ID, officer)
		equal(t, "candidates for whom it concerns", candidates, []string{other.Number})
		candidates, _ = h.related(c.ID, deputy)
		equal(t, "candidates for its handler", candidates, []string{guarded.Number, other.Number})

		h.do(c.ID, deputy, "link:1", workflow.Link{Other: guarded.ID})
		h.do(c.ID, officer, "link:2", workflow.Link{Other: other.ID})
		moved := h.do(other.ID, deputy, "correct", concerned(officer))
		candidates, linked := h.related(c.ID, officer)
		equal(t, "shown to whom they concern", append(candidates, linked...), []string{})
		_, linked = h.related(c.ID, deputy)
		equal(t, "linked, for their handler", linked, []string{moved.Number, guarded.Number})
		_, err := h.Search().Related(t.Context(), guarded.ID, officer)
		mustRefuse(t, err, workflow.CodeNoSuchCase)
	})
}

// TestKinOfADirector: who handles one case has an officer's rights on that one,
// and learns nothing of the others.
func TestKinOfADirector(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c, other := h.log("g1"), h.log("g2")
		_, err := h.Search().Related(t.Context(), c.ID, director)
		mustRefuse(t, err, workflow.CodeForbidden)
		h.do(c.ID, officer, "assign:1", workflow.Assign{Owner: director})
		candidates, _ := h.related(c.ID, director)
		equal(t, "candidates", candidates, []string{})
		_, err = h.Apply(t.Context(), workflow.Command{Case: c.ID, By: director, Gesture: "link", Action: workflow.Link{Other: other.ID}})
		mustRefuse(t, err, workflow.CodeNoSuchCase)
		h.do(other.ID, officer, "assign:2", workflow.Assign{Owner: director})
		candidates, _ = h.related(c.ID, director)
		equal(t, "candidates once both are theirs", candidates, []string{other.Number})
	})
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
