package storage

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
)

func TestRootBeforeThread(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.log("g1")
		s.ask(&c, nudge(officer), aLine("note"))
		l := s.lease()
		root := s.next(l)
		equal(t, "first", show(root), "case   v1")
		s.settle(l, root, outbox.Settlement{Retry: s.wall.Now().Add(time.Minute), Fault: "timeout"})
		s.idle(l)
		s.release(l)
		s.noLease() // nothing to do is no reason to lease
		equal(t, "wait until", s.waitUntil(), s.wall.Now().Add(time.Minute))
		s.pass(time.Minute)
		equal(t, "then", s.drain(), []string{"case   v1", "nudge U0FATIMA outcome v2", "story   v1", "line  note v2"})
	})
}

func (s *sender) waitUntil() time.Time {
	s.Helper()
	at, ok, err := s.WaitUntil(s.Context())
	if err != nil || !ok {
		s.Fatalf("WaitUntil: %v, %v", ok, err)
	}
	return at
}

func TestStuckCaseHoldsUpNobody(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		stuck, other := s.fresh("g1"), s.fresh("g2")
		s.ask(&stuck, aLine("question"))
		s.pass(time.Millisecond)
		s.ask(&stuck, aLine("answer"), nudge(officer), caseMessage())
		s.pass(time.Millisecond)
		s.ask(&other, aLine("note"))
		l := s.lease()
		equal(t, "edits go first", s.post(l), "case   v3")
		d := s.next(l)
		equal(t, "the oldest", show(d), "line  question v2")
		s.settle(l, d, outbox.Settlement{Retry: s.wall.Now().Add(time.Hour), Fault: "timeout"})
		equal(t, "a nudge waits for no line", s.post(l), "nudge U0FATIMA outcome v3")
		equal(t, "another case", s.post(l), "line  note v2")
		s.idle(l) // the answer does not overtake the question
		s.pass(time.Hour)
		equal(t, "in order", s.post(l), "line  question v2")
		equal(t, "in order", s.post(l), "line  answer v3")
	})
}

// A nudge that waits for Monday keeps nothing back.
func TestLaterNudgeHoldsUpNothing(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.fresh("g1")
		s.ask(&c, nudge(officer))
		l := s.lease()
		d := s.next(l)
		s.settle(l, d, outbox.Settlement{Retry: s.wall.Now().Add(48 * time.Hour)})
		s.ask(&c, aLine("note"))
		equal(t, "the line", s.post(l), "line  note v3")
		s.idle(l)
		equal(t, "not a failure", s.backlog().Failing, 0)
	})
}

// A reply whose parent is gone has the root posted again first.
func TestRootless(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.fresh("g1")
		s.ask(&c, aLine("question"), aLine("note"))
		l := s.lease()
		d := s.next(l)
		lost := outbox.Settlement{Retry: s.wall.Now(), Fault: "root_gone", RootGone: true}
		s.settle(l, d, lost)
		root := s.next(l)
		equal(t, "first the root", show(root), "case   v1")
		equal(t, "posted, not edited", root.TS, "")
		s.settle(l, root, s.posted(root))
		again := s.next(l)
		equal(t, "then the reply", []string{show(again), again.Root}, []string{"line  question v2", "1.000003"})
		// A reply that came back from the old thread does not take the new
		// root away.
		s.settle(l, d, lost)
		again = s.next(l)
		equal(t, "still in the new thread", again.Root, "1.000003")
		s.settle(l, again, s.posted(again))
		s.pass(time.Minute)
		equal(t, "last", s.drain(), []string{"line  note v2"})
	})
}

// Guarded cases go to their handler's lane; lanes don't wait for each other.
func TestLanes(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.log("g1")
		s.logAbout("g2", staff, officer)
		one, two := s.lease(), s.lease()
		lanes := map[outbox.Lane]bool{one.Lane: true, two.Lane: true}
		if !lanes[outbox.LaneCases] || !lanes[outbox.DirectLane(deputy)] {
			t.Errorf("leased %v", lanes)
		}
		s.noLease()
		if d := s.next(two); d.Lane != two.Lane {
			t.Errorf("a delivery of %s in lane %s", d.Lane, two.Lane)
		}
	})
}

func TestPace(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.log("g1")
		for range 5 {
			s.ask(&c, aLine("note"))
		}
		start := s.wall.Now()
		var times []time.Duration
		for range 7 {
			s.wall.set(s.waitUntil())
			l := s.lease()
			s.post(l)
			s.release(l)
			times = append(times, s.wall.Now().Sub(start)/testPace)
		}
		equal(t, "seconds of the posts", times, []time.Duration{0, 0, 0, 1, 2, 3, 4})
	})
}

