package queue_test

import (
	"bytes"
	"crypto/rand"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

// A change and what it asks to show are committed together or not at all.
func TestWriter_queuesWithTheChange(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.File("g1")
		storagetest.Equal(t, "sent after log", box.Drain(), []string{"case   v1", "story   v1"})
		box.Do(c.ID, storagetest.Officer, "g2", workflow.Acknowledge{Sent: storagetest.Sent(2, "Wij hebben je klacht.")})
		box.Do(c.ID, storagetest.Officer, "g3", workflow.Note{Text: "Gebeld."})
		storagetest.Equal(t, "sent after acknowledge and note", box.Drain(),
			[]string{"case   v2", "line  acknowledge v2", "line  note v3"})
		storagetest.Equal(t, "sent when nothing is left", box.Drain(), []string(nil))
	})
}

func TestWriter_repeatedGesture(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.File("g1")
		box.Drain()
		for range 3 {
			box.Do(c.ID, storagetest.Officer, "g2", workflow.Note{Text: "Gebeld."})
		}
		storagetest.Equal(t, "sent", box.Drain(), []string{"line  note v2"})
	})
}

func TestWriter_rolledBack(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.FilePosted("g1")
		_, err := box.Apply(t.Context(), workflow.Command{Case: c.ID, Action: workflow.Note{}, By: storagetest.Officer, Gesture: "g2"})
		storagetest.MustRefuse(t, err, workflow.CodeRequired)
		box.NoLease()
	})
}

func TestWriter_wakesOnce(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		box.File("g1")
		box.File("g2") // does not wait for anybody to listen
		<-box.Queue().Queued()
		select {
		case <-box.Queue().Queued():
			t.Error("woken twice for what one look finds")
		default:
		}
	})
}

// A view shows the latest version once, however often it changed; events are
// all shown.
func TestWriter_viewsCoalesce(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.FilePosted("g1")
		for range 3 {
			box.Enqueue(&c, storagetest.CaseMessage(), storagetest.Line("note"), storagetest.Reminder(storagetest.Officer))
		}
		l := box.Lease()
		box.Pass(time.Minute)
		storagetest.Equal(t, "first", box.Post(l), "case   v4")
		storagetest.Equal(t, "rest", box.Drain(), []string{"nudge U0FATIMA outcome v4", "line  note v2", "line  note v3", "line  note v4"})
	})
}

func TestWriter_remindersOfSeveralPeople(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.FilePosted("g1")
		other := workflow.ReminderDue{To: storagetest.Officer, Watch: "acknowledgement"}
		box.Enqueue(&c, storagetest.Reminder(storagetest.Officer), storagetest.Reminder(storagetest.Deputy), other)
		if got := box.Drain(); len(got) != 3 {
			t.Errorf("sent %q, want three reminders", got)
		}
	})
}

// A newer version asked for while one is being sent stays due; a sender that
// showed the newer one already has nothing left to do.
func TestSettle_newerVersionWhileSending(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.FilePosted("g1")
		box.Enqueue(&c, storagetest.CaseMessage())
		l := box.Lease()
		d := box.Next(l)
		box.Enqueue(&c, storagetest.CaseMessage())
		box.Settle(l, d, box.Posted(d))
		d = box.Next(l)
		storagetest.Equal(t, "still due", storagetest.Show(d), "case   v3")
		box.Enqueue(&c, storagetest.CaseMessage())
		newest := box.Posted(d)
		newest.Posted.Version = 4
		box.Settle(l, d, newest)
		box.Idle(l)
	})
}

// A reminder is posted anew, with another key; the case message is edited, and
// keeps its key so that the root can always be found.
func TestSettle_viewsAgain(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.File("g1")
		l := box.Lease()
		root := box.Next(l)
		storagetest.Equal(t, "a new root stands nowhere", []string{root.Channel, root.TS, root.Root}, []string{"", "", ""})
		box.Settle(l, root, box.Posted(root))
		box.Drain()
		box.Enqueue(&c, storagetest.CaseMessage(), storagetest.Reminder(storagetest.Officer))
		l = box.Lease()
		edit := box.Next(l)
		storagetest.Equal(t, "where the root stands", []string{edit.Channel, edit.TS}, []string{"C0CASES", "1.000001"})
		storagetest.Equal(t, "key of the root", edit.Key, root.Key)
		box.Settle(l, edit, box.Posted(edit))
		first := box.Next(l)
		storagetest.Equal(t, "the thread of a reminder", first.Root, "1.000001")
		box.Settle(l, first, box.Posted(first))
		box.Enqueue(&c, storagetest.Reminder(storagetest.Officer))
		second := box.Next(l)
		if second.Key == first.Key {
			t.Error("two reminders with one key: the second would be taken for sent")
		}
		storagetest.Equal(t, "attempts at the second", second.Attempts, 1)
		box.Settle(l, second, box.Posted(second))
		box.Idle(l)
	})
}

