package records_test

import (
	"errors"
	"strconv"
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

// TestLetter_sentByHand: while it waits an officer can say that they sent it.
// Nothing leaves afterwards, whoever has it in hand, and it is said once.
func TestLetter_sentByHand(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := mailed(box, "view:1")
		own := func(gesture string, version int) (workflow.Result, error) {
			return box.Apply(t.Context(), workflow.Command{
				Case: c.ID, Action: workflow.MailSelf{Version: version}, By: storagetest.Officer, Gesture: gesture,
			})
		}
		mail := box.LeaseOf(outbox.LaneLetters)
		d := box.Next(mail)
		done, err := own("press 1", c.Version)
		if err != nil {
			t.Fatal(err)
		}
		if err := box.Queue().MarkSending(t.Context(), mail, d); !errors.Is(err, queue.ErrLeaseLost) {
			t.Errorf("a letter that was sent by hand may leave: %v", err)
		}
		if err := box.Queue().MarkReporting(t.Context(), mail, d); !errors.Is(err, queue.ErrLeaseLost) {
			t.Errorf("a letter that was sent by hand may fail: %v", err)
		}
		box.Settle(mail, d, outbox.Settlement{Retry: box.Wall.Now(), Fault: "smtp_held"})
		box.Idle(mail)
		if again, err := own("press 1", c.Version); err != nil || !again.Repeated {
			t.Errorf("the same press again: %v, %v", again.Repeated, err)
		}
		if _, err := own("press 2", c.Version); !workflow.Refused(err).Has(workflow.CodeMailNotWaits) {
			t.Errorf("a second press: %v", err)
		}
		if _, err := own("press 3", done.Complaint.Version+1); !workflow.Refused(err).Has(workflow.CodeNotNow) {
			t.Errorf("a letter that is not there: %v", err)
		}
		records, err := box.Records().Dossier(t.Context(), c.ID)
		if last := records[len(records)-1]; err != nil || last.Kind != workflow.RecordMailSelf || last.By != storagetest.Officer {
			t.Errorf("the dossier ends with %s: %v", last.Kind, err)
		}
		if p, _ := done.Complaint.Promise(workflow.PromiseAcknowledgement); p.Open() {
			t.Error("the promise is open again")
		}
		box.MustVerify()
	})
}

// TestLetter_leavingCanNotBeSentByHand: at the moment at which it leaves, or at
// which the case is told what became of it, nobody ends it.
func TestLetter_leavingCanNotBeSentByHand(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := mailed(box, "view:1")
		mail := box.LeaseOf(outbox.LaneLetters)
		d := box.Next(mail)
		for gesture, mark := range map[string]func() error{
			"press 1": func() error { return box.Queue().MarkSending(t.Context(), mail, d) },
			"press 2": func() error { return box.Queue().MarkReporting(t.Context(), mail, d) },
		} {
			if err := mark(); err != nil {
				t.Fatal(err)
			}
			_, err := box.Apply(t.Context(), workflow.Command{
				Case: c.ID, Action: workflow.MailSelf{Version: c.Version}, By: storagetest.Officer, Gesture: gesture,
			})
			if !workflow.Refused(err).Has(workflow.CodeMailLeaving) {
				t.Errorf("while it leaves: %v", err)
			}
		}
		box.Settle(mail, d, outbox.Settlement{Retry: box.Wall.Now(), Fault: "smtp_letter_451"})
		c = box.Do(c.ID, storagetest.Officer, "press 3", workflow.MailSelf{Version: c.Version})
		box.Idle(mail)
		box.MustVerify()
	})
}

// TestLetter_leavesOrIsSentByHand: of two replicas at once, one that sends and
// one where the officer presses, exactly one has its way.
func TestLetter_leavesOrIsSentByHand(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		for n := range 6 {
			gesture := "view:" + strconv.Itoa(n)
			c := mailed(box, gesture)
			mail := box.LeaseOf(outbox.LaneLetters)
			d := box.Next(mail)
			pressed, sent := make(chan error), make(chan error)
			go func() {
				_, err := box.Apply(t.Context(), workflow.Command{
					Case: c.ID, Action: workflow.MailSelf{Version: c.Version}, By: storagetest.Officer, Gesture: gesture + " press",
				})
				pressed <- err
			}()
			go func() { sent <- box.Queue().MarkSending(t.Context(), mail, d) }()
			byHand, leaves := <-pressed, <-sent
			if (byHand == nil) == (leaves == nil) {
				t.Fatalf("by hand: %v; leaves: %v", byHand, leaves)
			}
			box.Settle(mail, d, outbox.Settlement{Done: true})
			box.Idle(mail)
			box.Pass(2 * outbox.LettersLeaseTime)
		}
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
