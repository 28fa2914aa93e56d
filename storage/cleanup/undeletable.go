package cleanup

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Undeletable is what of a case that was erased or that moved the bot can't take out
// of Slack. As long as there are some, a row of the outbox has the bot look
// every day what is left of them.

const (
	undeletableColumns = `r.kind, r.channel, r.ts, r.thread, r.reader, r.author, r.link, r.fault, r.looked, c.number`

	undeletablesOfCase = `
SELECT ` + undeletableColumns + `
FROM remnants r JOIN complaints c ON c.id = r.complaint
WHERE r.complaint = $1 ORDER BY r.kind DESC, r.channel, r.ts`

	// updateUndeletable leaves who reads of it, since when, and a link that is known.
	updateUndeletable = `
UPDATE remnants SET thread = $4, fault = $5, link = CASE WHEN $6 <> '' THEN $6 ELSE link END, looked = $7
WHERE complaint = $1 AND channel = $2 AND ts = $3`

	insertUndeletable = `
INSERT INTO remnants (complaint, kind, channel, ts, thread, reader, author, link, fault, since, looked)
VALUES ($1, $2, $3, $4, $5, $6, '', $7, $8, $9, '')
ON CONFLICT (complaint, channel, ts) DO NOTHING`

	threadReplies = `
SELECT ts FROM remnants WHERE complaint = $1 AND channel = $2 AND thread = $3 AND kind = 'reply'`

	forgetUndeletable = `
DELETE FROM remnants WHERE complaint = $1 AND channel = $2 AND ts = $3`

	// suppressed counts what keeps the readers of an erased, guarded case from being
	// told of a channel: it may be the direct messages of whom it concerned.
	suppressed = `
SELECT count(*) FROM (
    SELECT 1 FROM leftovers WHERE complaint = $1 AND moved = TRUE
    UNION ALL SELECT 1 FROM remnants WHERE complaint = $1 AND channel = $2 AND reader = '-') h`

	guardedErased = `
SELECT count(*) FROM complaints WHERE id = $1 AND state = 'erased' AND series = 'V'`
)

// UndeletableQueue is what the room needs of the outbox.
type UndeletableQueue interface {
	QueueAlone(ctx context.Context, tx engine.Runner, id workflow.CaseID, p outbox.Payload, wanted int) error
	CheckUndeletable(ctx context.Context, tx engine.Tx, id workflow.CaseID) error
	Wake()
}

// Undeletables keeps what can't be taken out of Slack by the bot, and who is to
// know of it.
type Undeletables struct {
	*core.Core
	outbox UndeletableQueue

	// changed: something is new about them, so that somebody may have to be
	// notified; at the latest on another day than notifiedOn.
	changed    atomic.Bool
	notifiedOn atomic.Value
}

// NewUndeletables returns those of a register.
func NewUndeletables(c *core.Core, o UndeletableQueue) *Undeletables {
	u := &Undeletables{Core: c, outbox: o}
	u.changed.Store(true)
	return u
}

// Changed has the next sweep look whether somebody is to be notified.
func (u *Undeletables) Changed() { u.changed.Store(true) }

// Undeletables lists what is left of a case in Slack, as far as it is known.
func (u *Undeletables) Undeletables(ctx context.Context, id workflow.CaseID) ([]outbox.Undeletable, error) {
	var rows []undeletableRow
	if err := u.Read.All(ctx, &rows, undeletablesOfCase, id); err != nil {
		return nil, engine.Explain(ctx, fmt.Errorf("what is left of case %s: %w", id, err))
	}
	return u.undeletables(rows), nil
}

type undeletableRow struct {
	Kind    outbox.UndeletableKind `db:"kind"`
	Channel string                 `db:"channel"`
	TS      string                 `db:"ts"`
	Thread  string                 `db:"thread"`
	Reader  roster.PersonID        `db:"reader"`
	Author  roster.PersonID        `db:"author"`
	Link    string                 `db:"link"`
	Fault   string                 `db:"fault"`
	Looked  calendar.Date          `db:"looked"`
	Number  string                 `db:"number"`
}

func (u *Undeletables) undeletables(rows []undeletableRow) []outbox.Undeletable {
	today := u.Policy.Calendar.Today(u.Instant())
	all := make([]outbox.Undeletable, len(rows))
	for i, r := range rows {
		all[i] = outbox.Undeletable{
			Kind: r.Kind, Channel: r.Channel, TS: r.TS, Thread: r.Thread, Reader: r.Reader, Author: r.Author,
			Link: r.Link, Fault: r.Fault, Number: r.Number, Checked: !r.Looked.Before(today),
		}
	}
	return all
}