// A reminder wanted anew while the old one is being sent is another message,
// though both share a row.
func TestSettle_reminderAnewWhileSending(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.FilePosted("g1")
		box.Enqueue(&c, storagetest.Reminder(storagetest.Officer))
		l := box.Lease()
		first := box.Next(l)
		box.Enqueue(&c, storagetest.Reminder(storagetest.Officer))
		box.Settle(l, first, box.Posted(first))
		second := box.Next(l)
		if second.Key == first.Key || second.Attempts != 1 || second.Version != first.Version+1 {
			t.Errorf("second reminder: same key %v, attempts %d, version %d", second.Key == first.Key, second.Attempts, second.Version)
		}
		box.Settle(l, second, box.Posted(second))
		box.Idle(l)
	})
}

func TestKey_tellsNothing(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		keys := map[string]bool{}
		for _, gesture := range []string{"g1", "g2"} {
			c := box.File(gesture)
			box.Enqueue(&c, storagetest.Line("note"), storagetest.Line("note"), storagetest.Reminder(storagetest.Officer), storagetest.Reminder(storagetest.Deputy))
		}
		for {
			at, ok, err := box.WaitUntil(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				break
			}
			box.Wall.Set(at.Add(time.Minute))
			l := box.Lease()
			d := box.Next(l)
			if len(d.Key) != 32 || keys[d.Key] {
				t.Errorf("key of %s: %d characters, seen before: %v", storagetest.Show(d), len(d.Key), keys[d.Key])
			}
			keys[d.Key] = true
			box.Settle(l, d, box.Posted(d))
			box.Release(l)
		}
		storagetest.Equal(t, "keys", len(keys), 12)
	})
}

// memoryRing is a ring of n master keys that came from no file, the first made
// of one byte.
func memoryRing(t testing.TB, n int, first byte) *vault.Ring {
	t.Helper()
	var masters [][]byte
	for i := range n {
		masters = append(masters, bytes.Repeat([]byte{first + byte(i)}, 32))
	}
	ring, err := vault.NewRing(masters, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

// Another ring makes other keys of the same row.
func TestKey_needsTheRing(t *testing.T) {
	row := queue.Row{Complaint: "c-1", Version: 2, Ordinal: 1, Surface: "line", Slot: "note"}
	one, other := memoryRing(t, 1, 0), memoryRing(t, 1, 1)
	if queue.Key(one, row) == queue.Key(other, row) {
		t.Error("the ring makes no difference")
	}
	if queue.Key(one, row) != queue.Key(memoryRing(t, 2, 0), row) {
		t.Error("rotation changes the keys of what is on its way")
	}
}

// Everything that was posted can be found again to delete it, also reminders
// that were posted anew.
func TestSettle_everyMessageRemembered(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.FilePosted("g1")
		for range 3 {
			box.Enqueue(&c, storagetest.CaseMessage(), storagetest.Line("note"), storagetest.Reminder(storagetest.Officer))
			box.Drain()
		}
		storagetest.Equal(t, "messages", box.Count("SELECT count(*) FROM messages WHERE complaint = $1", string(c.ID)), box.Posts)
		storagetest.Equal(t, "posts", box.Posts, 8)
		storagetest.Equal(t, "rows left", box.Count("SELECT count(*) FROM outbox"), 0)
	})
}

// The queue holds nothing of what people wrote.
func TestWriter_holdsNoText(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.File("g1")
		box.Do(c.ID, storagetest.Officer, "g2", workflow.Note{Text: "De zaagmachine van Jozefien Vandersteen"})
		for _, word := range storagetest.Secrets() {
			n := box.Count(`SELECT count(*) FROM outbox WHERE slot LIKE $1 OR payload LIKE $1 OR person LIKE $1 OR surface LIKE $1 OR fault LIKE $1`, "%"+word+"%")
			if n > 0 {
				t.Error("a text of the complaint stands in the outbox")
			}
		}
	})
}

// A reminder wanted anew is another message also when the old one was tried in
// vain: its attempts, and where a look-up begins, start again.
func TestSettle_reminderAnewAfterAFault(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.FilePosted("g1")
		box.Enqueue(&c, storagetest.Reminder(storagetest.Officer))
		l := box.Lease()
		old := box.Next(l)
		box.Settle(l, old, outbox.Settlement{Retry: box.Wall.Now().Add(time.Second), Fault: "timeout"})
		box.Enqueue(&c, storagetest.Reminder(storagetest.Officer))
		box.Pass(time.Second)
		d := box.Next(l)
		storagetest.Equal(t, "the new reminder", []any{d.Version, d.Attempts, d.FirstTry, d.Key == old.Key}, []any{3, 1, box.Wall.Now(), false})
	})
}

// What changed while the case message was posted for the first time is an
// edit, which need not wait for the pace.
func TestSettle_rootChangedWhileSending(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.File("g1")
		l := box.Lease()
		root := box.Next(l)
		box.Enqueue(&c, storagetest.CaseMessage(), storagetest.Line("note"), storagetest.Line("note"))
		box.Settle(l, root, box.Posted(root))
		edit := box.Next(l)
		storagetest.Equal(t, "first", storagetest.Show(edit), "case   v2")
		box.Settle(l, edit, outbox.Settlement{Retry: box.Wall.Now().Add(time.Millisecond)})
		box.Post(l)
		box.Post(l)
		box.Idle(l)
		box.Pass(time.Millisecond)
		storagetest.Equal(t, "an edit when posts must wait", box.Post(l), "case   v2")
	})
}
