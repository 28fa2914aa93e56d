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
	at := outbox.Below{Kind: d.Kind, What: d.What, Channel: p.Channel, TS: p.TS}
	row := outboxRow{
		Lane: string(d.Lane), Complaint: string(d.Case), Surface: string(outbox.KindPicture),
		Person: string(d.To), What: at.String(), Wanted: d.Version,
	}
	if err := queue(ctx, tx, row, now); err != nil {
		return fmt.Errorf("picture: %w", err)
	}
	return nil
}

// below tells a delivery of a picture where it goes. What does not parse goes
// nowhere.
func below(d *outbox.Delivery) {
	at, err := outbox.ParseBelow(d.What)
	if err != nil {
		return
	}
	d.BelowKind, d.What, d.Channel, d.TS = at.Kind, at.What, at.Channel, at.TS
}
