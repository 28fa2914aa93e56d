package queue_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/storage/storagetest"
)

func TestLanes_rootBeforeThread(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.File("g1")
		box.Enqueue(&c, storagetest.Reminder(storagetest.Officer), storagetest.Line("note"))
		l := box.Lease()
		root := box.Next(l)
		storagetest.Equal(t, "first", storagetest.Show(root), "case   v1")
		box.Settle(l, root, outbox.Settlement{Retry: box.Wall.Now().Add(time.Minute), Fault: "timeout"})
		box.Idle(l)
		box.Release(l)
		box.NoLease() // nothing to do is no reason to lease
		storagetest.Equal(t, "wait until", waitUntil(box), box.Wall.Now().Add(time.Minute))
		box.Pass(time.Minute)
		storagetest.Equal(t, "then", box.Drain(), []string{"case   v1", "nudge U0FATIMA outcome v2", "story   v1", "line  note v2"})
	})
}

func waitUntil(box *storagetest.Outbox) time.Time {
	box.Helper()
	at, ok, err := box.WaitUntil(box.Context())
	if err != nil || !ok {
		box.Fatalf("WaitUntil: %v, %v", ok, err)
	}
	return at
}

func TestLanes_stuckCaseHoldsUpNobody(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		stuck, other := box.FilePosted("g1"), box.FilePosted("g2")
		box.Enqueue(&stuck, storagetest.Line("question"))
		box.Pass(time.Millisecond)
		box.Enqueue(&stuck, storagetest.Line("answer"), storagetest.Reminder(storagetest.Officer), storagetest.CaseMessage())
		box.Pass(time.Millisecond)
		box.Enqueue(&other, storagetest.Line("note"))
		l := box.Lease()
		storagetest.Equal(t, "edits go first", box.Post(l), "case   v3")
		d := box.Next(l)
		storagetest.Equal(t, "the oldest", storagetest.Show(d), "line  question v2")
		box.Settle(l, d, outbox.Settlement{Retry: box.Wall.Now().Add(time.Hour), Fault: "timeout"})
		storagetest.Equal(t, "a reminder waits for no line", box.Post(l), "nudge U0FATIMA outcome v3")
		storagetest.Equal(t, "another case", box.Post(l), "line  note v2")
		box.Idle(l) // the answer does not overtake the question
		box.Pass(time.Hour)
		storagetest.Equal(t, "in order", box.Post(l), "line  question v2")
		storagetest.Equal(t, "in order", box.Post(l), "line  answer v3")
	})
}

// A reminder that waits for Monday keeps nothing back.
func TestLanes_laterReminderHoldsUpNothing(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.FilePosted("g1")
		box.Enqueue(&c, storagetest.Reminder(storagetest.Officer))
		l := box.Lease()
		d := box.Next(l)
		box.Settle(l, d, outbox.Settlement{Retry: box.Wall.Now().Add(48 * time.Hour)})
		box.Enqueue(&c, storagetest.Line("note"))
		storagetest.Equal(t, "the line", box.Post(l), "line  note v3")
		box.Idle(l)
		storagetest.Equal(t, "not a failure", backlog(box).Failing, 0)
	})
}

// A reply whose parent is gone has the root posted again first.
func TestLanes_lostRootPostedAgain(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.FilePosted("g1")
		box.Enqueue(&c, storagetest.Line("question"), storagetest.Line("note"))
		l := box.Lease()
		d := box.Next(l)
		lost := outbox.Settlement{Retry: box.Wall.Now(), Fault: "root_gone", RootGone: true}
		box.Settle(l, d, lost)
		root := box.Next(l)
		storagetest.Equal(t, "first the root", storagetest.Show(root), "case   v1")
		storagetest.Equal(t, "posted, not edited", root.TS, "")
		box.Settle(l, root, box.Posted(root))
		storagetest.Equal(t, "then what stood below it", box.Post(l), "story   v1")
		again := box.Next(l)
		storagetest.Equal(t, "then the reply", []string{storagetest.Show(again), again.Root}, []string{"line  question v2", "1.000003"})
		// A reply that came back from the old thread does not take the new
		// root away.
		box.Settle(l, d, lost)
		again = box.Next(l)
		storagetest.Equal(t, "still in the new thread", again.Root, "1.000003")
		box.Settle(l, again, box.Posted(again))
		box.Pass(time.Minute)
		got := box.Drain()
		storagetest.Equal(t, "last", []string{got[0][:5], got[1], strconv.Itoa(len(got))}, []string{"clear", "line  note v2", "2"})
	})
}

