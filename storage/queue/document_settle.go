package queue

import (
	"context"
	"fmt"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
)

// What becomes of a document: it was sent, or taken back, or never will be.

const (
	documentUploaded = `
UPDATE outgoing_files SET sealed = NULL, file = $2, delete_at = $3 WHERE id = $1`

	// documentSent locks the row by writing, so that a correction comes before
	// or after it as a whole.
	documentSent = `UPDATE outgoing_files SET sealed = NULL WHERE id = $1 RETURNING withdrawn`

	documentLate = `
UPDATE outgoing_files SET sealed = NULL WHERE id = $1 AND delete_at <= $2`

	forgetDocument = `
DELETE FROM outgoing_files WHERE id = $1`

	// insertRecall queues the taking back. It is no post, and nobody waits for
	// it before its time.
	insertRecall = `
INSERT INTO outbox (id, lane, complaint, version, ordinal, surface, person, slot, payload, wanted,
    threaded, queued_at, due_at, attempts, first_try, fault, edit)
VALUES ($1, $2, $3, 0, 0, $4, $5, $6, $8, 1, FALSE, $7, $7, 0, 0, '', TRUE)
ON CONFLICT (complaint, version, ordinal, surface, person, slot) DO NOTHING`
)

// handedOver forgets the content of a document that was sent, and has it taken
// back after a day. Without a file the person was told that it can't be sent.
func (docs *Documents) handedOver(ctx context.Context, tx engine.Tx, d outbox.Delivery, p outbox.Posted, now time.Time) error {
	if p.File == "" {
		return forgotten(ctx, tx, d)
	}
	at, err := docs.recallAt(ctx, tx, d, now)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, documentUploaded, outbox.DocumentOf(d.Payload), p.File, at); err != nil {
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
func (docs *Documents) recallAt(ctx context.Context, tx engine.Tx, d outbox.Delivery, now time.Time) (int64, error) {
	if d.Case == "" {
		early, err := withdrawn(ctx, tx, outbox.DocumentOf(d.Payload))
		if early {
			return engine.Millis(now), err
		}
		return engine.Millis(now.Add(DocumentTime)), err
	}
	if _, err := tx.Exec(ctx, cases.Lock, string(d.Case)); err != nil {
		return 0, fmt.Errorf("lock case: %w", err)
	}
	var n int
	if err := tx.Get(ctx, &n, isConcerned, string(d.Case), docs.PersonHash(d.Recipient())); err != nil {
		return 0, fmt.Errorf("whom the case concerns: %w", err)
	}
	if n > 0 {
		return engine.Millis(now), nil
	}
	return engine.Millis(now.Add(DocumentTime)), nil
}

// forgotten ends a document: it was taken back, or will never be sent.
func forgotten(ctx context.Context, tx engine.Tx, d outbox.Delivery) error {
	if _, err := tx.Exec(ctx, forgetDocument, outbox.DocumentOf(d.Payload)); err != nil {
		return fmt.Errorf("document: %w", err)
	}
	return done(ctx, tx, d, d.Version, false)
}

// settle settles a delivery of a document, or its taking back.
func (docs *Documents) settle(ctx context.Context, tx engine.Tx, d outbox.Delivery, s outbox.Settlement, now time.Time) error {
	if p := s.Posted; p != nil && p.TS != "" && d.Case != "" { // a message that there will be no file
		if _, err := rememberMessages.Write(ctx, tx, nil, [][]any{{string(d.Case), p.Channel, p.TS, string(d.Kind()), 0, 0, ""}}); err != nil {
			return fmt.Errorf("message: %w", err)
		}
	}
	switch {
	case s.Posted != nil && d.Kind() == outbox.KindDocument:
		return docs.handedOver(ctx, tx, d, *s.Posted, now)
	case s.Posted != nil, s.Drop:
		return forgotten(ctx, tx, d)
	}
	if d.Kind() == outbox.KindDocument {
		if _, err := tx.Exec(ctx, documentLate, outbox.DocumentOf(d.Payload), engine.Millis(now)); err != nil {
			return fmt.Errorf("document: %w", err)
		}
	}
	return retry(ctx, tx, d, s)
}

// withdrawn records that a document of no case was sent, and reports whether it
// has to be taken back at once.
func withdrawn(ctx context.Context, tx engine.Tx, id string) (now bool, err error) {
	if err := tx.Get(ctx, &now, documentSent, id); err != nil {
		return false, fmt.Errorf("document: %w", err)
	}
	return now, nil
}
