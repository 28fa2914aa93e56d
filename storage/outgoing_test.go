package storage

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

// paper stands for an encrypted document; here it reads itself.
var paper = []byte("%PDF-2.0 De zaagmachine was zoek")

// outgo has the document sent to the officer and returns its delivery.
func (s *sender) outgo(c *workflow.Complaint) (outbox.Lease, outbox.Delivery) {
	s.Helper()
	err := s.Documents().SendDocument(s.Context(), outbox.Document{Case: c.ID, To: officer, Name: "dossier-K-2026-0001.pdf", Content: paper})
	if err != nil {
		s.Fatal(err)
	}
	l := s.lease()
	return l, s.next(l)
}

func (s *sender) document(d outbox.Delivery) outbox.Document {
	s.Helper()
	o, err := s.Documents().Document(s.Context(), outbox.DocumentOf(d.Payload))
	if err != nil {
		s.Fatal(err)
	}
	return o
}

func inSlack(id string) outbox.Settlement {
	return outbox.Settlement{Posted: &outbox.Posted{Channel: "D0FATIMA", File: id, Version: 1}}
}

// TestDocumentOnItsWay: kept until it was sent, in Slack for a day, then taken
// back and forgotten.
func TestDocumentOnItsWay(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.fresh("g1")
		l, d := s.outgo(&c)
		equal(t, "lane", d.Lane, outbox.DirectLane(officer))
		equal(t, "delivery", []any{d.Kind(), d.Case, d.Recipient(), d.Threaded}, []any{outbox.KindDocument, c.ID, officer, false})
		equal(t, "document", s.document(d), outbox.Document{
			ID: outbox.DocumentOf(d.Payload), Case: c.ID, To: officer, Name: "dossier-K-2026-0001.pdf", Content: paper,
		})
		s.settle(l, d, inSlack("F1"))
		s.idle(l)
		s.release(l)
		equal(t, "sent", s.document(d), outbox.Document{ID: outbox.DocumentOf(d.Payload), Case: c.ID, To: officer, Name: "dossier-K-2026-0001.pdf", File: "F1"})
		equal(t, "kept content", s.count(`SELECT count(*) FROM outgoing_files WHERE sealed IS NOT NULL`), 0)
		equal(t, "waiting", s.backlog(), queue.Backlog{})

		s.pass(queue.DocumentTime - time.Millisecond)
		s.noLease()
		s.pass(time.Millisecond)
		l = s.lease()
		recall := s.next(l)
		equal(t, "recall", []any{recall.Payload, recall.Lane}, []any{outbox.DocumentRecall{To: officer, ID: outbox.DocumentOf(d.Payload)}, d.Lane})
		s.settle(l, recall, outbox.Settlement{Posted: &outbox.Posted{Edit: true}})
		s.idle(l)
		equal(t, "documents left", s.count(`SELECT count(*) FROM outgoing_files`), 0)
	})
}

func TestDocumentIsSealed(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c, other := s.fresh("g1"), s.fresh("g2")
		_, d := s.outgo(&c)
		var kept []byte
		if err := s.core.Read.Get(t.Context(), &kept, `SELECT sealed FROM outgoing_files`); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(kept, []byte("%PDF")) || bytes.Contains(kept, []byte("zaagmachine")) {
			t.Error("the document lies in the database as it is")
		}
		s.raw(`UPDATE outgoing_files SET complaint = $1`, string(other.ID))
		_, err := s.Documents().Document(t.Context(), outbox.DocumentOf(d.Payload))
		mustBe(t, err, vault.ErrSealed)
		s.raw(`UPDATE outgoing_files SET complaint = $1`, string(c.ID))
		s.raw(`DELETE FROM case_keys WHERE complaint = $1`, string(c.ID))
		_, err = s.Documents().Document(t.Context(), outbox.DocumentOf(d.Payload))
		mustRefuse(t, err, workflow.CodeNoSuchCase)
	})
}

// TestDocumentThatWaitedTooLong: after a day it is not sent any more, and the
// next attempt that fails forgets it.
func TestDocumentThatWaitedTooLong(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.fresh("g1")
		l, d := s.outgo(&c)
		again := func() { s.settle(l, d, outbox.Settlement{Retry: s.wall.Now(), Fault: "timeout"}) }
		again()
		equal(t, "content", s.document(d).Content, paper)
		s.pass(queue.DocumentTime)
		equal(t, "content after a day", s.document(d).Content, []byte(nil))
		l = s.lease()
		d = s.next(l)
		again()
		equal(t, "kept content", s.count(`SELECT count(*) FROM outgoing_files WHERE sealed IS NOT NULL`), 0)
		d = s.next(l)
		s.settle(l, d, s.posted(d)) // the person was told
		equal(t, "documents left", s.count(`SELECT count(*) FROM outgoing_files`), 0)
		s.noLease()
	})
}

