package storage

import (
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/workflow"
)

// A change and what it asks to show are committed together or not at all.
func TestApplyQueues(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.log("g1")
		equal(t, "sent after log", s.drain(), []string{"case   v1", "story   v1"})
		s.do(c.ID, officer, "g2", workflow.Acknowledge{Sent: sent(2, "Wij hebben je klacht.")})
		s.do(c.ID, officer, "g3", workflow.Note{Text: "Gebeld."})
		equal(t, "sent after acknowledge and note", s.drain(),
			[]string{"case   v2", "line  acknowledge v2", "line  note v3"})
		equal(t, "sent when nothing is left", s.drain(), []string(nil))
	})
}

func TestRepeatedGestureQueuesNothing(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.log("g1")
		s.drain()
		for range 3 {
			s.do(c.ID, officer, "g2", workflow.Note{Text: "Gebeld."})
		}
		equal(t, "sent", s.drain(), []string{"line  note v2"})
	})
}

func TestRolledBackChangeQueuesNothing(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.fresh("g1")
		_, err := s.Apply(t.Context(), workflow.Command{Case: c.ID, Action: workflow.Note{}, By: officer, Gesture: "g2"})
		mustRefuse(t, err, workflow.CodeRequired)
		s.noLease()
	})
}

func TestQueuedWakesOnce(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.log("g1")
		s.log("g2") // does not wait for anybody to listen
		<-s.Queue().Queued()
		select {
		case <-s.Queue().Queued():
			t.Error("woken twice for what one look finds")
		default:
		}
	})
}

// A view shows the latest version once, however often it changed; events are
// all shown.
func TestCoalescing(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.fresh("g1")
		for range 3 {
			s.ask(&c, caseMessage(), aLine("note"), nudge(officer))
		}
		l := s.lease()
		s.pass(time.Minute)
		equal(t, "first", s.post(l), "case   v4")
		equal(t, "rest", s.drain(), []string{"nudge U0FATIMA outcome v4", "line  note v2", "line  note v3", "line  note v4"})
	})
}

func TestNudgesOfSeveralPeopleAndPromises(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.fresh("g1")
		other := workflow.ReminderDue{To: officer, Watch: "acknowledgement"}
		s.ask(&c, nudge(officer), nudge(deputy), other)
		if got := s.drain(); len(got) != 3 {
			t.Errorf("sent %q, want three nudges", got)
		}
	})
}

// A newer version asked for while one is being sent stays due; a sender that
// showed the newer one already has nothing left to do.
func TestNewerVersionWhileSending(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.fresh("g1")
		s.ask(&c, caseMessage())
		l := s.lease()
		d := s.next(l)
		s.ask(&c, caseMessage())
		s.settle(l, d, s.posted(d))
		d = s.next(l)
		equal(t, "still due", show(d), "case   v3")
		s.ask(&c, caseMessage())
		newest := s.posted(d)
		newest.Posted.Version = 4
		s.settle(l, d, newest)
		s.idle(l)
	})
}

// A nudge is posted anew, with another key; the case message is edited, and
// keeps its key so that the root can always be found.
func TestViewsAgain(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.log("g1")
		l := s.lease()
		root := s.next(l)
		equal(t, "a new root stands nowhere", []string{root.Channel, root.TS, root.Root}, []string{"", "", ""})
		s.settle(l, root, s.posted(root))
		s.drain()
		s.ask(&c, caseMessage(), nudge(officer))
		l = s.lease()
		edit := s.next(l)
		equal(t, "where the root stands", []string{edit.Channel, edit.TS}, []string{"C0CASES", "1.000001"})
		equal(t, "key of the root", edit.Key, root.Key)
		s.settle(l, edit, s.posted(edit))
		first := s.next(l)
		equal(t, "the thread of a nudge", first.Root, "1.000001")
		s.settle(l, first, s.posted(first))
		s.ask(&c, nudge(officer))
		second := s.next(l)
		if second.Key == first.Key {
			t.Error("two nudges with one key: the second would be taken for sent")
		}
		equal(t, "attempts at the second", second.Attempts, 1)
		s.settle(l, second, s.posted(second))
		s.idle(l)
	})
}

// A nudge wanted anew while the old one is being sent is another message,
// though both share a row.
func TestNudgeAnewWhileSending(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.fresh("g1")
		s.ask(&c, nudge(officer))
		l := s.lease()
		first := s.next(l)
		s.ask(&c, nudge(officer))
		s.settle(l, first, s.posted(first))
		second := s.next(l)
		if second.Key == first.Key || second.Attempts != 1 || second.Version != first.Version+1 {
			t.Errorf("second nudge: same key %v, attempts %d, version %d", second.Key == first.Key, second.Attempts, second.Version)
		}
		s.settle(l, second, s.posted(second))
		s.idle(l)
	})
}

func TestKeysTellNothingAndDiffer(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		keys := map[string]bool{}
		for _, gesture := range []string{"g1", "g2"} {
			c := s.log(gesture)
			s.ask(&c, aLine("note"), aLine("note"), nudge(officer), nudge(deputy))
		}
		for {
			at, ok, err := s.WaitUntil(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				break
			}
			s.wall.set(at.Add(time.Minute))
			l := s.lease()
			d := s.next(l)
			if len(d.Key) != 32 || keys[d.Key] {
				t.Errorf("key of %s: %d characters, seen before: %v", show(d), len(d.Key), keys[d.Key])
			}
			keys[d.Key] = true
			s.settle(l, d, s.posted(d))
			s.release(l)
		}
		equal(t, "keys", len(keys), 12)
	})
}

