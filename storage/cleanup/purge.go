package cleanup

import (
	"context"
	"fmt"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/workflow"
)

// The purge (R10): in one transaction, the data key first, everything about
// people goes. What stays is the row that figures read, as workflow.Purge left
// it, and the journal, whose actors nobody can name any more. What stands in
// Slack is written down first, to be taken away from there.

// purgeStatements forget what the tables hold about a case. What is still to be
// taken back from Slack (a document of the last day) keeps its place, without
// content, and is taken back at once.
func purgeStatements() []string {
	return []string{
		`DELETE FROM records WHERE complaint = $1`,
		`DELETE FROM attachments WHERE complaint = $1`,
		`DELETE FROM contacts WHERE complaint = $1`,
		`DELETE FROM concerns WHERE complaint = $1`,
		`DELETE FROM links WHERE complaint = $1 OR other = $1`,
		`DELETE FROM digest_items WHERE complaint = $1`,
		`DELETE FROM outbox WHERE complaint = $1 AND surface <> 'recall'`,
		`DELETE FROM outgoing_files WHERE complaint = $1 AND file = ''`,
		`UPDATE outgoing_files SET sealed = NULL WHERE complaint = $1`,
		`DELETE FROM views WHERE complaint = $1`,
		`DELETE FROM announcements WHERE complaint = $1`,
	}
}

const (
	deleteKey    = `DELETE FROM case_keys WHERE complaint = $1`
	recallAllNow = `UPDATE outbox SET due_at = $2 WHERE complaint = $1 AND surface = 'recall' AND due_at > $2`
)

// Erase carries the purge of a case out, once its journal has the line.
func (x *Erasures) Erase(ctx context.Context, tx engine.Tx, was *workflow.Complaint, change *workflow.Change, at cases.Chain, now time.Time) error {
	c := &change.Complaint
	if change.Action == workflow.ActionEraseConfirm {
		if err := x.add(ctx, tx, c, now); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(ctx, deleteKey, c.ID); err != nil {
		return fmt.Errorf("erase data key: %w", err)
	}
	if err := x.outbox.DeleteLater(ctx, tx, c, false, false); err != nil {
		return err
	}
	if err := settle(ctx, tx, was, now); err != nil {
		return err
	}
	for _, statement := range purgeStatements() {
		if _, err := tx.Exec(ctx, statement, c.ID); err != nil {
			return fmt.Errorf("erase case: %w", err)
		}
	}
	if err := x.noteUnannounced(ctx, tx, change, now); err != nil {
		return err
	}
	if err := x.outbox.CheckUndeletable(ctx, tx, c.ID); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, recallAllNow, c.ID, engine.Millis(x.Wall())); err != nil {
		return fmt.Errorf("take back documents: %w", err)
	}
	if err := x.outbox.WithdrawIdentifying(ctx, tx); err != nil {
		return fmt.Errorf("take back documents: %w", err)
	}
	if _, err := tx.Exec(ctx, cases.UpdateComplaint, cases.UpdateValues(c, []byte{}, at, cases.GuardOf(x.Keys, x.Search, c))...); err != nil {
		return fmt.Errorf("erase case: %w", err)
	}
	if _, err := cases.UpsertPromises.Write(ctx, tx, nil, cases.PromiseRows(c)); err != nil {
		return fmt.Errorf("promises: %w", err)
	}
	if err := x.outbox.Enqueue(ctx, tx, c, change.Effects); err != nil {
		return err
	}
	x.unscrubbed.Store(true)
	return x.journal.Add(ctx, tx, journal.Entry{Action: chainOf(change.Action), At: now, Complaint: c.ID, Number: c.Number}, nil)
}

// chainOf is what the register's own chain tells of the end of a case.
func chainOf(name workflow.ActionName) string {
	switch name {
	case workflow.ActionEraseConfirm:
		return journal.Erased
	case workflow.ActionEraseReplay:
		return journal.Replayed
	}
	return journal.Purged
}

// Scrub has the engine overwrite what was erased, once no case is left to
// purge. What it can't do now, because somebody reads, is done at a later sweep.
func (x *Erasures) Scrub(ctx context.Context) error {
	if !x.unscrubbed.Load() {
		return nil
	}
	done, err := x.Core.Scrub(ctx)
	if err != nil {
		return engine.Explain(ctx, fmt.Errorf("overwrite what was erased: %w", err))
	}
	if done {
		x.unscrubbed.Store(false)
	}
	return nil
}