// Guarded cases go to their handler's lane; lanes don't wait for each other.
func TestLanes_doNotWaitForEachOther(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		box.File("g1")
		box.FileAbout("g2", storagetest.Staff, storagetest.Officer)
		one, two := box.Lease(), box.Lease()
		lanes := map[outbox.Lane]bool{one.Lane: true, two.Lane: true}
		if !lanes[outbox.LaneCases] || !lanes[outbox.DirectLane(storagetest.Deputy)] {
			t.Errorf("leased %v", lanes)
		}
		box.NoLease()
		if d := box.Next(two); d.Lane != two.Lane {
			t.Errorf("a delivery of %s in lane %s", d.Lane, two.Lane)
		}
	})
}

func TestPace_afterABurst(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.File("g1")
		for range 5 {
			box.Enqueue(&c, storagetest.Line("note"))
		}
		start := box.Wall.Now()
		var times []time.Duration
		for range 7 {
			box.Wall.Set(waitUntil(box))
			l := box.Lease()
			box.Post(l)
			box.Release(l)
			times = append(times, box.Wall.Now().Sub(start)/storagetest.Pace)
		}
		storagetest.Equal(t, "seconds of the posts", times, []time.Duration{0, 0, 0, 1, 2, 3, 4})
	})
}

// A burst can be spent again only after as long a silence.
func TestPace_afterSilence(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.File("g1")
		box.Enqueue(&c, storagetest.Line("note"), storagetest.Line("note"), storagetest.Line("note"), storagetest.Line("note"), storagetest.Line("note"))
		l := box.Lease()
		for _, n := range []int{3, 2, 1} {
			for range n {
				box.Post(l)
			}
			box.Idle(l)
			box.Pass(time.Duration(n-1) * storagetest.Pace)
		}
	})
}

func TestPace_editsDoNotCount(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.FilePosted("g1")
		l := outbox.Lease{}
		for i := range 10 {
			box.Enqueue(&c, storagetest.CaseMessage())
			if i == 0 {
				l = box.Lease()
			}
			box.Post(l)
		}
		box.Enqueue(&c, storagetest.Line("note"), storagetest.Line("note"), storagetest.Line("note"), storagetest.Line("note"))
		for range 3 {
			box.Post(l)
		}
		box.Idle(l)
		box.Enqueue(&c, storagetest.CaseMessage())
		storagetest.Equal(t, "an edit when posts must wait", box.Post(l), "case   v13")
	})
}

func TestPace_none(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		box.WithoutPace()
		for i := range 10 {
			box.File(fmt.Sprint("g", i))
		}
		before := box.Wall.Now()
		storagetest.Equal(t, "sent", len(box.Drain()), 20)
		storagetest.Equal(t, "time it took", box.Wall.Now().Sub(before), time.Duration(0))
	})
}

// 429: nothing new in this lane, while edits and other lanes go on.
func TestSettle_pause(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c, other := box.FilePosted("g1"), box.FilePosted("g2")
		box.Enqueue(&c, storagetest.Line("note"))
		l := box.Lease()
		d := box.Next(l)
		until := box.Wall.Now().Add(30 * time.Second)
		box.Settle(l, d, outbox.Settlement{Retry: until, Pause: true, Fault: "ratelimited"})
		box.Enqueue(&other, storagetest.Line("note"), storagetest.CaseMessage())
		storagetest.Equal(t, "edits go on", box.Post(l), "case   v2")
		box.Idle(l)
		box.Release(l)
		storagetest.Equal(t, "wait until", waitUntil(box), until)
		box.FileAbout("g3", storagetest.Staff, storagetest.Officer)
		direct := box.Lease()
		storagetest.Equal(t, "other lanes go on", direct.Lane, outbox.DirectLane(storagetest.Deputy))
		box.Post(direct)
		box.Post(direct)
		box.Release(direct)
		box.NoLease()
		box.Wall.Set(until)
		storagetest.Equal(t, "when the pause is over", box.Drain(), []string{"line  note v2", "line  note v2"})
		if took := box.Wall.Now().Sub(until); took != storagetest.Pace {
			t.Errorf("after a pause: %v, want no burst", took)
		}
	})
}

// An edit that must wait holds up no post, nor the other way round.
func TestSettle_retriedEditHoldsUpNoPost(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.FilePosted("g1")
		box.Enqueue(&c, storagetest.CaseMessage(), storagetest.Line("note"))
		l := box.Lease()
		d := box.Next(l)
		box.Settle(l, d, outbox.Settlement{Retry: box.Wall.Now().Add(time.Minute), Fault: "ratelimited"})
		storagetest.Equal(t, "the line", box.Post(l), "line  note v2")
		box.Idle(l)
	})
}

