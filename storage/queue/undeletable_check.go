package queue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/workflow"
)

// As long as something of a case is in Slack that the bot can't take away, a row
// of the outbox has it look every day whether that is still there.

const (
	// insertCheck queues the daily check, which is no post; it comes at once when
	// it was for tomorrow. One that fails keeps its pace.
	insertCheck = `
INSERT INTO outbox (id, lane, complaint, version, ordinal, surface, person, slot, payload, wanted,
    threaded, queued_at, due_at, attempts, first_try, fault, edit)
SELECT $1, $2, $3, 0, 0, 'look', '', '', $5, 1, FALSE, $4, $4, 0, 0, '', TRUE
WHERE EXISTS (SELECT 1 FROM remnants WHERE complaint = $3)
ON CONFLICT (complaint, version, ordinal, surface, person, slot) DO UPDATE SET
    wanted = outbox.wanted + 1,
    due_at = CASE WHEN outbox.fault = '' THEN excluded.due_at ELSE outbox.due_at END`

	checkLater = `
UPDATE outbox SET due_at = $3, queued_at = $3, attempts = 0, first_try = 0, fault = ''
WHERE id = $1 AND lane = $2 AND wanted <= $4`

	lockErased = `
UPDATE complaints SET version = version WHERE id = $1 AND state = 'erased'`
)

// allGone finds the number of an erased case of which nothing is left in Slack, nor
// on its way there.
func allGone() string {
	return `
SELECT number FROM complaints c WHERE c.id = $1 AND c.state = 'erased'
AND NOT EXISTS (SELECT 1 FROM leftovers l WHERE l.complaint = c.id)
AND NOT EXISTS (SELECT 1 FROM remnants r WHERE r.complaint = c.id)
AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.complaint = c.id
    AND o.surface IN (` + kindsThat(heldInSlack) + `))`
}

// heldInSlack reports whether, while a delivery of that kind waits, something of
// its case is in Slack or on its way there.
func heldInSlack(k outbox.Kind) bool { return k.Cleans() || k.Uploads() }

// CheckUndeletable has the bot look at what is left of a case, if anything is.
func (w *Writer) CheckUndeletable(ctx context.Context, tx engine.Tx, id workflow.CaseID) error {
	row, err := rowID()
	if err != nil {
		return err
	}
	payload, err := outbox.Encode(outbox.UndeletableCheck{})
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, insertCheck, row, string(outbox.LaneUndeletable), string(id), engine.Millis(w.Wall()), payload); err != nil {
		return fmt.Errorf("check what is left: %w", err)
	}
	return nil
}

// settleCheck records that the next check is for another day, or that nothing is
// left.
func (q *Queue) settleCheck(ctx context.Context, tx engine.Tx, d outbox.Delivery, s outbox.Settlement) error {
	if s.Retry.IsZero() {
		return done(ctx, tx, d, d.Version, true)
	}
	if s.Fault != "" {
		return retry(ctx, tx, d, s)
	}
	q.undeletable.Changed()
	// When more was found meanwhile, it stays due.
	_, err := tx.Exec(ctx, checkLater, d.ID, string(d.Lane), engine.Millis(s.Retry), d.Version)
	return err
}

// finishErasure adds to the register's chain, once the last thing of an erased
// case is gone from Slack, that it is.
func (q *Queue) finishErasure(ctx context.Context, tx engine.Tx, d outbox.Delivery) error {
	if !d.Kind().Cleans() {
		return nil
	}
	if n, err := tx.Exec(ctx, lockErased, string(d.Case)); err != nil || n == 0 {
		return err
	}
	var number string
	err := tx.Get(ctx, &number, allGone(), string(d.Case))
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("what is left of case %s: %w", d.Case, err)
	}
	return q.journal.Add(ctx, tx, journal.Entry{Action: journal.Cleared, At: q.Instant(), Complaint: d.Case, Number: number}, nil)
}
