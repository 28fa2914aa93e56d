package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/vault"
)

// The names in the table meta.
const (
	metaRing      = "ring"      // the ring's fingerprint
	metaPolicy    = "policy"    // the policy's fingerprint
	metaRetention = "retention" // that of how long cases are kept
	metaBeat      = "beat"      // when a replica was last at work
	metaOutage    = "outage"    // from when to when none was, the last time

	metaContactRule = core.MetaContactRule // see rekeyMark
)

const claimMeta = `INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`

// checkKey compares the ring with the one that the register was sealed with.
func checkKey(ctx context.Context, c *core.Core) error {
	stored, err := storedFingerprint(ctx, c.Write)
	if err != nil {
		return err
	}
	if stored != "" && stored != c.Keys.Fingerprint() {
		return vault.ErrOtherKey
	}
	return nil
}

// storedFingerprint is the fingerprint that the register keeps, "" when it
// keeps none or has no schema yet.
func storedFingerprint(ctx context.Context, q engine.Runner) (string, error) {
	var value []byte
	err := q.Get(ctx, &value, core.ReadMeta, metaRing)
	if errors.Is(err, sql.ErrNoRows) || engine.NoSchema(err) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("key fingerprint: %w", err)
	}
	return string(value), nil
}

// settleKey binds an empty register to the ring, with a search key of its
// own, and opens that key. Of replicas that start together one does the
// binding; what it wrote is read back by all.
func (db *DB) settleKey(ctx context.Context) error {
	_, wrapped, err := db.core.Keys.NewSearchKey()
	if err != nil {
		return err
	}
	err = db.core.Change(ctx, func(tx engine.Tx) error {
		n, err := tx.Exec(ctx, claimMeta, metaRing, []byte(db.core.Keys.Fingerprint()))
		if err != nil || n == 0 {
			return err
		}
		if _, err := tx.Exec(ctx, claimMeta, core.MetaSearch, wrapped); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, claimMeta, metaContactRule, []byte(cases.Rule())); err != nil {
			return err
		}
		return db.journal.Begin(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("bind register to key file: %w", err)
	}
	if err := checkKey(ctx, db.core); err != nil {
		return err
	}
	db.core.Search, err = db.core.SearchKey(ctx)
	return err
}
