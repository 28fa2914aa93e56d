package storage

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// concerned corrects the sample complaint into one about somebody.
func concerned(who roster.PersonID) workflow.Correct {
	l := sample()
	l.Particulars.Concerns = who
	return workflow.Correct{File: l, Reason: "Het ging over een collega."}
}

// laneOf leases that lane; the others are given back.
func (s *sender) laneOf(want outbox.Lane) outbox.Lease {
	s.Helper()
	var others []outbox.Lease
	defer func() {
		for _, l := range others {
			s.release(l)
		}
	}()
	for {
		l := s.lease()
		if l.Lane == want {
			return l
		}
		others = append(others, l)
	}
}

func (s *sender) leftovers(c *workflow.Complaint) (all []string) {
	s.Helper()
	left, err := s.Queue().PendingDeletions(s.Context(), c.ID)
	if err != nil {
		s.Fatal(err)
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

// TestAConflictFoundLater (design section 4): the case gets a number of the
// other series, the old one is void to everybody, and for whom it concerns the
// case does not exist.
func TestAConflictFoundLater(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made, other := h.log("view:1"), h.log("view:2")
		moved := h.do(made.ID, officer, "click:1", concerned(officer))
		equal(t, "number and owner", []string{moved.Number, string(moved.Owner)}, []string{"V-2026-0001", string(deputy)})
		for _, who := range []roster.PersonID{officer, deputy, director, staff, "U0NOBODY"} {
			_, _, err := h.find(made.Number, who)
			mustRefuse(t, err, workflow.CodeNumberVoid)
		}
		for _, key := range []workflow.Lookup{{ID: made.ID}, {Number: moved.Number}} {
			_, access, err := h.Find(t.Context(), key, officer)
			mustRefuse(t, err, workflow.CodeNoSuchCase)
			equal(t, "access", access, workflow.AccessNone)
		}
		equal(t, "listed for whom it concerns", h.listed(lists.Query{Viewer: officer}), []string{other.Number})
		equal(t, "listed for its handler", h.listed(lists.Query{Viewer: deputy}), []string{other.Number, moved.Number})
		again, _, err := h.find(moved.Number, deputy)
		if err != nil || again.Number != moved.Number || again.Particulars.Concerns != officer {
			t.Errorf("its handler finds %s, %v", again.Number, err)
		}
		equal(t, "the next of either series", []string{h.log("view:3").Number, h.logAbout("view:4", staff, officer).Number},
			[]string{"K-2026-0003", "V-2026-0002"})
		if err := h.Verify(t.Context(), func(f journal.Finding) { t.Errorf("verify: %+v", f) }); err != nil {
			t.Error(err)
		}
	})
}

// TestAMovedCaseIsShownAnew: with its handler it gets a case message and story
// of its own, what waited goes along, and what was posted is left to be taken
// away.
func TestAMovedCaseIsShownAnew(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.log("g1")
		s.drain() // messages 1 and 2: root and story
		s.do(c.ID, officer, "g2", workflow.Note{Text: "Gebeld."})
		c = s.current(c.ID)
		s.ask(&c, nudge(officer), nudge(deputy))
		moved := s.do(c.ID, deputy, "g3", concerned(officer))
		equal(t, "left behind", s.leftovers(&moved), []string{"message 1.000002", "root 1.000001"})
		sent := map[outbox.Lane][]string{}
		for _, lane := range []outbox.Lane{outbox.LaneDeletion, outbox.DirectLane(officer), outbox.DirectLane(deputy)} {
			l := s.laneOf(lane)
			for {
				s.pass(testPace)
				d, ok, err := s.Queue().Next(s.Context(), l)
				if err != nil {
					t.Fatal(err)
				}
				if !ok {
					break
				}
				done := outbox.Settlement{Drop: true}
				if lane == outbox.DirectLane(deputy) {
					done = s.posted(d)
				}
				if d.Threaded && d.Root != "1.000003" {
					t.Errorf("%s goes below %q", show(d), d.Root)
				}
				s.settle(l, d, done)
				sent[lane] = append(sent[lane], show(d))
			}
			s.release(l)
		}
		s.noLease()
		slices.Sort(sent[outbox.DirectLane(deputy)])
		equal(t, "sent", sent, map[outbox.Lane][]string{
			outbox.LaneDeletion:        {"clear   v3"},
			outbox.DirectLane(officer): {"nudge U0FATIMA outcome v3"},
			outbox.DirectLane(deputy):  {"case   v3", "line  note v2", "nudge U0BRAM outcome v3", "story   v3"},
		})
		for _, l := range s.mustLeft(&moved) {
			if err := s.Queue().Deleted(t.Context(), moved.ID, l); err != nil {
				t.Fatal(err)
			}
		}
		equal(t, "left behind", s.leftovers(&moved), []string(nil))
		_, _, err := s.Find(t.Context(), workflow.Lookup{Channel: "C0CASES", TS: "1.000001"}, deputy)
		mustRefuse(t, err, workflow.CodeNoSuchCase)
	})
}

