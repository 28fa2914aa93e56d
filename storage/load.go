package storage

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

const oneCase = `SELECT ` + complaintColumns + `, ` + promiseColumns + `,
		c.sealed, c.lines, c.tail, c.head, k.wrapped
	FROM complaints c
	LEFT JOIN case_keys k ON k.complaint = c.id
	JOIN promises p ON p.complaint = c.id `

// The looks at one case, by either of its names. One statement each: what it
// shows is of one moment, on either engine.
const (
	caseByID     = oneCase + `WHERE c.id = $1 ORDER BY p.ordinal`
	caseByNumber = oneCase + `WHERE c.number = $1 ORDER BY p.ordinal`
)

// stored is a complaint as the register holds it, with what it takes to write
// it again.
type stored struct {
	complaint workflow.Complaint
	key       vault.DataKey
	sealed    []byte // the Particulars
	chain     chain
}

// load returns the case that query names with its argument; sql.ErrNoRows
// when there is none, errErased beside what is left of one that was purged.
func (db *DB) load(ctx context.Context, q engine.Runner, query string, arg any) (stored, error) {
	var rows []sealedRow
	if err := q.All(ctx, &rows, query, arg); err != nil {
		return stored{}, fmt.Errorf("load case: %w", err)
	}
	if len(rows) == 0 {
		return stored{}, sql.ErrNoRows
	}
	s, err := db.unseal(&rows[0])
	if err != nil {
		return s, fmt.Errorf("case %s: %w", rows[0].ID, err)
	}
	s.complaint.Promises = make([]workflow.Promise, len(rows))
	for i := range rows {
		s.complaint.Promises[i] = rows[i].promise()
	}
	return s, nil
}

func (db *DB) unseal(r *sealedRow) (stored, error) {
	s := stored{complaint: r.complaint(), sealed: r.Sealed, chain: r.chain}
	if s.complaint.State == workflow.StateErased {
		return s, errErased
	}
	var err error
	if s.key, err = db.keys.Unwrap(r.ID, r.Wrapped); err != nil {
		return stored{}, err
	}
	s.complaint.Particulars, err = openParticulars(s.key, r.Sealed)
	return s, err
}
