package queue_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

// paper stands for an encrypted document; here it reads itself.
var paper = []byte("%PDF-2.0 De zaagmachine was zoek")

// leaseCaseDocument has the document sent to the officer and returns its delivery.
func leaseCaseDocument(box *storagetest.Outbox, c *workflow.Complaint) (outbox.Lease, outbox.Delivery) {
	box.Helper()
	err := box.Documents().SendDocument(box.Context(), outbox.Document{Case: c.ID, To: storagetest.Officer, Name: "dossier-K-2026-0001.pdf", Content: paper})
	if err != nil {
		box.Fatal(err)
	}
	l := box.Lease()
	return l, box.Next(l)
}

func document(box *storagetest.Outbox, d outbox.Delivery) outbox.Document {
	box.Helper()
	o, err := box.Documents().Document(box.Context(), outbox.DocumentOf(d.Payload))
	if err != nil {
		box.Fatal(err)
	}
	return o
}

func inSlack(id string) outbox.Settlement {
	return outbox.Settlement{Posted: &outbox.Posted{Channel: "D0FATIMA", File: id, Version: 1}}
}

// TestDocument_life: kept until it was sent, in Slack for a day, then taken
// back and forgotten.
func TestDocument_life(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.FilePosted("g1")
		l, d := leaseCaseDocument(box, &c)
		storagetest.Equal(t, "lane", d.Lane, outbox.DirectLane(storagetest.Officer))
		storagetest.Equal(t, "delivery", []any{d.Kind(), d.Case, d.Recipient(), d.Threaded}, []any{outbox.KindDocument, c.ID, storagetest.Officer, false})
		storagetest.Equal(t, "document", document(box, d), outbox.Document{
			ID: outbox.DocumentOf(d.Payload), Case: c.ID, To: storagetest.Officer, Name: "dossier-K-2026-0001.pdf", Content: paper,
		})
		box.Settle(l, d, inSlack("F1"))
		box.Idle(l)
		box.Release(l)
		storagetest.Equal(t, "sent", document(box, d), outbox.Document{ID: outbox.DocumentOf(d.Payload), Case: c.ID, To: storagetest.Officer, Name: "dossier-K-2026-0001.pdf", File: "F1"})
		storagetest.Equal(t, "kept content", box.Count(`SELECT count(*) FROM outgoing_files WHERE sealed IS NOT NULL`), 0)
		storagetest.Equal(t, "waiting", backlog(box), queue.Backlog{})

		box.Pass(queue.DocumentTime - time.Millisecond)
		box.NoLease()
		box.Pass(time.Millisecond)
		l = box.Lease()
		recall := box.Next(l)
		storagetest.Equal(t, "recall", []any{recall.Payload, recall.Lane}, []any{outbox.DocumentRecall{To: storagetest.Officer, ID: outbox.DocumentOf(d.Payload)}, d.Lane})
		box.Settle(l, recall, outbox.Settlement{Posted: &outbox.Posted{Edit: true}})
		box.Idle(l)
		storagetest.Equal(t, "documents left", box.Count(`SELECT count(*) FROM outgoing_files`), 0)
	})
}

func TestDocument_sealed(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c, other := box.FilePosted("g1"), box.FilePosted("g2")
		_, d := leaseCaseDocument(box, &c)
		var kept []byte
		if err := box.Core().Read.Get(t.Context(), &kept, `SELECT sealed FROM outgoing_files`); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(kept, []byte("%PDF")) || bytes.Contains(kept, []byte("zaagmachine")) {
			t.Error("the document lies in the database as it is")
		}
		box.Exec(`UPDATE outgoing_files SET complaint = $1`, string(other.ID))
		_, err := box.Documents().Document(t.Context(), outbox.DocumentOf(d.Payload))
		storagetest.MustBe(t, err, vault.ErrSealed)
		box.Exec(`UPDATE outgoing_files SET complaint = $1`, string(c.ID))
		box.Exec(`DELETE FROM case_keys WHERE complaint = $1`, string(c.ID))
		_, err = box.Documents().Document(t.Context(), outbox.DocumentOf(d.Payload))
		storagetest.MustRefuse(t, err, workflow.CodeNoSuchCase)
	})
}

