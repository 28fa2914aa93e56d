package search_test

import (
	"fmt"
	"testing"

	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// related lists what Kin returns, by number.
func related(reg *storagetest.Register, id workflow.CaseID, viewer roster.PersonID) (candidates, linked []string) {
	reg.Helper()
	related, err := reg.Search().Related(reg.Context(), id, viewer)
	if err != nil {
		reg.Fatal(err)
	}
	return numbersOf(related.Candidates), numbersOf(related.Linked)
}

func numbersOf(all []workflow.RelatedCase) (numbers []string) {
	for _, r := range all {
		numbers = append(numbers, r.Number)
	}
	return numbers
}

// reached logs the sample complaint with other means of contact.
func reached(reg *storagetest.Register, gesture string, email, phone workflow.Confidential) workflow.Complaint {
	reg.Helper()
	l := storagetest.Sample()
	l.Particulars.Email, l.Particulars.Phone = email, phone
	return reg.Do("", storagetest.Staff, gesture, storagetest.Reachable(l))
}

// TestRelated_candidates: an open case with the same address or number in any spelling is a
// candidate, until it is linked.
func TestRelated_candidates(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.File("g1") // Jozefien@Example.org, 026 - 333 75 72
		byPhone := reached(reg, "g2", "iemand@example.org", "+31 (0)26 3337572")
		byEmail := reached(reg, "g3", "JOZEFIEN@EXAMPLE.ORG", "")
		byBoth := reg.File("g4")
		stranger := reached(reg, "g5", "anders@example.org", "06 1234 5678")
		reached(reg, "g6", "", "")
		closed := reg.File("g7")
		closeNumber(reg, closed.Number, 2)

		candidates, linked := related(reg, c.ID, storagetest.Officer)
		storagetest.Equal(t, "candidates, newest first", candidates, []string{byBoth.Number, byEmail.Number, byPhone.Number})
		storagetest.Equal(t, "linked", linked, []string{})
		candidates, _ = related(reg, closed.ID, storagetest.Officer)
		storagetest.Equal(t, "candidates of a closed case", len(candidates), 4)
		candidates, _ = related(reg, stranger.ID, storagetest.Officer)
		storagetest.Equal(t, "candidates of a stranger", candidates, []string{})

		reg.Do(c.ID, storagetest.Officer, "link", workflow.Link{Other: byEmail.ID})
		reg.Do(c.ID, storagetest.Officer, "link", workflow.Link{Other: byEmail.ID})
		reg.Do(byEmail.ID, storagetest.Deputy, "back", workflow.Link{Other: c.ID})
		candidates, linked = related(reg, c.ID, storagetest.Officer)
		storagetest.Equal(t, "candidates that are left", candidates, []string{byBoth.Number, byPhone.Number})
		storagetest.Equal(t, "linked with it", linked, []string{byEmail.Number})
		closeNumber(reg, byEmail.Number, 2)
		_, linked = related(reg, byEmail.ID, storagetest.Officer)
		storagetest.Equal(t, "linked the other way", linked, []string{c.Number})
		storagetest.Equal(t, "links", reg.Count(`SELECT count(*) FROM links`), 2)
		storagetest.Equal(t, "messages about them", reg.Count(`SELECT count(*) FROM outbox WHERE slot = 'link'`), 0)
	})
}

// TestRelated_newestTen: of many the newest ten are shown.
func TestRelated_newestTen(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.File("g")
		for i := range workflow.MaxRelated + 2 {
			reg.File(fmt.Sprint("g", i))
		}
		candidates, _ := related(reg, c.ID, storagetest.Officer)
		storagetest.Equal(t, "candidates", len(candidates), workflow.MaxRelated)
		storagetest.Equal(t, "the first of them", candidates[0], "K-2026-0013")
	})
}

// TestRelated_guardedCase: whom a case concerns learns of it by no other case of
// the complainant, linked or not, from before it was known or after.
func TestRelated_guardedCase(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c, other := reg.File("g1"), reg.File("g2")
		guarded := reg.FileAbout("g3", storagetest.Staff, storagetest.Officer)
		candidates, _ := related(reg, c.ID, storagetest.Officer)
		storagetest.Equal(t, "candidates for whom it concerns", candidates, []string{other.Number})
		candidates, _ = related(reg, c.ID, storagetest.Deputy)
		storagetest.Equal(t, "candidates for its handler", candidates, []string{guarded.Number, other.Number})

		reg.Do(c.ID, storagetest.Deputy, "link:1", workflow.Link{Other: guarded.ID})
		reg.Do(c.ID, storagetest.Officer, "link:2", workflow.Link{Other: other.ID})
		moved := reg.Do(other.ID, storagetest.Deputy, "correct", storagetest.CorrectConcerning(storagetest.Officer))
		candidates, linked := related(reg, c.ID, storagetest.Officer)
		storagetest.Equal(t, "shown to whom they concern", append(candidates, linked...), []string{})
		_, linked = related(reg, c.ID, storagetest.Deputy)
		storagetest.Equal(t, "linked, for their handler", linked, []string{moved.Number, guarded.Number})
		_, err := reg.Search().Related(t.Context(), guarded.ID, storagetest.Officer)
		storagetest.MustRefuse(t, err, workflow.CodeNoSuchCase)
	})
}

// TestRelated_toADirector: who handles one case has an officer's rights on that one,
// and learns nothing of the others.
func TestRelated_toADirector(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c, other := reg.File("g1"), reg.File("g2")
		_, err := reg.Search().Related(t.Context(), c.ID, storagetest.Director)
		storagetest.MustRefuse(t, err, workflow.CodeForbidden)
		reg.Do(c.ID, storagetest.Officer, "assign:1", workflow.Assign{Owner: storagetest.Director})
		candidates, _ := related(reg, c.ID, storagetest.Director)
		storagetest.Equal(t, "candidates", candidates, []string{})
		_, err = reg.Apply(t.Context(), workflow.Command{Case: c.ID, By: storagetest.Director, Gesture: "link", Action: workflow.Link{Other: other.ID}})
		storagetest.MustRefuse(t, err, workflow.CodeNoSuchCase)
		reg.Do(other.ID, storagetest.Officer, "assign:2", workflow.Assign{Owner: storagetest.Director})
		candidates, _ = related(reg, c.ID, storagetest.Director)
		storagetest.Equal(t, "candidates once both are theirs", candidates, []string{other.Number})
	})
}