// Another ring makes other keys of the same row.
func TestKeysNeedTheRing(t *testing.T) {
	row := queue.Row{Complaint: "c-1", Version: 2, Ordinal: 1, Surface: "line", Slot: "note"}
	one, other := memoryRing(t, 1, 0), memoryRing(t, 1, 1)
	if queue.Key(one, row) == queue.Key(other, row) {
		t.Error("the ring makes no difference")
	}
	if queue.Key(one, row) != queue.Key(memoryRing(t, 2, 0), row) {
		t.Error("rotation changes the keys of what is on its way")
	}
}

// Everything that was posted can be found again to delete it, also nudges
// that were posted anew.
func TestEveryMessageIsRemembered(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.fresh("g1")
		for range 3 {
			s.ask(&c, caseMessage(), aLine("note"), nudge(officer))
			s.drain()
		}
		equal(t, "messages", s.count("SELECT count(*) FROM messages WHERE complaint = $1", string(c.ID)), s.posts)
		equal(t, "posts", s.posts, 8)
		equal(t, "rows left", s.count("SELECT count(*) FROM outbox"), 0)
	})
}

func TestBacklog(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		equal(t, "empty", s.backlog(), queue.Backlog{})
		c := s.log("g1")
		queued := s.wall.Now()
		s.pass(time.Minute)
		equal(t, "root and story", s.backlog(), queue.Backlog{Due: 2, Oldest: queued})
		l := s.lease()
		d := s.next(l)
		s.settle(l, d, outbox.Settlement{Retry: s.wall.Now().Add(time.Minute), Fault: "not_in_channel"})
		equal(t, "after a fault", s.backlog(), queue.Backlog{Due: 1, Failing: 1, Oldest: queued})
		list, err := s.Queue().Failing(t.Context(), 10)
		if err != nil || len(list) != 1 {
			t.Fatalf("Failing: %d rows, %v", len(list), err)
		}
		equal(t, "failing case", list[0].Case, c.ID)
		equal(t, "undelivered after one failure", s.undelivered(), 0)
		equal(t, "fault", list[0].Fault, "not_in_channel")
		equal(t, "first try", list[0].FirstTry, s.wall.Now())
		s.pass(time.Minute)
		again := s.next(l)
		equal(t, "the fault goes along", again.Fault, "not_in_channel")
		s.settle(l, again, s.posted(again))
		s.release(l)
		s.drain()
		equal(t, "in the end", s.backlog(), queue.Backlog{})
	})
}

// A message that keeps failing counts as undelivered; one for a guarded case's
// handler does not, since the count would give the case away.
func TestUndelivered(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.log("g1")
		s.logAbout("g2", staff, officer)
		for range 3 {
			for range 2 { // the two lanes
				l := s.lease()
				d := s.next(l)
				s.settle(l, d, outbox.Settlement{Retry: s.wall.Now().Add(time.Minute), Fault: "is_archived"})
				s.release(l)
			}
			s.pass(time.Minute)
		}
		equal(t, "undelivered", s.undelivered(), 1)
		s.drain()
		equal(t, "in the end", s.undelivered(), 0)
	})
}

func (s *sender) undelivered() int {
	s.Helper()
	n, err := s.Rooms().Undelivered(s.Context())
	if err != nil {
		s.Fatal(err)
	}
	return n
}

func (s *sender) backlog() queue.Backlog {
	s.Helper()
	b, err := s.Queue().Backlog(s.Context())
	if err != nil {
		s.Fatal(err)
	}
	return b
}

// The queue holds nothing of what people wrote.
func TestOutboxHoldsNoText(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.log("g1")
		s.do(c.ID, officer, "g2", workflow.Note{Text: "De zaagmachine van Jozefien Vandersteen"})
		for _, word := range secrets() {
			n := s.count(`SELECT count(*) FROM outbox WHERE slot LIKE $1 OR payload LIKE $1 OR person LIKE $1 OR surface LIKE $1 OR fault LIKE $1`, "%"+word+"%")
			if n > 0 {
				t.Error("a text of the complaint stands in the outbox")
			}
		}
	})
}

// A nudge wanted anew is another message also when the old one was tried in
// vain: its attempts, and where a look-up begins, start again.
func TestNudgeAnewAfterAFault(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.fresh("g1")
		s.ask(&c, nudge(officer))
		l := s.lease()
		old := s.next(l)
		s.settle(l, old, outbox.Settlement{Retry: s.wall.Now().Add(time.Second), Fault: "timeout"})
		s.ask(&c, nudge(officer))
		s.pass(time.Second)
		d := s.next(l)
		equal(t, "the new nudge", []any{d.Version, d.Attempts, d.FirstTry, d.Key == old.Key}, []any{3, 1, s.wall.Now(), false})
	})
}

// What changed while the case message was posted for the first time is an
// edit, which need not wait for the pace.
func TestRootChangedWhileSending(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.log("g1")
		l := s.lease()
		root := s.next(l)
		s.ask(&c, caseMessage(), aLine("note"), aLine("note"))
		s.settle(l, root, s.posted(root))
		edit := s.next(l)
		equal(t, "first", show(edit), "case   v2")
		s.settle(l, edit, outbox.Settlement{Retry: s.wall.Now().Add(time.Millisecond)})
		s.post(l)
		s.post(l)
		s.idle(l)
		s.pass(time.Millisecond)
		equal(t, "an edit when posts must wait", s.post(l), "case   v2")
	})
}
