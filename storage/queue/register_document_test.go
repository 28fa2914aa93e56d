package queue_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// requestDocument announces a document and expects it to be a new one.
func requestDocument(reg *storagetest.Register, k outbox.DocumentKind, by roster.PersonID, gesture string) string {
	reg.Helper()
	id, repeated, err := reg.Documents().RequestDocument(reg.Context(), outbox.DocumentRequest{Kind: k, By: by, Gesture: gesture})
	if err != nil || repeated {
		reg.Fatalf("announce: repeated %v, %v", repeated, err)
	}
	return id
}

// registerOf is a document with the register, announced.
func registerOf(reg *storagetest.Register, k outbox.DocumentKind, to roster.PersonID, gesture string) outbox.Document {
	reg.Helper()
	return outbox.Document{ID: requestDocument(reg, k, to, gesture), Kind: k, To: to, Name: "register.xlsx", Content: paper}
}

// leaseDocument has the register sent to the officer and returns its delivery.
func leaseDocument(box *storagetest.Outbox, k outbox.DocumentKind, gesture string) (outbox.Document, outbox.Lease, outbox.Delivery) {
	box.Helper()
	o := registerOf(box.Register, k, storagetest.Officer, gesture)
	storagetest.MustBe(box, box.Documents().SendDocument(box.Context(), o), nil)
	l := box.Lease()
	return o, l, box.Next(l)
}

// recalledAt is when a document is taken back.
func recalledAt(reg *storagetest.Register, id string) time.Time {
	reg.Helper()
	var due int64
	if err := reg.Core().Read.Get(reg.Context(), &due, `SELECT due_at FROM outbox WHERE surface = 'recall' AND slot = $1`, id); err != nil {
		reg.Fatal(err)
	}
	return engine.FromMillis(due)
}

// concerning has the case corrected: it concerns that person.
func concerning(reg *storagetest.Register, id workflow.CaseID, who roster.PersonID, gesture string) {
	reg.Helper()
	about := storagetest.Sample()
	about.Particulars.Concerns = who
	reg.Do(id, storagetest.Deputy, gesture, workflow.Correct{File: about, Reason: "Het gaat over iemand van ons."})
}

// TestRegisterDocument_life: sealed while it waits, in Slack for a day, then
// taken back and forgotten.
func TestRegisterDocument_life(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		o, l, d := leaseDocument(box, outbox.DocumentIdentity, "g1")
		storagetest.Equal(t, "delivery", []any{d.Case, d.Payload}, []any{workflow.CaseID(""), outbox.DocumentFile{To: storagetest.Officer, ID: o.ID}})
		storagetest.Equal(t, "document", document(box, d), o)
		var kept []byte
		if err := box.Core().Read.Get(t.Context(), &kept, `SELECT sealed FROM outgoing_files`); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(kept, []byte("zaagmachine")) {
			t.Error("the document lies in the database as it is")
		}
		box.Settle(l, d, inSlack("F1"))
		box.Release(l)
		o.Content, o.File = nil, "F1"
		storagetest.Equal(t, "sent", document(box, d), o)
		storagetest.Equal(t, "kept content", box.Count(`SELECT count(*) FROM outgoing_files WHERE sealed IS NOT NULL`), 0)
		storagetest.Equal(t, "taken back at", recalledAt(box.Register, o.ID), box.Wall.Now().Add(queue.DocumentTime).UTC())
		box.Pass(queue.DocumentTime)
		l = box.Lease()
		box.Settle(l, box.Next(l), outbox.Settlement{Posted: &outbox.Posted{Edit: true}})
		box.Idle(l)
		storagetest.Equal(t, "documents left", box.Count(`SELECT count(*) FROM outgoing_files`), 0)
	})
}

// TestRegisterDocument_twoOfOnePerson: two are two deliveries, and one that fails does not
// hold up the other.
func TestRegisterDocument_twoOfOnePerson(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		for _, gesture := range []string{"g1", "g2"} {
			storagetest.MustBe(t, box.Documents().SendDocument(t.Context(), registerOf(box.Register, outbox.DocumentOverview, storagetest.Director, gesture)), nil)
		}
		l := box.Lease()
		first := box.Next(l)
		box.Settle(l, first, outbox.Settlement{Retry: box.Wall.Now().Add(time.Hour), Fault: "timeout"})
		second := box.Next(l)
		if first.Payload == second.Payload || first.Key == second.Key {
			t.Error("two documents are one delivery")
		}
	})
}

