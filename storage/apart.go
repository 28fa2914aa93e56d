package storage

import (
	"context"
	"time"

	"github.com/artra/klachtbot/workflow"
)

// apart queues for each director directly what their channel did not take, and
// ends the row for the channel. It waits on when no director can be reached.
func (db *DB) apart(ctx context.Context, tx transaction, d workflow.Delivery, s workflow.Settlement, now time.Time) error {
	presence, err := db.presence(ctx, tx, db.instant())
	if err != nil {
		return err
	}
	reached := false
	for _, who := range db.policy.Roster.Directors {
		if presence.Gone[who] {
			continue
		}
		if err := db.queueFor(ctx, tx, who, d.Surface, workflow.Instead(d.What), d.Version); err != nil {
			return err
		}
		reached = true
	}
	if !reached {
		return retry(ctx, tx, d, s, now)
	}
	db.queued() // a second later at the latest, should this come before the commit
	return done(ctx, tx, d, d.Version, false)
}
