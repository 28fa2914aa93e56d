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
	"github.com/artra/klachtbot/workflow/roster"
)

// announce announces a document and expects it to be a new one.
func (h *house) announce(k outbox.DocumentKind, by roster.PersonID, gesture string) string {
	h.Helper()
	id, repeated, err := h.Documents().RequestDocument(h.Context(), outbox.DocumentRequest{Kind: k, By: by, Gesture: gesture})
	if err != nil || repeated {
		h.Fatalf("announce: repeated %v, %v", repeated, err)
	}
	return id
}

// registerOf is a document with the register, announced.
func (h *house) registerOf(k outbox.DocumentKind, to roster.PersonID, gesture string) outbox.Document {
	h.Helper()
	return outbox.Document{ID: h.announce(k, to, gesture), Kind: k, To: to, Name: "register.xlsx", Content: paper}
}

// hand has the register sent to the officer and returns its delivery.
func (s *sender) hand(k outbox.DocumentKind, gesture string) (outbox.Document, outbox.Lease, outbox.Delivery) {
	s.Helper()
	o := s.registerOf(k, officer, gesture)
	mustBe(s, s.Documents().SendDocument(s.Context(), o), nil)
	l := s.lease()
	return o, l, s.next(l)
}

// recalledAt is when a document is taken back.
func (h *house) recalledAt(id string) time.Time {
	h.Helper()
	var due int64
	if err := h.core.Read.Get(h.Context(), &due, `SELECT due_at FROM outbox WHERE surface = 'recall' AND slot = $1`, id); err != nil {
		h.Fatal(err)
	}
	return engine.FromMillis(due)
}

// concerning has the case corrected: it concerns that person.
func (h *house) concerning(id workflow.CaseID, who roster.PersonID, gesture string) {
	h.Helper()
	about := sample()
	about.Particulars.Concerns = who
	h.do(id, deputy, gesture, workflow.Correct{File: about, Reason: "Het gaat over iemand van ons."})
}

// TestDocumentOfTheRegister: sealed while it waits, in Slack for a day, then
// taken back and forgotten.
func TestDocumentOfTheRegister(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		o, l, d := s.hand(outbox.DocumentIdentity, "g1")
		equal(t, "delivery", []any{d.Case, d.Payload}, []any{workflow.CaseID(""), outbox.DocumentFile{To: officer, ID: o.ID}})
		equal(t, "document", s.document(d), o)
		var kept []byte
		if err := s.core.Read.Get(t.Context(), &kept, `SELECT sealed FROM outgoing_files`); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(kept, []byte("zaagmachine")) {
			t.Error("the document lies in the database as it is")
		}
		s.settle(l, d, inSlack("F1"))
		s.release(l)
		o.Content, o.File = nil, "F1"
		equal(t, "sent", s.document(d), o)
		equal(t, "kept content", s.count(`SELECT count(*) FROM outgoing_files WHERE sealed IS NOT NULL`), 0)
		equal(t, "taken back at", s.recalledAt(o.ID), s.wall.Now().Add(queue.DocumentTime).UTC())
		s.pass(queue.DocumentTime)
		l = s.lease()
		s.settle(l, s.next(l), outbox.Settlement{Posted: &outbox.Posted{Edit: true}})
		s.idle(l)
		equal(t, "documents left", s.count(`SELECT count(*) FROM outgoing_files`), 0)
	})
}

// TestDocumentsOfOnePerson: two are two deliveries, and one that fails does not
// hold up the other.
func TestDocumentsOfOnePerson(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		for _, gesture := range []string{"g1", "g2"} {
			mustBe(t, s.Documents().SendDocument(t.Context(), s.registerOf(outbox.DocumentOverview, director, gesture)), nil)
		}
		l := s.lease()
		first := s.next(l)
		s.settle(l, first, outbox.Settlement{Retry: s.wall.Now().Add(time.Hour), Fault: "timeout"})
		second := s.next(l)
		if first.Payload == second.Payload || first.Key == second.Key {
			t.Error("two documents are one delivery")
		}
	})
}

