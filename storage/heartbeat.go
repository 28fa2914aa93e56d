package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/workflow"
)

const (
	beatEvery   = time.Minute
	outageAfter = 15 * time.Minute // without a heartbeat of any replica
)

// lockBeat is taken by writing, so that of several replicas one finds the gap.
const lockBeat = `INSERT INTO meta (name, value) VALUES ($1, $2)
	ON CONFLICT (name) DO UPDATE SET value = meta.value RETURNING value`

// heartbeat tells when a replica was at work.
type heartbeat struct {
	*core.Core
	journal *journal.Journal
	beaten  *atomic.Int64 // the last one of this process, in ms
}

// beat writes the register's heartbeat, which all replicas share, at most once
// a minute of the procedure's clock. A gap between two is kept as the last
// outage. A clock that was put back (the end of a rehearsal) is no outage. With it
// goes a trial of the database: who sweeps hears of it before somebody files.
func (h heartbeat) beat(ctx context.Context, now time.Time) error {
	if since := now.Sub(engine.FromMillis(h.beaten.Load())); since >= 0 && since < beatEvery {
		return nil
	}
	err := h.Change(ctx, func(tx engine.Tx) error {
		var value []byte
		if err := tx.Get(ctx, &value, lockBeat, metaBeat, instants(now)); err != nil {
			return err
		}
		last := instantsOf(value)[0]
		if gap := now.Sub(last); gap > outageAfter {
			if _, err := tx.Exec(ctx, core.WriteMeta, metaOutage, instants(last, now)); err != nil {
				return err
			}
		} else if gap < 0 && gap > -outageAfter {
			return nil // another replica's clock is ahead
		}
		_, err := tx.Exec(ctx, core.WriteMeta, metaBeat, instants(now))
		return err
	})
	if err != nil {
		return fmt.Errorf("heartbeat: %w", err)
	}
	h.beaten.Store(engine.Millis(now))
	if err := h.Try(ctx, engine.Trial{Insert: tryInsert, Room: roomWanted}); err != nil {
		return err
	}
	return h.journal.Share(ctx)
}

// Outage returns the last time in which no replica was at work for more than
// 15 minutes; zero when none is known.
func (db *DB) Outage(ctx context.Context) (workflow.Outage, error) {
	var value []byte
	err := db.core.Read.Get(ctx, &value, core.ReadMeta, metaOutage)
	if errors.Is(err, sql.ErrNoRows) {
		return workflow.Outage{}, nil
	}
	if err != nil {
		return workflow.Outage{}, engine.Explain(ctx, fmt.Errorf("last outage: %w", err))
	}
	at := instantsOf(value)
	return workflow.Outage{From: at[0], Until: at[1]}, nil
}

// instants are seconds since 1970 as meta keeps them: "1764061200 1764064800".
func instants(all ...time.Time) []byte {
	parts := make([]string, len(all))
	for i, t := range all {
		parts[i] = strconv.FormatInt(t.Unix(), 10)
	}
	return []byte(strings.Join(parts, " "))
}

// instantsOf reads at most two; what is missing is zero.
func instantsOf(value []byte) (at [2]time.Time) {
	for i, part := range strings.Fields(string(value)) {
		if seconds, err := strconv.ParseInt(part, 10, 64); err == nil && i < len(at) {
			at[i] = time.Unix(seconds, 0).UTC()
		}
	}
	return at
}
