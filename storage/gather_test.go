package storage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// logMany registers n complaints and has their case messages sent.
func (s *sender) logMany(n int) (all []workflow.Complaint) {
	s.Helper()
	for i := range n {
		all = append(all, s.log(fmt.Sprint("view:", i)))
	}
	s.drain()
	s.pass(time.Hour)
	return all
}

// sweep lets the clock do all that is due now.
func (s *sender) sweep() {
	s.Helper()
	for n := 100; n == 100; {
		var err error
		if n, err = s.Sweep(s.Context(), 100); err != nil {
			s.Fatal(err)
		}
	}
}

// at puts the procedure's clock on a moment of March 2026, in Amsterdam.
func (s *sender) at(day, hour, minute int) {
	s.clock.set(time.Date(2026, time.March, day, hour, minute, 0, 0, s.core.Policy.Calendar.Location))
}

// arrives empties the outbox and returns what people got, without the edits of
// case messages.
func (s *sender) arrives() (got []string) {
	s.Helper()
	for _, d := range s.drain() {
		if !strings.HasPrefix(d, "case") {
			got = append(got, d[:strings.LastIndex(d, " v")])
		}
	}
	slices.Sort(got)
	return got
}

// items are those of the digest that waits for somebody.
func (s *sender) items(who roster.PersonID) int {
	s.Helper()
	items, err := s.Rooms().DigestItems(s.Context(), outbox.Delivery{Payload: outbox.Digest{To: who}, Version: 1 << 40})
	if err != nil {
		s.Fatal(err)
	}
	return len(items)
}

const ackTo = "nudge U0FATIMA acknowledgement"

// The complaints came in on Monday 2 March: the first nudge is on Wednesday,
// the second on Friday, for the deputy too.
func TestUpToThreeGoSingly(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.logMany(3)
		s.at(4, 9, 0)
		s.sweep()
		equal(t, "what arrives", s.arrives(), []string{ackTo, ackTo, ackTo})
	})
}

func TestMoreThanThreeAreOneDigest(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		cases := s.logMany(4)
		s.at(4, 9, 0)
		s.sweep()
		equal(t, "items", s.items(officer), 4)
		equal(t, "lane of the digest", s.count(`SELECT count(*) FROM outbox WHERE lane = 'dm:U0FATIMA' AND complaint = ''`), 1)
		equal(t, "what arrives", s.arrives(), []string{"digest U0FATIMA "})
		equal(t, "items left", s.items(officer), 0)
		equal(t, "messages of a case", s.count(`SELECT count(*) FROM messages WHERE complaint = $1`, cases[0].ID), 2)
		// What comes later that day goes into the thread.
		s.raw(`UPDATE promises SET marks = '' WHERE kind = 'acknowledgement'`)
		s.raw(`UPDATE complaints SET next_at = $1`, s.core.Instant())
		s.at(4, 14, 0)
		s.sweep()
		equal(t, "later that day", s.arrives(), []string{ackTo, ackTo, ackTo, ackTo})
		s.at(6, 9, 0)
		s.sweep()
		equal(t, "another day", s.arrives(), []string{"digest U0BRAM ", "digest U0FATIMA "})
	})
}

// A digest takes its items from what was asked for when it was gathered, and
// what was asked since waits for the next.
func TestDigestWhileSending(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.logMany(4)
		s.at(4, 9, 0)
		s.sweep()
		s.drainCases()
		l := s.leaseOf(outbox.DirectLane(officer))
		d := s.next(l)
		s.at(6, 9, 0)
		s.sweep()
		items, err := s.Rooms().DigestItems(t.Context(), d)
		if err != nil || len(items) != 0 { // all were asked for anew, and wait for the newer one
			t.Errorf("%d items, %v", len(items), err)
		}
		s.settle(l, d, s.posted(d))
		equal(t, "items", s.items(officer), 4)
		again := s.next(l)
		if again.Key == d.Key || again.Attempts != 1 {
			t.Error("the next digest is taken for the first")
		}
		s.settle(l, again, s.posted(again))
		equal(t, "items left", s.items(officer), 0)
		s.idle(l)
	})
}

// leaseOf leases that lane; others stay free.
func (s *sender) leaseOf(lane outbox.Lane) outbox.Lease {
	s.Helper()
	l := s.lease()
	if l.Lane == lane {
		return l
	}
	defer s.release(l)
	return s.leaseOf(lane)
}

