package storage

import (
	"context"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
)

// apart queues for each director directly what their channel did not take, and
// ends the row for the channel. It waits on when no director can be reached.
func (db *DB) apart(ctx context.Context, tx engine.Tx, d outbox.Delivery, s outbox.Settlement, now time.Time) error {
	p, ok := d.Payload.(outbox.ForDirectors)
	if !ok {
		return retry(ctx, tx, d, s, now)
	}
	directors, err := db.core.RemainingDirectors(ctx, tx, db.instant())
	if err != nil {
		return err
	}
	if len(directors) == 0 {
		return retry(ctx, tx, d, s, now)
	}
	for _, who := range directors {
		if err := db.queueAlone(ctx, tx, "", p.InsteadTo(who), d.Version); err != nil {
			return err
		}
	}
	db.queued() // a second later at the latest, should this come before the commit
	return done(ctx, tx, d, d.Version, false)
}