// A burst can be spent again only after as long a silence.
func TestPaceAfterSilence(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.log("g1")
		s.ask(&c, aLine("note"), aLine("note"), aLine("note"), aLine("note"), aLine("note"))
		l := s.lease()
		for _, n := range []int{3, 2, 1} {
			for range n {
				s.post(l)
			}
			s.idle(l)
			s.pass(time.Duration(n-1) * testPace)
		}
	})
}

func TestEditsDontCountForThePace(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.fresh("g1")
		l := outbox.Lease{}
		for i := range 10 {
			s.ask(&c, caseMessage())
			if i == 0 {
				l = s.lease()
			}
			s.post(l)
		}
		s.ask(&c, aLine("note"), aLine("note"), aLine("note"), aLine("note"))
		for range 3 {
			s.post(l)
		}
		s.idle(l)
		s.ask(&c, caseMessage())
		equal(t, "an edit when posts must wait", s.post(l), "case   v13")
	})
}

func TestNoPace(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.pace = 0
		for i := range 10 {
			s.log(fmt.Sprint("g", i))
		}
		before := s.wall.Now()
		equal(t, "sent", len(s.drain()), 20)
		equal(t, "time it took", s.wall.Now().Sub(before), time.Duration(0))
	})
}

// 429: nothing new in this lane, while edits and other lanes go on.
func TestPause(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c, other := s.fresh("g1"), s.fresh("g2")
		s.ask(&c, aLine("note"))
		l := s.lease()
		d := s.next(l)
		until := s.wall.Now().Add(30 * time.Second)
		s.settle(l, d, outbox.Settlement{Retry: until, Pause: true, Fault: "ratelimited"})
		s.ask(&other, aLine("note"), caseMessage())
		equal(t, "edits go on", s.post(l), "case   v2")
		s.idle(l)
		s.release(l)
		equal(t, "wait until", s.waitUntil(), until)
		s.logAbout("g3", staff, officer)
		direct := s.lease()
		equal(t, "other lanes go on", direct.Lane, outbox.DirectLane(deputy))
		s.post(direct)
		s.post(direct)
		s.release(direct)
		s.noLease()
		s.wall.set(until)
		equal(t, "when the pause is over", s.drain(), []string{"line  note v2", "line  note v2"})
		if took := s.wall.Now().Sub(until); took != testPace {
			t.Errorf("after a pause: %v, want no burst", took)
		}
	})
}

// An edit that must wait holds up no post, nor the other way round.
func TestRetriedEditHoldsUpNoPost(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.fresh("g1")
		s.ask(&c, caseMessage(), aLine("note"))
		l := s.lease()
		d := s.next(l)
		s.settle(l, d, outbox.Settlement{Retry: s.wall.Now().Add(time.Minute), Fault: "ratelimited"})
		equal(t, "the line", s.post(l), "line  note v2")
		s.idle(l)
	})
}

func TestDrop(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.fresh("g1")
		s.ask(&c, nudge(officer), aLine("note"))
		l := s.lease()
		for range 2 {
			s.settle(l, s.next(l), outbox.Settlement{Drop: true, Fault: "moot"})
		}
		s.idle(l)
		equal(t, "backlog", s.backlog(), Backlog{})
		s.ask(&c, nudge(officer))
		dropped := s.next(l)
		equal(t, "a new nudge is a new one", []int{dropped.Version, dropped.Attempts}, []int{3, 1})
		s.ask(&c, nudge(officer))
		s.settle(l, dropped, outbox.Settlement{Drop: true, Fault: "moot"})
		equal(t, "asked while the old one was dropped", s.post(l), "nudge U0FATIMA outcome v4")
	})
}

// A sender that was killed between sending and marking: the lane comes free,
// and the delivery comes again, with what is needed to find the message.
func TestKilledBetweenSendAndMark(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.log("g1")
		first := s.next(s.lease())
		tried := s.wall.Now()
		equal(t, "first attempt", []any{first.Attempts, first.FirstTry}, []any{1, tried})
		s.pass(outbox.LeaseTime - time.Millisecond)
		s.noLease()
		equal(t, "wait until", s.waitUntil(), tried.Add(outbox.LeaseTime))
		s.pass(time.Millisecond)
		l := s.lease()
		second := s.next(l)
		equal(t, "second attempt", []any{second.ID, second.Attempts, second.Key, second.FirstTry},
			[]any{first.ID, 2, first.Key, tried})
		s.settle(l, second, s.posted(second))
		equal(t, "then the story", s.post(l), "story   v1")
	})
}

