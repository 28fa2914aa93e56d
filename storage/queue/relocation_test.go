package queue_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

func pendingDeletions(box *storagetest.Outbox, c *workflow.Complaint) (all []string) {
	box.Helper()
	left, err := box.Queue().PendingDeletions(box.Context(), c.ID)
	if err != nil {
		box.Fatal(err)
	}
	for _, l := range left {
		what := "message"
		switch {
		case l.Key != "":
			what = "under way in " + string(l.Lane)
		case l.Root:
			what = "root"
		}
		all = append(all, strings.TrimSpace(what+" "+l.TS))
	}
	return all
}

// TestRelocation_newNumber (design section 4): the case gets a number of the
// other series, the old one leads on who may know of that and is void to everybody
// else, and for whom it concerns the case does not exist.
func TestRelocation_newNumber(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made, other := reg.File("view:1"), reg.File("view:2")
		moved := reg.Do(made.ID, storagetest.Officer, "click:1", storagetest.CorrectConcerning(storagetest.Officer))
		storagetest.Equal(t, "number and owner", []string{moved.Number, string(moved.Owner)}, []string{"V-2026-0001", string(storagetest.Deputy)})
		for _, who := range []roster.PersonID{storagetest.Officer, "U0NOBODY"} {
			_, access, err := reg.FindNumber(made.Number, who)
			storagetest.MustRefuse(t, err, workflow.CodeNumberVoid)
			storagetest.Equal(t, "access", access, workflow.AccessNone)
		}
		for who, want := range map[roster.PersonID]workflow.Access{
			storagetest.Deputy: workflow.AccessFull, storagetest.Director: workflow.AccessOverview, storagetest.Staff: workflow.AccessOwn,
		} {
			led, access, err := reg.FindNumber(made.Number, who)
			if err != nil || access != want || led.Number != moved.Number || (led.Particulars.Story != "") != (want == workflow.AccessFull) {
				t.Errorf("%s is led to %q with access %d, %v", who, led.Number, access, err)
			}
		}
		for _, key := range []workflow.Lookup{{ID: made.ID}, {Number: moved.Number}} {
			_, access, err := reg.Find(t.Context(), key, storagetest.Officer)
			storagetest.MustRefuse(t, err, workflow.CodeNoSuchCase)
			storagetest.Equal(t, "access", access, workflow.AccessNone)
		}
		storagetest.Equal(t, "listed for whom it concerns", reg.Listed(lists.Query{Viewer: storagetest.Officer}), []string{other.Number})
		storagetest.Equal(t, "listed for its handler", reg.Listed(lists.Query{Viewer: storagetest.Deputy}), []string{other.Number, moved.Number})
		again, _, err := reg.FindNumber(moved.Number, storagetest.Deputy)
		if err != nil || again.Number != moved.Number || again.Particulars.Concerns != storagetest.Officer {
			t.Errorf("its handler finds %s, %v", again.Number, err)
		}
		storagetest.Equal(t, "the next of either series", []string{reg.File("view:3").Number, reg.FileAbout("view:4", storagetest.Staff, storagetest.Officer).Number},
			[]string{"K-2026-0003", "V-2026-0002"})
		if err := reg.Verify(t.Context(), func(f journal.Finding) { t.Errorf("verify: %+v", f) }); err != nil {
			t.Error(err)
		}
	})
}

// TestRelocation_shownAnew: with its handler it gets a case message and story
// of its own, what waited goes along, and what was posted is left to be taken
// away.
func TestRelocation_shownAnew(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.File("g1")
		box.Drain() // messages 1 and 2: root and story
		box.Do(c.ID, storagetest.Officer, "g2", workflow.Note{Text: "Gebeld."})
		c = currentCase(box, c.ID)
		box.Enqueue(&c, storagetest.Reminder(storagetest.Officer), storagetest.Reminder(storagetest.Deputy))
		moved := box.Do(c.ID, storagetest.Deputy, "g3", storagetest.CorrectConcerning(storagetest.Officer))
		storagetest.Equal(t, "left behind", pendingDeletions(box, &moved), []string{"message 1.000002", "root 1.000001"})
		sent := map[outbox.Lane][]string{}
		for _, lane := range []outbox.Lane{outbox.LaneDeletion, outbox.DirectLane(storagetest.Officer), outbox.DirectLane(storagetest.Deputy)} {
			l := box.LeaseOf(lane)
			for {
				box.Pass(storagetest.Pace)
				d, ok, err := box.Take(l)
				if err != nil {
					t.Fatal(err)
				}
				if !ok {
					break
				}
				done := outbox.Settlement{Drop: true}
				if lane == outbox.DirectLane(storagetest.Deputy) {
					done = box.Posted(d)
				}
				if d.Threaded && d.Root != "1.000003" {
					t.Errorf("%s goes below %q", storagetest.Show(d), d.Root)
				}
				box.Settle(l, d, done)
				sent[lane] = append(sent[lane], storagetest.Show(d))
			}
			box.Release(l)
		}
		box.NoLease()
		slices.Sort(sent[outbox.DirectLane(storagetest.Deputy)])
		storagetest.Equal(t, "sent", sent, map[outbox.Lane][]string{
			outbox.LaneDeletion:                    {"clear   v3"},
			outbox.DirectLane(storagetest.Officer): {"nudge U0FATIMA outcome v3"},
			outbox.DirectLane(storagetest.Deputy):  {"case   v3", "line  note v2", "nudge U0BRAM outcome v3", "story   v3"},
		})
		for _, l := range box.PendingDeletions(&moved) {
			if err := box.Queue().Deleted(t.Context(), moved.ID, l); err != nil {
				t.Fatal(err)
			}
		}
		storagetest.Equal(t, "left behind", pendingDeletions(box, &moved), []string(nil))
		_, _, err := box.Find(t.Context(), workflow.Lookup{Channel: "C0CASES", TS: "1.000001"}, storagetest.Deputy)
		storagetest.MustRefuse(t, err, workflow.CodeNoSuchCase)
	})
}

