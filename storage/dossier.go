package storage

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
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

const (
	insertRecord = `INSERT INTO records (complaint, line, ordinal, kind, at, author, date, way, sealed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	caseRecords = `SELECT line, ordinal, kind, at, author, date, way, sealed
		FROM records WHERE complaint = $1 AND line >= $2 AND line <= $3 ORDER BY line, ordinal`
)

func storeRecord(ctx context.Context, tx engine.Tx, key vault.DataKey, id workflow.CaseID, line, ordinal int, r workflow.Record) error {
	sealed, err := cases.SealTexts(key, cases.PurposeRecord(line, ordinal), r.Texts)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, insertRecord, id, line, ordinal, r.Kind, r.At.UTC(), r.By, r.Date, r.Way, sealed)
	return err
}

// Dossier returns the entries of a case, oldest first, with their texts. Who
// asks has applied workflow.LookDossier before, so that the journal knows.
func (db *DB) Dossier(ctx context.Context, id workflow.CaseID) ([]workflow.Record, error) {
	return db.dossier(ctx, id, 0, math.MaxInt32)
}

// dossier returns the entries of the journal's lines from one to another.
func (db *DB) dossier(ctx context.Context, id workflow.CaseID, from, to int) ([]workflow.Record, error) {
	key, err := db.cases.DataKey(ctx, id)
	if err != nil {
		return nil, err
	}
	var rows []recordRow
	if err := db.read.All(ctx, &rows, caseRecords, id, from, to); err != nil {
		return nil, engine.Explain(ctx, fmt.Errorf("dossier of case %s: %w", id, err))
	}
	records := make([]workflow.Record, len(rows))
	for i, r := range rows {
		texts, err := cases.OpenTexts(key, cases.PurposeRecord(r.Line, r.Ordinal), r.Sealed)
		if err != nil {
			return nil, fmt.Errorf("dossier of case %s: %w", id, err)
		}
		records[i] = workflow.Record{
			Kind: r.Kind, At: r.At.UTC(), By: r.Author, Date: r.Date, Way: r.Way, Texts: texts,
		}
	}
	return records, nil
}
