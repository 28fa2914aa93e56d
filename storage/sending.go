package storage

import (
	"context"
	"fmt"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
)

// markSending writes the word into the row as long as the lane is the
// caller's.
const markSending = `UPDATE outbox SET fault = $2 WHERE id = $1
	AND EXISTS (SELECT 1 FROM lanes l WHERE l.lane = outbox.lane AND l.token = $3 AND l.leased_until > $4)`

// MarkSending writes down that a delivery is about to leave, after which nobody
// may know whether it did: until it is settled its Fault is FaultSending. It
// fails with ErrLeaseLost when the lane is somebody else's by now.
func (db *DB) MarkSending(ctx context.Context, l outbox.Lease, d outbox.Delivery) error {
	n, err := db.write.Exec(ctx, markSending, d.ID, outbox.FaultSending, l.Token, engine.Millis(db.wall()))
	if err != nil {
		return engine.Explain(ctx, fmt.Errorf("mark delivery: %w", err))
	}
	if n == 0 {
		return ErrLeaseLost
	}
	return nil
}
