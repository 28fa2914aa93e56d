package storage

import (
	"fmt"
	"slices"
	"testing"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestGuard: a case does not exist for whom it concerns, whatever their role,
// also when they logged it themselves; the answer is that of a number that was
// never given out.
func TestGuard(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		for i, who := range []roster.PersonID{officer, deputy, director, staff} {
			made := h.logAbout(fmt.Sprint("view:", i), who, who)
			_, access, err := h.find(made.Number, who)
			_, never, errNever := h.find("K-2026-9999", who)
			if access != never || fmt.Sprint(err) != fmt.Sprint(errNever) {
				t.Errorf("%s finds %d, %v", who, access, err)
			}
			mustRefuse(t, err, workflow.CodeNoSuchCase)
			for _, filter := range lists.Filters(h.options.Policy.Roster, who) {
				if numbers := h.listed(lists.Query{Viewer: who, Filter: filter}); slices.Contains(numbers, made.Number) {
					t.Errorf("%s lists %v", who, numbers)
				}
			}
			if _, err := h.Apply(t.Context(), workflow.Command{
				Case: made.ID, Action: workflow.LookIdentity{}, By: who, Gesture: "click:" + string(who),
			}); fmt.Sprint(err) != fmt.Sprint(errNever) {
				t.Errorf("%s may look: %v", who, err)
			}
		}
	})
}

func (h *house) listed(q lists.Query) (numbers []string) {
	h.Helper()
	p, err := h.Search().List(h.Context(), q)
	if err != nil {
		h.Fatal(err)
	}
	for _, c := range p.Cases {
		numbers = append(numbers, c.Number)
	}
	return numbers
}

// TestAccess: each level shows what the table of design section 4 gives it,
// found by number or by id.
func TestAccess(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.log("view:1")
		h.do(made.ID, officer, "click:1", workflow.Acknowledge{Sent: sent(2, "Ontvangen")})
		for viewer, want := range map[roster.PersonID]workflow.Access{
			officer: workflow.AccessFull, deputy: workflow.AccessFull,
			director: workflow.AccessOverview, staff: workflow.AccessOwn,
			"U0NOBODY": workflow.AccessNone, "": workflow.AccessNone,
		} {
			got, access, err := h.find(made.Number, viewer)
			if access != want || (err == nil) == (want == workflow.AccessNone) {
				t.Errorf("%s has access %d, %v", viewer, access, err)
			}
			byID, _, err := h.Find(t.Context(), workflow.Lookup{ID: made.ID}, viewer)
			if (err == nil) == (want == workflow.AccessNone) || reveal(byID) != reveal(got) {
				t.Errorf("%s finds another case by its id: %v", viewer, err)
			}
			h.shows(viewer, got, want)
		}
	})
}

func (h *house) shows(viewer roster.PersonID, c workflow.Complaint, access workflow.Access) {
	h.Helper()
	if has := c.Particulars.Name != ""; has != (access == workflow.AccessFull) {
		h.Errorf("%s sees who complains: %t", viewer, has)
	}
	if has := c.Facts.OfferingName != ""; has != (access >= workflow.AccessOverview) {
		h.Errorf("%s sees the offering: %t", viewer, has)
	}
	if has := c.Owner != "" || c.Last.By != ""; has != (access == workflow.AccessFull) {
		h.Errorf("%s sees who handles it: %t", viewer, has)
	}
	if access == workflow.AccessNone {
		equal(h, "case for "+string(viewer), c, workflow.Complaint{})
		return
	}
	if c.Number == "" || len(c.Promises) != 2 || c.Facts.Received.IsZero() || c.Promises[0].Open() {
		h.Errorf("%s misses number, dates or promises", viewer)
	}
	if has := c.Promises[0].Kept.By != ""; has != (access == workflow.AccessFull) {
		h.Errorf("%s sees who acknowledged: %t", viewer, has)
	}
}
