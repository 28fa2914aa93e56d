package queue_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// weeklyDigests sends what waits and returns the weekly digests among it.
func weeklyDigests(box *storagetest.Outbox) (got []string) {
	box.Helper()
	for _, one := range box.Arrivals() {
		if one[:6] == "weekly" {
			got = append(got, one)
		}
	}
	return got
}

// The complaints came in on Monday 2 March: their acknowledgement is due on
// Saturday the 7th, and directors are told on Monday the 9th.
func TestWeekly_onMonday(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		fileMany(box, 2)
		for _, step := range []struct {
			name      string
			day, hour int
			want      []string
		}{
			{"the day of the first notice", 9, 10, nil},
			{"later that week", 11, 10, nil},
			{"Monday before hours", 16, 8, nil},
			{"Monday", 16, 9, []string{"weekly U0DIRK 2026-03-16"}},
			{"once", 16, 10, nil},
			{"the rest of the week", 18, 10, nil},
			{"the bot was down on Monday", 24, 10, []string{"weekly U0DIRK 2026-03-23"}},
		} {
			box.InMarch(step.day, step.hour, 0)
			box.SweepAll()
			storagetest.Equal(t, step.name, weeklyDigests(box), step.want)
		}
	})
}

// TestWeekly_afterAHoliday: on the first working day of the week, a Tuesday
// after Easter.
func TestWeekly_afterAHoliday(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		fileMany(box, 1)
		box.InMarch(31, 10, 0)
		box.SweepAll()
		weeklyDigests(box)
		box.InMarch(31+6, 10, 0) // Monday 6 April
		box.SweepAll()
		storagetest.Equal(t, "Easter Monday", weeklyDigests(box), []string(nil))
		box.InMarch(31+7, 10, 0)
		box.SweepAll()
		// The outcome was due on Maundy Thursday: the first notice of that comes with it.
		storagetest.Equal(t, "Tuesday", ofDirector(box), []string{"digest U0DIRK ", "quarter U0DIRK 2026-Q1"})
	})
}

// ofDirector sends what waits and returns what goes to the director.
func ofDirector(box *storagetest.Outbox) (got []string) {
	box.Helper()
	for _, one := range box.Arrivals() {
		if strings.Contains(one, string(storagetest.Director)) {
			got = append(got, one)
		}
	}
	return got
}

// TestWeekly_oneMessageAMorning: a director gets the first notices of a Monday and the
// weekly digest as one message, which says so; one thing that is new comes by itself,
// and without anything new there is no message but the week's.
func TestWeekly_oneMessageAMorning(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		fileMany(box, 2)
		box.InMarch(9, 10, 0)
		box.SweepAll()
		storagetest.Equal(t, "two first notices", ofDirector(box), []string{"digest U0DIRK "})
		box.InMarch(10, 10, 0)
		box.SweepAll()
		storagetest.Equal(t, "nothing new", ofDirector(box), []string(nil))
		box.File("view:late") // received on the 2nd, logged late
		box.SweepAll()
		storagetest.Equal(t, "one, later that day", ofDirector(box), []string{"nudge U0DIRK acknowledgement"})
		box.InMarch(16, 10, 0)
		box.Exec(`UPDATE promises SET marks = '' WHERE kind = 'acknowledgement' AND complaint = (SELECT id FROM complaints WHERE number LIKE '%-0001')`)
		box.Exec(`UPDATE complaints SET next_at = $1`, box.Core().Instant())
		box.SweepAll()
		storagetest.Equal(t, "weekly in it", box.Count(`SELECT count(*) FROM outbox WHERE surface = 'digest' AND person = $1 AND payload LIKE '%"weekly":true%'`, storagetest.Director), 1)
		storagetest.Equal(t, "a first notice on a Monday", ofDirector(box), []string{"digest U0DIRK "})
		box.InMarch(17, 10, 0)
		box.SweepAll()
		storagetest.Equal(t, "the day after", ofDirector(box), []string(nil))
		box.InMarch(23, 10, 0)
		box.SweepAll()
		storagetest.Equal(t, "nothing new on a Monday", ofDirector(box), []string{"weekly U0DIRK 2026-03-23"})
	})
}

