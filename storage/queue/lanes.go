package queue

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
)

// ErrLeaseLost means that a lease ended and somebody else has the lane now.
// Nothing was recorded: the other sender looks for the message by its key.
var ErrLeaseLost = errors.New("the lease on this lane was lost")

// UndeletableNotices hears what the daily check found.
type UndeletableNotices interface {
	// Changed says that somebody may have to be told of what is left in Slack.
	Changed()
}

// Options are how fast a lane is emptied.
type Options struct {
	Pace  time.Duration // gap between posts in one lane after a burst
	Burst int           // posts without a gap
}

// Queue is the outbox as its sender sees it. Any number of processes may send
// at once: each lane is leased to one of them.
type Queue struct {
	*core.Core
	writer      *Writer
	documents   *Documents
	journal     *journal.Journal
	undeletable UndeletableNotices
	pace        time.Duration
	burst       int
}

// New returns the sender's side of what w writes.
func New(w *Writer, d *Documents, j *journal.Journal, u UndeletableNotices, o Options) *Queue {
	return &Queue{w.Core, w, d, j, u, o.Pace, o.Burst}
}

// Queued receives after a change in this process queued something. Other
// replicas learn of it by looking.
func (q *Queue) Queued() <-chan struct{} { return q.writer.signal }

// Start readies the outbox after opening. On a file this is the only
// process, so whoever held a lease is gone.
func (q *Queue) Start(ctx context.Context) error {
	if q.Shared() {
		return nil // replicas may be sending
	}
	return q.clearLeases(ctx)
}

const (
	// free is the condition of an outbox row o that may be sent as far as its
	// case is concerned: a reply waits for the case message, an event for the
	// case's earlier events in its lane. Views wait for no event and hold none
	// up: a reminder that waits for Monday does not keep back what was done on
	// Saturday. (Not an EXISTS, of which PostgreSQL may make a hash of the whole
	// table.)
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
// a minute: one where something may be sent now and nobody is sending. ok is
// false when there is none.
func (q *Queue) Lease(ctx context.Context) (l outbox.Lease, ok bool, err error) {
	now := q.Wall()
	var lanes []string
	if err := q.Read.All(ctx, &lanes, candidateLanes, engine.Millis(now)); err != nil {
		return l, false, engine.Explain(ctx, fmt.Errorf("lanes: %w", err))
	}
	token := rand.Text()
	for _, lane := range lanes {
		n, err := q.Write.Exec(ctx, claimLane, lane, token, engine.Millis(now.Add(outbox.Lane(lane).LeaseTime())), engine.Millis(now))
		if err != nil {
			return l, false, engine.Explain(ctx, fmt.Errorf("claim lane: %w", err))
		}
		if n == 1 {
			return outbox.Lease{Lane: outbox.Lane(lane), Token: token}, true, nil
		}
	}
	return l, false, nil
}

// Release records what became of attempts, and gives the lane back. It fails with
// ErrLeaseLost when there was something to record and the lane is somebody else's
// by now; else a lease that was lost is no error.
func (q *Queue) Release(ctx context.Context, l outbox.Lease, settled []outbox.Settled) error {
	return q.Change(ctx, func(tx engine.Tx) error {
		if len(settled) > 0 {
			if _, err := q.settle(ctx, tx, l, settled, q.Wall()); err != nil {
				return err
			}
		}
		return release(ctx, tx, l)
	})
}

func release(ctx context.Context, tx engine.Runner, l outbox.Lease) error {
	if _, err := tx.Exec(ctx, releaseLane, string(l.Lane), l.Token); err != nil {
		return fmt.Errorf("release lane: %w", err)
	}
	return nil
}

// clearLeases ends every lease, where no other process can hold one.
func (q *Queue) clearLeases(ctx context.Context) error {
	if _, err := q.Write.Exec(ctx, forgetLeases); err != nil {
		return fmt.Errorf("clear leases: %w", err)
	}
	return nil
}

// mark writes a word into the row as long as it is there and the lane is the
// caller's.
const mark = `UPDATE outbox SET fault = $2 WHERE id = $1
	AND EXISTS (SELECT 1 FROM lanes l WHERE l.lane = outbox.lane AND l.token = $3 AND l.leased_until > $4)`

// MarkSending writes down that a delivery is about to leave, after which nobody
// may know whether it did: until it is settled its Fault is FaultSending. It
// fails with ErrLeaseLost when the lane is somebody else's by now, or the letter
// was ended.
func (q *Queue) MarkSending(ctx context.Context, l outbox.Lease, d outbox.Delivery) error {
	return q.mark(ctx, l, d, outbox.FaultSending)
}

// MarkReporting writes down that the case is about to be told of a letter, so
// that nobody ends it meanwhile. It fails as MarkSending does.
func (q *Queue) MarkReporting(ctx context.Context, l outbox.Lease, d outbox.Delivery) error {
	return q.mark(ctx, l, d, outbox.FaultReporting)
}

func (q *Queue) mark(ctx context.Context, l outbox.Lease, d outbox.Delivery, word string) error {
	n, err := q.Write.Exec(ctx, mark, d.ID, word, l.Token, engine.Millis(q.Wall()))
	if err != nil {
		return engine.Explain(ctx, fmt.Errorf("mark delivery: %w", err))
	}
	if n == 0 {
		return ErrLeaseLost
	}
	return nil
}
