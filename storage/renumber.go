package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/workflow"
)

const (
	voidNumber = `INSERT INTO void_numbers (number, series, year, ordinal, complaint)
		SELECT number, series, year, ordinal, id FROM complaints WHERE id = $1`
	giveNumber = `UPDATE complaints SET number = $2, series = $3, year = $4, ordinal = $5 WHERE id = $1`
	isVoid     = `SELECT count(*) FROM void_numbers WHERE number = $1`
)

// renumber gives a case its number in another series (design section 4,
// conflict guard): the old number reads as void from then on.
func (db *DB) renumber(ctx context.Context, tx engine.Tx, c *workflow.Complaint, now time.Time) error {
	if _, err := tx.Exec(ctx, voidNumber, c.ID); err != nil {
		return fmt.Errorf("void number: %w", err)
	}
	at := cases.CaseNumber{Year: c.Year, Series: c.Series}
	if err := tx.Get(ctx, &at.Ordinal, takeNumber, at.Series, at.Year); err != nil {
		return fmt.Errorf("case number: %w", err)
	}
	c.Number = at.String()
	if _, err := tx.Exec(ctx, giveNumber, c.ID, c.Number, at.Series, at.Year, at.Ordinal); err != nil {
		return fmt.Errorf("case number: %w", err)
	}
	return db.journal.Add(ctx, tx, journal.Entry{Action: journal.Renumbered, At: now, Complaint: c.ID, Number: c.Number}, nil)
}
