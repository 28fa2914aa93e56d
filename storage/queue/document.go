package queue

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// A document that leaves through Slack: kept sealed until it was sent, then
// forgotten, and taken back out of Slack a day later. Its outbox rows stand in
// no order with the case's other messages (version 0), and say which document
// in what.

// DocumentTime is how long a document may wait for Slack, and how long it may
// stay there, by the wall clock.
const DocumentTime = 24 * time.Hour

// Documents keeps documents until they were sent.
type Documents struct {
	*core.Core
	writer  *Writer
	cases   *cases.Reader
	journal *journal.Journal
}

// NewDocuments returns the documents that w has sent.
func NewDocuments(w *Writer, c *cases.Reader, j *journal.Journal) *Documents {
	return &Documents{w.Core, w, c, j}
}

const (
	insertDocument = `
INSERT INTO outgoing_files (id, complaint, person, name, sealed, file, delete_at) VALUES ($1, $2, $3, $4, $5, '', $6)`

	documentByID = `
SELECT id, complaint, kind, person, name, sealed, file, delete_at, withdrawn FROM outgoing_files WHERE id = $1`
)

// SendDocument keeps a document, sealed with its case's key, until it was sent to one
// person as a direct message, and queues that. Who asks has applied
// workflow.Export before. It fails with workflow.CodeNoSuchCase when the case is
// gone. A document of no case has the ID that RequestDocument gave it.
func (docs *Documents) SendDocument(ctx context.Context, o outbox.Document) error {
	if o.Case == "" {
		return docs.sendRegisterDocument(ctx, o)
	}
	o.ID = rand.Text()
	key, err := docs.cases.DataKey(ctx, o.Case)
	if err != nil {
		return err
	}
	sealed, err := key.Seal(purposeDocument(o.ID), o.Content)
	if err != nil {
		return fmt.Errorf("seal document: %w", err)
	}
	err = docs.Change(ctx, func(tx engine.Tx) error { return docs.store(ctx, tx, o, sealed) })
	if err != nil {
		return fmt.Errorf("document of case %s: %w", o.Case, err)
	}
	docs.writer.Wake()
	return nil
}

func (docs *Documents) store(ctx context.Context, tx engine.Tx, o outbox.Document, sealed []byte) error {
	n, err := tx.Exec(ctx, cases.Lock, o.Case)
	switch {
	case err != nil:
		return fmt.Errorf("lock case: %w", err)
	case n == 0:
		return workflow.Refusals{{Code: workflow.CodeNoSuchCase}}
	}
	now := docs.Wall()
	if _, err := tx.Exec(ctx, insertDocument, o.ID, o.Case, o.To, o.Name, sealed, engine.Millis(now.Add(DocumentTime))); err != nil {
		return err
	}
	return docs.writer.QueueAlone(ctx, tx, o.Case, outbox.DocumentFile{To: o.To, ID: o.ID}, 1)
}

// documentRow is a row of outgoing_files.
type documentRow struct {
	ID        string              `db:"id"`
	Complaint workflow.CaseID     `db:"complaint"`
	Kind      outbox.DocumentKind `db:"kind"`
	Person    roster.PersonID     `db:"person"`
	Name      string              `db:"name"`
	Sealed    []byte              `db:"sealed"`
	File      string              `db:"file"`
	DeleteAt  int64               `db:"delete_at"`
	Withdrawn bool                `db:"withdrawn"`
}

// Document returns a document, with its content as long as that waits to be
// sent; workflow.CodeNoSuchCase when there is none, or its case is gone.
func (docs *Documents) Document(ctx context.Context, id string) (outbox.Document, error) {
	var row documentRow
	if err := docs.Read.Get(ctx, &row, documentByID, id); err != nil {
		return outbox.Document{}, engine.Explain(ctx, cases.Missing(fmt.Errorf("document %s: %w", id, err)))
	}
	o := outbox.Document{
		ID: row.ID, Case: row.Complaint, Kind: row.Kind, To: row.Person, Name: row.Name, File: row.File,
		Withdrawn: row.Withdrawn,
	}
	if len(row.Sealed) == 0 || row.DeleteAt <= engine.Millis(docs.Wall()) || row.Withdrawn {
		return o, nil
	}
	content, err := docs.open(ctx, &row)
	if err != nil {
		return outbox.Document{}, err
	}
	o.Content = content
	return o, nil
}