// TestAnnouncementLeavesALine: who had what made, readable with the key only,
// once for each gesture; and the chain holds.
func TestAnnouncementLeavesALine(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		id := h.announce(outbox.DocumentIdentity, officer, "g1")
		again, repeated, err := h.Documents().RequestDocument(t.Context(), outbox.DocumentRequest{Kind: outbox.DocumentIdentity, By: officer, Gesture: "g1"})
		equal(t, "again", []any{again, repeated, err}, []any{id, true, nil})
		h.announce(outbox.DocumentOverview, director, "g2")
		var lines []journal.Entry
		query := `SELECT ` + journal.EntryColumns + ` FROM register_chain WHERE action = 'exported' ORDER BY line`
		if err := h.core.Read.All(t.Context(), &lines, query); err != nil {
			t.Fatal(err)
		}
		equal(t, "lines", len(lines), 2)
		equal(t, "kinds", []string{lines[0].Number, lines[1].Number}, []string{"register_identity", "register_overview"})
		for i, who := range []roster.PersonID{officer, director} {
			readable, err := h.core.Search.Open(fmt.Sprintf("person who exported in line %d", lines[i].Line), lines[i].Person)
			equal(t, "who", string(readable), string(who))
			mustBe(t, err, nil)
			if bytes.Contains(lines[i].Person, []byte(who)) || bytes.Contains(lines[i].Actor, []byte(who)) {
				t.Error("the line says who as it is")
			}
		}
		mustBe(t, h.Verify(t.Context(), func(f journal.Finding) { t.Error(f) }), nil)
		h.raw(`UPDATE register_chain SET number = 'register' WHERE number = 'register_identity'`)
		found := 0
		if err := h.Verify(t.Context(), func(journal.Finding) { found++ }); err != nil || found == 0 {
			t.Errorf("a changed line has %d findings, %v", found, err)
		}
	})
}

// TestAnnouncementForWhoMayNot: the register asks the roster, whoever asks it.
func TestAnnouncementForWhoMayNot(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		for _, a := range []outbox.DocumentRequest{
			{Kind: outbox.DocumentOverview, By: staff}, {Kind: outbox.DocumentIdentity, By: director},
			{Kind: outbox.DocumentRegister, By: director}, {Kind: outbox.DocumentPerson, By: staff}, {Kind: "", By: officer},
		} {
			_, _, err := h.Documents().RequestDocument(t.Context(), a)
			mustRefuse(t, err, workflow.CodeForbidden)
		}
		equal(t, "lines", h.count(`SELECT count(*) FROM register_chain WHERE action = 'exported'`), 0)
		equal(t, "documents", h.count(`SELECT count(*) FROM outgoing_files`), 0)
	})
}

// TestDocumentThatNobodyAnnounced is not kept, nor is one for another person, of
// another kind, or a second one under one announcement.
func TestDocumentThatNobodyAnnounced(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		o := h.registerOf(outbox.DocumentRegister, officer, "g1")
		other, kind, none := o, o, o
		other.To, kind.Kind, none.ID = deputy, outbox.DocumentIdentity, "none"
		for _, bad := range []outbox.Document{other, kind, none} {
			mustRefuse(t, h.Documents().SendDocument(t.Context(), bad), workflow.CodeOutdated)
		}
		mustBe(t, h.Documents().SendDocument(t.Context(), o), nil)
		mustRefuse(t, h.Documents().SendDocument(t.Context(), o), workflow.CodeOutdated)
		equal(t, "deliveries", h.count(`SELECT count(*) FROM outbox WHERE surface = 'outgoing'`), 1)
	})
}

// TestDocumentThatWasNeverMade: who was making it died. The next announcement
// forgets it, a day later.
func TestDocumentThatWasNeverMade(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.announce(outbox.DocumentRegister, officer, "g1")
		s.pass(queue.DocumentTime - time.Second)
		s.announce(outbox.DocumentRegister, officer, "g2")
		equal(t, "documents", s.count(`SELECT count(*) FROM outgoing_files`), 2)
		s.pass(time.Second)
		s.announce(outbox.DocumentRegister, officer, "g3")
		equal(t, "documents a day later", s.count(`SELECT count(*) FROM outgoing_files`), 2)
	})
}