// TestRequestDocument_leavesALine: who had what made, readable with the key only,
// once for each gesture; and the chain holds.
func TestRequestDocument_leavesALine(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		id := requestDocument(reg, outbox.DocumentIdentity, storagetest.Officer, "g1")
		again, repeated, err := reg.Documents().RequestDocument(t.Context(), outbox.DocumentRequest{Kind: outbox.DocumentIdentity, By: storagetest.Officer, Gesture: "g1"})
		storagetest.Equal(t, "again", []any{again, repeated, err}, []any{id, true, nil})
		requestDocument(reg, outbox.DocumentOverview, storagetest.Director, "g2")
		var lines []journal.Entry
		query := `SELECT ` + journal.EntryColumns + ` FROM register_chain WHERE action = 'exported' ORDER BY line`
		if err := reg.Core().Read.All(t.Context(), &lines, query); err != nil {
			t.Fatal(err)
		}
		storagetest.Equal(t, "lines", len(lines), 2)
		storagetest.Equal(t, "kinds", []string{lines[0].Number, lines[1].Number}, []string{"register_identity", "register_overview"})
		for i, who := range []roster.PersonID{storagetest.Officer, storagetest.Director} {
			readable, err := reg.Core().Search.Open(fmt.Sprintf("person who exported in line %d", lines[i].Line), lines[i].Person)
			storagetest.Equal(t, "who", string(readable), string(who))
			storagetest.MustBe(t, err, nil)
			if bytes.Contains(lines[i].Person, []byte(who)) || bytes.Contains(lines[i].Actor, []byte(who)) {
				t.Error("the line says who as it is")
			}
		}
		storagetest.MustBe(t, reg.Verify(t.Context(), func(f journal.Finding) { t.Error(f) }), nil)
		reg.Exec(`UPDATE register_chain SET number = 'register' WHERE number = 'register_identity'`)
		found := 0
		if err := reg.Verify(t.Context(), func(journal.Finding) { found++ }); err != nil || found == 0 {
			t.Errorf("a changed line has %d findings, %v", found, err)
		}
	})
}

// TestRequestDocument_forbidden: the register asks the roster, whoever asks it.
func TestRequestDocument_forbidden(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		for _, a := range []outbox.DocumentRequest{
			{Kind: outbox.DocumentOverview, By: storagetest.Staff}, {Kind: outbox.DocumentIdentity, By: storagetest.Director},
			{Kind: outbox.DocumentRegister, By: storagetest.Director}, {Kind: outbox.DocumentPerson, By: storagetest.Staff}, {Kind: "", By: storagetest.Officer},
		} {
			_, _, err := reg.Documents().RequestDocument(t.Context(), a)
			storagetest.MustRefuse(t, err, workflow.CodeForbidden)
		}
		storagetest.Equal(t, "lines", reg.Count(`SELECT count(*) FROM register_chain WHERE action = 'exported'`), 0)
		storagetest.Equal(t, "documents", reg.Count(`SELECT count(*) FROM outgoing_files`), 0)
	})
}

// TestRegisterDocument_notRequested is not kept, nor is one for another person, of
// another kind, or a second one under one announcement.
func TestRegisterDocument_notRequested(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		o := registerOf(reg, outbox.DocumentRegister, storagetest.Officer, "g1")
		other, kind, none := o, o, o
		other.To, kind.Kind, none.ID = storagetest.Deputy, outbox.DocumentIdentity, "none"
		for _, bad := range []outbox.Document{other, kind, none} {
			storagetest.MustRefuse(t, reg.Documents().SendDocument(t.Context(), bad), workflow.CodeOutdated)
		}
		storagetest.MustBe(t, reg.Documents().SendDocument(t.Context(), o), nil)
		storagetest.MustRefuse(t, reg.Documents().SendDocument(t.Context(), o), workflow.CodeOutdated)
		storagetest.Equal(t, "deliveries", reg.Count(`SELECT count(*) FROM outbox WHERE surface = 'outgoing'`), 1)
	})
}

// TestRegisterDocument_neverMade: who was making it died. The next announcement
// forgets it, a day later.
func TestRegisterDocument_neverMade(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		requestDocument(box.Register, outbox.DocumentRegister, storagetest.Officer, "g1")
		box.Pass(queue.DocumentTime - time.Second)
		requestDocument(box.Register, outbox.DocumentRegister, storagetest.Officer, "g2")
		storagetest.Equal(t, "documents", box.Count(`SELECT count(*) FROM outgoing_files`), 2)
		box.Pass(time.Second)
		requestDocument(box.Register, outbox.DocumentRegister, storagetest.Officer, "g3")
		storagetest.Equal(t, "documents a day later", box.Count(`SELECT count(*) FROM outgoing_files`), 2)
	})
}

