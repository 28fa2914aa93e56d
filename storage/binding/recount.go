package binding

import (
	"context"
	"fmt"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

const (
	countedAs = `SELECT counting FROM complaints WHERE id = $1 AND state <> 'erased'`

	// entriesOf are a case's entries, without what is sealed of them.
	entriesOf = `SELECT kind, at, author, date, way FROM records WHERE complaint = $1 ORDER BY line, ordinal`

	writeCount = `UPDATE complaints SET contact_on = $2, reactions = $3, counting = $4, next_at = $5, due = $6, promised = $7
		WHERE id = $1`
)

// Recount counts a case from before R13 by the day on which the complainant was told,
// within the change that is about to do something else with it; any other it leaves
// as it is. The line that binds it anew is one of its own. The case is locked.
func (b *Binder) Recount(ctx context.Context, tx engine.Tx, id workflow.CaseID) error {
	var counting []workflow.Counting
	if err := tx.All(ctx, &counting, countedAs, id); err != nil {
		return fmt.Errorf("how the case is counted: %w", err)
	}
	if len(counting) == 0 || counting[0] != workflow.CountDecided {
		return nil
	}
	return b.journal.BindAnew(ctx, tx, id, journal.ActionMigrated, func() (bool, error) {
		if err := b.recount(ctx, tx, id); err != nil {
			return false, fmt.Errorf("count anew: %w", err)
		}
		return true, nil
	})
}

// ForChange loads a case that is locked to be changed, as it is counted by the
// present rule: see cases.Reader.Load.
func (b *Binder) ForChange(ctx context.Context, tx engine.Tx, id workflow.CaseID) (cases.Stored, error) {
	reader := cases.New(b.Core)
	s, err := reader.Load(ctx, tx, cases.ForChange, id)
	if err != nil || s.Complaint.Counting != workflow.CountDecided {
		return s, err
	}
	if err := b.Recount(ctx, tx, id); err != nil {
		return s, err
	}
	return reader.Load(ctx, tx, cases.ForChange, id)
}

func (b *Binder) recount(ctx context.Context, tx engine.Tx, id workflow.CaseID) error {
	s, err := cases.New(b.Core).Load(ctx, tx, cases.ForChange, id)
	if err != nil {
		return err
	}
	entries, err := dated(ctx, tx, id)
	if err != nil {
		return err
	}
	now := b.Instant()
	policy, err := b.PolicyNow(ctx, tx, now)
	if err != nil {
		return err
	}
	c := policy.Recount(s.Complaint, entries, now)
	_, err = tx.Exec(ctx, writeCount, id, c.Decision.Contact, c.Reactions, c.Counting,
		cases.Nullable(c.NextAt), c.NextDue(), cases.EncodePromises(c.Promises))
	if err != nil {
		return err
	}
	_, err = cases.UpsertPromises.Write(ctx, tx, nil, cases.PromiseRows(&c))
	return err
}

// dated are the entries of a case as far as they are in the plain.
func dated(ctx context.Context, tx engine.Tx, id workflow.CaseID) ([]workflow.Record, error) {
	var rows []struct {
		Kind   workflow.RecordKind `db:"kind"`
		At     time.Time           `db:"at"`
		Author roster.PersonID     `db:"author"`
		Date   calendar.Date       `db:"date"`
		Way    workflow.Way        `db:"way"`
	}
	if err := tx.All(ctx, &rows, entriesOf, id); err != nil {
		return nil, fmt.Errorf("entries of the dossier: %w", err)
	}
	all := make([]workflow.Record, len(rows))
	for i, r := range rows {
		all[i] = workflow.Record{Kind: r.Kind, At: r.At.UTC(), By: r.Author, Date: r.Date, Way: r.Way}
	}
	return all, nil
}
