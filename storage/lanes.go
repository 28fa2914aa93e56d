package storage

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
)

// ErrLeaseLost means that a lease ended and somebody else has the lane now.
// Nothing was recorded: the other sender looks for the message by its key.
var ErrLeaseLost = errors.New("the lease on this lane was lost")

const (
	// free is the condition of an outbox row o that may be sent as far as its
	// case is concerned: a reply waits for the case message, an event for the
	// case's earlier events in its lane. Views wait for no event and hold none up: a nudge
	// that waits for Monday does not keep back what was done on Saturday. (Not
	// an EXISTS, of which PostgreSQL may make a hash of the whole table.)
	free = `
    (NOT o.threaded OR (SELECT v.ts FROM views v WHERE v.complaint = o.complaint AND v.surface = 'case') IS NOT NULL)
    AND (o.version = 0 OR NOT EXISTS (SELECT 1 FROM outbox e WHERE e.complaint = o.complaint AND e.lane = o.lane
        AND e.version > 0 AND (e.version, e.ordinal) < (o.version, o.ordinal)))`

	candidateLanes = `
SELECT l.lane FROM lanes l
WHERE l.leased_until <= $1 AND (
    EXISTS (SELECT 1 FROM outbox o WHERE o.lane = l.lane AND o.edit = TRUE AND o.due_at <= $1 AND ` + free + `)
    OR l.next_send_at <= $1 AND
    EXISTS (SELECT 1 FROM outbox o WHERE o.lane = l.lane AND o.edit = FALSE AND o.due_at <= $1 AND ` + free + `))
ORDER BY l.next_send_at, l.lane LIMIT 8`

	claimLane = `
UPDATE lanes SET token = $2, leased_until = $3 WHERE lane = $1 AND leased_until <= $4`

	releaseLane = `
UPDATE lanes SET token = '', leased_until = 0 WHERE lane = $1 AND token = $2`

	forgetLeases = `
UPDATE lanes SET token = '', leased_until = 0 WHERE token <> ''`
)

// Lease gives a lane to the caller for 12 seconds at a time, that of letters for
// a minute: one where
// something may be sent now and nobody is sending. ok is false when there is
// none.
func (db *DB) Lease(ctx context.Context) (l outbox.Lease, ok bool, err error) {
	now := db.wall()
	var lanes []string
	if err := db.read.All(ctx, &lanes, candidateLanes, engine.Millis(now)); err != nil {
		return l, false, engine.Explain(ctx, fmt.Errorf("lanes: %w", err))
	}
	token := rand.Text()
	for _, lane := range lanes {
		n, err := db.write.Exec(ctx, claimLane, lane, token, engine.Millis(now.Add(outbox.Lane(lane).LeaseTime())), engine.Millis(now))
		if err != nil {
			return l, false, engine.Explain(ctx, fmt.Errorf("claim lane: %w", err))
		}
		if n == 1 {
			return outbox.Lease{Lane: outbox.Lane(lane), Token: token}, true, nil
		}
	}
	return l, false, nil
}

// Release gives a lane back. A lease that was lost is no error.
func (db *DB) Release(ctx context.Context, l outbox.Lease) error {
	_, err := db.write.Exec(ctx, releaseLane, string(l.Lane), l.Token)
	if err != nil {
		return engine.Explain(ctx, fmt.Errorf("release lane: %w", err))
	}
	return nil
}

// clearLeases ends every lease, where no other process can hold one.
func (db *DB) clearLeases(ctx context.Context) error {
	if _, err := db.write.Exec(ctx, forgetLeases); err != nil {
		return fmt.Errorf("clear leases: %w", err)
	}
	return nil
}

const (
	renewLane = `
UPDATE lanes SET leased_until = $3 WHERE lane = $1 AND token = $2 RETURNING next_send_at`

	// nextDelivery takes the first row that may be sent, and counts the
	// attempt before it is made.
	nextDelivery = `
UPDATE outbox SET attempts = attempts + 1, first_try = CASE WHEN attempts = 0 THEN $3 ELSE first_try END
WHERE due_at <= $3 AND id = (
    SELECT o.id FROM outbox o WHERE o.lane = $1 AND o.edit = $2 AND o.due_at <= $3 AND ` + free + `
    ORDER BY o.due_at, o.version, o.ordinal LIMIT 1)
RETURNING ` + outboxColumns

	caseMessageAt = `
SELECT channel, ts FROM views WHERE complaint = $1 AND surface = 'case'`
)

// Next returns what to send next in the leased lane and renews the lease. The
// attempt is on record when it returns. ok is false when nothing may be sent
// now. It fails with ErrLeaseLost.
func (db *DB) Next(ctx context.Context, l outbox.Lease) (d outbox.Delivery, ok bool, err error) {
	err = db.change(ctx, func(tx engine.Tx) error {
		d, ok, err = db.next(ctx, tx, l, db.wall())
		return err
	})
	return d, ok && err == nil, err
}

func (db *DB) next(ctx context.Context, tx engine.Runner, l outbox.Lease, now time.Time) (d outbox.Delivery, ok bool, err error) {
	var nextSend int64
	err = tx.Get(ctx, &nextSend, renewLane, string(l.Lane), l.Token, engine.Millis(now.Add(l.Lane.LeaseTime())))
	if errors.Is(err, sql.ErrNoRows) {
		return d, false, ErrLeaseLost
	}
	if err != nil {
		return d, false, fmt.Errorf("renew lease: %w", err)
	}
	var row outboxRow
	err = tx.Get(ctx, &row, nextDelivery, string(l.Lane), true, engine.Millis(now))
	if errors.Is(err, sql.ErrNoRows) && nextSend <= engine.Millis(now) {
		err = tx.Get(ctx, &row, nextDelivery, string(l.Lane), false, engine.Millis(now))
	}
	if errors.Is(err, sql.ErrNoRows) {
		return d, false, nil
	}
	if err != nil {
		return d, false, fmt.Errorf("next delivery: %w", err)
	}
	if row.kind().Slow() {
		if err := tx.Get(ctx, &nextSend, renewLane, string(l.Lane), l.Token, engine.Millis(now.Add(outbox.SlowLeaseTime))); err != nil {
			return d, false, fmt.Errorf("renew lease: %w", err)
		}
	}
	var root spot
	err = tx.Get(ctx, &root, caseMessageAt, row.Complaint)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return d, false, fmt.Errorf("case message: %w", err)
	}
	return db.delivery(row, root), true, nil
}