// TestWeekly_items: only what is overdue, was told before, and may be known.
func TestWeekly_items(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		known := box.File("view:1")
		settled := box.File("view:2")
		box.FileAbout("view:3", storagetest.Staff, storagetest.Director)
		box.InMarch(9, 10, 0)
		box.SweepAll()
		late := box.File("view:4") // received on the 2nd, logged late: told today
		box.SweepAll()
		box.Do(settled.ID, storagetest.Officer, "click:1", workflow.Acknowledge{Sent: storagetest.Sent(9, "Ontvangen.")})
		items := func(who roster.PersonID) []outbox.DigestItem {
			return box.DigestItems(outbox.Delivery{Payload: outbox.WeeklyDigest{To: who}})
		}
		storagetest.Equal(t, "on the day itself", items(storagetest.Director), []outbox.DigestItem(nil))
		box.InMarch(10, 10, 0)
		want := []outbox.DigestItem{{Case: known.ID, Watch: "acknowledgement"}, {Case: late.ID, Watch: "acknowledgement"}}
		storagetest.Equal(t, "the next day", items(storagetest.Director), want)
		storagetest.Equal(t, "an officer", items(storagetest.Officer), []outbox.DigestItem(nil))
	})
}

// TestWeekly_replaced: what Slack did not take all week is not sent beside the
// next one.
func TestWeekly_replaced(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		fileMany(box, 1)
		box.InMarch(9, 10, 0)
		box.SweepAll()
		box.InMarch(16, 10, 0)
		box.SweepAll()
		box.InMarch(23, 10, 0)
		box.SweepAll()
		storagetest.Equal(t, "weeklyDigests", weeklyDigests(box), []string{"weekly U0DIRK 2026-03-23"})
	})
}

func TestWeekly_notForWhoLeft(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		fileMany(box, 1)
		box.InMarch(9, 10, 0)
		box.SweepAll()
		box.Exec(`UPDATE people SET gone = TRUE WHERE person = $1`, storagetest.Director)
		box.InMarch(16, 10, 0)
		box.SweepAll()
		storagetest.Equal(t, "weeklyDigests", weeklyDigests(box), []string(nil))
	})
}

func TestWeekly_replicasMakeOne(t *testing.T) {
	box := storagetest.NewOutbox(t, storagetest.Address(t, "postgres"))
	other := box.Replica()
	fileMany(box, 3)
	box.InMarch(9, 10, 0)
	box.SweepAll()
	box.Drain()
	box.InMarch(16, 10, 0)
	storagetest.NoErrors(t, storagetest.Together(t.Context(), 4, func(ctx context.Context, i int) error {
		_, err := []*storage.DB{box.DB, other.DB}[i%2].Sweep(ctx, 5)
		return err
	}))
	box.SweepAll()
	storagetest.Equal(t, "weeklyDigests", weeklyDigests(box), []string{"weekly U0DIRK 2026-03-16"})
}

// TestWeekly_pages: what is overdue is read a page at a time, in order and each
// once; and counted without what concerns the reader.
func TestWeekly_pages(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		box.Copy(box.File("view:1").ID, 30*queue.OverdueCases)
		n := box.MakeOverdue()
		box.Exec(`INSERT INTO concerns (complaint, person) VALUES ('bulk20', $1)`, box.Core().PersonHash(storagetest.Director))
		box.InMarch(16, 9, 0)
		d := outbox.Delivery{Payload: outbox.WeeklyDigest{To: storagetest.Director}}
		var want []outbox.DigestItem
		for i := 10; i <= 10*n; i += 10 {
			if i != 20 {
				want = append(want, outbox.DigestItem{Case: workflow.CaseID(fmt.Sprint("bulk", i)), Watch: "acknowledgement"})
			}
		}
		storagetest.Equal(t, "items", box.DigestItems(d), want)
		cases, err := box.Rooms().DigestCases(t.Context(), d)
		storagetest.MustBe(t, err, nil)
		storagetest.Equal(t, "cases", cases, n-1)
	})
}

// TestWeekly_searchGoesOn: a sweep that finds nothing to tell in its time leaves
// the rest to the next, which goes on where it stopped.
func TestWeekly_searchGoesOn(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		box.Copy(box.File("view:1").ID, 30*queue.OverdueCases)
		n := box.MakeOverdue()
		box.Exec(`UPDATE promises SET marks = '' WHERE complaint <> $1`, fmt.Sprint("bulk", 10*n))
		box.Exec(`DELETE FROM outbox WHERE due_at = $1`, storagetest.ParkedAt)
		box.InMarch(16, 9, 0)
		hurry(box)
		for page, want := range []int{0, 0, 1, 1} {
			if _, err := box.Sweep(t.Context(), 5); err != nil {
				t.Fatal(err)
			}
			storagetest.Equal(t, fmt.Sprint("after page ", page+1), box.Count(`SELECT count(*) FROM outbox WHERE surface = 'weekly'`), want)
		}
		storagetest.Equal(t, "the week", box.Count(`SELECT count(*) FROM people WHERE weekly = '2026-03-16'`), 1)
	})
}
