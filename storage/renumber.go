package storage

import (
	"context"
	"fmt"

	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/workflow"
)

const (
	voidNumber = `INSERT INTO void_numbers (number, series, year, ordinal, complaint)
		SELECT number, series, year, ordinal, id FROM complaints WHERE id = $1`
	giveNumber = `UPDATE complaints SET number = $2, series = $3, year = $4, ordinal = $5 WHERE id = $1`
	voidCase   = `SELECT complaint FROM void_numbers WHERE number = $1`
)

// renumber gives a case its number in another series (design section 4,
// conflict guard): the old number reads as void from then on.
func (a applying) renumber(ctx context.Context, c *workflow.Complaint) error {
	if _, err := a.tx.Exec(ctx, voidNumber, c.ID); err != nil {
		return fmt.Errorf("void number: %w", err)
	}
	head, err := a.db.journal.Hold(ctx, a.tx)
	if err != nil {
		return err
	}
	at := head.Number(c.Series, c.Year)
	c.Number = at.String()
	if _, err := a.tx.Exec(ctx, giveNumber, c.ID, c.Number, at.Series, at.Year, at.Ordinal); err != nil {
		return fmt.Errorf("case number: %w", err)
	}
	if err := head.Add(journal.Entry{Action: journal.Renumbered, At: a.now, Complaint: c.ID, Number: c.Number}, nil); err != nil {
		return err
	}
	return head.Write(ctx, a.tx)
}
