package storage

import (
	"errors"
	"testing"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/workflow"
)

// mailed logs a complaint and has its acknowledgement mailed.
func (s *sender) mailed(gesture string) workflow.Complaint {
	s.Helper()
	c := s.log(gesture)
	today := s.options.Policy.Calendar.Today(s.clock.Now())
	return s.do(c.ID, officer, gesture+" mailed", workflow.Acknowledge{Sent: workflow.Sent{
		Date: today, Way: workflow.WayEmail, Body: "Beste", Letter: "Onderwerp\n\nBeste", Mail: true,
	}})
}

// TestALetterIsFoundByItsVersion: what was recorded, to the address as it is
// now, under one key however often it is sent.
func TestALetterIsFoundByItsVersion(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.mailed("view:1")
		letter, err := s.Records().Letter(t.Context(), c.ID, c.Version)
		if err != nil {
			t.Fatal(err)
		}
		if letter.Kind != workflow.RecordAcknowledgement || letter.Text != "Onderwerp\n\nBeste" || letter.To != c.Particulars.Email ||
			!letter.At.Equal(s.clock.Now()) || letter.Language != c.Facts.Language {
			t.Errorf("kind %s, language %s, at %s", letter.Kind, letter.Language, letter.At)
		}
		again, err := s.Records().Letter(t.Context(), c.ID, c.Version)
		if err != nil || again.Key != letter.Key || letter.Key == "" {
			t.Errorf("keys %q and %q, %v", letter.Key, again.Key, err)
		}
		for _, version := range []int{1, 99} {
			if _, err := s.Records().Letter(t.Context(), c.ID, version); !workflow.Refused(err).Has(workflow.CodeNoSuchCase) {
				t.Errorf("version %d: %v", version, err)
			}
		}
		s.clean()
	})
}

// TestALetterHasALaneOfItsOwn: it waits for nothing in Slack, and what befell
// it at the moment of leaving is known to whoever comes next.
func TestALetterHasALaneOfItsOwn(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.mailed("view:1")
		var mail outbox.Lease
		for mail.Lane != outbox.LaneLetters {
			mail = s.lease() // the case channel's lane stays leased, and unsent
		}
		d := s.next(mail)
		if d.Kind() != outbox.KindLetter || d.Fault != "" || d.Threaded {
			t.Fatalf("%s, fault %q, threaded %v", show(d), d.Fault, d.Threaded)
		}
		if err := s.Queue().MarkSending(t.Context(), mail, d); err != nil {
			t.Fatal(err)
		}
		s.pass(outbox.LeaseTime)
		s.noMailLease(t)
		s.pass(outbox.LettersLeaseTime)
		var second outbox.Lease
		for second.Lane != outbox.LaneLetters {
			second = s.lease()
		}
		if d = s.next(second); d.Fault != outbox.FaultSending || d.Attempts != 2 {
			t.Errorf("fault %q at attempt %d", d.Fault, d.Attempts)
		}
		if err := s.Queue().MarkSending(t.Context(), mail, d); !errors.Is(err, queue.ErrLeaseLost) {
			t.Errorf("a sender that came too late: %v", err)
		}
		s.settle(second, d, outbox.Settlement{Done: true})
		s.idle(second)
	})
}

// noMailLease expects that nobody may send letters now.
func (s *sender) noMailLease(t *testing.T) {
	t.Helper()
	for {
		l, ok, err := s.Queue().Lease(t.Context())
		if err != nil || l.Lane == outbox.LaneLetters {
			t.Fatalf("lane %q, %v", l.Lane, err)
		}
		if !ok {
			return
		}
	}
}
