package storage

import (
	"context"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/queue"
)

// Queue is the outbox as its sender sees it.
func (db *DB) Queue() *queue.Queue { return db.queue }

// Documents keeps what is sent to one person as a file.
func (db *DB) Documents() *queue.Documents { return db.documents }

// DigestItems returns what a digest or a weekly digest tells of.
func (db *DB) DigestItems(ctx context.Context, d outbox.Delivery) ([]outbox.DigestItem, error) {
	return db.digests.Items(ctx, d)
}

// Undelivered returns how many messages for the case channel keep failing.
func (db *DB) Undelivered(ctx context.Context) (int, error) { return db.queue.Undelivered(ctx) }

// MarkSending writes down that a delivery is about to leave.
func (db *DB) MarkSending(ctx context.Context, l outbox.Lease, d outbox.Delivery) error {
	return db.queue.MarkSending(ctx, l, d)
}