// drainCases sends what goes to the case channel.
func (s *sender) drainCases() {
	s.Helper()
	l := s.leaseOf(outbox.LaneCases)
	for {
		d, ok, err := s.Queue().Next(s.Context(), l)
		if err != nil {
			s.Fatal(err)
		}
		if !ok {
			break
		}
		s.settle(l, d, s.posted(d))
	}
	s.release(l)
}

// A digest that Slack did not take goes along with the next day's nudges,
// however few: one message in the end.
func TestUnsentDigestTakesTheNextDayIn(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		cases := s.logMany(5)
		s.at(4, 9, 0)
		s.sweep()
		s.drainCases()
		l := s.leaseOf(outbox.DirectLane(officer))
		s.settle(l, s.next(l), outbox.Settlement{Retry: s.wall.Now().Add(time.Hour), Fault: "timeout"})
		s.release(l)
		for i, c := range cases[:4] {
			s.do(c.ID, officer, fmt.Sprint("click:", i), workflow.Acknowledge{Sent: sent(4, "Ontvangen.")})
		}
		s.at(6, 9, 0)
		s.sweep()
		equal(t, "waiting for the officer", s.count(`SELECT count(*) FROM outbox WHERE person = $1`, officer), 1)
		equal(t, "items", s.items(officer), 5) // what is settled shows when it leaves
		var got []string
		for _, one := range s.arrives() {
			if !strings.HasPrefix(one, "line") {
				got = append(got, one)
			}
		}
		equal(t, "what arrives", got, []string{"digest U0FATIMA ", "nudge U0BRAM acknowledgement"})
	})
}

// TestNothingLeavesAtNight: what a crash left parked, and what the evening did
// not bring away, waits for the morning and comes with the morning's nudges.
func TestNothingLeavesAtNight(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.logMany(4)
		s.at(4, 16, 59)
		if n, err := s.tickDue(t.Context(), s.core.Instant(), 100); n != 4 || err != nil { // and killed
			t.Fatalf("%d ticks, %v", n, err)
		}
		s.at(4, 17, 0)
		s.sweep()
		equal(t, "in the evening", s.arrives(), []string(nil))
		if b := s.backlog(); b.Due != 0 || !b.Oldest.IsZero() {
			t.Errorf("what waits for the morning counts as late: %+v", b)
		}
		s.at(5, 9, 0)
		s.sweep()
		equal(t, "in the morning", s.arrives(), []string{"digest U0FATIMA "})
	})
}

func TestShutNudgeWaitsForTheGathering(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.logMany(1)
		s.at(4, 16, 59)
		s.sweep()
		l := s.lease()
		for {
			d := s.next(l)
			if d.Kind() == outbox.KindReminder {
				s.settle(l, d, outbox.Settlement{Retry: s.wall.Now().Add(time.Minute), OutOfHours: true})
				break
			}
			s.settle(l, d, s.posted(d))
		}
		s.pass(time.Hour)
		s.idle(l)
		s.release(l)
		equal(t, "not a failure", s.backlog().Failing, 0)
		s.at(5, 9, 0)
		s.sweep()
		equal(t, "in the morning", s.arrives(), []string{ackTo})
	})
}

// TestGatheringWaitsForTheLastCase: a morning's nudges come together though a
// sweep takes a few cases at a time; a case that can't be looked at holds up
// nobody.
func TestGatheringWaitsForTheLastCase(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		cases := s.logMany(6)
		s.raw(`UPDATE complaints SET sealed = $1 WHERE id = $2`, []byte{1}, cases[5].ID)
		s.at(4, 9, 0)
		for range 3 {
			if n, err := s.Sweep(t.Context(), 2); n == 0 && !errors.Is(err, vault.ErrSealed) {
				t.Fatalf("%d ticks, %v", n, err)
			}
		}
		if _, err := s.Sweep(t.Context(), 2); err != nil {
			t.Fatal(err)
		}
		equal(t, "what arrives", s.arrives(), []string{"digest U0FATIMA "})
	})
}

