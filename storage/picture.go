package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
)

// owePicture queues the picture of a chart that Slack did not take, in the
// transaction that records where the message stands: killed at any moment, the
// picture comes, and once.
func owePicture(ctx context.Context, tx engine.Runner, d outbox.Delivery, p outbox.Posted, now time.Time) error {
	if !p.ChartRefused {
		return nil
	}
	picture := outbox.Picture{Below: d.Payload, Channel: p.Channel, TS: p.TS}
	row := rowOf(outbox.Item{Payload: picture, Lane: d.Lane}, d.Case, d.Version)
	if err := queue(ctx, tx, row, picture, now); err != nil {
		return fmt.Errorf("picture: %w", err)
	}
	return nil
}