func TestLostLease(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.log("g1")
		old := s.lease()
		d := s.next(old)
		s.pass(outbox.LeaseTime)
		taken := s.lease()
		again := s.next(taken)
		for _, with := range []outbox.Settlement{
			s.posted(d), {Drop: true}, {Retry: s.wall.Now().Add(time.Hour), Fault: "timeout", Pause: true},
		} {
			mustBe(t, s.Settle(t.Context(), old, d, with), ErrLeaseLost)
		}
		_, ok, err := s.Next(t.Context(), old)
		if mustBe(t, err, ErrLeaseLost); ok {
			t.Error("a delivery without a lease")
		}
		s.release(old) // takes nothing from the one who has it now
		s.noLease()
		s.settle(taken, again, s.posted(again))
		equal(t, "nothing of the late settlement was kept", s.post(taken), "story   v1")
	})
}

// A lease that ran out but was taken by nobody still holds.
func TestLateIsNotLost(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.log("g1")
		l := s.lease()
		d := s.next(l)
		s.pass(2 * outbox.LeaseTime)
		s.settle(l, d, s.posted(d))
		s.noLease() // it was renewed
		s.post(l)
	})
}

func TestSettleAndNextRenew(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.log("g1")
		s.ask(&c, aLine("note"), aLine("note"), aLine("note"))
		l := s.lease()
		for range 4 {
			s.pass(outbox.LeaseTime - time.Second)
			d := s.next(l)
			s.pass(outbox.LeaseTime - time.Second)
			s.noLease()
			s.settle(l, d, s.posted(d))
		}
	})
}

func TestReleaseGivesTheLaneBack(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.log("g1")
		l := s.lease()
		s.noLease()
		s.release(l)
		if again := s.lease(); again.Lane != l.Lane || again.Token == l.Token {
			t.Errorf("leased %s again, same token: %v", again.Lane, again.Token == l.Token)
		}
	})
}

// On a file nobody else can hold a lease: a restart need not wait for it.
func TestRestartOnAFileClearsLeases(t *testing.T) {
	s := newSender(t, "sqlite:"+filepath.Join(t.TempDir(), "register.db"))
	s.log("g1")
	first := s.next(s.lease())
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s.open()
	second := s.next(s.lease())
	equal(t, "the interrupted delivery", []any{second.Key, second.Attempts}, []any{first.Key, 2})
}

// Sixteen workers want two lanes; nobody ever gets one that another has.
func TestOneSenderALane(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.pace = 0
		for i := range 8 {
			s.log(fmt.Sprint("g", i))
		}
		s.logAbout("a", staff, officer)
		var holders [2]atomic.Int32
		var posts, leases atomic.Int32
		work := func(ctx context.Context, _ int) error {
			for posts.Load() < 18 {
				if err := s.workOnce(ctx, &holders, &posts, &leases); err != nil {
					return err
				}
			}
			return nil
		}
		for _, err := range together(t.Context(), 16, work) {
			if err != nil {
				t.Error(err)
			}
		}
		equal(t, "posts", int(posts.Load()), 18)
		equal(t, "messages", s.count("SELECT count(*) FROM messages"), 18)
		t.Logf("%d leases", leases.Load())
	})
}

var errTwoHolders = errors.New("two workers hold one lane")

// workOnce leases a lane, sends one delivery and gives the lane back.
func (s *sender) workOnce(ctx context.Context, holders *[2]atomic.Int32, posts, leases *atomic.Int32) error {
	l, ok, err := s.Lease(ctx)
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
	d, ok, err := s.Next(ctx, l)
	if err != nil {
		return err
	}
	if ok {
		ts := fmt.Sprintf("%d.%s", posts.Add(1), d.Key)
		err = s.Settle(ctx, l, d, outbox.Settlement{Posted: &outbox.Posted{Channel: "C", TS: ts, Version: d.Version}})
	}
	holder.Add(-1)
	return errors.Join(err, s.Release(ctx, l))
}

// Two replicas on one server: what one queues the other sends.
func TestTwoReplicas(t *testing.T) {
	s := newSender(t, address(t, "postgres"))
	other := &sender{wall: s.wall, house: &house{TB: t, clock: s.clock, options: s.options}}
	other.open()
	s.log("g1")
	l := other.lease()
	s.noLease()
	equal(t, "sent by the other", other.post(l), "case   v1")
	third := &sender{wall: s.wall, house: &house{TB: t, clock: s.clock, options: s.options}}
	third.open() // a third one starts: it takes no leases away
	third.noLease()
}