func (s *sender) current(id workflow.CaseID) workflow.Complaint {
	s.Helper()
	c, err := s.Case(s.Context(), id)
	if err != nil {
		s.Fatal(err)
	}
	return c
}

func (s *sender) mustLeft(c *workflow.Complaint) []outbox.PendingDeletion {
	s.Helper()
	all, err := s.Queue().PendingDeletions(s.Context(), c.ID)
	if err != nil {
		s.Fatal(err)
	}
	return all
}

// TestUnderWayWhenTheCaseMoves: an edit and a post whose answers come after the
// case moved show it nowhere; they are sent again where it is, and what may
// have arrived is to be looked for.
func TestUnderWayWhenTheCaseMoves(t *testing.T) {
	for _, ends := range []string{"posted", "retried", "dropped", "lost"} {
		onBothSending(t, func(t *testing.T, s *sender) {
			c := s.log("g1")
			s.drain()
			s.do(c.ID, officer, "g2", workflow.Acknowledge{Sent: sent(2, "We hebben je klacht.")})
			l := s.laneOf(outbox.LaneCases)
			edit := s.next(l)
			moved := s.do(c.ID, deputy, "g3", concerned(officer))
			equal(t, "left behind", s.leftovers(&moved), []string{"message 1.000002", "root 1.000001", "under way in cases 1.000001"})
			switch ends {
			case "posted":
				s.settle(l, edit, s.posted(edit))
			case "retried":
				s.settle(l, edit, outbox.Settlement{Retry: s.wall.Now().Add(outbox.LeaseTime), Fault: "timeout"})
			case "dropped":
				s.settle(l, edit, outbox.Settlement{Drop: true})
			}
			if ends == "posted" { // the edit's message is known; nothing new
				equal(t, "left behind", len(s.leftovers(&moved)), 3)
			}
			s.pass(outbox.LeaseTime)
			at := s.laneOf(outbox.DirectLane(deputy))
			root := s.next(at)
			equal(t, "first", show(root), "case   v3")
			equal(t, "it stands nowhere yet", []string{root.Channel, root.TS}, []string{"", ""})
			s.settle(at, root, s.posted(root))
			s.pass(testPace)
			line := s.next(at)
			equal(t, "its thread", []string{show(line), line.Root}, []string{"line  acknowledge v2", "1.000003"})
		})
	}
}

// TestPostedAfterTheCaseMoved: a first case message that arrives after the move
// is taken away with its thread.
func TestPostedAfterTheCaseMoved(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.log("g1")
		l := s.laneOf(outbox.LaneCases)
		root := s.next(l)
		moved := s.do(c.ID, deputy, "g2", concerned(officer))
		equal(t, "left behind", s.leftovers(&moved), []string{"under way in cases"})
		s.settle(l, root, s.posted(root))
		equal(t, "left behind", s.leftovers(&moved), []string{"root 1.000001", "under way in cases"})
	})
}

// TestAnotherConflictInTheSameHands: whom it turns out to concern keeps nothing
// that was sent to them; the case stays where it is.
func TestAnotherConflictInTheSameHands(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.logAbout("g1", staff, deputy)
		s.drain() // messages 1 and 2, with the officer
		s.ask(&c, nudge(director))
		s.drain()
		moved := s.do(c.ID, officer, "g2", concerned(director))
		equal(t, "number and owner", []string{moved.Number, string(moved.Owner)}, []string{"V-2026-0001", string(officer)})
		equal(t, "left behind", s.leftovers(&moved), []string(nil)) // here all stands in one channel
		if _, err := s.core.Write.Exec(t.Context(), `UPDATE messages SET channel = 'D0DIRECTOR' WHERE ts = '1.000003'`); err != nil {
			t.Fatal(err)
		}
		moved = s.do(c.ID, officer, "g3", concerned(deputy))
		equal(t, "left behind", s.leftovers(&moved), []string{"message 1.000003"})
		sent := s.drain()
		slices.Sort(sent)
		equal(t, "sent", sent, []string{"case   v3", "clear   v2", "clear   v3", "line  correct v2", "line  correct v3"})
	})
}

// TestACorrectionIsAllOrNothing breaks the move half-way.
func TestACorrectionIsAllOrNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.log("view:1")
		h.raw(`UPDATE register_head SET numbers = '{"V-2026":-1}'`) // ordinal 0 is refused
		_, err := h.Apply(t.Context(), workflow.Command{Case: made.ID, Action: concerned(officer), By: officer, Gesture: "click:1"})
		if err == nil || workflow.Refused(err) != nil {
			t.Fatalf("corrected all the same: %v", err)
		}
		after, _, err := h.find(made.Number, officer)
		if err != nil || fmt.Sprint(after.Version, after.Series) != fmt.Sprint(made.Version, made.Series) {
			t.Errorf("case %s, %v", after.Number, errors.Unwrap(err))
		}
	})
}
