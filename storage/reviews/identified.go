package reviews

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// registerWithIdentity reads the register with what is sealed. Of an erased case
// there is nothing left to open.
const registerWithIdentity = `SELECT ` + cases.Columns + `, c.promised, c.sealed, k.wrapped
	FROM complaints c LEFT JOIN case_keys k ON k.complaint = c.id WHERE c.received <= $1`

// identifiedRow is a complaint beside its promises in short, with its sealed
// Particulars.
type identifiedRow struct {
	promisedRow
	Sealed  []byte `db:"sealed"`
	Wrapped []byte `db:"wrapped"`
}

// RegisterWithIdentity is Register with the Particulars. Who asks has announced
// the document that it is for, so that the register's own chain knows.
func (g *Figures) RegisterWithIdentity(ctx context.Context, last calendar.Date, without []roster.PersonID, f func(workflow.Complaint) error) error {
	return g.everyCase(ctx, registerWithIdentity, []any{last}, without, g.eachIdentified, f)
}

func (g *Figures) eachIdentified(rows *sqlx.Rows, f caseFunc) error {
	for rows.Next() {
		var row identifiedRow
		if err := rows.StructScan(&row); err != nil {
			return fmt.Errorf("case of register: %w", err)
		}
		c, err := g.identified(&row)
		if err != nil {
			return fmt.Errorf("case %s: %w", row.ID, err)
		}
		if err := f(c); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (g *Figures) identified(row *identifiedRow) (c workflow.Complaint, err error) {
	c = row.Complaint()
	if c.Promises, err = cases.DecodePromises(nil, row.Promised); err != nil || c.State == workflow.StateErased {
		return c, err
	}
	key, err := g.Keys.Unwrap(c.ID, row.Wrapped)
	if err != nil {
		return c, err
	}
	c.Particulars, err = cases.OpenParticulars(key, row.Sealed)
	return c, err
}
