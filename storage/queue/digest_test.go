package queue_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// fileMany registers n complaints, each about something else, and has their case
// messages sent.
func fileMany(box *storagetest.Outbox, n int) (all []workflow.Complaint) {
	box.Helper()
	for i := range n {
		l := storagetest.Sample()
		l.Facts.OfferingName = fmt.Sprint("Cursus ", i)
		all = append(all, box.Do("", storagetest.Staff, fmt.Sprint("view:", i), l))
	}
	box.Drain()
	box.Pass(time.Hour)
	return all
}

const reminderToOfficer = "nudge U0FATIMA acknowledgement"

// The complaints came in on Monday 2 March: the first reminder is on Wednesday,
// the second on Friday, for the deputy too.
func TestDigest_threeGoSingly(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		fileMany(box, 3)
		box.InMarch(4, 9, 0)
		box.SweepAll()
		storagetest.Equal(t, "what arrives", box.Arrivals(), []string{reminderToOfficer, reminderToOfficer, reminderToOfficer})
	})
}

func TestDigest_moreThanThree(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		cases := fileMany(box, 4)
		box.InMarch(4, 9, 0)
		box.SweepAll()
		storagetest.Equal(t, "items", box.DigestSize(storagetest.Officer), 4)
		storagetest.Equal(t, "lane of the digest", box.Count(`SELECT count(*) FROM outbox WHERE lane = 'dm:U0FATIMA' AND complaint = ''`), 1)
		storagetest.Equal(t, "what arrives", box.Arrivals(), []string{"digest U0FATIMA "})
		storagetest.Equal(t, "items left", box.DigestSize(storagetest.Officer), 0)
		storagetest.Equal(t, "messages of a case", box.Count(`SELECT count(*) FROM messages WHERE complaint = $1`, cases[0].ID), 2)
		// What comes later that day goes into the thread.
		box.Exec(`UPDATE promises SET marks = '' WHERE kind = 'acknowledgement'`)
		box.Exec(`UPDATE complaints SET next_at = $1`, box.Core().Instant())
		box.InMarch(4, 14, 0)
		box.SweepAll()
		storagetest.Equal(t, "later that day", box.Arrivals(), []string{reminderToOfficer, reminderToOfficer, reminderToOfficer, reminderToOfficer})
		box.InMarch(6, 9, 0)
		box.SweepAll()
		storagetest.Equal(t, "another day", box.Arrivals(), []string{"digest U0BRAM ", "digest U0FATIMA "})
	})
}

// A digest takes its items from what was asked for when it was gathered, and
// what was asked since waits for the next.
func TestDigest_whileSending(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		fileMany(box, 4)
		box.InMarch(4, 9, 0)
		box.SweepAll()
		drainCases(box)
		l := box.LeaseOf(outbox.DirectLane(storagetest.Officer))
		d := box.Next(l)
		box.InMarch(6, 9, 0)
		box.SweepAll()
		// All were asked for anew, and wait for the newer one.
		storagetest.Equal(t, "items of the older one", box.DigestItems(d), []outbox.DigestItem(nil))
		box.Settle(l, d, box.Posted(d))
		storagetest.Equal(t, "items", box.DigestSize(storagetest.Officer), 4)
		again := box.Next(l)
		if again.Key == d.Key || again.Attempts != 1 {
			t.Error("the next digest is taken for the first")
		}
		box.Settle(l, again, box.Posted(again))
		storagetest.Equal(t, "items left", box.DigestSize(storagetest.Officer), 0)
		box.Idle(l)
	})
}

// drainCases sends what goes to the case channel.
func drainCases(box *storagetest.Outbox) {
	box.Helper()
	l := box.LeaseOf(outbox.LaneCases)
	for {
		d, ok, err := box.Take(l)
		if err != nil {
			box.Fatal(err)
		}
		if !ok {
			break
		}
		box.Settle(l, d, box.Posted(d))
	}
	box.Release(l)
}

