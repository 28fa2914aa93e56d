package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// What the bot brings about with a file is written only as long as the file
// waits for it, so that a second messenger who comes late changes nothing.
const (
	takeAttachment = `UPDATE attachments SET content = $3, size = $4, digest = $5, state = 'taken'
		WHERE complaint = $1 AND ordinal = $2 AND state = 'waiting'`
	fileInHand    = `SELECT at, name FROM attachments WHERE complaint = $1 AND ordinal = $2`
	endAttachment = `UPDATE attachments SET state = $3, fault = $4
		WHERE complaint = $1 AND ordinal = $2 AND state IN ('waiting', 'taken')`
	// batchOf counts the files that came with the same change: those with
	// which something is still to happen, and those to be removed by hand.
	batchOf = `SELECT a.line, a.uploader,
			count(CASE WHEN b.state IN ('waiting', 'taken') THEN 1 END) AS unsettled,
			count(CASE WHEN b.state = 'asked' THEN 1 END) AS asked
		FROM attachments a JOIN attachments b ON b.complaint = a.complaint AND b.line = a.line
		WHERE a.complaint = $1 AND a.ordinal = $2 GROUP BY a.line, a.uploader`
)

// TakeAttachment keeps the content of a file, sealed. Of a file that was taken
// over already, or is settled, it changes nothing.
func (r *Records) TakeAttachment(ctx context.Context, id workflow.CaseID, ordinal int, content []byte) error {
	key, err := r.cases.DataKey(ctx, id)
	if err != nil {
		return err
	}
	sealed, err := key.Seal(purposeFile(ordinal), content)
	if err != nil {
		return err
	}
	err = r.Change(ctx, func(tx engine.Tx) error {
		return r.journal.BindAnew(ctx, tx, id, journal.ActionAttachment, func() (bool, error) {
			var was struct {
				At   time.Time `db:"at"`
				Name []byte    `db:"name"`
			}
			err := tx.Get(ctx, &was, fileInHand, id, ordinal)
			if errors.Is(err, sql.ErrNoRows) {
				return false, nil
			}
			if err != nil {
				return false, err
			}
			digest := journal.FileDigest(r.Keys, id, ordinal, was.At, was.Name, sealed)
			n, err := tx.Exec(ctx, takeAttachment, id, ordinal, sealed, len(content), digest)
			return n > 0, err
		})
	})
	if err != nil {
		return fmt.Errorf("take attachment %d of case %s: %w", ordinal, id, err)
	}
	return nil
}

// EndAttachment keeps what became of a file in Slack, and a word for why when
// it was refused. Once all files of a form are settled, whoever sent them in
// is asked, in one message, to remove those that Slack did not let the bot
// delete. A file that is settled stays as it is.
func (r *Records) EndAttachment(ctx context.Context, id workflow.CaseID, ordinal int, state workflow.AttachmentState, fault string) error {
	err := r.Change(ctx, func(tx engine.Tx) error {
		return r.journal.BindAnew(ctx, tx, id, journal.ActionAttachment, func() (bool, error) {
			n, err := tx.Exec(ctx, endAttachment, id, ordinal, state, fault)
			if err != nil || n == 0 {
				return false, err
			}
			return true, r.askForRemoval(ctx, tx, id, ordinal)
		})
	})
	if err != nil {
		return fmt.Errorf("end attachment %d of case %s: %w", ordinal, id, err)
	}
	r.outbox.Wake()
	return nil
}

func (r *Records) askForRemoval(ctx context.Context, tx engine.Tx, id workflow.CaseID, ordinal int) error {
	var batch struct {
		Line      int             `db:"line"`
		Uploader  roster.PersonID `db:"uploader"`
		Unsettled int             `db:"unsettled"`
		Asked     int             `db:"asked"`
	}
	if err := tx.Get(ctx, &batch, batchOf, id, ordinal); err != nil {
		return err
	}
	if batch.Unsettled > 0 || batch.Asked == 0 {
		return nil
	}
	return r.outbox.QueueAlone(ctx, tx, id, outbox.FileRemoval{To: batch.Uploader, Line: batch.Line}, 1)
}