// SetThread records what others have written below a message of the bot's, as
// it is now: what stood there before and is not in all is gone.
func (u *Undeletables) SetThread(ctx context.Context, id workflow.CaseID, channel, thread string, all []outbox.Undeletable) error {
	err := u.Change(ctx, func(tx engine.Tx) error {
		var known []string
		if err := tx.All(ctx, &known, threadReplies, id, channel, thread); err != nil {
			return err
		}
		there := map[string]bool{}
		for _, r := range all {
			there[r.TS] = true
			if err := u.store(ctx, tx, id, r); err != nil {
				return err
			}
		}
		for _, ts := range known {
			if there[ts] {
				continue
			}
			if _, err := tx.Exec(ctx, forgetUndeletable, id, channel, ts); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("thread of case %s: %w", id, err)
	}
	return nil
}

// RecordUndeletable records something that the bot can't take away: now that it looked,
// when it is known.
func (u *Undeletables) RecordUndeletable(ctx context.Context, id workflow.CaseID, r outbox.Undeletable) error {
	err := u.Change(ctx, func(tx engine.Tx) error { return u.store(ctx, tx, id, r) })
	if err != nil {
		return fmt.Errorf("what is left of case %s: %w", id, err)
	}
	return nil
}

// ForgetUndeletable records that it stands nowhere any more.
func (u *Undeletables) ForgetUndeletable(ctx context.Context, id workflow.CaseID, r outbox.Undeletable) error {
	err := u.Change(ctx, func(tx engine.Tx) error {
		_, err := tx.Exec(ctx, forgetUndeletable, id, r.Channel, r.TS)
		return err
	})
	if err != nil {
		return fmt.Errorf("what is left of case %s: %w", id, err)
	}
	return nil
}

// store has the bot look once more when it is new.
func (u *Undeletables) store(ctx context.Context, tx engine.Tx, id workflow.CaseID, r outbox.Undeletable) error {
	n, err := tx.Exec(ctx, updateUndeletable, id, r.Channel, r.TS, r.Thread, r.Fault, r.Link,
		u.Policy.Calendar.Today(u.Instant()))
	if err != nil || n > 0 {
		return err
	}
	reader, err := readerOf(ctx, tx, id, r)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, insertUndeletable, id, r.Kind, r.Channel, r.TS, r.Thread, reader, r.Link, r.Fault, engine.Millis(u.Now()))
	if err != nil {
		return err
	}
	u.changed.Store(true)
	return u.outbox.CheckUndeletable(ctx, tx, id)
}

// readerOf is who reads of an undeletable. Of a guarded case that was erased nobody
// knows any more whom it concerned: its officers are told nothing, and of the
// direct messages that it left when it moved not even their person.
func readerOf(ctx context.Context, tx engine.Tx, id workflow.CaseID, r outbox.Undeletable) (roster.PersonID, error) {
	var guarded, quiet int
	if err := tx.Get(ctx, &guarded, guardedErased, id); err != nil || guarded == 0 {
		return r.Reader, err
	}
	if err := tx.Get(ctx, &quiet, suppressed, id, r.Channel); err != nil {
		return "", err
	}
	if r.Reader == "" || quiet > 0 {
		return outbox.Nobody, nil
	}
	return r.Reader, nil
}

const (
	// settleReaders fixes who reads of the undeletables of a guarded case from now
	// on: its handler ($2) in the place of the officers, never whom it concerns.
	settleReaders = `
UPDATE remnants SET reader = CASE WHEN reader = '' THEN $2 WHEN reader = $3 THEN '-' ELSE reader END
WHERE complaint = $1`

	// keepFiles keeps the files that may still be in Slack, by their ids. Who
	// sent them in ($4: unless it concerns them) reads of them too.
	keepFiles = `
INSERT INTO remnants (complaint, kind, channel, ts, thread, reader, author, link, fault, since, looked)
SELECT complaint, 'file', '', file, '', $2, CASE WHEN uploader = $4 THEN '' ELSE uploader END, '', '', $3, ''
FROM attachments WHERE complaint = $1 AND state IN ('waiting', 'taken', 'asked', 'refused')
ON CONFLICT (complaint, channel, ts) DO NOTHING`
)

// settle writes down, before the register forgets them, the files of a
// case that is erased which nobody has taken out of Slack, and who may know of
// what else is left.
func settle(ctx context.Context, tx engine.Tx, was *workflow.Complaint, now time.Time) error {
	reader, concerns := roster.PersonID(""), was.Particulars.Concerns
	if was.Guarded() {
		if reader = was.Owner; reader == "" || reader == concerns {
			reader = outbox.Nobody
		}
		if _, err := tx.Exec(ctx, settleReaders, was.ID, reader, concerns); err != nil {
			return fmt.Errorf("readers of what is left: %w", err)
		}
	}
	if _, err := tx.Exec(ctx, keepFiles, was.ID, reader, engine.Millis(now), concerns); err != nil {
		return fmt.Errorf("files left behind: %w", err)
	}
	return nil
}