func currentCase(box *storagetest.Outbox, id workflow.CaseID) workflow.Complaint {
	box.Helper()
	c, err := box.Case(box.Context(), id)
	if err != nil {
		box.Fatal(err)
	}
	return c
}

// TestRelocation_underWay: an edit and a post whose answers come after the
// case moved show it nowhere; they are sent again where it is, and what may
// have arrived is to be looked for.
func TestRelocation_underWay(t *testing.T) {
	for _, ends := range []string{"posted", "retried", "dropped", "lost"} {
		storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
			c := box.File("g1")
			box.Drain()
			box.Do(c.ID, storagetest.Officer, "g2", workflow.Acknowledge{Sent: storagetest.Sent(2, "We hebben je klacht.")})
			l := box.LeaseOf(outbox.LaneCases)
			edit := box.Next(l)
			moved := box.Do(c.ID, storagetest.Deputy, "g3", storagetest.CorrectConcerning(storagetest.Officer))
			storagetest.Equal(t, "left behind", pendingDeletions(box, &moved), []string{"message 1.000002", "root 1.000001", "under way in cases 1.000001"})
			switch ends {
			case "posted":
				box.Settle(l, edit, box.Posted(edit))
			case "retried":
				box.Settle(l, edit, outbox.Settlement{Retry: box.Wall.Now().Add(outbox.LeaseTime), Fault: "timeout"})
			case "dropped":
				box.Settle(l, edit, outbox.Settlement{Drop: true})
			}
			if ends == "posted" { // the edit's message is known; nothing new
				storagetest.Equal(t, "left behind", len(pendingDeletions(box, &moved)), 3)
			}
			box.Pass(outbox.LeaseTime)
			at := box.LeaseOf(outbox.DirectLane(storagetest.Deputy))
			root := box.Next(at)
			storagetest.Equal(t, "first", storagetest.Show(root), "case   v3")
			storagetest.Equal(t, "it stands nowhere yet", []string{root.Channel, root.TS}, []string{"", ""})
			box.Settle(at, root, box.Posted(root))
			box.Pass(storagetest.Pace)
			line := box.Next(at)
			storagetest.Equal(t, "its thread", []string{storagetest.Show(line), line.Root}, []string{"line  acknowledge v2", "1.000003"})
		})
	}
}

// TestRelocation_postedAfterwards: a first case message that arrives after the move
// is taken away with its thread.
func TestRelocation_postedAfterwards(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.File("g1")
		l := box.LeaseOf(outbox.LaneCases)
		root := box.Next(l)
		moved := box.Do(c.ID, storagetest.Deputy, "g2", storagetest.CorrectConcerning(storagetest.Officer))
		storagetest.Equal(t, "left behind", pendingDeletions(box, &moved), []string{"under way in cases"})
		box.Settle(l, root, box.Posted(root))
		storagetest.Equal(t, "left behind", pendingDeletions(box, &moved), []string{"root 1.000001", "under way in cases"})
	})
}

// TestRelocation_sameHandler: whom it turns out to concern keeps nothing
// that was sent to them; the case stays where it is.
func TestRelocation_sameHandler(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.FileAbout("g1", storagetest.Staff, storagetest.Deputy)
		box.Drain() // messages 1 and 2, with the officer
		box.Enqueue(&c, storagetest.Reminder(storagetest.Director))
		box.Drain()
		moved := box.Do(c.ID, storagetest.Officer, "g2", storagetest.CorrectConcerning(storagetest.Director))
		storagetest.Equal(t, "number and owner", []string{moved.Number, string(moved.Owner)}, []string{"V-2026-0001", string(storagetest.Officer)})
		storagetest.Equal(t, "left behind", pendingDeletions(box, &moved), []string(nil)) // here all stands in one channel
		if _, err := box.Core().Write.Exec(t.Context(), `UPDATE messages SET channel = 'D0DIRECTOR' WHERE ts = '1.000003'`); err != nil {
			t.Fatal(err)
		}
		moved = box.Do(c.ID, storagetest.Officer, "g3", storagetest.CorrectConcerning(storagetest.Deputy))
		storagetest.Equal(t, "left behind", pendingDeletions(box, &moved), []string{"message 1.000003"})
		sent := box.Drain()
		slices.Sort(sent)
		storagetest.Equal(t, "sent", sent, []string{"case   v3", "clear   v2", "clear   v3", "line  correct v2", "line  correct v3"})
	})
}

// TestRelocation_allOrNothing breaks the move half-way.
func TestRelocation_allOrNothing(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		reg.Exec(`UPDATE register_head SET numbers = '{"V-2026":-1}'`) // ordinal 0 is refused
		_, err := reg.Apply(t.Context(), workflow.Command{Case: made.ID, Action: storagetest.CorrectConcerning(storagetest.Officer), By: storagetest.Officer, Gesture: "click:1"})
		if err == nil || workflow.Refused(err) != nil {
			t.Fatalf("corrected all the same: %v", err)
		}
		after, _, err := reg.FindNumber(made.Number, storagetest.Officer)
		if err != nil || fmt.Sprint(after.Version, after.Series) != fmt.Sprint(made.Version, made.Series) {
			t.Errorf("case %s, %v", after.Number, errors.Unwrap(err))
		}
	})
}
