package storagetest

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/artra/klachtbot/storage/engine"
)

// mayLeave is when a row may be sent as far as its case is concerned: a reply
// waits for the case message, an event for the case's earlier ones in its lane.
const mayLeave = `
    (NOT o.threaded OR (SELECT v.ts FROM views v WHERE v.complaint = o.complaint AND v.surface = 'case') IS NOT NULL)
    AND (o.version = 0 OR NOT EXISTS (SELECT 1 FROM outbox e WHERE e.complaint = o.complaint AND e.lane = o.lane
        AND e.version > 0 AND (e.version, e.ordinal) < (o.version, o.ordinal)))`

// waitingLanes tells of each lane where something waits when it may be sent,
// as far as its cases are concerned.
const waitingLanes = `
SELECT l.leased_until, l.next_send_at,
    (SELECT o.due_at FROM outbox o WHERE o.lane = l.lane AND o.edit = TRUE AND ` + mayLeave + `
     ORDER BY o.due_at LIMIT 1) AS edit_at,
    (SELECT o.due_at FROM outbox o WHERE o.lane = l.lane AND o.edit = FALSE AND o.due_at <> 253370764800000 AND ` + mayLeave + `
     ORDER BY o.due_at LIMIT 1) AS post_at
FROM lanes l WHERE EXISTS (SELECT 1 FROM outbox o WHERE o.lane = l.lane)`

// waitingLane is a lane where something waits.
type waitingLane struct {
	LeasedUntil int64         `db:"leased_until"`
	NextSendAt  int64         `db:"next_send_at"`
	EditAt      sql.NullInt64 `db:"edit_at"`
	PostAt      sql.NullInt64 `db:"post_at"`
}

// at is when the lane can next be leased for something to send.
func (w waitingLane) at() (ms int64, ok bool) {
	if w.PostAt.Valid {
		ms, ok = max(w.PostAt.Int64, w.NextSendAt), true
	}
	if w.EditAt.Valid && (!ok || w.EditAt.Int64 < ms) {
		ms, ok = w.EditAt.Int64, true
	}
	return max(ms, w.LeasedUntil), ok
}

// WaitUntil returns the earliest instant at which Lease may find something,
// as things stand now; it may lie in the past. ok is false when nothing waits but
// what is parked. The bot looks every second; tests want to know to the millisecond.
func (box *Outbox) WaitUntil(ctx context.Context) (at time.Time, ok bool, err error) {
	var lanes []waitingLane
	if err := box.Core().Read.All(ctx, &lanes, waitingLanes); err != nil {
		return at, false, engine.Explain(ctx, fmt.Errorf("waiting lanes: %w", err))
	}
	for _, lane := range lanes {
		ms, waits := lane.at()
		if waits && (!ok || ms < engine.Millis(at)) {
			at, ok = engine.FromMillis(ms), true
		}
	}
	return at, ok, nil
}