// TestRegisterDocument_withdrawnFromPersonConcerned: a correction shows that a case concerns who
// has the register, waits for it, or has it made at that moment. What was sent
// is taken back at once, what was not never is; others keep theirs.
func TestRegisterDocument_withdrawnFromPersonConcerned(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.FilePosted("log")
		other := registerOf(box.Register, outbox.DocumentRegister, storagetest.Deputy, "other")
		storagetest.MustBe(t, box.Documents().SendDocument(t.Context(), other), nil)
		l := box.Lease()
		box.Settle(l, box.Next(l), inSlack("F0"))
		box.Release(l)

		sent, l, d := leaseDocument(box, outbox.DocumentRegister, "sent")
		box.Settle(l, d, inSlack("F1"))
		uploading := registerOf(box.Register, outbox.DocumentIdentity, storagetest.Officer, "uploading")
		storagetest.MustBe(t, box.Documents().SendDocument(t.Context(), uploading), nil)
		underWay := box.Next(l)
		waiting := registerOf(box.Register, outbox.DocumentRegister, storagetest.Officer, "waiting")
		storagetest.MustBe(t, box.Documents().SendDocument(t.Context(), waiting), nil)
		making := registerOf(box.Register, outbox.DocumentRegister, storagetest.Officer, "making")

		concerning(box.Register, c.ID, storagetest.Officer, "correct")
		now := box.Wall.Now().UTC()
		storagetest.Equal(t, "sent", recalledAt(box.Register, sent.ID), now)
		storagetest.Equal(t, "another's", recalledAt(box.Register, other.ID), now.Add(queue.DocumentTime))
		box.Settle(l, underWay, inSlack("F2"))
		storagetest.Equal(t, "sent meanwhile", recalledAt(box.Register, uploading.ID), now)
		kept, err := box.Documents().Document(t.Context(), waiting.ID)
		storagetest.Equal(t, "waiting", []any{kept.Content, kept.Withdrawn, err}, []any{[]byte(nil), true, nil})
		storagetest.MustRefuse(t, box.Documents().SendDocument(t.Context(), making), workflow.CodeOutdated)
		storagetest.Equal(t, "kept content", box.Count(`SELECT count(*) FROM outgoing_files WHERE sealed IS NOT NULL`), 0)

		later := registerOf(box.Register, outbox.DocumentRegister, storagetest.Officer, "later") // without that case
		storagetest.MustBe(t, box.Documents().SendDocument(t.Context(), later), nil)
	})
}

// TestRegisterDocument_knownConcern withdraws nothing: the case was in no document
// of that person. It would tell them that something about them was changed.
func TestRegisterDocument_knownConcern(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.FileAbout("log", storagetest.Staff, storagetest.Officer)
		o := registerOf(box.Register, outbox.DocumentRegister, storagetest.Officer, "g1")
		storagetest.MustBe(t, box.Documents().SendDocument(t.Context(), o), nil)
		about := storagetest.Sample()
		about.Particulars.Concerns, about.Particulars.Phone = storagetest.Officer, "06 87654321"
		box.Do(c.ID, storagetest.Deputy, "g2", workflow.Correct{File: about, Reason: "Ander nummer."})
		kept, err := box.Documents().Document(t.Context(), o.ID)
		storagetest.Equal(t, "withdrawn", []any{kept.Withdrawn, err}, []any{false, nil})
	})
}

// TestRegisterDocument_withdrawnByPurge: what identifies goes with the case that may be in it,
// wherever it is; the register without identity stays for its day.
func TestRegisterDocument_withdrawnByPurge(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.FilePosted("log")
		box.CloseCase(c)
		box.Drain()
		box.Pass(time.Hour)
		box.Announced()
		box.Clock.Set(storagetest.AfterRetention)
		person, l, d := leaseDocument(box, outbox.DocumentPerson, "person")
		box.Settle(l, d, inSlack("F1"))
		plain := registerOf(box.Register, outbox.DocumentRegister, storagetest.Officer, "plain")
		overview := registerOf(box.Register, outbox.DocumentOverview, storagetest.Officer, "overview")
		for _, o := range []outbox.Document{plain, overview} {
			storagetest.MustBe(t, box.Documents().SendDocument(t.Context(), o), nil)
			box.Settle(l, box.Next(l), inSlack("F2"))
		}
		waiting := registerOf(box.Register, outbox.DocumentIdentity, storagetest.Deputy, "waiting")
		storagetest.MustBe(t, box.Documents().SendDocument(t.Context(), waiting), nil)

		box.SweepAll()
		storagetest.Equal(t, "erased cases", box.Count(`SELECT count(*) FROM complaints WHERE state = 'erased' AND id = $1`, c.ID), 1)
		now := box.Wall.Now().UTC()
		storagetest.Equal(t, "what identifies", recalledAt(box.Register, person.ID), now)
		for _, o := range []outbox.Document{plain, overview} {
			storagetest.Equal(t, "what does not", recalledAt(box.Register, o.ID), now.Add(queue.DocumentTime))
		}
		kept, err := box.Documents().Document(t.Context(), waiting.ID)
		storagetest.Equal(t, "waiting", []any{kept.Content, kept.Withdrawn, err}, []any{[]byte(nil), true, nil})
	})
}

// TestRegisterDocument_outlivesRotation: one that waits opens after a rotation, also in a
// process that comes after it.
func TestRegisterDocument_outlivesRotation(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		o := registerOf(reg, outbox.DocumentIdentity, storagetest.Officer, "g1")
		storagetest.MustBe(t, reg.Documents().SendDocument(t.Context(), o), nil)
		reg.Rotate()
		reg.Options.Keys = ringOfFile(reg)
		reg.Reopen(nil)
		kept, err := reg.Documents().Document(t.Context(), o.ID)
		storagetest.Equal(t, "document", []any{kept, err}, []any{o, nil})
	})
}

func ringOfFile(reg *storagetest.Register) *vault.Ring {
	reg.Helper()
	keys, err := vault.OpenKeyFile(reg.KeyFile())
	if err != nil {
		reg.Fatal(err)
	}
	return keys
}
