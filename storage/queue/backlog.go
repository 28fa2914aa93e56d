package queue

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
)

// Backlog is how the outbox stands.
type Backlog struct {
	Due     int       // deliveries whose time has come
	Failing int       // deliveries whose last attempt failed
	Oldest  time.Time // since when the oldest delivery waits that is not parked; zero when none does
}

const backlog = `
SELECT count(CASE WHEN due_at <= $1 THEN 1 END) AS due, count(CASE WHEN fault <> '' THEN 1 END) AS failing,
    min(CASE WHEN queued_at <= $2 AND due_at <> ` + parked + ` THEN queued_at END) AS oldest
FROM outbox`

// thisMoment is how far ahead a row counts as queued by now: one that came
// while somebody looked does, one that is for tomorrow does not.
const thisMoment = time.Minute

// Backlog tells how the outbox stands.
func (q *Queue) Backlog(ctx context.Context) (Backlog, error) {
	var row struct {
		Due     int           `db:"due"`
		Failing int           `db:"failing"`
		Oldest  sql.NullInt64 `db:"oldest"`
	}
	now := q.Wall()
	if err := q.Read.Get(ctx, &row, backlog, engine.Millis(now), engine.Millis(now.Add(thisMoment))); err != nil {
		return Backlog{}, engine.Explain(ctx, fmt.Errorf("backlog: %w", err))
	}
	return Backlog{Due: row.Due, Failing: row.Failing, Oldest: engine.FromMillis(row.Oldest.Int64)}, nil
}

// stuckAfter is how many attempts a delivery may need before it counts as
// one that does not arrive: the first failures mend themselves mostly.
const stuckAfter = 3

const undelivered = `SELECT count(*) FROM outbox WHERE lane = $1 AND fault <> '' AND attempts >= $2`

// Undelivered returns how many messages for the case channel keep failing. It
// leaves direct messages out: a guarded case must not show as a count either.
func (q *Queue) Undelivered(ctx context.Context) (n int, err error) {
	if err := q.Read.Get(ctx, &n, undelivered, string(outbox.LaneCases), stuckAfter); err != nil {
		return 0, engine.Explain(ctx, fmt.Errorf("undelivered: %w", err))
	}
	return n, nil
}

const unreached = `SELECT count(*) FROM outbox WHERE lane = $1 AND fault <> ''`

// Unreached returns how many messages of a lane did not arrive when they were last
// tried.
func (q *Queue) Unreached(ctx context.Context, lane outbox.Lane) (n int, err error) {
	if err := q.Read.Get(ctx, &n, unreached, string(lane)); err != nil {
		return 0, engine.Explain(ctx, fmt.Errorf("unreached: %w", err))
	}
	return n, nil
}

const failing = `
SELECT ` + columns + `
FROM outbox WHERE fault <> '' ORDER BY queued_at, id LIMIT $1`

// Failing lists at most limit deliveries whose last attempt failed, the one
// that waits longest first: which they are, how often they were tried, and
// the word for what went wrong.
func (q *Queue) Failing(ctx context.Context, limit int) ([]outbox.Delivery, error) {
	var rows []Row
	if err := q.Read.All(ctx, &rows, failing, limit); err != nil {
		return nil, engine.Explain(ctx, fmt.Errorf("failing deliveries: %w", err))
	}
	list := make([]outbox.Delivery, len(rows))
	for i, row := range rows {
		list[i] = delivery(q.Keys, row, reference{})
	}
	return list, nil
}
