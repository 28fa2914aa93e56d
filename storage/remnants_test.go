package storage

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
	"github.com/artra/klachtbot/workflow/workflowtest"
)

// reply is what somebody wrote below the case message.
func reply(ts string) outbox.Undeletable {
	return outbox.Undeletable{Kind: outbox.UndeletableReply, Channel: "C0CASES", TS: ts, Thread: "1.000001"}
}

// directReply is what somebody wrote in their direct messages with the bot.
func directReply(who roster.PersonID, ts string) outbox.Undeletable {
	return outbox.Undeletable{Kind: outbox.UndeletableReply, Channel: "D0" + string(who), TS: ts, Thread: "2.000001", Reader: who}
}

// thread records the replies below one message.
func (h *house) thread(id workflow.CaseID, all ...outbox.Undeletable) {
	h.Helper()
	mustBe(h, h.Undeletables().SetThread(h.Context(), id, all[0].Channel, all[0].Thread, all), nil)
}

// reads lists what somebody reads of, as "number kind ts".
func (h *house) reads(who roster.PersonID) (list []string) {
	h.Helper()
	left, err := h.Undeletables().UndeletableList(h.Context(), who)
	if err != nil {
		h.Fatal(err)
	}
	if left.Total != len(left.First) {
		h.Errorf("%d of %d", len(left.First), left.Total)
	}
	for _, r := range left.First {
		list = append(list, fmt.Sprint(r.Number, " ", r.Kind, " ", r.TS))
	}
	return list
}

// purged is a case of which nothing but replies is left.
func (h *house) purged(gesture string) workflow.Complaint {
	h.Helper()
	c := h.closed(h.log(gesture))
	h.clock.set(afterwards)
	h.sweepAll()
	return c
}

// TestRemnantsGoWithTheirThread: what is in the thread is what is left of it.
func TestRemnantsGoWithTheirThread(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		other := h.log("1")
		c := h.purged("2")
		linked := reply("1.5")
		linked.Link = "https://firm.example/p15"
		h.thread(c.ID, linked, reply("1.6"))
		h.thread(other.ID, reply("1.6"))
		h.thread(c.ID, reply("1.5"), reply("1.7"))
		equal(t, "left", h.reads(officer), []string{"K-2026-0001 reply 1.6", "K-2026-0002 reply 1.5", "K-2026-0002 reply 1.7"})
		left, err := h.Undeletables().Undeletables(t.Context(), c.ID)
		if err != nil || left[0].Link != linked.Link {
			t.Errorf("the link was lost: %+v, %v", left, err)
		}
		mustBe(t, h.Undeletables().ForgetUndeletable(t.Context(), c.ID, reply("1.5")), nil)
		mustBe(t, h.Undeletables().SetThread(t.Context(), c.ID, "C0CASES", "1.000001", nil), nil)
		equal(t, "left", h.reads(officer), []string{"K-2026-0001 reply 1.6"})
		equal(t, "looks", h.count(`SELECT count(*) FROM outbox WHERE surface = 'look' AND lane = 'look'`), 2)
	})
}

// TestWhoReadsOfRemnants: officers of what stands in the case channel; in direct
// messages their person alone; of a case that moved nobody whom it concerns.
func TestWhoReadsOfRemnants(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		open, guarded := h.log("1"), h.logAbout("2", staff, officer)
		gone := h.purged("3")
		h.thread(gone.ID, reply("3.1"))
		h.thread(gone.ID, directReply(director, "3.2"))
		h.thread(guarded.ID, directReply(deputy, "2.1"))
		h.do(open.ID, deputy, "correct", toFatima(open))
		h.thread(open.ID, reply("1.1"))
		h.thread(open.ID, directReply(officer, "1.2"))
		for who, want := range map[roster.PersonID][]string{
			officer:  {"K-2026-0002 reply 3.1"},
			deputy:   {"K-2026-0002 reply 3.1", "V-2026-0001 reply 2.1", "V-2026-0002 reply 1.1"},
			director: {"K-2026-0002 reply 3.2"},
			staff:    nil,
		} {
			equal(t, string(who), h.reads(who), want)
		}
	})
}

// toFatima corrects that a case concerns the officer.
func toFatima(c workflow.Complaint) workflow.Correct {
	l := workflow.File{Facts: c.Facts, Particulars: c.Particulars}
	l.Particulars.Concerns = officer
	return workflow.Correct{File: l, Reason: "Fatima"}
}

