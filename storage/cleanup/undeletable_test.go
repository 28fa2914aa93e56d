package cleanup_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/storagetest"
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

// setThread records the replies below one message.
func setThread(reg *storagetest.Register, id workflow.CaseID, all ...outbox.Undeletable) {
	reg.Helper()
	storagetest.MustBe(reg, reg.Undeletables().SetThread(reg.Context(), id, all[0].Channel, all[0].Thread, all), nil)
}

// readsOf lists what somebody reads of, as "number kind ts".
func readsOf(reg *storagetest.Register, who roster.PersonID) (list []string) {
	reg.Helper()
	left, err := reg.Undeletables().UndeletableList(reg.Context(), who)
	if err != nil {
		reg.Fatal(err)
	}
	if left.Total != len(left.First) {
		reg.Errorf("%d of %d", len(left.First), left.Total)
	}
	for _, r := range left.First {
		list = append(list, fmt.Sprint(r.Number, " ", r.Kind, " ", r.TS))
	}
	return list
}

// filePurged is a case of which nothing but replies is left.
func filePurged(reg *storagetest.Register, gesture string) workflow.Complaint {
	reg.Helper()
	c := reg.CloseCase(reg.File(gesture))
	reg.Announced()
	reg.Clock.Set(storagetest.AfterRetention)
	reg.SweepAll()
	return c
}

// TestUndeletables_goWithTheirThread: what is in the thread is what is left of it.
func TestUndeletables_goWithTheirThread(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		other := reg.File("1")
		c := filePurged(reg, "2")
		linked := reply("1.5")
		linked.Link = "https://firm.example/p15"
		setThread(reg, c.ID, linked, reply("1.6"))
		setThread(reg, other.ID, reply("1.6"))
		setThread(reg, c.ID, reply("1.5"), reply("1.7"))
		storagetest.Equal(t, "left", readsOf(reg, storagetest.Officer), []string{"K-2026-0001 reply 1.6", "K-2026-0002 reply 1.5", "K-2026-0002 reply 1.7"})
		left, err := reg.Undeletables().Undeletables(t.Context(), c.ID)
		if err != nil || left[0].Link != linked.Link {
			t.Errorf("the link was lost: %+v, %v", left, err)
		}
		storagetest.MustBe(t, reg.Undeletables().ForgetUndeletable(t.Context(), c.ID, reply("1.5")), nil)
		storagetest.MustBe(t, reg.Undeletables().SetThread(t.Context(), c.ID, "C0CASES", "1.000001", nil), nil)
		storagetest.Equal(t, "left", readsOf(reg, storagetest.Officer), []string{"K-2026-0001 reply 1.6"})
		storagetest.Equal(t, "looks", reg.Count(`SELECT count(*) FROM outbox WHERE surface = 'look' AND lane = 'look'`), 2)
	})
}

// TestUndeletables_readers: officers of what stands in the case channel; in direct
// messages their person alone; of a case that moved nobody whom it concerns.
func TestUndeletables_readers(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		open, guarded := reg.File("1"), reg.FileAbout("2", storagetest.Staff, storagetest.Officer)
		gone := filePurged(reg, "3")
		setThread(reg, gone.ID, reply("3.1"))
		setThread(reg, gone.ID, directReply(storagetest.Director, "3.2"))
		setThread(reg, guarded.ID, directReply(storagetest.Deputy, "2.1"))
		reg.Do(open.ID, storagetest.Deputy, "correct", correctConcerningFatima(open))
		setThread(reg, open.ID, reply("1.1"))
		setThread(reg, open.ID, directReply(storagetest.Officer, "1.2"))
		for who, want := range map[roster.PersonID][]string{
			storagetest.Officer:  {"K-2026-0002 reply 3.1"},
			storagetest.Deputy:   {"K-2026-0002 reply 3.1", "V-2026-0001 reply 2.1", "V-2026-0002 reply 1.1"},
			storagetest.Director: {"K-2026-0002 reply 3.2"},
			storagetest.Staff:    nil,
		} {
			storagetest.Equal(t, string(who), readsOf(reg, who), want)
		}
	})
}

