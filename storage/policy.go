package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/core"
)

// policyBatch is how many cases are marked for the sweep at a time.
const policyBatch = 500

// The cases that a change of the policy concerns.
const (
	openCases  = `state <> 'erased' AND state <> 'closed'`
	liveCases  = `state <> 'erased'`
	owingCases = `state = 'closed' AND due <> ''` // a remedy is open
	askedCases = `erasure_by <> ''`               // somebody asks for their erasure
	awaited    = `state <> 'erased' AND next_at IS NOT NULL`
)

// markConflict is for cases, closed ones too, about somebody with a role.
const markConflict = `UPDATE complaints SET next_at = $1
	WHERE series = 'K' AND id IN (SELECT complaint FROM concerns WHERE person = $2)`

// policyFollower has cases looked at again when the policy has changed.
type policyFollower struct{ *core.Core }

// run has the sweep look at every open case when terms, calendar or
// roster have changed since the register was last opened, and at every case
// about somebody who got a role; at all when cases are kept longer or shorter.
func (f policyFollower) run(ctx context.Context) error {
	err := f.follow(ctx, metaPolicy, f.Policy.Fingerprint(), func() error {
		return errors.Join(f.markDue(ctx, openCases), f.markDue(ctx, owingCases), f.markDue(ctx, askedCases), f.markConflicts(ctx))
	})
	if err != nil {
		return fmt.Errorf("policy: %w", err)
	}
	err = f.follow(ctx, metaRetention, f.Policy.RetentionFingerprint(), func() error { return f.markDue(ctx, liveCases) })
	if err != nil {
		return fmt.Errorf("retention: %w", err)
	}
	return nil
}

// follow has mark mark cases when the fingerprint is not the one that was
// stored. The new one is stored last: an interruption only means that it is
// done again.
func (f policyFollower) follow(ctx context.Context, name, current string, mark func() error) error {
	var stored []byte
	err := f.Read.Get(ctx, &stored, core.ReadMeta, name)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("fingerprint: %w", err)
	}
	if string(stored) == current {
		return nil
	}
	if err := mark(); err != nil {
		return fmt.Errorf("have cases recomputed: %w", err)
	}
	if _, err := f.Write.Exec(ctx, core.WriteMeta, name, []byte(current)); err != nil {
		return fmt.Errorf("fingerprint: %w", err)
	}
	return nil
}

// recompute has the sweep look at every case that it would look at some day.
func (f policyFollower) recompute(ctx context.Context) error { return f.markDue(ctx, awaited) }

func (f policyFollower) markConflicts(ctx context.Context) error {
	roster := f.Policy.Roster
	for _, who := range slices.Concat(roster.Officers, roster.Directors) {
		if _, err := f.Write.Exec(ctx, markConflict, f.Instant(), f.PersonHash(who)); err != nil {
			return err
		}
	}
	return nil
}

func (f policyFollower) markDue(ctx context.Context, which string) error {
	next := `SELECT year, series, ordinal FROM complaints WHERE ` + which + `
		AND (year, series, ordinal) > ($1, $2, $3) ORDER BY year, series, ordinal LIMIT $4`
	mark := `UPDATE complaints SET next_at = $1 WHERE ` + which + `
		AND (year, series, ordinal) > ($2, $3, $4) AND (year, series, ordinal) <= ($5, $6, $7)`
	var from cases.CaseNumber
	for {
		var batch []cases.CaseNumber
		if err := f.Read.All(ctx, &batch, next, from.Year, from.Series, from.Ordinal, policyBatch); err != nil {
			return err
		}
		if len(batch) == 0 {
			return nil
		}
		to := batch[len(batch)-1]
		_, err := f.Write.Exec(ctx, mark, f.Instant(),
			from.Year, from.Series, from.Ordinal, to.Year, to.Series, to.Ordinal)
		if err != nil {
			return err
		}
		from = to
	}
}