func (docs *Documents) open(ctx context.Context, row *documentRow) ([]byte, error) {
	unseal := docs.Search.Open
	if row.Complaint != "" {
		key, err := docs.cases.DataKey(ctx, row.Complaint)
		if err != nil {
			return nil, err
		}
		unseal = key.Open
	}
	content, err := unseal(purposeDocument(row.ID), row.Sealed)
	if err != nil {
		return nil, fmt.Errorf("document %s: %w", row.ID, err)
	}
	return content, nil
}

func purposeDocument(id string) string { return "outgoing document " + id }

// Documents of no case: the register, or what is held on one person. Their row
// is there before the first case is read for them. So a correction that comes
// meanwhile finds it, whatever has been read by then, and what is withdrawn is
// never sent, or taken back at once. They are sealed with the search key, which
// rotation only wraps anew.

const (
	announceDocument = `
INSERT INTO outgoing_files (id, complaint, kind, person, name, sealed, file, delete_at, withdrawn)
VALUES ($1, '', $2, $3, '', NULL, '', $4, FALSE) ON CONFLICT (id) DO NOTHING`

	// forgetUnmade: whoever was making them died.
	forgetUnmade = `DELETE FROM outgoing_files WHERE complaint = '' AND name = '' AND delete_at <= $1`

	fillDocument = `
UPDATE outgoing_files SET name = $4, sealed = $5, delete_at = $6
WHERE id = $1 AND complaint = '' AND kind = $2 AND person = $3 AND name = '' AND withdrawn = FALSE`
)

// RequestDocument keeps in the register's own chain that somebody has a document of
// no case made: who, when and of which kind. It comes before anything is read
// for the document, and returns the id under which that goes to SendDocument. The same
// gesture a second time adds no line: repeated is true, and there is nothing to
// make. Who may not have that kind is refused with workflow.CodeForbidden.
func (docs *Documents) RequestDocument(ctx context.Context, a outbox.DocumentRequest) (id string, repeated bool, err error) {
	if !outbox.MayHave(docs.Policy.Roster, a.By, a.Kind) {
		return "", false, workflow.Refusals{{Code: workflow.CodeForbidden}}
	}
	id = rand.Text()
	if hash := docs.journal.Gesture(a.Gesture); hash != nil {
		id = hex.EncodeToString(hash)
	}
	l := journal.Entry{Action: journal.Exported, At: docs.Instant(), Number: string(a.Kind)}
	err = docs.Change(ctx, func(tx engine.Tx) error {
		now := docs.Wall()
		if _, err := tx.Exec(ctx, forgetUnmade, engine.Millis(now)); err != nil {
			return fmt.Errorf("documents that were never made: %w", err)
		}
		n, err := tx.Exec(ctx, announceDocument, id, a.Kind, a.By, engine.Millis(now.Add(DocumentTime)))
		if err != nil {
			return fmt.Errorf("announce document: %w", err)
		}
		if repeated = n == 0; repeated {
			return nil
		}
		return docs.journal.Add(ctx, tx, l, docs.journal.UnderSearchKey(a.By, purposeExported))
	})
	return id, repeated, err
}

// sendRegisterDocument is SendDocument for what was announced. It is refused with
// workflow.CodeOutdated when the document was withdrawn meanwhile, or too long
// in the making.
func (docs *Documents) sendRegisterDocument(ctx context.Context, o outbox.Document) error {
	sealed, err := docs.Search.Seal(purposeDocument(o.ID), o.Content)
	if err != nil {
		return fmt.Errorf("seal document: %w", err)
	}
	err = docs.Change(ctx, func(tx engine.Tx) error {
		now := docs.Wall()
		n, err := tx.Exec(ctx, fillDocument, o.ID, o.Kind, o.To, o.Name, sealed, engine.Millis(now.Add(DocumentTime)))
		switch {
		case err != nil:
			return err
		case n == 0:
			return workflow.Refusals{{Code: workflow.CodeOutdated}}
		}
		return docs.writer.QueueAlone(ctx, tx, "", outbox.DocumentFile{To: o.To, ID: o.ID}, 1)
	})
	if err != nil {
		return fmt.Errorf("document: %w", err)
	}
	docs.writer.Wake()
	return nil
}

func purposeExported(line int) string { return fmt.Sprintf("person who exported in line %d", line) }
