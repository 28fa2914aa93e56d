package storage

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/uptime"
	"github.com/artra/klachtbot/workflow"
)

// What only this package's tests see.
const (
	KeysToWrap      = keysToWrap
	MetaContactRule = metaContactRule
	OutageAfter     = uptime.OutageAfter
	RekeyBatch      = rekeyBatch
	RewrapBatch     = rewrapBatch
	SweepAgain      = sweepAgain
	WakeHeld        = wakeHeld
)

// HotStatements are those that every register prepares.
func HotStatements() []string { return hotStatements() }

// Store stores what a step made of a case, without the step.
func (db *DB) Store(ctx context.Context, tx engine.Tx, cmd workflow.Command, now time.Time, was cases.Stored, change *workflow.Change) error {
	return applying{db, tx, cmd, now}.store(ctx, was, change)
}

// Rekey looks at all cases that are left to be looked at, in as many sweeps as
// that takes.
func (db *DB) Rekey(ctx context.Context) error {
	for !db.swept.rekeyed.Load() {
		if err := db.rekeying().run(ctx, db.core.Instant()); err != nil {
			return err
		}
	}
	return nil
}

// RekeyStep looks at the next cases.
func (db *DB) RekeyStep(ctx context.Context, limit int) error { return db.rekeying().step(ctx, limit) }

// Rekeyed says whether this process has nothing left to look at.
func (db *DB) Rekeyed() *atomic.Bool { return &db.swept.rekeyed }

// WrappedKey is the data key of a case as it is stored.
type WrappedKey = wrappedKey

// RewrapKeys wraps these keys anew, which may be gone by now.
func (x *Rotator) RewrapKeys(ctx context.Context, batch []WrappedKey, r *Rotation) error {
	return x.rewrapKeys(ctx, batch, r)
}
