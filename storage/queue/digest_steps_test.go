package queue_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/storage/storagetest"
)

// copyMany makes cases of which nothing is due for the clock, and parks a reminder
// of each of the first so many.
func copyMany(box *storagetest.Outbox, parked int) {
	box.Helper()
	c := box.FilePosted("view:1")
	box.Copy(c.ID, 400)
	box.Exec(`UPDATE complaints SET next_at = NULL, offering_name = ''`) // about nothing that could come again
	park(box, 1, parked)
}

// park parks reminders of the cases from one to another.
func park(box *storagetest.Outbox, from, to int) {
	box.Helper()
	box.ParkReminders(fmt.Sprintf(`SELECT id, ordinal FROM complaints WHERE id LIKE 'bulk%%' AND ordinal BETWEEN %d AND %d`, from, to))
}

// hurry opens the register anew, as after a crash, so that the time of a sweep is
// over after each of its steps.
func hurry(box *storagetest.Outbox) {
	box.Helper()
	box.Options.Wall = func() time.Time {
		box.Pass(time.Second)
		return box.Wall.Now()
	}
	box.Reopen(nil)
}

// calm ends what hurry began.
func calm(box *storagetest.Outbox) {
	box.Helper()
	box.Options.Wall = box.Wall.Now
	box.Reopen(nil)
	box.Pass(time.Hour)
}

const (
	countDigests = `SELECT count(*) FROM outbox WHERE surface = 'digest'`
	countParked  = `SELECT count(*) FROM outbox WHERE surface = 'nudge' AND due_at = 253370764800000`
	countSingle  = `SELECT count(*) FROM outbox WHERE surface = 'nudge' AND due_at < 253370764800000`
)

// step sweeps once, and says how many reminders are in the digest, how many are
// parked, how many leave singly, and whether the digest may leave.
func step(box *storagetest.Outbox) [4]int {
	box.Helper()
	if _, err := box.Sweep(box.Context(), 100); err != nil {
		box.Fatal(err)
	}
	return [4]int{box.DigestSize(storagetest.Officer), box.Count(countParked), box.Count(countSingle), box.Count(countDigests)}
}

// TestDigest_inSteps: many reminders go into a digest a few at a time, and that
// leaves when it has them all. Killed between two steps, the next sweep goes on by
// what the first one decided, though only two are left.
func TestDigest_inSteps(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		const all = 2*queue.ReleaseBatch + 2
		copyMany(box, all)
		box.InMarch(16, 9, 0)
		hurry(box)
		storagetest.Equal(t, "first step", step(box), [4]int{queue.ReleaseBatch, all - queue.ReleaseBatch, 0, 0})
		hurry(box)
		storagetest.Equal(t, "second step", step(box), [4]int{2 * queue.ReleaseBatch, 2, 0, 0})
		hurry(box)
		storagetest.Equal(t, "last step", step(box), [4]int{all, 0, 0, 1})
		park(box, all+1, all+1) // what comes later that day leaves by itself
		storagetest.Equal(t, "later", step(box), [4]int{all, 0, 1, 1})
		calm(box)
		storagetest.Equal(t, "what arrives", box.Arrivals(), []string{"digest U0FATIMA ", reminderToOfficer})
		storagetest.Equal(t, "items left", box.Count(`SELECT count(*) FROM digest_items`), 0)
	})
}

// TestDigest_inStepsOverNight: what the evening interrupts goes on in the morning,
// with the morning's own.
func TestDigest_inStepsOverNight(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		const all = queue.ReleaseBatch + 5
		copyMany(box, all)
		box.InMarch(16, 16, 59)
		hurry(box)
		storagetest.Equal(t, "in the evening", step(box), [4]int{queue.ReleaseBatch, 5, 0, 0})
		box.InMarch(16, 17, 0)
		storagetest.Equal(t, "at night", step(box), [4]int{queue.ReleaseBatch, 5, 0, 0})
		park(box, all+1, all+1)
		box.InMarch(17, 9, 0)
		storagetest.Equal(t, "in the morning", step(box), [4]int{all + 1, 0, 0, 1})
		calm(box)
		storagetest.Equal(t, "what arrives", box.Arrivals(), []string{"digest U0FATIMA "})
	})
}