// correctConcerningFatima corrects that a case concerns the officer.
func correctConcerningFatima(c workflow.Complaint) workflow.Correct {
	l := workflow.File{Facts: c.Facts, Particulars: c.Particulars}
	l.Particulars.Concerns = storagetest.Officer
	return workflow.Correct{File: l, Reason: "Fatima"}
}

// TestUndeletables_guardedCaseAfterThePurge: the officers are not told of
// what a guarded case left; its handler is, and whom it concerns is not, whether
// it was found before the purge or after.
func TestUndeletables_guardedCaseAfterThePurge(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.File("1")
		reg.Exec(`INSERT INTO messages (complaint, channel, ts) VALUES ($1, 'C0CASES', '1.000001'), ($1, 'D0U0FATIMA', '2.000001')`, c.ID)
		c = reg.Do(c.ID, storagetest.Deputy, "correct", correctConcerningFatima(c))
		setThread(reg, c.ID, reply("1.1"))
		setThread(reg, c.ID, directReply(storagetest.Officer, "1.2"))
		reg.CloseCase(c)
		reg.Announced()
		reg.Clock.Set(storagetest.AfterRetention)
		reg.SweepAll()
		setThread(reg, c.ID, reply("1.1"), reply("1.3"))
		setThread(reg, c.ID, directReply(storagetest.Officer, "1.2"), directReply(storagetest.Officer, "1.4"))
		storagetest.Equal(t, "whom it concerned", readsOf(reg, storagetest.Officer), []string(nil))
		storagetest.Equal(t, "the handler", readsOf(reg, storagetest.Deputy), []string{"V-2026-0001 reply 1.1"})
		left, err := reg.Undeletables().Unfinished(t.Context())
		if err != nil || left != (outbox.Unfinished{Erased: 1, Replies: 4}) {
			t.Errorf("for the operator: %+v, %v", left, err)
		}
	})
}

// TestUndeletables_filesThatNobodyRemoved stand on the list once the register has forgotten
// them: for officers, and for who sent them in, unless it concerns them.
func TestUndeletables_filesThatNobodyRemoved(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.Do("", storagetest.Staff, "1", storagetest.SampleWithFiles("a", "b", "c", "d", "e", "f"))
		for i, state := range workflowtest.AttachmentStates()[1:] {
			if state == workflow.AttachmentTaken {
				storagetest.MustBe(t, reg.Records().TakeAttachment(t.Context(), c.ID, i+2, []byte("x")), nil)
				continue
			}
			storagetest.MustBe(t, reg.Records().EndAttachment(t.Context(), c.ID, i+2, state, ""), nil)
		}
		reg.CloseCase(c)
		about := storagetest.SampleWithFiles("own")
		about.Particulars.Concerns = storagetest.Staff
		reg.CloseCase(reg.Do("", storagetest.Staff, "2", about))
		reg.Announced()
		reg.Clock.Set(storagetest.AfterRetention)
		reg.SweepAll()
		want := []string{"K-2026-0001 file FA", "K-2026-0001 file FB", "K-2026-0001 file FD", "K-2026-0001 file FF"}
		storagetest.Equal(t, "officers", readsOf(reg, storagetest.Officer), append(want, "K-2026-0002 file FOWN"))
		storagetest.Equal(t, "who sent them in", readsOf(reg, storagetest.Staff), want)
		storagetest.Equal(t, "names", reg.Count(`SELECT count(*) FROM attachments`), 0)
		reg.MustVerify()
	})
}

