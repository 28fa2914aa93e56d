package records

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// recordRow is a row of records. Line is that of the journal line of the
// change that made the entry.
type recordRow struct {
	Line    int                 `db:"line"`
	Ordinal int                 `db:"ordinal"`
	Kind    workflow.RecordKind `db:"kind"`
	At      time.Time           `db:"at"`
	Author  roster.PersonID     `db:"author"`
	Date    calendar.Date       `db:"date"`
	Way     workflow.Way        `db:"way"`
	Sealed  []byte              `db:"sealed"`
}

// Insert inserts entries of dossiers: Rows.
var Insert = engine.NewInsert("records (complaint, line, ordinal, kind, at, author, date, way, sealed)", 9, "")

const caseRecords = `SELECT line, ordinal, kind, at, author, date, way, sealed
	FROM records WHERE complaint = $1 AND line >= $2 AND line <= $3 ORDER BY line, ordinal`

// FileQueue is what the room needs of the outbox.
type FileQueue interface {
	QueueAlone(ctx context.Context, tx engine.Runner, id workflow.CaseID, p outbox.Payload, wanted int) error
	Wake()
}

// Records keeps what a case says beside its row: entries, letters and files.
type Records struct {
	*core.Core
	cases   *cases.Reader
	journal *journal.Journal
	outbox  FileQueue
}

// New returns those of a register.
func New(c *core.Core, r *cases.Reader, j *journal.Journal, o FileQueue) *Records {
	return &Records{c, r, j, o}
}

// Statements are the hot ones.
func Statements() []string { return append(Insert.Statements(), caseRecords) }

// Rows are the rows of Insert for what a change with that journal line put into
// the dossier, sealed under the case's key.
func Rows(key vault.DataKey, id workflow.CaseID, line int, all []workflow.Record) (rows [][]any, err error) {
	for i, r := range all {
		sealed, err := cases.SealTexts(key, cases.PurposeRecord(line, i), r.Texts)
		if err != nil {
			return nil, err
		}
		rows = append(rows, []any{id, line, i, r.Kind, r.At.UTC(), r.By, r.Date, r.Way, sealed})
	}
	return rows, nil
}

// Dossier returns the entries of a case, oldest first, with their texts. Who
// asks has applied workflow.LookDossier before, so that the journal knows.
func (r *Records) Dossier(ctx context.Context, id workflow.CaseID) ([]workflow.Record, error) {
	return r.dossier(ctx, id, 0, math.MaxInt32)
}

// dossier returns the entries of the journal's lines from one to another.
func (r *Records) dossier(ctx context.Context, id workflow.CaseID, from, to int) ([]workflow.Record, error) {
	key, err := r.cases.DataKey(ctx, id)
	if err != nil {
		return nil, err
	}
	all, err := opened(ctx, r.Read, key, id, from, to)
	return all, engine.Explain(ctx, err)
}

// opened returns entries as q shows them, oldest first, with their texts.
func opened(ctx context.Context, q engine.Runner, key vault.DataKey, id workflow.CaseID, from, to int) ([]workflow.Record, error) {
	var rows []recordRow
	if err := q.All(ctx, &rows, caseRecords, id, from, to); err != nil {
		return nil, fmt.Errorf("dossier of case %s: %w", id, err)
	}
	records := make([]workflow.Record, len(rows))
	for i, row := range rows {
		texts, err := cases.OpenTexts(key, cases.PurposeRecord(row.Line, row.Ordinal), row.Sealed)
		if err != nil {
			return nil, fmt.Errorf("dossier of case %s: %w", id, err)
		}
		records[i] = workflow.Record{
			Line: row.Line, Ordinal: row.Ordinal, Kind: row.Kind, At: row.At.UTC(), By: row.Author, Date: row.Date, Way: row.Way, Texts: texts,
		}
	}
	return records, nil
}
