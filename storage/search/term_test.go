package search_test

import (
	"slices"
	"testing"

	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestSearch_pastTheTerm (R10): what a case says finds it no more, nor shows it beside
// another one of its complainant; by number, handler and month it still stands there,
// without its contents.
func TestSearch_pastTheTerm(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		reg.Core().Policy.Terms.RetentionMonths = 6
		c := reg.File("g1")
		closeNumber(reg, c.Number, 2)
		other := reg.File("g2")
		reg.Do(other.ID, storagetest.Officer, "link", workflow.Link{Other: c.ID})
		name := byName(c.Particulars.Name.Reveal())
		look := func(open bool) {
			t.Helper()
			for _, s := range samplesOfSearch() {
				if s.Kind == lists.SearchOwner {
					s.Text = workflow.Confidential(storagetest.Officer)
				}
				want := open || !s.Kind.OfContents()
				if got := slices.Contains(reg.Listed(lists.Query{Viewer: storagetest.Officer, Search: s}), c.Number); got != want {
					t.Errorf("open %t: found by %s: %t", open, s.Kind, got)
				}
			}
			related, err := reg.Search().Related(t.Context(), other.ID, storagetest.Officer)
			if err != nil || len(related.Linked) == 1 != open {
				t.Errorf("open %t: %d linked cases, %v", open, len(related.Linked), err)
			}
			found, access, err := reg.Find(t.Context(), workflow.Lookup{Number: c.Number}, storagetest.Officer)
			if err != nil || access != workflow.AccessFull || found.Particulars.Name.Blank() == open || (found.Facts.OfferingName == "") == open {
				t.Errorf("open %t: by number %+v, %v", open, found.Facts, err)
			}
		}
		look(true)
		storagetest.Equal(t, "access request", searchSubject(reg, storagetest.Officer, name), "2:name 1:name")
		reg.Clock.Set(storagetest.Monday.AddDate(0, 6, 1))
		look(false)
		storagetest.Equal(t, "access request past the term", searchSubject(reg, storagetest.Officer, name), "2:name")
		month := reg.Core().Policy.Calendar.Today(storagetest.Monday)
		if !slices.Contains(reg.Listed(lists.Query{Viewer: storagetest.Officer, Filter: lists.FilterClosed, Month: month}), c.Number) {
			t.Error("it stands in no list")
		}
		for _, who := range []roster.PersonID{storagetest.Officer, storagetest.Deputy} {
			_, err := reg.Apply(t.Context(), workflow.Command{Case: c.ID, By: who, Gesture: "look:" + string(who), Action: workflow.LookDossier{}})
			storagetest.MustRefuse(t, err, workflow.CodeTermRead)
		}
		_, err := reg.Apply(t.Context(), workflow.Command{Case: other.ID, By: storagetest.Officer, Gesture: "link:2", Action: workflow.Link{Other: c.ID}})
		storagetest.MustRefuse(t, err, workflow.CodeNoSuchCase)
	})
}
