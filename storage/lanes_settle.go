package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
)

const (
	// settleLane renews the lease and moves the lane's next post: not before
	// $4, and $5 later still.
	settleLane = `
UPDATE lanes SET leased_until = $3,
    next_send_at = CASE WHEN next_send_at < $4 THEN $4 ELSE next_send_at END + $5
WHERE lane = $1 AND token = $2`

	// A row that went to another lane meanwhile, because its case did (move.go),
	// is none of this sender's any more.
	retryRow = `
UPDATE outbox SET due_at = $3, fault = $4 WHERE id = $1 AND lane = $2`

	// removeRow ends what was asked for up to a version; againRow starts anew
	// with what was asked for since.
	removeRow = `
DELETE FROM outbox WHERE id = $1 AND lane = $2 AND wanted <= $3`

	againRow = `
UPDATE outbox SET edit = $3, attempts = 0, first_try = 0, fault = '' WHERE id = $1 AND lane = $2`

	showView = `
INSERT INTO views (complaint, surface, channel, ts, shown) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (complaint, surface) DO UPDATE SET channel = excluded.channel, ts = excluded.ts, shown = excluded.shown`

	rememberMessage = `
INSERT INTO messages (complaint, channel, ts) VALUES ($1, $2, $3)
ON CONFLICT (complaint, channel, ts) DO NOTHING`

	// forgetRoot forgets where the case message stood, unless it was posted
	// anew since.
	forgetRoot = `
DELETE FROM views WHERE complaint = $1 AND surface = 'case' AND ts = $2 RETURNING shown`

	postRoot = `
UPDATE outbox SET edit = FALSE, attempts = 0, first_try = 0, due_at = $2
WHERE complaint = $1 AND version = 0 AND ordinal = 0 AND surface = 'case'`
)

// Settle records what became of an attempt at d, and renews the lease. It
// fails with ErrLeaseLost, and records nothing, when somebody else has the
// lane.
//
// A posted event is done. A posted view shows Posted.Version and stays due
// when a newer one is wanted by now. A post (not an edit) moves the lane's
// next one: a burst without gaps, then one each pace.
func (db *DB) Settle(ctx context.Context, l outbox.Lease, d outbox.Delivery, s outbox.Settlement) error {
	return db.change(ctx, func(tx engine.Tx) error {
		now := db.wall()
		notBefore, step := db.nextSend(s, now)
		n, err := tx.Exec(ctx, settleLane, string(l.Lane), l.Token, engine.Millis(now.Add(l.Lane.LeaseTime())), notBefore, step)
		if err != nil {
			return fmt.Errorf("lane: %w", err)
		}
		if n == 0 {
			return ErrLeaseLost
		}
		switch {
		case d.Kind() == outbox.KindDocument, d.Kind() == outbox.KindDocumentRecall:
			err = db.settleOutgoing(ctx, tx, d, s, now)
		case d.Kind() == outbox.KindUndeletableCheck:
			err = db.settleLook(ctx, tx, d, s, now)
		case s.Posted != nil:
			err = errors.Join(posted(ctx, tx, d, *s.Posted), owePicture(ctx, tx, d, *s.Posted, now))
		case s.Drop, s.Done:
			err = errors.Join(done(ctx, tx, d, d.Version, d.TS != ""), settleItems(ctx, tx, d))
		case s.FanOut:
			err = db.apart(ctx, tx, d, s, now)
		default:
			err = retry(ctx, tx, d, s, now)
		}
		if err == nil && s.Retry.IsZero() {
			err = db.finishErasure(ctx, tx, d)
		}
		if err != nil {
			return fmt.Errorf("settle: %w", err)
		}
		return nil
	})
}

// nextSend is how a settlement moves the lane's next post, in milliseconds.
// After a long silence the lane has a burst to spend; each post costs a pace
// of it.
func (db *DB) nextSend(s outbox.Settlement, now time.Time) (notBefore, step int64) {
	switch {
	case s.Posted != nil && !s.Posted.Edit:
		spent := time.Duration(db.burst-1) * db.pace
		return engine.Millis(now.Add(-spent)), db.pace.Milliseconds()
	case s.Pause:
		return engine.Millis(s.Retry), 0
	}
	return math.MinInt64, 0
}

// posted records where a message stands. What was posted where its case shows
// no more does not show the case: it is among the leftovers.
func posted(ctx context.Context, tx engine.Runner, d outbox.Delivery, p outbox.Posted) error {
	if d.Case != "" && (p.Channel != d.Channel || p.TS != d.TS) {
		if _, err := tx.Exec(ctx, rememberMessage, string(d.Case), p.Channel, p.TS); err != nil {
			return fmt.Errorf("message: %w", err)
		}
	}
	if !d.Kind().Edits() {
		// This message was posted for that version, whatever it shows.
		here, err := ended(ctx, tx, d, max(p.Version, d.Version), false)
		if err != nil || !here {
			return strayed(ctx, tx, d, p, err)
		}
		return settleItems(ctx, tx, d)
	}
	if here, err := ended(ctx, tx, d, p.Version, true); err != nil || !here {
		return strayed(ctx, tx, d, p, err)
	}
	if _, err := tx.Exec(ctx, showView, string(d.Case), string(d.Kind()), p.Channel, p.TS, p.Version); err != nil {
		return fmt.Errorf("view: %w", err)
	}
	return nil
}

// done ends a row as far as version; what a newer one asks is an edit or a
// post.
func done(ctx context.Context, tx engine.Runner, d outbox.Delivery, version int, edit bool) error {
	_, err := ended(ctx, tx, d, version, edit)
	return err
}

// ended is done; it returns false when the row is in this lane no more.
func ended(ctx context.Context, tx engine.Runner, d outbox.Delivery, version int, edit bool) (here bool, err error) {
	n, err := tx.Exec(ctx, removeRow, d.ID, string(d.Lane), version)
	if err == nil && n == 0 {
		n, err = tx.Exec(ctx, againRow, d.ID, string(d.Lane), edit)
	}
	if err != nil {
		return false, fmt.Errorf("outbox row: %w", err)
	}
	return n > 0, nil
}

func retry(ctx context.Context, tx engine.Runner, d outbox.Delivery, s outbox.Settlement, now time.Time) error {
	if s.RootGone {
		if err := repost(ctx, tx, d, now); err != nil {
			return fmt.Errorf("case message: %w", err)
		}
	}
	due := engine.Millis(s.Retry)
	if s.OutOfHours && (d.Kind() == outbox.KindReminder || d.Kind() == outbox.KindDigest) {
		due = parkedAt
	}
	_, err := tx.Exec(ctx, retryRow, d.ID, string(d.Lane), due, s.Fault)
	return err
}

// repost has the case message above d posted again.
func repost(ctx context.Context, tx engine.Runner, d outbox.Delivery, now time.Time) error {
	var shown int
	err := tx.Get(ctx, &shown, forgetRoot, string(d.Case), d.Root)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	root := outbox.Case{}
	row := rowOf(outbox.Item{Payload: root, Lane: d.Lane}, d.Case, shown)
	if err := queue(ctx, tx, row, root, now); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, postRoot, string(d.Case), engine.Millis(now))
	return err
}
