package storage

import (
	"fmt"
	"slices"
	"testing"

	"github.com/artra/klachtbot/contact"
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

// TestLists: who sees which cases in a list.
func TestLists(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.log("view:1")
		closed := h.log("view:2")
		h.do(closed.ID, officer, "click:1", resolved())
		h.do(closed.ID, officer, "click:2", workflow.Confirm{Sent: sent(2, "Klaar")})
		h.logAbout("view:3", deputy, officer)
		h.options.Policy.Roster.Officers = []roster.PersonID{officer}
		h.logAbout("view:4", staff, officer) // all officers: a director handles it
		h.options.Policy.Roster.Officers = []roster.PersonID{officer, deputy}
		for _, c := range []struct {
			query lists.Query
			want  []string
		}{
			{lists.Query{Viewer: officer}, []string{"K-2026-0001"}},
			{lists.Query{Viewer: deputy}, []string{"K-2026-0001", "V-2026-0001", "V-2026-0002"}},
			{lists.Query{Viewer: deputy, Filter: lists.FilterLogged}, []string{"V-2026-0001"}},
			{lists.Query{Viewer: deputy, Filter: lists.FilterHandled}, []string{"V-2026-0001"}},
			{lists.Query{Viewer: director}, []string{"K-2026-0001", "V-2026-0001", "V-2026-0002"}},
			{lists.Query{Viewer: director, Filter: lists.FilterLogged}, nil},
			{lists.Query{Viewer: director, Filter: lists.FilterHandled}, []string{"V-2026-0002"}},
			{lists.Query{Viewer: staff}, []string{"V-2026-0002", "K-2026-0002", "K-2026-0001"}},
			{lists.Query{Viewer: staff, Filter: lists.FilterLogged}, []string{"V-2026-0002", "K-2026-0002", "K-2026-0001"}},
			{lists.Query{Viewer: "U0NOBODY"}, nil},
			{lists.Query{}, nil},
		} {
			equal(t, fmt.Sprintf("list for %+v", c.query), h.listed(c.query), c.want)
		}
	})
}

// TestPages walks a list page by page: every case once, in the order of the
// numbers, also past 9999, and with its own promises.
func TestPages(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.log("view:0")
		h.raw(`UPDATE register_head SET numbers = '{"K-2026":9997}'`)
		for i := range 6 {
			h.log(fmt.Sprint("view:", i+1))
		}
		var numbers []string
		q := lists.Query{Viewer: officer, Limit: 2}
		for pages := 1; ; pages++ {
			p, err := h.Search().List(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range p.Cases {
				numbers = append(numbers, c.Number)
				if len(c.Promises) != 2 || c.Promises[0].Kind != workflow.PromiseAcknowledgement {
					t.Errorf("promises of %s: %+v", c.Number, c.Promises)
				}
				equal(t, "particulars", c.Particulars, workflow.Particulars{})
			}
			if q.After = p.Next; p.Next == "" || pages > 9 {
				break
			}
		}
		equal(t, "numbers", numbers, []string{
			"K-2026-0001", "K-2026-9998", "K-2026-9999", "K-2026-10000", "K-2026-10001", "K-2026-10002", "K-2026-10003",
		})
		for _, limit := range []int{0, -1, 1000} {
			if n := len(h.listed(lists.Query{Viewer: officer, Limit: limit, After: "a forged cursor"})); n != 7 {
				t.Errorf("limit %d gives %d cases", limit, n)
			}
		}
	})
}

// TestContactHashes: the same address or number in another spelling has the
// same keyed hash.
func TestContactHashes(t *testing.T) {
	for spelling, want := range map[string]string{
		"026 - 333 75 72": "31263337572", "+31 (0)26 3337572": "31263337572", "0031263337572": "31263337572",
		"+49 30 1234567": "49301234567", "3337572": "3337572", "": "", " ": "",
	} {
		if got := contact.PhoneKey(spelling); got != want {
			t.Errorf("%q becomes %q", spelling, got)
		}
	}
	if contact.EmailKey(" Jozefien@Example.ORG ") != "jozefien@example.org" {
		t.Error("an e-mail address keeps its spelling")
	}
}