// TestAfterThePurgeNobodyLearnsWhomItConcerned: the officers are not told of
// what a guarded case left; its handler is, and whom it concerns is not, whether
// it was found before the purge or after.
func TestAfterThePurgeNobodyLearnsWhomItConcerned(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.log("1")
		h.raw(`INSERT INTO messages (complaint, channel, ts) VALUES ($1, 'C0CASES', '1.000001'), ($1, 'D0U0FATIMA', '2.000001')`, c.ID)
		c = h.do(c.ID, deputy, "correct", toFatima(c))
		h.thread(c.ID, reply("1.1"))
		h.thread(c.ID, directReply(officer, "1.2"))
		h.closed(c)
		h.clock.set(afterwards)
		h.sweepAll()
		h.thread(c.ID, reply("1.1"), reply("1.3"))
		h.thread(c.ID, directReply(officer, "1.2"), directReply(officer, "1.4"))
		equal(t, "whom it concerned", h.reads(officer), []string(nil))
		equal(t, "the handler", h.reads(deputy), []string{"V-2026-0001 reply 1.1"})
		left, err := h.Undeletables().Unfinished(t.Context())
		if err != nil || left != (outbox.Unfinished{Erased: 1, Replies: 4}) {
			t.Errorf("for the operator: %+v, %v", left, err)
		}
	})
}

// TestFilesThatNobodyRemoved stand on the list once the register has forgotten
// them: for officers, and for who sent them in, unless it concerns them.
func TestFilesThatNobodyRemoved(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.do("", staff, "1", withFiles("a", "b", "c", "d", "e", "f"))
		for i, state := range workflowtest.AttachmentStates()[1:] {
			if state == workflow.AttachmentTaken {
				mustBe(t, h.Records().TakeAttachment(t.Context(), c.ID, i+2, []byte("x")), nil)
				continue
			}
			h.end(c.ID, i+2, state)
		}
		h.closed(c)
		about := withFiles("own")
		about.Particulars.Concerns = staff
		h.closed(h.do("", staff, "2", about))
		h.clock.set(afterwards)
		h.sweepAll()
		want := []string{"K-2026-0001 file FA", "K-2026-0001 file FB", "K-2026-0001 file FD", "K-2026-0001 file FF"}
		equal(t, "officers", h.reads(officer), append(want, "K-2026-0002 file FOWN"))
		equal(t, "who sent them in", h.reads(staff), want)
		equal(t, "names", h.count(`SELECT count(*) FROM attachments`), 0)
		h.clean()
	})
}

// reminded lists who is queued a message about remnants, as "person what", and has
// them sent.
func (s *sender) reminded() (people []string) {
	s.Helper()
	const queued = `SELECT person || ' ' || slot FROM outbox WHERE surface = 'remnants' AND lane = 'dm:' || person ORDER BY person`
	if err := s.read.All(s.Context(), &people, queued); err != nil {
		s.Fatal(err)
	}
	s.raw(`DELETE FROM outbox WHERE surface <> 'look'`)
	for i := range people {
		people[i] = strings.TrimSpace(people[i])
	}
	return people
}

// looked carries out every look that is due, and lets everything else go.
func (s *sender) looked() (cases int) {
	s.Helper()
	s.raw(`DELETE FROM outbox WHERE surface <> 'look'`)
	for {
		l, ok, err := s.Queue().Lease(s.Context())
		if err != nil || !ok {
			return cases
		}
		if l.Lane != outbox.LaneUndeletable {
			s.Fatalf("lane %s", l.Lane)
		}
		for d, ok := s.must(l); ok; d, ok = s.must(l) {
			left, err := s.Undeletables().Undeletables(s.Context(), d.Case)
			mustBe(s, err, nil)
			for _, r := range left {
				mustBe(s, s.Undeletables().RecordUndeletable(s.Context(), d.Case, r), nil)
			}
			with := outbox.Settlement{Done: true}
			if len(left) > 0 {
				with = outbox.Settlement{Retry: s.wall.Now().AddDate(0, 0, 1)}
			}
			s.settle(l, d, with)
			cases++
		}
		s.release(l)
	}
}

func (s *sender) must(l outbox.Lease) (outbox.Delivery, bool) {
	s.Helper()
	d, ok, err := s.Queue().Next(s.Context(), l)
	mustBe(s, err, nil)
	return d, ok
}

// day is a day after the purge, the first of them a Monday.
func (s *sender) day(n, hour int) {
	s.clock.set(time.Date(2028, time.March, 6+n, hour, 0, 0, 0, s.policy.Calendar.Location))
	s.pass(time.Minute)
	s.sweep()
}

