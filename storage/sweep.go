package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// How long a case waits that the clock could not look at, and one whose end waits
// for a second clock: until there is one, and while it differs.
const (
	sweepAgain   = 5 * time.Minute
	uncheckedFor = 2 * time.Second
	differsFor   = 10 * time.Minute
)

const postponeTick = `UPDATE complaints SET next_at = $2 WHERE id = $1`

const dueComplaints = `SELECT id FROM complaints WHERE next_at <= $1 ORDER BY next_at LIMIT $2`

// Sweep applies the clock's Tick to at most limit cases for which something
// is due, the longest due first, and returns how many it ticked. When none is
// left it sees to what goes to people rather than into threads: it learns which
// language they chose by way of another replica, once a week directors get
// their digest, the reminders that were asked for are gathered, and quarters, recommendations and what is to be taken out of Slack by people are
// seen to; and what was erased is overwritten. The first one also looks at the
// erasure list, and a register from before the present rule of comparison gets
// what it is searched by anew, and its cases bound. It costs what is due, not what is stored: what goes
// to people takes its steps for some milliseconds, and leaves the rest to the next
// sweep. Any number of replicas may sweep at once. A case that fails does not keep the others waiting: it is
// tried again after sweepAgain, and the error joins all.
func (db *DB) Sweep(ctx context.Context, limit int) (ticked int, err error) {
	now := db.core.Instant()
	if err := db.heartbeat.Beat(ctx, now); err != nil {
		return 0, err
	}
	err = errors.Join(db.core.State.Sync(), db.erasures.SettleOnce(ctx))
	ticked, ticking := db.tickDue(ctx, now, limit)
	err = errors.Join(err, ticking)
	if ctx.Err() != nil {
		return ticked, err
	}
	if ticked < limit {
		err = errors.Join(err, db.erasures.Scrub(ctx))
	}
	for _, job := range db.jobs() {
		err = errors.Join(err, job(ctx, now))
	}
	return ticked, err
}

// jobs see to what goes to people rather than into threads, in this order.
func (db *DB) jobs() []func(context.Context, time.Time) error {
	languages := func(ctx context.Context, _ time.Time) error { return db.languages.Refresh(ctx) }
	return []func(context.Context, time.Time) error{
		languages, db.digests.Weekly, db.digests.Release, db.reviews.Remind, db.undeletable.Notify, db.rekeying().run, db.binder.Run,
	}
}

func (db *DB) tickDue(ctx context.Context, now time.Time, limit int) (ticked int, err error) {
	var due []workflow.CaseID
	if err := db.core.Read.All(ctx, &due, dueComplaints, now, limit); err != nil {
		return 0, engine.Explain(ctx, fmt.Errorf("look for what is due: %w", err))
	}
	var errs []error
	for _, id := range due {
		_, err := db.Apply(ctx, workflow.Command{Case: id, Action: workflow.Tick{}, By: roster.Clock})
		switch {
		case err == nil:
			ticked++
		case ctx.Err() != nil:
			return ticked, errors.Join(append(errs, err)...)
		case errors.Is(err, core.ErrClock):
			errs = append(errs, db.postpone(ctx, id, db.clockAgain()))
		case !errors.Is(err, errNotDue):
			errs = append(errs, fmt.Errorf("tick case %s: %w", id, err), db.postpone(ctx, id, sweepAgain))
		}
	}
	return ticked, errors.Join(errs...)
}

// clockAgain is how long a case waits that needs a second clock. The first comparison
// may have come since it was tried.
func (db *DB) clockAgain() time.Duration {
	if db.core.Checked() == core.ClockDiffers {
		return differsFor
	}
	return uncheckedFor
}

// postpone makes room at the head of what is due.
func (db *DB) postpone(ctx context.Context, id workflow.CaseID, by time.Duration) error {
	if _, err := db.core.Write.Exec(ctx, postponeTick, string(id), db.core.Instant().Add(by)); err != nil {
		return engine.Explain(ctx, fmt.Errorf("postpone case %s: %w", id, err))
	}
	return nil
}
