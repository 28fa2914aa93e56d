package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

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

	metaContactRule = "contact_rule" // by which rule cases are searched; see rekeyMark
)

const claimMeta = `INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`

// checkKey compares the ring with the one that the register was sealed with.
func (db *DB) checkKey(ctx context.Context) error {
	stored, err := storedFingerprint(ctx, db.write)
	if err != nil {
		return err
	}
	if stored != "" && stored != db.core.Keys.Fingerprint() {
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
	err = db.change(ctx, func(tx engine.Tx) error {
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
	if err := db.checkKey(ctx); err != nil {
		return err
	}
	return db.openSearch(ctx)
}

func (db *DB) openSearch(ctx context.Context) (err error) {
	db.core.Search, err = db.core.SearchKey(ctx)
	db.search = db.core.Search
	return err
}

// policyBatch is how many cases are marked for the sweep at a time.
const policyBatch = 500

// The cases that a change of the policy concerns.
const (
	openCases  = `state <> 'erased' AND state <> 'closed'`
	liveCases  = `state <> 'erased'`
	askedCases = `erasure_by <> ''` // somebody asks for their erasure
)

// markConflict is for cases, closed ones too, about somebody with a role.
const markConflict = `UPDATE complaints SET next_at = $1
	WHERE series = 'K' AND id IN (SELECT complaint FROM concerns WHERE person = $2)`

// followPolicy has the sweep look at every open case when terms, calendar or
// roster have changed since the register was last opened, and at every case
// about somebody who got a role; at all when cases are kept longer or shorter.
func (db *DB) followPolicy(ctx context.Context) error {
	err := db.follow(ctx, metaPolicy, db.policy.Fingerprint(), func() error {
		return errors.Join(db.markDue(ctx, openCases), db.markDue(ctx, askedCases), db.markConflicts(ctx))
	})
	if err != nil {
		return fmt.Errorf("policy: %w", err)
	}
	err = db.follow(ctx, metaRetention, db.policy.RetentionFingerprint(), func() error { return db.markDue(ctx, liveCases) })
	if err != nil {
		return fmt.Errorf("retention: %w", err)
	}
	return nil
}

// follow has mark mark cases when the fingerprint is not the one that was
// stored. The new one is stored last: an interruption only means that it is
// done again.
func (db *DB) follow(ctx context.Context, name, current string, mark func() error) error {
	var stored []byte
	err := db.read.Get(ctx, &stored, core.ReadMeta, name)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("fingerprint: %w", err)
	}
	if string(stored) == current {
		return nil
	}
	if err := mark(); err != nil {
		return fmt.Errorf("have cases recomputed: %w", err)
	}
	if _, err := db.write.Exec(ctx, core.WriteMeta, name, []byte(current)); err != nil {
		return fmt.Errorf("fingerprint: %w", err)
	}
	return nil
}

func (db *DB) markConflicts(ctx context.Context) error {
	roster := db.policy.Roster
	for _, who := range slices.Concat(roster.Officers, roster.Directors) {
		if _, err := db.write.Exec(ctx, markConflict, db.instant(), db.personHash(who)); err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) markDue(ctx context.Context, which string) error {
	next := `SELECT year, series, ordinal FROM complaints WHERE ` + which + `
		AND (year, series, ordinal) > ($1, $2, $3) ORDER BY year, series, ordinal LIMIT $4`
	mark := `UPDATE complaints SET next_at = $1 WHERE ` + which + `
		AND (year, series, ordinal) > ($2, $3, $4) AND (year, series, ordinal) <= ($5, $6, $7)`
	var from cases.CaseNumber
	for {
		var batch []cases.CaseNumber
		if err := db.read.All(ctx, &batch, next, from.Year, from.Series, from.Ordinal, policyBatch); err != nil {
			return err
		}
		if len(batch) == 0 {
			return nil
		}
		to := batch[len(batch)-1]
		_, err := db.write.Exec(ctx, mark, db.instant(),
			from.Year, from.Series, from.Ordinal, to.Year, to.Series, to.Ordinal)
		if err != nil {
			return err
		}
		from = to
	}
}