// TestGatheringOverAClockChange: nine o'clock is nine o'clock, the Monday after
// the clock was put forward too. What came in on Tuesday 24 March is late then.
func TestGatheringOverAClockChange(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.at(24, 10, 0)
		for i := range 4 {
			l := sample()
			l.Facts.Received = calendar.NewDate(2026, time.March, 24)
			s.do("", staff, fmt.Sprint("view:", i), l)
		}
		s.at(27, 10, 0)
		s.sweep()
		s.drain()
		s.clock.set(time.Date(2026, time.March, 30, 6, 59, 59, 0, time.UTC))
		s.sweep()
		equal(t, "before nine", s.arrives(), []string(nil))
		s.clock.set(time.Date(2026, time.March, 30, 7, 0, 0, 0, time.UTC))
		s.sweep()
		equal(t, "at nine", s.arrives(), []string{"digest U0BRAM ", "digest U0DIRK ", "digest U0FATIMA "})
	})
}

// TestReplicasGather: replicas that sweep at once make one digest, and it
// tells of every case.
func TestReplicasGather(t *testing.T) {
	s := newSender(t, address(t, "postgres"))
	other := &sender{wall: s.wall, house: &house{TB: t, clock: s.clock, options: s.options}}
	other.open()
	s.logMany(12)
	s.at(4, 9, 0)
	both := []*DB{s.DB, other.DB}
	noErrors(t, together(t.Context(), 8, func(ctx context.Context, i int) error {
		_, err := both[i%2].Sweep(ctx, 5)
		return err
	}))
	for range 3 {
		s.sweep()
	}
	equal(t, "rows for the officer", s.count(`SELECT count(*) FROM outbox WHERE person = $1`, officer), 1)
	equal(t, "items", s.items(officer), 12)
	equal(t, "what arrives", s.arrives(), []string{"digest U0FATIMA "})
}

// TestDropOfADigest: one that has lost its reason takes its items along.
func TestDropOfADigest(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.logMany(4)
		s.at(4, 9, 0)
		s.sweep()
		s.drainCases()
		l := s.leaseOf(outbox.DirectLane(officer))
		s.settle(l, s.next(l), outbox.Settlement{Drop: true, Fault: "moot"})
		s.idle(l)
		equal(t, "items left", s.items(officer), 0)
	})
}

// TestGuardedNudges: a case that turns out to concern somebody takes its
// nudges out of the case channel, each to its own person.
func TestGuardedNudges(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.logMany(1)[0]
		s.at(6, 9, 0)
		s.sweep() // officer and deputy
		log := sample()
		log.Particulars.Concerns = officer
		s.do(c.ID, officer, "click:1", workflow.Correct{File: log, Reason: "Het gaat over haar."})
		equal(t, "in the case channel", s.count(`SELECT count(*) FROM outbox WHERE lane = 'cases' AND surface = 'nudge'`), 0)
		equal(t, "to the deputy", s.count(`SELECT count(*) FROM outbox WHERE lane = 'dm:U0BRAM' AND surface = 'nudge' AND threaded = TRUE`), 1)
		equal(t, "below nothing", s.count(`SELECT count(*) FROM outbox WHERE lane = 'dm:U0FATIMA' AND surface = 'nudge' AND threaded = FALSE`), 1)
	})
}

// TestCostOfGathering: with nothing parked it costs the same, whatever waits in
// the outbox.
func TestCostOfGathering(t *testing.T) {
	for _, engine := range engineNames() {
		t.Run(engine, func(t *testing.T) {
			small, large := newHouse(t, address(t, engine)), newHouse(t, address(t, engine))
			small.queueMany(100)
			large.queueMany(20_000)
			look := func(ctx context.Context, h *house) error { return h.digests.Release(ctx, h.core.Instant()) }
			if few, many := quickest(small, large, look); !alike(few, many) {
				t.Errorf("%v with 100 rows, %v with 20,000", few, many)
			}
		})
	}
}

// queueMany puts n lines of one case into the outbox.
func (h *house) queueMany(n int) {
	h.Helper()
	c := h.log("view:1")
	h.raw(`INSERT INTO outbox (id, lane, complaint, version, ordinal, surface, person, slot, payload, wanted,
			threaded, edit, queued_at, due_at, attempts, first_try, fault)
		WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $1)
		SELECT n, 'cases', $2, 1000 + n, 0, 'line', '', 'note', '{"action":"note"}', 1000 + n, TRUE, FALSE, n, n, 0, 0, '' FROM numbers`, n, c.ID)
	h.raw(`ANALYZE`)
}