// TestRemindersOfRemnants: told at the window's first sweep, of what more a
// purge left on the next day, every week of what is left, and of nothing when
// nothing is. Before each the bot looks.
func TestRemindersOfRemnants(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		first, second := s.closed(s.log("1")), s.closed(s.log("2"))
		s.drain()
		s.day(0, 1)
		s.drain()
		s.thread(first.ID, reply("1.1"))
		equal(t, "looks after the find", s.looked(), 1)
		s.sweep()
		equal(t, "at night", s.reminded(), []string(nil))
		s.day(0, 9)
		equal(t, "in the morning", s.reminded(), []string{"U0BRAM", "U0FATIMA"})
		s.day(0, 12)
		s.thread(second.ID, reply("2.1"))
		equal(t, "looks after the find", s.looked(), 1)
		s.day(0, 15)
		equal(t, "once a day", s.reminded(), []string(nil))
		s.day(1, 9)
		equal(t, "the next day, not before a look", s.reminded(), []string(nil))
		equal(t, "looks", s.looked(), 2)
		s.day(1, 9)
		equal(t, "the next day", s.reminded(), []string{"U0BRAM", "U0FATIMA"})
		s.day(7, 9) // the director hears of the quarters that wait
		equal(t, "within the week", s.reminded(), []string(nil))
		equal(t, "no look within the week", s.looked(), 0)
		s.day(8, 9)
		equal(t, "looks for the reminder", s.looked(), 2)
		s.sweep()
		equal(t, "a week later", s.reminded(), []string{"U0BRAM", "U0FATIMA"})
		mustBe(t, s.Undeletables().SetThread(t.Context(), first.ID, "C0CASES", "1.000001", nil), nil)
		mustBe(t, s.Undeletables().SetThread(t.Context(), second.ID, "C0CASES", "1.000001", nil), nil)
		s.day(21, 9)
		equal(t, "when nothing is left", s.reminded(), []string(nil))
	})
}

// TestWhatAMoveLeftIsToldAtOnce, twice a day if need be.
func TestWhatAMoveLeftIsToldAtOnce(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		for i := range 2 {
			c := s.log(fmt.Sprint("log", i))
			s.do(c.ID, deputy, fmt.Sprint("correct", i), toFatima(c))
			s.reminded()
			s.clock.set(monday.Add(time.Duration(i+1) * time.Hour))
			s.thread(c.ID, reply(fmt.Sprint(i+1, ".1")))
			s.looked()
			s.sweep()
			equal(t, "told", s.reminded(), []string{"U0BRAM"})
		}
	})
}

// TestLookAgain answers who asks, at night too, after a look; and also that
// nothing is left.
func TestLookAgain(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.closed(s.log("1"))
		s.drain()
		s.day(0, 9)
		s.drain()
		s.thread(c.ID, reply("1.1"))
		s.looked()
		s.sweep()
		s.reminded()
		s.day(0, 22)
		mustBe(t, s.Undeletables().CheckUndeletables(t.Context(), officer), nil)
		s.sweep()
		equal(t, "looks", s.looked(), 1)
		s.sweep()
		equal(t, "told", s.reminded(), []string{"U0FATIMA asked"})
		mustBe(t, s.Undeletables().SetThread(t.Context(), c.ID, "C0CASES", "1.000001", nil), nil)
		s.clock.set(s.clock.Now().Add(time.Minute))
		mustBe(t, s.Undeletables().CheckUndeletables(t.Context(), officer), nil)
		s.sweep()
		equal(t, "told of nothing", s.reminded(), []string{"U0FATIMA asked"})
		s.sweep()
		equal(t, "told once", s.reminded(), []string(nil))
	})
}

// TestTheChainSaysWhenTheLastIsGone: once, when neither messages nor remnants
// are left in Slack.
func TestTheChainSaysWhenTheLastIsGone(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		cleared := func() int { return s.count(`SELECT count(*) FROM register_chain WHERE action = 'cleared'`) }
		c := s.closed(s.log("1"))
		s.drain()
		s.day(0, 1)
		l := s.lease()
		d := s.next(l)
		s.thread(c.ID, reply("1.1"))
		for _, left := range s.mustLeft(&c) {
			mustBe(t, s.Queue().Deleted(t.Context(), c.ID, left), nil)
		}
		s.settle(l, d, outbox.Settlement{Done: true})
		s.release(l)
		equal(t, "with a reply left", cleared(), 0)
		s.looked()
		mustBe(t, s.Undeletables().ForgetUndeletable(t.Context(), c.ID, reply("1.1")), nil)
		s.pass(25 * time.Hour)
		equal(t, "looks", s.looked(), 1)
		equal(t, "in the end", cleared(), 1)
		s.pass(25 * time.Hour)
		equal(t, "looks", s.looked(), 0)
		s.clean()
	})
}

// TestHeldCasesHaveAnIndex: waking what is on hold costs what is held.
func TestHeldCasesHaveAnIndex(t *testing.T) {
	h := newHouse(t, address(t, "sqlite"))
	var plan []struct {
		ID      int    `db:"id"`
		Parent  int    `db:"parent"`
		Notused int    `db:"notused"`
		Detail  string `db:"detail"`
	}
	err := h.engine.Read.All(t.Context(), &plan, "EXPLAIN QUERY PLAN "+wakeHeld, monday)
	if err != nil || len(plan) != 1 || !strings.Contains(plan[0].Detail, "complaints_held") {
		t.Errorf("plan %+v, %v", plan, err)
	}
}
