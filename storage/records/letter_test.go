package records_test

import (
	"errors"
	"testing"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
)

// mailed logs a complaint and has its acknowledgement mailed.
func mailed(box *storagetest.Outbox, gesture string) workflow.Complaint {
	box.Helper()
	c := box.File(gesture)
	today := box.Options.Policy.Calendar.Today(box.Clock.Now())
	return box.Do(c.ID, storagetest.Officer, gesture+" mailed", workflow.Acknowledge{Sent: workflow.Sent{
		Date: today, Way: workflow.WayEmail, Body: "Beste", Letter: "Onderwerp\n\nBeste", Mail: true,
	}})
}

// TestLetter_foundByVersion: what was recorded, to the address as it is
// now, under one key however often it is sent.
func TestLetter_foundByVersion(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := mailed(box, "view:1")
		letter, err := box.Records().Letter(t.Context(), c.ID, c.Version)
		if err != nil {
			t.Fatal(err)
		}
		if letter.Kind != workflow.RecordAcknowledgement || letter.Text != "Onderwerp\n\nBeste" || letter.To != c.Particulars.Email ||
			!letter.At.Equal(box.Clock.Now()) || letter.Language != c.Facts.Language {
			t.Errorf("kind %s, language %s, at %s", letter.Kind, letter.Language, letter.At)
		}
		again, err := box.Records().Letter(t.Context(), c.ID, c.Version)
		if err != nil || again.Key != letter.Key || letter.Key == "" {
			t.Errorf("keys %q and %q, %v", letter.Key, again.Key, err)
		}
		for _, version := range []int{1, 99} {
			if _, err := box.Records().Letter(t.Context(), c.ID, version); !workflow.Refused(err).Has(workflow.CodeNoSuchCase) {
				t.Errorf("version %d: %v", version, err)
			}
		}
		box.MustVerify()
	})
}

// TestLetter_laneOfItsOwn: it waits for nothing in Slack, and what befell
// it at the moment of leaving is known to whoever comes next.
func TestLetter_laneOfItsOwn(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		mailed(box, "view:1")
		var mail outbox.Lease
		for mail.Lane != outbox.LaneLetters {
			mail = box.Lease() // the case channel's lane stays leased, and unsent
		}
		d := box.Next(mail)
		if d.Kind() != outbox.KindLetter || d.Fault != "" || d.Threaded {
			t.Fatalf("%s, fault %q, threaded %v", storagetest.Show(d), d.Fault, d.Threaded)
		}
		if err := box.Queue().MarkSending(t.Context(), mail, d); err != nil {
			t.Fatal(err)
		}
		box.Pass(outbox.LeaseTime)
		noMailLease(box, t)
		box.Pass(outbox.LettersLeaseTime)
		var second outbox.Lease
		for second.Lane != outbox.LaneLetters {
			second = box.Lease()
		}
		if d = box.Next(second); d.Fault != outbox.FaultSending || d.Attempts != 2 {
			t.Errorf("fault %q at attempt %d", d.Fault, d.Attempts)
		}
		if err := box.Queue().MarkSending(t.Context(), mail, d); !errors.Is(err, queue.ErrLeaseLost) {
			t.Errorf("a sender that came too late: %v", err)
		}
		box.Settle(second, d, outbox.Settlement{Done: true})
		box.Idle(second)
	})
}

// noMailLease expects that nobody may send letters now.
func noMailLease(box *storagetest.Outbox, t *testing.T) {
	t.Helper()
	for {
		l, ok, err := box.Queue().Lease(t.Context())
		if err != nil || l.Lane == outbox.LaneLetters {
			t.Fatalf("lane %q, %v", l.Lane, err)
		}
		if !ok {
			return
		}
	}
}
