package queue

import (
	"context"
	"fmt"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
)

const (
	// pendingDeletions lists replies before the case message above them, and what may
	// be there last.
	pendingDeletions = `
SELECT lane, channel, ts, root, mark, since, after
FROM leftovers WHERE complaint = $1 ORDER BY mark, root, ts, channel, lane`

	forgetPending = `
DELETE FROM leftovers WHERE complaint = $1 AND lane = $2 AND channel = $3 AND ts = $4 AND mark = $5`

	// pendStray: a message that was looked for is known now.
	pendStray = `
INSERT INTO leftovers (complaint, lane, channel, ts, root, mark, since, after, moved)
SELECT complaint, '', $3, $4, $5 = 'case', '', 0, 0, moved FROM leftovers WHERE complaint = $1 AND mark = $2
ON CONFLICT (complaint, lane, channel, ts, mark) DO NOTHING`

	forgetMessage = `
DELETE FROM messages WHERE complaint = $1 AND channel = $2 AND ts = $3`
)

// PendingDeletions lists what of a case is to be taken away, in that order.
func (q *Queue) PendingDeletions(ctx context.Context, id workflow.CaseID) ([]outbox.PendingDeletion, error) {
	var rows []struct {
		Lane    string `db:"lane"`
		Channel string `db:"channel"`
		TS      string `db:"ts"`
		Root    bool   `db:"root"`
		Mark    string `db:"mark"`
		Since   int64  `db:"since"`
		After   int64  `db:"after"`
	}
	if err := q.Read.All(ctx, &rows, pendingDeletions, id); err != nil {
		return nil, engine.Explain(ctx, fmt.Errorf("pending deletions: %w", err))
	}
	all := make([]outbox.PendingDeletion, len(rows))
	for i, r := range rows {
		all[i] = outbox.PendingDeletion{
			Lane: outbox.Lane(r.Lane), Channel: r.Channel, TS: r.TS, Root: r.Root,
			Key: r.Mark, Since: engine.FromMillis(r.Since), After: engine.FromMillis(r.After),
		}
	}
	return all, nil
}

// Deleted records that one of them stands nowhere any more.
func (q *Queue) Deleted(ctx context.Context, id workflow.CaseID, l outbox.PendingDeletion) error {
	return q.Change(ctx, func(tx engine.Tx) error {
		if _, err := tx.Exec(ctx, forgetPending, id, string(l.Lane), l.Channel, l.TS, l.Key); err != nil {
			return fmt.Errorf("pending deletion: %w", err)
		}
		if _, err := tx.Exec(ctx, forgetMessage, id, l.Channel, l.TS); err != nil {
			return fmt.Errorf("message: %w", err)
		}
		return nil
	})
}

// strayed records a message that was posted where its case shows no more: with
// its thread, when it is a case message.
func strayed(ctx context.Context, tx engine.Runner, d outbox.Delivery, p outbox.Posted) error {
	if _, err := tx.Exec(ctx, pendStray, string(d.Case), d.Key, p.Channel, p.TS, string(d.Kind())); err != nil {
		return fmt.Errorf("stray message: %w", err)
	}
	return nil
}
