package queue_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// fileOn registers a complaint about each of these offerings, with the case messages
// sent.
func fileOn(box *storagetest.Outbox, names ...string) (all []workflow.Complaint) {
	box.Helper()
	for _, name := range names {
		all = append(all, fileWith(box, func(l *workflow.File) { l.Facts.OfferingName = name }))
	}
	box.Drain()
	box.Pass(time.Hour)
	return all
}

func fileWith(box *storagetest.Outbox, edit func(*workflow.File)) workflow.Complaint {
	box.Helper()
	l := storagetest.SampleOn(box.Core().Today())
	edit(&l)
	return box.Do("", storagetest.Staff, fmt.Sprint("view:", box.Count(`SELECT count(*) FROM complaints`)), l)
}

// repeats are what the digest that waits for somebody tells of offerings.
func repeats(box *storagetest.Outbox, who roster.PersonID) (all []workflow.Repeats) {
	box.Helper()
	for _, item := range box.DigestItems(outbox.Delivery{Payload: outbox.Digest{To: who}, Version: 1 << 40}) {
		if item.Watch != outbox.ItemRepeats {
			continue
		}
		n, err := box.Digests().Repeats(box.Context(), item.Case, who)
		storagetest.MustBe(box, err, nil)
		all = append(all, n)
	}
	return all
}

const excel = "Excel gevorderd"

// TestRepeats_standInTheMorningMessage: the third complaint on one offering, however its
// name is written, stands in the next message of the morning, once; a fourth stands in the
// next one.
func TestRepeats_standInTheMorningMessage(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		fileOn(box, excel, " EXCEL   gevorderd ", "Éxcel Gevorderd.", "Excel voor beginners")
		box.Exec(`UPDATE complaints SET next_at = NULL WHERE offering_name = 'Excel voor beginners'`)
		box.SweepAll()
		storagetest.Equal(t, "the day itself", box.Arrivals(), []string(nil))
		box.InMarch(4, 9, 0)
		box.SweepAll()
		storagetest.Equal(t, "told", repeats(box, storagetest.Officer), []workflow.Repeats{{Offering: "Éxcel Gevorderd.", Count: 3}})
		storagetest.Equal(t, "on Wednesday", box.Arrivals(), []string{"digest U0FATIMA "})
		storagetest.Equal(t, "items left", box.DigestSize(storagetest.Officer), 0)
		box.InMarch(5, 9, 0)
		box.SweepAll()
		storagetest.Equal(t, "on Thursday there is nothing else to say", box.Arrivals(), []string(nil))
		box.InMarch(6, 9, 0)
		box.SweepAll()
		storagetest.Equal(t, "on Friday", box.Arrivals(), []string{
			"nudge U0BRAM acknowledgement", "nudge U0BRAM acknowledgement", "nudge U0BRAM acknowledgement",
			reminderToOfficer, reminderToOfficer, reminderToOfficer,
		})
		box.InMarch(6, 10, 0)
		fileOn(box, "excel gevorderd")
		box.InMarch(9, 9, 0)
		box.SweepAll()
		storagetest.Equal(t, "the fourth", repeats(box, storagetest.Officer), []workflow.Repeats{{Offering: "excel gevorderd", Count: 4}})
	})
}

// TestRepeats_tooFew: two complaints, another offering, none named, or three within more
// than 90 days are no news.
func TestRepeats_tooFew(t *testing.T) {
	for name, file := range map[string]func(*storagetest.Outbox){
		"two":     func(box *storagetest.Outbox) { fileOn(box, excel, excel) },
		"another": func(box *storagetest.Outbox) { fileOn(box, excel, excel, excel+" 2") },
		"90 days": func(box *storagetest.Outbox) {
			fileWith(box, func(l *workflow.File) {
				l.Facts.OfferingName, l.Facts.Received = excel, calendar.NewDate(2025, time.December, 2)
			})
			box.Exec(`UPDATE complaints SET next_at = NULL`)
			fileOn(box, excel, excel)
		},
	} {
		t.Run(name, func(t *testing.T) {
			storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
				file(box)
				box.InMarch(4, 9, 0)
				box.SweepAll()
				storagetest.Equal(t, "told", repeats(box, storagetest.Officer), []workflow.Repeats(nil))
				if all := box.Arrivals(); !slices.Contains(all, reminderToOfficer) || slices.Contains(all, "digest U0FATIMA ") {
					t.Errorf("what arrives: %v", all)
				}
			})
		})
	}
}

// TestRepeats_guardedCase: a complaint about somebody is not counted for them, neither when
// it is the third nor when it is one of the others; who handles it counts it. Nobody hears
// of a case that they don't handle.
func TestRepeats_guardedCase(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		about := func(l *workflow.File) {
			l.Facts.OfferingName, l.Particulars.Concerns = excel, storagetest.Officer
		}
		fileOn(box, excel, excel)
		guarded := fileWith(box, about)
		box.Drain()
		box.InMarch(4, 9, 0)
		box.SweepAll()
		storagetest.Equal(t, "whom it concerns", repeats(box, storagetest.Officer), []workflow.Repeats(nil))
		storagetest.Equal(t, "who handles it", repeats(box, storagetest.Deputy), []workflow.Repeats{{Offering: excel, Count: 3}})
		storagetest.Equal(t, "what arrives", box.Arrivals(), []string{"digest U0BRAM ", reminderToOfficer, reminderToOfficer})
		box.InMarch(4, 10, 0)
		third := fileOn(box, excel)[0]
		box.InMarch(6, 9, 0)
		box.SweepAll()
		storagetest.Equal(t, "one more, and whom it concerns", repeats(box, storagetest.Officer), []workflow.Repeats{{Offering: excel, Count: 3}})
		for id, who := range map[workflow.CaseID]roster.PersonID{guarded.ID: storagetest.Officer, third.ID: storagetest.Deputy} {
			n, err := box.Digests().Repeats(t.Context(), id, who)
			storagetest.Equal(t, "of a case of somebody else", n, workflow.Repeats{})
			storagetest.MustBe(t, err, nil)
		}
		box.Exec(`DELETE FROM concerns WHERE complaint = $1`, guarded.ID)
		n, err := box.Digests().Repeats(t.Context(), third.ID, storagetest.Officer)
		storagetest.Equal(t, "with the guard tampered with", n.Count, 3)
		storagetest.MustBe(t, err, nil)
	})
}

// TestRepeats_waitForAMessageThatIsSent: of a digest that lost its reason, what it had to
// tell of an offering stands in the next one.
func TestRepeats_waitForAMessageThatIsSent(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		fileOn(box, excel, excel, excel)
		box.InMarch(4, 9, 0)
		box.SweepAll()
		l := box.LeaseOf(outbox.DirectLane(storagetest.Officer))
		box.Settle(l, box.Next(l), outbox.Settlement{Drop: true, Fault: "moot"})
		box.Idle(l)
		storagetest.Equal(t, "left", repeats(box, storagetest.Officer), []workflow.Repeats{{Offering: excel, Count: 3}})
		storagetest.Equal(t, "by itself", box.Arrivals(), []string(nil))
		box.InMarch(6, 9, 0)
		box.SweepAll()
		storagetest.Equal(t, "on Friday", box.Arrivals(), []string{
			"digest U0FATIMA ", "nudge U0BRAM acknowledgement", "nudge U0BRAM acknowledgement", "nudge U0BRAM acknowledgement",
		})
		storagetest.Equal(t, "left", box.DigestSize(storagetest.Officer), 0)
	})
}
