package storage

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// A document that leaves through Slack: kept sealed until it was sent, then
// forgotten, and taken back out of Slack a day later. Its outbox rows stand in
// no order with the case's other messages (version 0), and say which document
// in what.

// outgoingTime is how long a document may wait for Slack, and how long it may
// stay there, by the wall clock.
const outgoingTime = 24 * time.Hour

const (
	insertOutgoing = `
INSERT INTO outgoing_files (id, complaint, person, name, sealed, file, delete_at) VALUES ($1, $2, $3, $4, $5, '', $6)`

	outgoingByID = `
SELECT id, complaint, kind, person, name, sealed, file, delete_at, withdrawn FROM outgoing_files WHERE id = $1`

	outgoingSent = `
UPDATE outgoing_files SET sealed = NULL, file = $2, delete_at = $3 WHERE id = $1`

	outgoingLate = `
UPDATE outgoing_files SET sealed = NULL WHERE id = $1 AND delete_at <= $2`

	forgetOutgoing = `
DELETE FROM outgoing_files WHERE id = $1`

	recallNow = `
UPDATE outbox SET due_at = $3 WHERE complaint = $1 AND person = $2 AND surface = 'recall' AND due_at > $3`

	// insertRecall queues the taking back. It is no post, and nobody waits for
	// it before its time.
	insertRecall = `
INSERT INTO outbox (id, lane, complaint, version, ordinal, surface, person, slot, payload, wanted,
    threaded, queued_at, due_at, attempts, first_try, fault, edit)
VALUES ($1, $2, $3, 0, 0, $4, $5, $6, $8, 1, FALSE, $7, $7, 0, 0, '', TRUE)
ON CONFLICT (complaint, version, ordinal, surface, person, slot) DO NOTHING`
)

// SendDocument keeps a document, sealed with its case's key, until it was sent to one
// person as a direct message, and queues that. Who asks has applied
// workflow.Export before. It fails with workflow.CodeNoSuchCase when the case is
// gone. A document of no case has the ID that Announce gave: see outgoCaseless.
func (db *DB) SendDocument(ctx context.Context, o outbox.Document) error {
	if o.Case == "" {
		return db.outgoCaseless(ctx, o)
	}
	o.ID = rand.Text()
	key, err := db.cases.DataKey(ctx, o.Case)
	if err != nil {
		return err
	}
	sealed, err := key.Seal(purposeOutgoing(o.ID), o.Content)
	if err != nil {
		return fmt.Errorf("seal document: %w", err)
	}
	err = db.change(ctx, func(tx engine.Tx) error { return db.storeOutgoing(ctx, tx, o, sealed) })
	if err != nil {
		return fmt.Errorf("document of case %s: %w", o.Case, err)
	}
	db.queued()
	return nil
}

func (db *DB) storeOutgoing(ctx context.Context, tx engine.Tx, o outbox.Document, sealed []byte) error {
	n, err := tx.Exec(ctx, cases.Lock, o.Case)
	switch {
	case err != nil:
		return fmt.Errorf("lock case: %w", err)
	case n == 0:
		return workflow.Refusals{{Code: workflow.CodeNoSuchCase}}
	}
	now := db.wall()
	if _, err := tx.Exec(ctx, insertOutgoing, o.ID, o.Case, o.To, o.Name, sealed, engine.Millis(now.Add(outgoingTime))); err != nil {
		return err
	}
	return db.queueAlone(ctx, tx, o.Case, outbox.DocumentFile{To: o.To, ID: o.ID}, 1)
}

// outgoingRow is a row of outgoing_files.
type outgoingRow struct {
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
func (db *DB) Document(ctx context.Context, id string) (outbox.Document, error) {
	var row outgoingRow
	if err := db.read.Get(ctx, &row, outgoingByID, id); err != nil {
		return outbox.Document{}, engine.Explain(ctx, cases.Missing(fmt.Errorf("document %s: %w", id, err)))
	}
	o := outbox.Document{
		ID: row.ID, Case: row.Complaint, Kind: row.Kind, To: row.Person, Name: row.Name, File: row.File,
		Withdrawn: row.Withdrawn,
	}
	if len(row.Sealed) == 0 || row.DeleteAt <= engine.Millis(db.wall()) || row.Withdrawn {
		return o, nil
	}
	content, err := db.openOutgoing(ctx, &row)
	if err != nil {
		return outbox.Document{}, err
	}
	o.Content = content
	return o, nil
}

func (db *DB) openOutgoing(ctx context.Context, row *outgoingRow) ([]byte, error) {
	unseal := db.search.Open
	if row.Complaint != "" {
		key, err := db.cases.DataKey(ctx, row.Complaint)
		if err != nil {
			return nil, err
		}
		unseal = key.Open
	}
	content, err := unseal(purposeOutgoing(row.ID), row.Sealed)
	if err != nil {
		return nil, fmt.Errorf("document %s: %w", row.ID, err)
	}
	return content, nil
}

func purposeOutgoing(id string) string { return "outgoing document " + id }

// handedOver forgets the content of a document that was sent, and has it taken
// back after a day. Without a file the person was told that it can't be sent.
func (db *DB) handedOver(ctx context.Context, tx engine.Tx, d outbox.Delivery, p outbox.Posted, now time.Time) error {
	if p.File == "" {
		return forgotten(ctx, tx, d)
	}
	at, err := db.recallAt(ctx, tx, d, now)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, outgoingSent, outbox.DocumentOf(d.Payload), p.File, at); err != nil {
		return fmt.Errorf("document: %w", err)
	}
	if err := queueRecall(ctx, tx, d, at); err != nil {
		return fmt.Errorf("outbox row: %w", err)
	}
	return done(ctx, tx, d, d.Version, false)
}

