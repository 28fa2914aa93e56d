package cleanup

import (
	"context"
	"fmt"
	"time"

	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

const (
	insertUnannounced = `INSERT INTO unannounced (complaint, number, guarded, erased_on) VALUES ($1, $2, $3, $4)
		ON CONFLICT (complaint) DO NOTHING`

	// unannouncedSince leaves guarded numbers out where they are not asked for ($2).
	unannouncedSince = `SELECT number FROM unannounced WHERE erased_on >= $1 AND (guarded = FALSE OR $2) ORDER BY number`
)

// noteUnannounced keeps the number of a case that was purged though nobody could
// be told before.
func (x *Erasures) noteUnannounced(ctx context.Context, tx engine.Tx, change *workflow.Change, now time.Time) error {
	if !change.Unannounced {
		return nil
	}
	c := &change.Complaint
	if _, err := tx.Exec(ctx, insertUnannounced, c.ID, c.Number, c.Guarded(), x.Policy.Calendar.Today(now)); err != nil {
		return fmt.Errorf("unannounced: %w", err)
	}
	return nil
}

// Unannounced lists the numbers of the cases that were purged since that day
// though nobody could be told before, those of guarded ones only where asked for.
func (x *Erasures) Unannounced(ctx context.Context, since calendar.Date, guarded bool) (numbers []string, err error) {
	if err := x.Read.All(ctx, &numbers, unannouncedSince, since, guarded); err != nil {
		return nil, engine.Explain(ctx, fmt.Errorf("unannounced: %w", err))
	}
	return numbers, nil
}
