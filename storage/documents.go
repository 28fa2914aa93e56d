package storage

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// Documents of no case: the register, or what is held on one person. Their row
// is there before the first case is read for them. So a correction that comes
// meanwhile finds it, whatever has been read by then, and what is withdrawn is
// never sent, or taken back at once. They are sealed with the search key, which
// rotation only wraps anew.

// identifying is workflow.DocumentKind.Identifies.
const identifying = `kind NOT IN ('register', 'register_overview')`

const (
	announceDocument = `
INSERT INTO outgoing_files (id, complaint, kind, person, name, sealed, file, delete_at, withdrawn)
VALUES ($1, '', $2, $3, '', NULL, '', $4, FALSE) ON CONFLICT (id) DO NOTHING`

	// forgetUnmade: whoever was making them died.
	forgetUnmade = `DELETE FROM outgoing_files WHERE complaint = '' AND name = '' AND delete_at <= $1`

	fillDocument = `
UPDATE outgoing_files SET name = $4, sealed = $5, delete_at = $6
WHERE id = $1 AND complaint = '' AND kind = $2 AND person = $3 AND name = '' AND withdrawn = FALSE`

	// documentSent locks the row by writing, so that a correction comes before
	// or after it as a whole.
	documentSent = `UPDATE outgoing_files SET sealed = NULL WHERE id = $1 RETURNING withdrawn`

	withdrawFrom = `
UPDATE outgoing_files SET withdrawn = TRUE, sealed = NULL WHERE complaint = '' AND person = $1`

	recallDocuments = `
UPDATE outbox SET due_at = $2 WHERE complaint = '' AND person = $1 AND surface = 'recall' AND due_at > $2`

	withdrawIdentifying = `
UPDATE outgoing_files SET withdrawn = TRUE, sealed = NULL WHERE complaint = '' AND ` + identifying

	recallIdentifying = `
UPDATE outbox SET due_at = $1 WHERE complaint = '' AND surface = 'recall' AND due_at > $1
AND slot IN (SELECT id FROM outgoing_files WHERE complaint = '' AND ` + identifying + `)`
)

// RequestDocument keeps in the register's own chain that somebody has a document of
// no case made: who, when and of which kind. It comes before anything is read
// for the document, and returns the id under which that goes to Outgo. The same
// gesture a second time adds no line: repeated is true, and there is nothing to
// make. Who may not have that kind is refused with workflow.CodeForbidden.
func (db *DB) RequestDocument(ctx context.Context, a outbox.DocumentRequest) (id string, repeated bool, err error) {
	if !outbox.MayHave(db.policy.Roster, a.By, a.Kind) {
		return "", false, workflow.Refusals{{Code: workflow.CodeForbidden}}
	}
	id = rand.Text()
	if hash := db.journal.Gesture(a.Gesture); hash != nil {
		id = hex.EncodeToString(hash)
	}
	l := journal.Entry{Action: journal.Exported, At: db.instant(), Number: string(a.Kind)}
	err = db.change(ctx, func(tx engine.Tx) error {
		now := db.wall()
		if _, err := tx.Exec(ctx, forgetUnmade, engine.Millis(now)); err != nil {
			return fmt.Errorf("documents that were never made: %w", err)
		}
		n, err := tx.Exec(ctx, announceDocument, id, a.Kind, a.By, engine.Millis(now.Add(outgoingTime)))
		if err != nil {
			return fmt.Errorf("announce document: %w", err)
		}
		if repeated = n == 0; repeated {
			return nil
		}
		return db.journal.Add(ctx, tx, l, db.journal.UnderSearchKey(a.By, purposeExported))
	})
	return id, repeated, err
}

// outgoCaseless is Outgo for what was announced. It is refused with
// workflow.CodeOutdated when the document was withdrawn meanwhile, or too long
// in the making.
func (db *DB) outgoCaseless(ctx context.Context, o outbox.Document) error {
	sealed, err := db.search.Seal(purposeOutgoing(o.ID), o.Content)
	if err != nil {
		return fmt.Errorf("seal document: %w", err)
	}
	err = db.change(ctx, func(tx engine.Tx) error {
		now := db.wall()
		n, err := tx.Exec(ctx, fillDocument, o.ID, o.Kind, o.To, o.Name, sealed, engine.Millis(now.Add(outgoingTime)))
		switch {
		case err != nil:
			return err
		case n == 0:
			return workflow.Refusals{{Code: workflow.CodeOutdated}}
		}
		return db.queueAlone(ctx, tx, "", outbox.DocumentFile{To: o.To, ID: o.ID}, 1)
	})
	if err != nil {
		return fmt.Errorf("document: %w", err)
	}
	db.queued()
	return nil
}

// withdrawn records that a document of no case was sent, and reports whether it
// has to be taken back at once.
func withdrawn(ctx context.Context, tx engine.Tx, id string) (now bool, err error) {
	if err := tx.Get(ctx, &now, documentSent, id); err != nil {
		return false, fmt.Errorf("document: %w", err)
	}
	return now, nil
}

// withdrawFrom withdraws every document of no case that somebody has, waits for
// or has made: a case in it may concern them, as shows only now.
func (db *DB) withdrawFrom(ctx context.Context, tx engine.Tx, who roster.PersonID) error {
	if _, err := tx.Exec(ctx, withdrawFrom, who); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, recallDocuments, who, engine.Millis(db.wall()))
	return err
}

// withdrawIdentifying withdraws every document that may tell of a case what is
// erased now. It is not known which cases are in which document.
func (db *DB) withdrawIdentifying(ctx context.Context, tx engine.Tx) error {
	if _, err := tx.Exec(ctx, withdrawIdentifying); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, recallIdentifying, engine.Millis(db.wall()))
	return err
}

func purposeExported(line int) string { return fmt.Sprintf("person who exported in line %d", line) }