func TestSettle_drop(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.FilePosted("g1")
		box.Enqueue(&c, storagetest.Reminder(storagetest.Officer), storagetest.Line("note"))
		l := box.Lease()
		for range 2 {
			box.Settle(l, box.Next(l), outbox.Settlement{Drop: true, Fault: "moot"})
		}
		box.Idle(l)
		storagetest.Equal(t, "backlog", backlog(box), queue.Backlog{})
		box.Enqueue(&c, storagetest.Reminder(storagetest.Officer))
		dropped := box.Next(l)
		storagetest.Equal(t, "a new reminder is a new one", []int{dropped.Version, dropped.Attempts}, []int{3, 1})
		box.Enqueue(&c, storagetest.Reminder(storagetest.Officer))
		box.Settle(l, dropped, outbox.Settlement{Drop: true, Fault: "moot"})
		storagetest.Equal(t, "asked while the old one was dropped", box.Post(l), "nudge U0FATIMA outcome v4")
	})
}

// A sender that was killed between sending and marking: the lane comes free,
// and the delivery comes again, with what is needed to find the message.
func TestLease_killedBeforeSettling(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		box.File("g1")
		first := box.Next(box.Lease())
		tried := box.Wall.Now()
		storagetest.Equal(t, "first attempt", []any{first.Attempts, first.FirstTry}, []any{1, tried})
		box.Pass(outbox.LeaseTime - time.Millisecond)
		box.NoLease()
		storagetest.Equal(t, "wait until", waitUntil(box), tried.Add(outbox.LeaseTime))
		box.Pass(time.Millisecond)
		l := box.Lease()
		second := box.Next(l)
		storagetest.Equal(t, "second attempt", []any{second.ID, second.Attempts, second.Key, second.FirstTry},
			[]any{first.ID, 2, first.Key, tried})
		box.Settle(l, second, box.Posted(second))
		storagetest.Equal(t, "then the story", box.Post(l), "story   v1")
	})
}

func TestLease_lost(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		box.File("g1")
		old := box.Lease()
		d := box.Next(old)
		box.Pass(outbox.LeaseTime)
		taken := box.Lease()
		again := box.Next(taken)
		for _, with := range []outbox.Settlement{
			box.Posted(d), {Drop: true}, {Retry: box.Wall.Now().Add(time.Hour), Fault: "timeout", Pause: true},
		} {
			storagetest.MustBe(t, box.Record(old, d, with), queue.ErrLeaseLost)
		}
		_, ok, err := box.Take(old)
		if storagetest.MustBe(t, err, queue.ErrLeaseLost); ok {
			t.Error("a delivery without a lease")
		}
		box.Release(old) // takes nothing from the one who has it now
		box.NoLease()
		box.Settle(taken, again, box.Posted(again))
		storagetest.Equal(t, "nothing of the late settlement was kept", box.Post(taken), "story   v1")
	})
}

// A lease that ran out but was taken by nobody still holds.
func TestLease_lateIsNotLost(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		box.File("g1")
		l := box.Lease()
		d := box.Next(l)
		box.Pass(2 * outbox.LeaseTime)
		box.Settle(l, d, box.Posted(d))
		box.NoLease() // it was renewed
		box.Post(l)
	})
}

func TestLease_renewedBySettleAndNext(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.File("g1")
		box.Enqueue(&c, storagetest.Line("note"), storagetest.Line("note"), storagetest.Line("note"))
		l := box.Lease()
		for range 4 {
			box.Pass(outbox.LeaseTime - time.Second)
			d := box.Next(l)
			box.Pass(outbox.LeaseTime - time.Second)
			box.NoLease()
			box.Settle(l, d, box.Posted(d))
		}
	})
}

func TestLease_released(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		box.File("g1")
		l := box.Lease()
		box.NoLease()
		box.Release(l)
		if again := box.Lease(); again.Lane != l.Lane || again.Token == l.Token {
			t.Errorf("leased %s again, same token: %v", again.Lane, again.Token == l.Token)
		}
	})
}

// On a file nobody else can hold a lease: a restart need not wait for it.
func TestLease_clearedByARestartOnAFile(t *testing.T) {
	box := storagetest.NewOutbox(t, "sqlite:"+filepath.Join(t.TempDir(), "register.db"))
	box.File("g1")
	first := box.Next(box.Lease())
	if err := box.Close(); err != nil {
		t.Fatal(err)
	}
	box.Open()
	second := box.Next(box.Lease())
	storagetest.Equal(t, "the interrupted delivery", []any{second.Key, second.Attempts}, []any{first.Key, 2})
}