// noticesOfUndeletables lists who is queued a message about what is left in Slack, as "person what", and has
// them sent.
func noticesOfUndeletables(box *storagetest.Outbox) (people []string) {
	box.Helper()
	const queued = `SELECT person || ' ' || slot FROM outbox WHERE surface = 'remnants' AND lane = 'dm:' || person ORDER BY person`
	if err := box.Core().Read.All(box.Context(), &people, queued); err != nil {
		box.Fatal(err)
	}
	box.Exec(`DELETE FROM outbox WHERE surface <> 'look'`)
	for i := range people {
		people[i] = strings.TrimSpace(people[i])
	}
	return people
}

// checked carries out every look that is due, and lets everything else go.
func checked(box *storagetest.Outbox) (cases int) {
	box.Helper()
	box.Exec(`DELETE FROM outbox WHERE surface <> 'look'`)
	for {
		l, ok, err := box.Queue().Lease(box.Context())
		if err != nil || !ok {
			return cases
		}
		if l.Lane != outbox.LaneUndeletable {
			box.Fatalf("lane %s", l.Lane)
		}
		for d, ok := nextOrNone(box, l); ok; d, ok = nextOrNone(box, l) {
			left, err := box.Undeletables().Undeletables(box.Context(), d.Case)
			storagetest.MustBe(box, err, nil)
			for _, r := range left {
				storagetest.MustBe(box, box.Undeletables().RecordUndeletable(box.Context(), d.Case, r), nil)
			}
			with := outbox.Settlement{Done: true}
			if len(left) > 0 {
				with = outbox.Settlement{Retry: box.Wall.Now().AddDate(0, 0, 1)}
			}
			box.Settle(l, d, with)
			cases++
		}
		box.Release(l)
	}
}

func nextOrNone(box *storagetest.Outbox, l outbox.Lease) (outbox.Delivery, bool) {
	box.Helper()
	d, ok, err := box.Take(l)
	storagetest.MustBe(box, err, nil)
	return d, ok
}

// onDay is a day after the purge, the first of them a Monday.
func onDay(box *storagetest.Outbox, n, hour int) {
	box.Helper()
	box.Announced()
	box.Clock.Set(time.Date(2028, time.March, 6+n, hour, 0, 0, 0, box.Core().Policy.Calendar.Location))
	box.Pass(time.Minute)
	box.SweepAll()
}

// TestUndeletables_reminders: told at the window's first sweep, of what more a
// purge left on the next day, every week of what is left, and of nothing when
// nothing is. Before each the bot looks.
func TestUndeletables_reminders(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		first, second := box.CloseCase(box.File("1")), box.CloseCase(box.File("2"))
		box.Drain()
		onDay(box, 0, 1)
		box.Drain()
		setThread(box.Register, first.ID, reply("1.1"))
		storagetest.Equal(t, "looks after the find", checked(box), 1)
		box.SweepAll()
		storagetest.Equal(t, "at night", noticesOfUndeletables(box), []string(nil))
		onDay(box, 0, 9)
		storagetest.Equal(t, "in the morning", noticesOfUndeletables(box), []string{"U0BRAM", "U0FATIMA"})
		onDay(box, 0, 12)
		setThread(box.Register, second.ID, reply("2.1"))
		storagetest.Equal(t, "looks after the find", checked(box), 1)
		onDay(box, 0, 15)
		storagetest.Equal(t, "once a day", noticesOfUndeletables(box), []string(nil))
		onDay(box, 1, 9)
		storagetest.Equal(t, "the next day, not before a look", noticesOfUndeletables(box), []string(nil))
		storagetest.Equal(t, "looks", checked(box), 2)
		onDay(box, 1, 9)
		storagetest.Equal(t, "the next day", noticesOfUndeletables(box), []string{"U0BRAM", "U0FATIMA"})
		onDay(box, 7, 9) // the director hears of the quarters that wait
		storagetest.Equal(t, "within the week", noticesOfUndeletables(box), []string(nil))
		storagetest.Equal(t, "no look within the week", checked(box), 0)
		onDay(box, 8, 9)
		storagetest.Equal(t, "looks for the reminder", checked(box), 2)
		box.SweepAll()
		storagetest.Equal(t, "a week later", noticesOfUndeletables(box), []string{"U0BRAM", "U0FATIMA"})
		storagetest.MustBe(t, box.Undeletables().SetThread(t.Context(), first.ID, "C0CASES", "1.000001", nil), nil)
		storagetest.MustBe(t, box.Undeletables().SetThread(t.Context(), second.ID, "C0CASES", "1.000001", nil), nil)
		onDay(box, 21, 9)
		storagetest.Equal(t, "when nothing is left", noticesOfUndeletables(box), []string(nil))
	})
}