func queueRecall(ctx context.Context, tx engine.Tx, d outbox.Delivery, at int64) error {
	recall := outbox.DocumentRecall{To: d.Recipient(), ID: outbox.DocumentOf(d.Payload)}
	payload, err := outbox.Encode(recall)
	if err != nil {
		return err
	}
	id, err := rowID()
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, insertRecall, id, string(d.Lane), string(d.Case), string(recall.Kind()),
		string(recall.To), recall.Slot(), at, payload)
	return err
}

// isConcerned is asked under the lock of the case, so that a correction comes
// before or after it as a whole.
const isConcerned = `SELECT count(*) FROM concerns WHERE complaint = $1 AND person = $2`

// recallAt is when a document that was sent just now is taken back: at once
// when it shows meanwhile that the case, or one of many, concerns who has it.
func (db *DB) recallAt(ctx context.Context, tx engine.Tx, d outbox.Delivery, now time.Time) (int64, error) {
	if d.Case == "" {
		early, err := withdrawn(ctx, tx, outbox.DocumentOf(d.Payload))
		if early {
			return engine.Millis(now), err
		}
		return engine.Millis(now.Add(outgoingTime)), err
	}
	if _, err := tx.Exec(ctx, cases.Lock, string(d.Case)); err != nil {
		return 0, fmt.Errorf("lock case: %w", err)
	}
	var n int
	if err := tx.Get(ctx, &n, isConcerned, string(d.Case), db.personHash(d.Recipient())); err != nil {
		return 0, fmt.Errorf("whom the case concerns: %w", err)
	}
	if n > 0 {
		return engine.Millis(now), nil
	}
	return engine.Millis(now.Add(outgoingTime)), nil
}

// recallFrom takes what was handed out to the person whom a case concerns from
// now on back at once.
func (db *DB) recallFrom(ctx context.Context, tx engine.Tx, was, c *workflow.Complaint) error {
	who := c.Particulars.Concerns
	if who == "" || who == was.Particulars.Concerns {
		return nil
	}
	if _, err := tx.Exec(ctx, recallNow, c.ID, string(who), engine.Millis(db.wall())); err != nil {
		return fmt.Errorf("take back documents: %w", err)
	}
	if err := db.withdrawFrom(ctx, tx, who); err != nil {
		return fmt.Errorf("take back documents: %w", err)
	}
	return nil
}

// forgotten ends a document: it was taken back, or will never be sent.
func forgotten(ctx context.Context, tx engine.Tx, d outbox.Delivery) error {
	if _, err := tx.Exec(ctx, forgetOutgoing, outbox.DocumentOf(d.Payload)); err != nil {
		return fmt.Errorf("document: %w", err)
	}
	return done(ctx, tx, d, d.Version, false)
}

// settleOutgoing settles a delivery of a document, or its taking back.
func (db *DB) settleOutgoing(ctx context.Context, tx engine.Tx, d outbox.Delivery, s outbox.Settlement, now time.Time) error {
	if p := s.Posted; p != nil && p.TS != "" && d.Case != "" { // a message that there will be no file
		if _, err := tx.Exec(ctx, rememberMessage, string(d.Case), p.Channel, p.TS); err != nil {
			return fmt.Errorf("message: %w", err)
		}
	}
	switch {
	case s.Posted != nil && d.Kind() == outbox.KindDocument:
		return db.handedOver(ctx, tx, d, *s.Posted, now)
	case s.Posted != nil, s.Drop:
		return forgotten(ctx, tx, d)
	}
	if d.Kind() == outbox.KindDocument {
		if _, err := tx.Exec(ctx, outgoingLate, outbox.DocumentOf(d.Payload), engine.Millis(now)); err != nil {
			return fmt.Errorf("document: %w", err)
		}
	}
	return retry(ctx, tx, d, s, now)
}