// A digest that Slack did not take goes along with the next day's reminders,
// however few: one message in the end.
func TestDigest_unsentTakesTheNextDayIn(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		cases := fileMany(box, 5)
		box.InMarch(4, 9, 0)
		box.SweepAll()
		drainCases(box)
		l := box.LeaseOf(outbox.DirectLane(storagetest.Officer))
		box.Settle(l, box.Next(l), outbox.Settlement{Retry: box.Wall.Now().Add(time.Hour), Fault: "timeout"})
		box.Release(l)
		for i, c := range cases[:4] {
			box.Do(c.ID, storagetest.Officer, fmt.Sprint("click:", i), workflow.Acknowledge{Sent: storagetest.Sent(4, "Ontvangen.")})
		}
		box.InMarch(6, 9, 0)
		box.SweepAll()
		storagetest.Equal(t, "waiting for the officer", box.Count(`SELECT count(*) FROM outbox WHERE person = $1`, storagetest.Officer), 1)
		storagetest.Equal(t, "items", box.DigestSize(storagetest.Officer), 5) // what is settled shows when it leaves
		var got []string
		for _, one := range box.Arrivals() {
			if !strings.HasPrefix(one, "line") {
				got = append(got, one)
			}
		}
		storagetest.Equal(t, "what arrives", got, []string{"digest U0FATIMA ", "nudge U0BRAM acknowledgement"})
	})
}

// TestDigest_nothingLeavesAtNight: what a crash left parked, and what the evening did
// not bring away, waits for the morning and comes with the morning's reminders.
func TestDigest_nothingLeavesAtNight(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		cases := fileMany(box, 4)
		box.InMarch(4, 16, 59)
		for _, c := range cases { // and the sweep is killed
			_, err := box.Apply(t.Context(), workflow.Command{Case: c.ID, Action: workflow.Tick{}, By: roster.Clock})
			storagetest.MustBe(t, err, nil)
		}
		box.InMarch(4, 17, 0)
		box.SweepAll()
		storagetest.Equal(t, "in the evening", box.Arrivals(), []string(nil))
		if b := backlog(box); b.Due != 0 || !b.Oldest.IsZero() {
			t.Errorf("what waits for the morning counts as late: %+v", b)
		}
		box.InMarch(5, 9, 0)
		box.SweepAll()
		storagetest.Equal(t, "in the morning", box.Arrivals(), []string{"digest U0FATIMA "})
	})
}

func TestDigest_outOfHoursReminderWaits(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		fileMany(box, 1)
		box.InMarch(4, 16, 59)
		box.SweepAll()
		l := box.Lease()
		for {
			d := box.Next(l)
			if d.Kind() == outbox.KindReminder {
				box.Settle(l, d, outbox.Settlement{Retry: box.Wall.Now().Add(time.Minute), OutOfHours: true})
				break
			}
			box.Settle(l, d, box.Posted(d))
		}
		box.Pass(time.Hour)
		box.Idle(l)
		box.Release(l)
		storagetest.Equal(t, "not a failure", backlog(box).Failing, 0)
		box.InMarch(5, 9, 0)
		box.SweepAll()
		storagetest.Equal(t, "in the morning", box.Arrivals(), []string{reminderToOfficer})
	})
}

// TestDigest_waitsForTheLastCase: a morning's reminders come together though a
// sweep takes a few cases at a time; a case that can't be looked at holds up
// nobody.
func TestDigest_waitsForTheLastCase(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		cases := fileMany(box, 6)
		box.Exec(`UPDATE complaints SET sealed = $1 WHERE id = $2`, []byte{1}, cases[5].ID)
		box.InMarch(4, 9, 0)
		for range 3 {
			if n, err := box.Sweep(t.Context(), 2); n == 0 && !errors.Is(err, vault.ErrSealed) {
				t.Fatalf("%d ticks, %v", n, err)
			}
		}
		if _, err := box.Sweep(t.Context(), 2); err != nil {
			t.Fatal(err)
		}
		storagetest.Equal(t, "what arrives", box.Arrivals(), []string{"digest U0FATIMA "})
	})
}