// TestUndeletables_afterARelocation, twice a day if need be.
func TestUndeletables_afterARelocation(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		for i := range 2 {
			c := box.File(fmt.Sprint("log", i))
			box.Do(c.ID, storagetest.Deputy, fmt.Sprint("correct", i), correctConcerningFatima(c))
			noticesOfUndeletables(box)
			box.Clock.Set(storagetest.Monday.Add(time.Duration(i+1) * time.Hour))
			setThread(box.Register, c.ID, reply(fmt.Sprint(i+1, ".1")))
			checked(box)
			box.SweepAll()
			storagetest.Equal(t, "told", noticesOfUndeletables(box), []string{"U0BRAM"})
		}
	})
}

// TestUndeletables_checkedOnRequest answers who asks, at night too, after a look; and also that
// nothing is left.
func TestUndeletables_checkedOnRequest(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.CloseCase(box.File("1"))
		box.Drain()
		onDay(box, 0, 9)
		box.Drain()
		setThread(box.Register, c.ID, reply("1.1"))
		checked(box)
		box.SweepAll()
		noticesOfUndeletables(box)
		onDay(box, 0, 22)
		storagetest.MustBe(t, box.Undeletables().CheckUndeletables(t.Context(), storagetest.Officer), nil)
		box.SweepAll()
		storagetest.Equal(t, "looks", checked(box), 1)
		box.SweepAll()
		storagetest.Equal(t, "told", noticesOfUndeletables(box), []string{"U0FATIMA asked"})
		storagetest.MustBe(t, box.Undeletables().SetThread(t.Context(), c.ID, "C0CASES", "1.000001", nil), nil)
		box.Clock.Set(box.Clock.Now().Add(time.Minute))
		storagetest.MustBe(t, box.Undeletables().CheckUndeletables(t.Context(), storagetest.Officer), nil)
		box.SweepAll()
		storagetest.Equal(t, "told of nothing", noticesOfUndeletables(box), []string{"U0FATIMA asked"})
		box.SweepAll()
		storagetest.Equal(t, "told once", noticesOfUndeletables(box), []string(nil))
	})
}

// TestUndeletables_chainSaysWhenTheLastIsGone: once, when neither messages nor what people have to delete
// are left in Slack.
func TestUndeletables_chainSaysWhenTheLastIsGone(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		cleared := func() int { return box.Count(`SELECT count(*) FROM register_chain WHERE action = 'cleared'`) }
		c := box.CloseCase(box.File("1"))
		box.Drain()
		onDay(box, 0, 1)
		l := box.Lease()
		d := box.Next(l)
		setThread(box.Register, c.ID, reply("1.1"))
		for _, left := range box.PendingDeletions(&c) {
			storagetest.MustBe(t, box.Queue().Deleted(t.Context(), c.ID, left), nil)
		}
		box.Settle(l, d, outbox.Settlement{Done: true})
		box.Release(l)
		storagetest.Equal(t, "with a reply left", cleared(), 0)
		checked(box)
		storagetest.MustBe(t, box.Undeletables().ForgetUndeletable(t.Context(), c.ID, reply("1.1")), nil)
		box.Pass(25 * time.Hour)
		storagetest.Equal(t, "looks", checked(box), 1)
		storagetest.Equal(t, "in the end", cleared(), 1)
		box.Pass(25 * time.Hour)
		storagetest.Equal(t, "looks", checked(box), 0)
		box.MustVerify()
	})
}
