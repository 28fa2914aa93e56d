package queue

import (
	"context"
	"fmt"

	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// What was handed out is taken back at once when a case turns out to concern who
// has it, or is erased.

// identifying is workflow.DocumentKind.Identifies.
const identifying = `kind NOT IN ('register', 'register_overview')`

const (
	recallOfCase = `
UPDATE outbox SET due_at = $3 WHERE complaint = $1 AND person = $2 AND surface = 'recall' AND due_at > $3`

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

// RecallFrom takes what was handed out to the person whom a case concerns from
// now on back at once.
func (w *Writer) RecallFrom(ctx context.Context, tx engine.Tx, was, c *workflow.Complaint) error {
	who := c.Particulars.Concerns
	if who == "" || who == was.Particulars.Concerns {
		return nil
	}
	if _, err := tx.Exec(ctx, recallOfCase, c.ID, string(who), engine.Millis(w.Wall())); err != nil {
		return fmt.Errorf("take back documents: %w", err)
	}
	if err := w.withdrawFrom(ctx, tx, who); err != nil {
		return fmt.Errorf("take back documents: %w", err)
	}
	return nil
}

// withdrawFrom withdraws every document of no case that somebody has, waits for
// or has made: a case in it may concern them, as shows only now.
func (w *Writer) withdrawFrom(ctx context.Context, tx engine.Tx, who roster.PersonID) error {
	if _, err := tx.Exec(ctx, withdrawFrom, who); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, recallDocuments, who, engine.Millis(w.Wall()))
	return err
}

// WithdrawIdentifying withdraws every document that may tell of a case what is
// erased now. It is not known which cases are in which document.
func (w *Writer) WithdrawIdentifying(ctx context.Context, tx engine.Tx) error {
	if _, err := tx.Exec(ctx, withdrawIdentifying); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, recallIdentifying, engine.Millis(w.Wall()))
	return err
}
