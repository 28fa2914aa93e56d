package queue

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"sync"
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
	Pace    time.Duration // gap between posts in one lane after a burst
	Burst   int           // posts without a gap
	Channel string        // of the cases, in Slack; "" when nothing depends on it
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
	channel     string
	process     *process
}

// New returns the sender's side of what w writes.
func New(w *Writer, d *Documents, j *journal.Journal, u UndeletableNotices, o Options) *Queue {
	return &Queue{w.Core, w, d, j, u, o.Pace, o.Burst, o.Channel, new(process)}
}

// Queued receives after a change in this process queued something. Other
// replicas learn of it by looking.
func (q *Queue) Queued() <-chan struct{} { return q.writer.signal }

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

	// candidateLanes asks each lane for one row. (As in free, an EXISTS would have
	// PostgreSQL judge every row that waits, in all lanes.)
	candidateLanes = `
SELECT l.lane FROM lanes l
WHERE l.leased_until <= $1 AND (
    (SELECT 1 FROM outbox o WHERE o.lane = l.lane AND o.edit = TRUE AND o.due_at <= $1 AND ` + free + ` LIMIT 1) IS NOT NULL
    OR l.next_send_at <= $1 AND
    (SELECT 1 FROM outbox o WHERE o.lane = l.lane AND o.edit = FALSE AND o.due_at <= $1 AND ` + free + ` LIMIT 1) IS NOT NULL)
ORDER BY l.next_send_at, l.lane LIMIT 8`

	claimLane = `
UPDATE lanes SET token = $2, leased_until = $3 WHERE lane = $1 AND leased_until <= $4`

	releaseLane = `
UPDATE lanes SET token = '', leased_until = 0 WHERE lane = $1 AND token = $2`

	leased = `
SELECT lane, token FROM lanes WHERE token <> '' AND leased_until > $1`

	// takeOver changes a lease, as long as it is as somebody left it.
	takeOver = `
UPDATE lanes SET token = $3, leased_until = $4 WHERE lane = $1 AND token = $2`
)

// Lease gives a lane to the caller for 12 seconds at a time, that of letters for
// a minute: one where something may be sent now and nobody is sending, and first
// those that a process which has ended held. ok is false when there is none.
func (q *Queue) Lease(ctx context.Context) (l outbox.Lease, ok bool, err error) {
	l, ok, err = q.lease(ctx)
	return l, ok, engine.Explain(ctx, err)
}

func (q *Queue) lease(ctx context.Context) (l outbox.Lease, ok bool, err error) {
	if l, ok, err = q.left(ctx); ok || err != nil {
		return l, ok, err
	}
	now := q.Wall()
	var lanes []outbox.Lane
	if err := q.Read.All(ctx, &lanes, candidateLanes, engine.Millis(now)); err != nil {
		return l, false, fmt.Errorf("lanes: %w", err)
	}
	token := q.process.token()
	for _, lane := range lanes {
		n, err := q.Write.Exec(ctx, claimLane, string(lane), token, engine.Millis(now.Add(lane.LeaseTime())), engine.Millis(now))
		if err != nil {
			return l, false, fmt.Errorf("claim lane: %w", err)
		}
		if n == 1 {
			return outbox.Lease{Lane: lane, Token: token}, true, nil
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

// process is this one among those that send. Its leases bear its name, so that
// what it held when it was killed need not run out first.
type process struct {
	mu   sync.Mutex
	name string         // "" until it leases for the first time
	left []outbox.Lease // of processes that ended, taken over and not given out yet
}

// newToken is that of a lease of a process.
func newToken(process string) string { return process + "." + rand.Text() }

// token is that of a new lease.
func (p *process) token() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return newToken(p.name)
}

// left gives out a lane that a process held which has ended. All of them are taken
// over when this process leases for the first time, and by nobody who ran before:
// who starts waits before it looks for what a last call may still post.
func (q *Queue) left(ctx context.Context) (l outbox.Lease, ok bool, err error) {
	p := q.process
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.name == "" {
		if err := q.takeOver(ctx); err != nil {
			return l, false, err
		}
	}
	for len(p.left) > 0 && !ok {
		l, p.left = p.left[0], p.left[1:]
		if ok, err = q.change(ctx, l, l.Token); err != nil {
			return l, false, err
		}
	}
	return l, ok, nil
}

// takeOver makes every lease of a process that has ended one of this.
func (q *Queue) takeOver(ctx context.Context) error {
	name, err := q.Process(ctx)
	if err != nil {
		return err
	}
	var held []struct {
		Lane  outbox.Lane `db:"lane"`
		Token string      `db:"token"`
	}
	if err := q.Read.All(ctx, &held, leased, engine.Millis(q.Wall())); err != nil {
		return fmt.Errorf("leased lanes: %w", err)
	}
	var left []outbox.Lease
	for _, h := range held {
		holder, _, _ := strings.Cut(h.Token, ".")
		ended, err := q.Ended(ctx, holder)
		if err != nil {
			return err
		}
		if !ended {
			continue
		}
		token := newToken(name)
		taken, err := q.change(ctx, outbox.Lease{Lane: h.Lane, Token: h.Token}, token)
		if err != nil {
			return err
		}
		if taken {
			left = append(left, outbox.Lease{Lane: h.Lane, Token: token})
		}
	}
	q.process.name, q.process.left = name, left
	return nil
}

// change renews a lease under a token, unless somebody else has the lane now.
func (q *Queue) change(ctx context.Context, l outbox.Lease, token string) (ok bool, err error) {
	n, err := q.Write.Exec(ctx, takeOver, string(l.Lane), l.Token, token, engine.Millis(q.Wall().Add(l.Lane.LeaseTime())))
	if err != nil {
		return false, fmt.Errorf("take over lane: %w", err)
	}
	return n == 1, nil
}