func TestDocumentThatIsDropped(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.fresh("g1")
		l, d := s.outgo(&c)
		s.settle(l, d, outbox.Settlement{Drop: true, Fault: "moot"})
		equal(t, "documents left", s.count(`SELECT count(*) FROM outgoing_files`), 0)
		_, err := s.Documents().Document(t.Context(), outbox.DocumentOf(d.Payload))
		mustRefuse(t, err, workflow.CodeNoSuchCase)
		s.idle(l)
	})
}

// TestDocumentStaysWithItsPerson: a guarded case that gets another handler
// takes its messages along, but no document.
func TestDocumentStaysWithItsPerson(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.logAbout("g1", staff, officer)
		err := s.Documents().SendDocument(t.Context(), outbox.Document{Case: c.ID, To: deputy, Name: "dossier.pdf", Content: paper})
		if err != nil {
			t.Fatal(err)
		}
		s.do(c.ID, deputy, "g2", workflow.Assign{Owner: director})
		lanes := func(surface outbox.Kind) (n int) {
			return s.count(`SELECT count(*) FROM outbox WHERE surface = $1 AND lane = $2`, surface, string(outbox.DirectLane(director)))
		}
		equal(t, "case messages for the new handler", lanes(outbox.KindCase), 1)
		equal(t, "documents for the new handler", lanes(outbox.KindDocument), 0)
	})
}

// TestDocumentIsUploadedInPeace: its lane stays leased for as long as a large
// upload takes.
func TestDocumentIsUploadedInPeace(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.fresh("g1")
		l, d := s.outgo(&c)
		s.pass(outbox.SlowLeaseTime - time.Second)
		s.noLease()
		s.settle(l, d, inSlack("F1"))
		s.release(l)
		s.noLease()
	})
}

func TestDocumentOfNoCase(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		err := s.Documents().SendDocument(t.Context(), outbox.Document{Case: "none", To: officer, Name: "x.pdf", Content: paper})
		mustRefuse(t, err, workflow.CodeNoSuchCase)
	})
}

// TestDocumentOfSomebodyConcerned: it shows later that the case concerns who
// has a document of it; that is taken back at once.
func TestDocumentOfSomebodyConcerned(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		for _, uploading := range []bool{false, true} { // at the moment of the correction
			c := s.fresh(fmt.Sprint("log ", uploading))
			l, d := s.outgo(&c)
			about := sample()
			about.Particulars.Concerns = officer
			correct := func() {
				s.do(c.ID, deputy, fmt.Sprint("correct ", uploading), workflow.Correct{File: about, Reason: "Het gaat over haar."})
			}
			if uploading {
				correct()
			}
			s.settle(l, d, inSlack("F1"))
			s.release(l)
			if !uploading {
				correct()
			}
			var due int64
			err := s.core.Read.Get(t.Context(), &due, `SELECT due_at FROM outbox WHERE surface = 'recall' AND complaint = $1`, c.ID)
			if err != nil {
				t.Fatal(err)
			}
			equal(t, "taken back at", engine.FromMillis(due), s.wall.Now().UTC())
		}
	})
}

// TestExportIsInBothChains: the case's own journal tells of it, and the
// register's, and both hold.
func TestExportIsInBothChains(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.log("g1")
		h.do(c.ID, officer, "g2", workflow.Export{})
		equal(t, "journal lines", h.count(`SELECT count(*) FROM journal WHERE action = 'export' AND complaint = $1`, string(c.ID)), 1)
		equal(t, "register lines", h.count(`SELECT count(*) FROM register_chain WHERE action = 'exported' AND complaint = $1`, string(c.ID)), 1)
		err := h.Verify(t.Context(), func(f journal.Finding) { t.Error(f) })
		if err != nil {
			t.Error(err)
		}
		h.raw(`DELETE FROM register_chain WHERE action = 'exported'`)
		found := 0
		if err := h.Verify(t.Context(), func(journal.Finding) { found++ }); err != nil || found == 0 {
			t.Errorf("a register that lost the line has %d findings, %v", found, err)
		}
	})
}
