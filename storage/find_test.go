package storage_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestFind_guardedFromPersonConcerned: a case does not exist for whom it concerns, whatever their role,
// also when they logged it themselves; the answer is that of a number that was
// never given out.
func TestFind_guardedFromPersonConcerned(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		for i, who := range []roster.PersonID{storagetest.Officer, storagetest.Deputy, storagetest.Director, storagetest.Staff} {
			made := reg.FileAbout(fmt.Sprint("view:", i), who, who)
			_, access, err := reg.FindNumber(made.Number, who)
			_, never, errNever := reg.FindNumber("K-2026-9999", who)
			if access != never || fmt.Sprint(err) != fmt.Sprint(errNever) {
				t.Errorf("%s finds %d, %v", who, access, err)
			}
			storagetest.MustRefuse(t, err, workflow.CodeNoSuchCase)
			for _, filter := range lists.Filters(reg.Options.Policy.Roster, who) {
				if numbers := reg.Listed(lists.Query{Viewer: who, Filter: filter}); slices.Contains(numbers, made.Number) {
					t.Errorf("%s lists %v", who, numbers)
				}
			}
			if _, err := reg.Apply(t.Context(), workflow.Command{
				Case: made.ID, Action: workflow.LookIdentity{}, By: who, Gesture: "click:" + string(who),
			}); fmt.Sprint(err) != fmt.Sprint(errNever) {
				t.Errorf("%s may look: %v", who, err)
			}
		}
	})
}

// TestFind_byAccess: each level shows what the table of design section 4 gives it,
// found by number or by id.
func TestFind_byAccess(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		reg.Do(made.ID, storagetest.Officer, "click:1", workflow.Acknowledge{Sent: storagetest.Sent(2, "Ontvangen")})
		for viewer, want := range map[roster.PersonID]workflow.Access{
			storagetest.Officer: workflow.AccessFull, storagetest.Deputy: workflow.AccessFull,
			storagetest.Director: workflow.AccessOverview, storagetest.Staff: workflow.AccessOwn,
			"U0NOBODY": workflow.AccessNone, "": workflow.AccessNone,
		} {
			got, access, err := reg.FindNumber(made.Number, viewer)
			if access != want || (err == nil) == (want == workflow.AccessNone) {
				t.Errorf("%s has access %d, %v", viewer, access, err)
			}
			byID, _, err := reg.Find(t.Context(), workflow.Lookup{ID: made.ID}, viewer)
			if (err == nil) == (want == workflow.AccessNone) || storagetest.Reveal(byID) != storagetest.Reveal(got) {
				t.Errorf("%s finds another case by its id: %v", viewer, err)
			}
			shows(reg, viewer, got, want)
		}
	})
}

func shows(reg *storagetest.Register, viewer roster.PersonID, c workflow.Complaint, access workflow.Access) {
	reg.Helper()
	if has := c.Particulars.Name != ""; has != (access == workflow.AccessFull) {
		reg.Errorf("%s sees who complains: %t", viewer, has)
	}
	if has := c.Facts.OfferingName != ""; has != (access >= workflow.AccessOwn) {
		reg.Errorf("%s sees the offering: %t", viewer, has)
	}
	if has := c.Owner != "" || c.Last.By != ""; has != (access == workflow.AccessFull) {
		reg.Errorf("%s sees who handles it: %t", viewer, has)
	}
	if access == workflow.AccessNone {
		storagetest.Equal(reg, "case for "+string(viewer), c, workflow.Complaint{})
		return
	}
	if c.Number == "" || len(c.Promises) != 2 || c.Facts.Received.IsZero() || c.Promises[0].Open() {
		reg.Errorf("%s misses number, dates or promises", viewer)
	}
	if has := c.Promises[0].Kept.By != ""; has != (access == workflow.AccessFull) {
		reg.Errorf("%s sees who acknowledged: %t", viewer, has)
	}
}

// TestFind_postedAMomentAgo: a message that stands in Slack is found although what
// became of its attempt is on record a moment later only.
func TestFind_postedAMomentAgo(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		made := box.File("view:1")
		l := box.Lease()
		d := box.Next(l)
		posted := box.Posted(d)
		at := workflow.Lookup{Channel: posted.Posted.Channel, TS: posted.Posted.TS}
		found, failed := make(chan workflow.Complaint, 1), make(chan error, 1)
		go func() {
			c, _, err := box.Find(t.Context(), at, storagetest.Officer)
			found <- c
			failed <- err
		}()
		box.Settle(l, d, posted)
		if c, err := <-found, <-failed; err != nil || c.ID != made.ID {
			t.Errorf("found %q, %v", c.Number, err)
		}
		box.Release(l)
		_, _, err := box.Find(t.Context(), workflow.Lookup{Channel: at.Channel, TS: "9.000009"}, storagetest.Officer)
		if !workflow.Refused(err).Has(workflow.CodeNoSuchCase) {
			t.Errorf("a message of no case: %v", err)
		}
	})
}