// TestDigest_halfMadeIsFinished: nothing is parked any more, since what was left
// was settled meanwhile; the digest leaves all the same.
func TestDigest_halfMadeIsFinished(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		copyMany(box, queue.ReleaseBatch+1)
		box.InMarch(16, 9, 0)
		hurry(box)
		storagetest.Equal(t, "first step", step(box), [4]int{queue.ReleaseBatch, 1, 0, 0})
		box.Exec(`DELETE FROM outbox WHERE due_at = $1`, storagetest.ParkedAt)
		storagetest.Equal(t, "last step", step(box), [4]int{queue.ReleaseBatch, 0, 0, 1})
	})
}

// TestDigest_singlyInSteps: what comes after a day's first send leaves a few at a
// time, however much it is.
func TestDigest_singlyInSteps(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		copyMany(box, 1)
		box.InMarch(16, 9, 0)
		storagetest.Equal(t, "the first", step(box), [4]int{0, 0, 1, 0})
		park(box, 2, queue.ReleaseBatch+5)
		hurry(box)
		storagetest.Equal(t, "a step", step(box), [4]int{0, 4, queue.ReleaseBatch + 1, 0})
		storagetest.Equal(t, "the last", step(box), [4]int{0, 0, queue.ReleaseBatch + 5, 0})
	})
}

// TestDigest_replicasMakeOneInSteps: replicas that take steps in turns keep to one
// decision, and nothing is lost or told twice.
func TestDigest_replicasMakeOneInSteps(t *testing.T) {
	box := storagetest.NewOutbox(t, storagetest.Address(t, "postgres"))
	const all = 3*queue.ReleaseBatch + 2
	copyMany(box, all)
	box.InMarch(16, 9, 0)
	hurry(box)
	other := box.Replica()
	both := []*storage.DB{box.DB, other.DB}
	storagetest.NoErrors(t, storagetest.Together(t.Context(), 4, func(ctx context.Context, i int) error {
		for range 2 {
			if _, err := both[i%2].Sweep(ctx, 5); err != nil {
				return err
			}
		}
		return nil
	}))
	storagetest.Equal(t, "after all steps", step(box), [4]int{all, 0, 0, 1})
	calm(box)
	storagetest.Equal(t, "what arrives", box.Arrivals(), []string{"digest U0FATIMA "})
}

// TestDigest_whatPressesMostFirst: items come in the order of their cases' dates,
// page after page, and each once.
func TestDigest_whatPressesMostFirst(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		copyMany(box, 120)
		box.Exec(`UPDATE complaints SET due = CASE WHEN ordinal % 2 = 0 THEN '2026-03-01' ELSE '2026-03-20' END WHERE id LIKE 'bulk%'`)
		box.Exec(`UPDATE complaints SET due = '2026-02-01' WHERE id = 'bulk77'`)
		box.Exec(`UPDATE outbox SET slot = 'waiting', payload = '{"to":"U0FATIMA","watch":"waiting"}' WHERE complaint = 'bulk99'`)
		box.InMarch(16, 9, 0)
		box.SweepAll()
		d := outbox.Delivery{Payload: outbox.Digest{To: storagetest.Officer}, Version: 1 << 40}
		items := box.DigestItems(d)
		seen := map[outbox.DigestItem]bool{}
		for _, item := range items {
			seen[item] = true
		}
		storagetest.Equal(t, "items", []int{len(items), len(seen)}, []int{120, 120})
		storagetest.Equal(t, "the first", string(items[0].Case), "bulk77")
		storagetest.Equal(t, "behind what is late, a question", string(items[61].Case), "bulk99")
		n, err := box.Rooms().DigestCases(t.Context(), d)
		storagetest.MustBe(t, err, nil)
		storagetest.Equal(t, "cases", n, 120)
	})
}