// TestDocumentsOfSomebodyConcerned: a correction shows that a case concerns who
// has the register, waits for it, or has it made at that moment. What was sent
// is taken back at once, what was not never is; others keep theirs.
func TestDocumentsOfSomebodyConcerned(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.fresh("log")
		other := s.registerOf(outbox.DocumentRegister, deputy, "other")
		mustBe(t, s.Documents().SendDocument(t.Context(), other), nil)
		l := s.lease()
		s.settle(l, s.next(l), inSlack("F0"))
		s.release(l)

		sent, l, d := s.hand(outbox.DocumentRegister, "sent")
		s.settle(l, d, inSlack("F1"))
		uploading := s.registerOf(outbox.DocumentIdentity, officer, "uploading")
		mustBe(t, s.Documents().SendDocument(t.Context(), uploading), nil)
		underWay := s.next(l)
		waiting := s.registerOf(outbox.DocumentRegister, officer, "waiting")
		mustBe(t, s.Documents().SendDocument(t.Context(), waiting), nil)
		making := s.registerOf(outbox.DocumentRegister, officer, "making")

		s.concerning(c.ID, officer, "correct")
		now := s.wall.Now().UTC()
		equal(t, "sent", s.recalledAt(sent.ID), now)
		equal(t, "another's", s.recalledAt(other.ID), now.Add(queue.DocumentTime))
		s.settle(l, underWay, inSlack("F2"))
		equal(t, "sent meanwhile", s.recalledAt(uploading.ID), now)
		kept, err := s.Documents().Document(t.Context(), waiting.ID)
		equal(t, "waiting", []any{kept.Content, kept.Withdrawn, err}, []any{[]byte(nil), true, nil})
		mustRefuse(t, s.Documents().SendDocument(t.Context(), making), workflow.CodeOutdated)
		equal(t, "kept content", s.count(`SELECT count(*) FROM outgoing_files WHERE sealed IS NOT NULL`), 0)

		later := s.registerOf(outbox.DocumentRegister, officer, "later") // without that case
		mustBe(t, s.Documents().SendDocument(t.Context(), later), nil)
	})
}

// TestCorrectionOfAKnownConcern withdraws nothing: the case was in no document
// of that person. It would tell them that something about them was changed.
func TestCorrectionOfAKnownConcern(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.logAbout("log", staff, officer)
		o := s.registerOf(outbox.DocumentRegister, officer, "g1")
		mustBe(t, s.Documents().SendDocument(t.Context(), o), nil)
		about := sample()
		about.Particulars.Concerns, about.Particulars.Phone = officer, "06 87654321"
		s.do(c.ID, deputy, "g2", workflow.Correct{File: about, Reason: "Ander nummer."})
		kept, err := s.Documents().Document(t.Context(), o.ID)
		equal(t, "withdrawn", []any{kept.Withdrawn, err}, []any{false, nil})
	})
}

// TestPurgeWithdraws: what identifies goes with the case that may be in it,
// wherever it is; the register without identity stays for its day.
func TestPurgeWithdraws(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.fresh("log")
		s.closed(c)
		s.drain()
		s.pass(time.Hour)
		s.clock.set(afterwards)
		person, l, d := s.hand(outbox.DocumentPerson, "person")
		s.settle(l, d, inSlack("F1"))
		plain := s.registerOf(outbox.DocumentRegister, officer, "plain")
		overview := s.registerOf(outbox.DocumentOverview, officer, "overview")
		for _, o := range []outbox.Document{plain, overview} {
			mustBe(t, s.Documents().SendDocument(t.Context(), o), nil)
			s.settle(l, s.next(l), inSlack("F2"))
		}
		waiting := s.registerOf(outbox.DocumentIdentity, deputy, "waiting")
		mustBe(t, s.Documents().SendDocument(t.Context(), waiting), nil)

		s.sweepAll()
		equal(t, "erased cases", s.count(`SELECT count(*) FROM complaints WHERE state = 'erased' AND id = $1`, c.ID), 1)
		now := s.wall.Now().UTC()
		equal(t, "what identifies", s.recalledAt(person.ID), now)
		for _, o := range []outbox.Document{plain, overview} {
			equal(t, "what does not", s.recalledAt(o.ID), now.Add(queue.DocumentTime))
		}
		kept, err := s.Documents().Document(t.Context(), waiting.ID)
		equal(t, "waiting", []any{kept.Content, kept.Withdrawn, err}, []any{[]byte(nil), true, nil})
	})
}

// TestDocumentOutlivesRotation: one that waits opens after a rotation, also in a
// process that comes after it.
func TestDocumentOutlivesRotation(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		o := h.registerOf(outbox.DocumentIdentity, officer, "g1")
		mustBe(t, h.Documents().SendDocument(t.Context(), o), nil)
		h.rotate()
		h.options.Keys = h.ringOfFile()
		h.reopen(nil)
		kept, err := h.Documents().Document(t.Context(), o.ID)
		equal(t, "document", []any{kept, err}, []any{o, nil})
	})
}

func (h *house) ringOfFile() *vault.Ring {
	h.Helper()
	keys, err := vault.OpenKeyFile(h.keyFile())
	if err != nil {
		h.Fatal(err)
	}
	return keys
}