// Sixteen workers want two lanes; nobody ever gets one that another has.
func TestLease_oneSenderALane(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		box.WithoutPace()
		for i := range 8 {
			box.File(fmt.Sprint("g", i))
		}
		box.FileAbout("a", storagetest.Staff, storagetest.Officer)
		var holders [2]atomic.Int32
		var posts, leases atomic.Int32
		work := func(ctx context.Context, _ int) error {
			for posts.Load() < 18 {
				if err := workOnce(box, ctx, &holders, &posts, &leases); err != nil {
					return err
				}
			}
			return nil
		}
		for _, err := range storagetest.Together(t.Context(), 16, work) {
			if err != nil {
				t.Error(err)
			}
		}
		storagetest.Equal(t, "posts", int(posts.Load()), 18)
		storagetest.Equal(t, "messages", box.Count("SELECT count(*) FROM messages"), 18)
		t.Logf("%d leases", leases.Load())
	})
}

var errTwoHolders = errors.New("two workers hold one lane")

// workOnce leases a lane, sends one delivery and gives the lane back.
func workOnce(box *storagetest.Outbox, ctx context.Context, holders *[2]atomic.Int32, posts, leases *atomic.Int32) error {
	l, ok, err := box.Queue().Lease(ctx)
	if err != nil || !ok {
		return err
	}
	leases.Add(1)
	holder := &holders[0]
	if _, direct := l.Lane.Direct(); direct {
		holder = &holders[1]
	}
	if holder.Add(1) > 1 {
		return errTwoHolders
	}
	b, err := box.Queue().Next(ctx, l, nil, 1)
	if err != nil || b.Released {
		holder.Add(-1)
		return err
	}
	var settled []outbox.Settled
	for _, d := range b.Deliveries {
		at := &outbox.Posted{Channel: "C", TS: fmt.Sprintf("%d.%s", posts.Add(1), d.Key), Version: d.Version}
		settled = append(settled, outbox.Settled{Delivery: d, Settlement: outbox.Settlement{Posted: at}})
	}
	holder.Add(-1)
	return box.Queue().Release(ctx, l, settled)
}

// Two replicas on one server: what one queues the other sends.
func TestLease_twoReplicas(t *testing.T) {
	box := storagetest.NewOutbox(t, storagetest.Address(t, "postgres"))
	other := box.Replica()
	box.File("g1")
	l := other.Lease()
	box.NoLease()
	storagetest.Equal(t, "sent by the other", other.Post(l), "case   v1")
	third := box.Replica() // a third one starts: it takes no leases away
	third.NoLease()
}

// TestLanes_ofAProcessThatEnded: whoever starts after a crash has what the dead
// process held at once, and what a process holds that runs stays with it.
func TestLanes_ofAProcessThatEnded(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		box.File("g1")
		dead := box.Lease()
		d := box.Next(dead)
		if box.Core().Shared() {
			box.Replica().NoLease()
		}
		box.Reopen(nil)
		l := box.Lease()
		if l.Lane != dead.Lane || l.Token == dead.Token {
			t.Errorf("lease %v after %v", l, dead)
		}
		box.NoLease()
		if err := box.Record(dead, d, box.Posted(d)); !errors.Is(err, queue.ErrLeaseLost) {
			t.Errorf("the dead process's result: %v", err)
		}
		if again := box.Next(l); again.ID != d.ID || again.Attempts != 2 {
			t.Errorf("delivery %d, attempt %d", again.ID, again.Attempts)
		}
	})
}

// TestLanes_databaseFailsAmidClaim: a claim that the database breaks off takes
// nothing, and is an error like any other.
func TestLanes_databaseFailsAmidClaim(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.FilePosted("g1")
		box.Enqueue(&c, storagetest.Line("note"))
		l := box.Lease()
		box.Exec(`ALTER TABLE views RENAME COLUMN channel TO away`)
		b, err := box.Queue().Next(t.Context(), l, nil, 1)
		if err == nil || len(b.Deliveries) > 0 {
			t.Fatalf("claimed %d deliveries, %v", len(b.Deliveries), err)
		}
		box.Exec(`ALTER TABLE views RENAME COLUMN away TO channel`)
		d := box.Next(l)
		storagetest.Equal(t, "afterwards", storagetest.Show(d), "line  note v2")
		storagetest.Equal(t, "attempts", d.Attempts, 1)
	})
}