// TestDocument_waitedTooLong: after a day it is not sent any more, and the
// next attempt that fails forgets it.
func TestDocument_waitedTooLong(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.FilePosted("g1")
		l, d := leaseCaseDocument(box, &c)
		again := func() { box.Settle(l, d, outbox.Settlement{Retry: box.Wall.Now(), Fault: "timeout"}) }
		again()
		storagetest.Equal(t, "content", document(box, d).Content, paper)
		box.Pass(queue.DocumentTime)
		storagetest.Equal(t, "content after a day", document(box, d).Content, []byte(nil))
		l = box.Lease()
		d = box.Next(l)
		again()
		storagetest.Equal(t, "kept content", box.Count(`SELECT count(*) FROM outgoing_files WHERE sealed IS NOT NULL`), 0)
		d = box.Next(l)
		box.Settle(l, d, box.Posted(d)) // the person was told
		storagetest.Equal(t, "documents left", box.Count(`SELECT count(*) FROM outgoing_files`), 0)
		box.NoLease()
	})
}

func TestDocument_dropped(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.FilePosted("g1")
		l, d := leaseCaseDocument(box, &c)
		box.Settle(l, d, outbox.Settlement{Drop: true, Fault: "moot"})
		storagetest.Equal(t, "documents left", box.Count(`SELECT count(*) FROM outgoing_files`), 0)
		_, err := box.Documents().Document(t.Context(), outbox.DocumentOf(d.Payload))
		storagetest.MustRefuse(t, err, workflow.CodeNoSuchCase)
		box.Idle(l)
	})
}

// TestDocument_staysWithItsPerson: a guarded case that gets another handler
// takes its messages along, but no document.
func TestDocument_staysWithItsPerson(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.FileAbout("g1", storagetest.Staff, storagetest.Officer)
		err := box.Documents().SendDocument(t.Context(), outbox.Document{Case: c.ID, To: storagetest.Deputy, Name: "dossier.pdf", Content: paper})
		if err != nil {
			t.Fatal(err)
		}
		box.Do(c.ID, storagetest.Deputy, "g2", workflow.Assign{Owner: storagetest.Director})
		lanes := func(surface outbox.Kind) (n int) {
			return box.Count(`SELECT count(*) FROM outbox WHERE surface = $1 AND lane = $2`, surface, string(outbox.DirectLane(storagetest.Director)))
		}
		storagetest.Equal(t, "case messages for the new handler", lanes(outbox.KindCase), 1)
		storagetest.Equal(t, "documents for the new handler", lanes(outbox.KindDocument), 0)
	})
}

// TestDocument_leasedForAnUpload: its lane stays leased for as long as a large
// upload takes.
func TestDocument_leasedForAnUpload(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.FilePosted("g1")
		l, d := leaseCaseDocument(box, &c)
		box.Pass(outbox.SlowLeaseTime - time.Second)
		box.NoLease()
		box.Settle(l, d, inSlack("F1"))
		box.Release(l)
		box.NoLease()
	})
}

func TestDocument_ofNoCase(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		err := box.Documents().SendDocument(t.Context(), outbox.Document{Case: "none", To: storagetest.Officer, Name: "x.pdf", Content: paper})
		storagetest.MustRefuse(t, err, workflow.CodeNoSuchCase)
	})
}

// TestDocument_withdrawnFromPersonConcerned: it shows later that the case concerns who
// has a document of it; that is taken back at once.
func TestDocument_withdrawnFromPersonConcerned(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		for _, uploading := range []bool{false, true} { // at the moment of the correction
			c := box.FilePosted(fmt.Sprint("log ", uploading))
			l, d := leaseCaseDocument(box, &c)
			about := storagetest.Sample()
			about.Particulars.Concerns = storagetest.Officer
			correct := func() {
				box.Do(c.ID, storagetest.Deputy, fmt.Sprint("correct ", uploading), workflow.Correct{File: about, Reason: "Het gaat over haar."})
			}
			if uploading {
				correct()
			}
			box.Settle(l, d, inSlack("F1"))
			box.Release(l)
			if !uploading {
				correct()
			}
			var due int64
			err := box.Core().Read.Get(t.Context(), &due, `SELECT due_at FROM outbox WHERE surface = 'recall' AND complaint = $1`, c.ID)
			if err != nil {
				t.Fatal(err)
			}
			storagetest.Equal(t, "taken back at", engine.FromMillis(due), box.Wall.Now().UTC())
		}
	})
}