// TestDigest_overAClockChange: nine o'clock is nine o'clock, the Monday after
// the clock was put forward too. What came in on Tuesday 24 March is late then.
func TestDigest_overAClockChange(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		box.InMarch(24, 10, 0)
		for i := range 4 {
			l := storagetest.Sample()
			l.Facts.Received = calendar.NewDate(2026, time.March, 24)
			box.Do("", storagetest.Staff, fmt.Sprint("view:", i), l)
		}
		box.InMarch(27, 10, 0)
		box.SweepAll()
		box.Drain()
		box.Clock.Set(time.Date(2026, time.March, 30, 6, 59, 59, 0, time.UTC))
		box.SweepAll()
		storagetest.Equal(t, "before nine", box.Arrivals(), []string(nil))
		box.Clock.Set(time.Date(2026, time.March, 30, 7, 0, 0, 0, time.UTC))
		box.SweepAll()
		storagetest.Equal(t, "at nine", box.Arrivals(), []string{"digest U0BRAM ", "digest U0DIRK ", "digest U0FATIMA "})
	})
}

// TestDigest_replicasMakeOne: replicas that sweep at once make one digest, and it
// tells of every case.
func TestDigest_replicasMakeOne(t *testing.T) {
	box := storagetest.NewOutbox(t, storagetest.Address(t, "postgres"))
	other := box.Replica()
	fileMany(box, 12)
	box.InMarch(4, 9, 0)
	both := []*storage.DB{box.DB, other.DB}
	storagetest.NoErrors(t, storagetest.Together(t.Context(), 8, func(ctx context.Context, i int) error {
		_, err := both[i%2].Sweep(ctx, 5)
		return err
	}))
	for range 3 {
		box.SweepAll()
	}
	storagetest.Equal(t, "rows for the officer", box.Count(`SELECT count(*) FROM outbox WHERE person = $1`, storagetest.Officer), 1)
	storagetest.Equal(t, "items", box.DigestSize(storagetest.Officer), 12)
	storagetest.Equal(t, "what arrives", box.Arrivals(), []string{"digest U0FATIMA "})
}

// TestDigest_dropped: one that has lost its reason takes its items along.
func TestDigest_dropped(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		fileMany(box, 4)
		box.InMarch(4, 9, 0)
		box.SweepAll()
		drainCases(box)
		l := box.LeaseOf(outbox.DirectLane(storagetest.Officer))
		box.Settle(l, box.Next(l), outbox.Settlement{Drop: true, Fault: "moot"})
		box.Idle(l)
		storagetest.Equal(t, "items left", box.DigestSize(storagetest.Officer), 0)
	})
}

// TestDigest_remindersOfAGuardedCase: a case that turns out to concern somebody takes its
// reminders out of the case channel, each to its own person.
func TestDigest_remindersOfAGuardedCase(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := fileMany(box, 1)[0]
		box.InMarch(6, 9, 0)
		box.SweepAll() // officer and deputy
		log := storagetest.Sample()
		log.Particulars.Concerns = storagetest.Officer
		box.Do(c.ID, storagetest.Officer, "click:1", workflow.Correct{File: log, Reason: "Het gaat over haar."})
		storagetest.Equal(t, "in the case channel", box.Count(`SELECT count(*) FROM outbox WHERE lane = 'cases' AND surface = 'nudge'`), 0)
		storagetest.Equal(t, "to the deputy", box.Count(`SELECT count(*) FROM outbox WHERE lane = 'dm:U0BRAM' AND surface = 'nudge' AND threaded = TRUE`), 1)
		storagetest.Equal(t, "below nothing", box.Count(`SELECT count(*) FROM outbox WHERE lane = 'dm:U0FATIMA' AND surface = 'nudge' AND threaded = FALSE`), 1)
	})
}
