package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"
)

// Runner runs statements: a pool of connections, or a transaction on one of
// them. Hot statements run prepared, others as they are; dest is what sqlx
// scans into.
type Runner interface {
	// Get scans the one row of the answer; sql.ErrNoRows when there is none.
	Get(ctx context.Context, dest any, query string, args ...any) error
	// All scans every row into a slice.
	All(ctx context.Context, dest any, query string, args ...any) error
	// Raw returns every row as the driver reads it, whatever stands in it.
	Raw(ctx context.Context, query string, args ...any) ([][]any, error)
	// Exec returns how many rows it touched.
	Exec(ctx context.Context, query string, args ...any) (int64, error)
}

// Pool is connections with their hot statements.
type Pool struct {
	db  *sqlx.DB
	hot map[string]statement

	// unprepared: what is prepared in one transaction may be gone, or another's, in
	// the next.
	unprepared bool
}

// Prepare prepares the hot statements, for which the schema must be there.
// They stay prepared until the database is closed. All are prepared at once, so
// that nothing waits for a connection while it holds one.
func (e *Database) Prepare(ctx context.Context, hot []string) error {
	if err := e.Write.prepare(ctx, hot); err != nil || e.Read == e.Write {
		return err
	}
	return e.Read.prepare(ctx, hot)
}

func (p *Pool) prepare(ctx context.Context, hot []string) error {
	if p.unprepared {
		return nil
	}
	p.hot = make(map[string]statement, len(hot))
	for _, query := range hot {
		s, err := p.db.PreparexContext(ctx, query)
		if err != nil {
			return fmt.Errorf("prepare statement: %w", err)
		}
		p.hot[query] = s
	}
	return nil
}

// statement is a prepared statement, on a pool or in a transaction.
type statement interface {
	GetContext(ctx context.Context, dest any, args ...any) error
	SelectContext(ctx context.Context, dest any, args ...any) error
	ExecContext(ctx context.Context, args ...any) (sql.Result, error)
}

func (p *Pool) prepared(query string) (statement, bool) {
	s, ok := p.hot[query]
	return s, ok
}

// Rows answers a query of which the rows are too many to be held at once.
func (p *Pool) Rows(ctx context.Context, query string, args ...any) (*sqlx.Rows, error) {
	return p.db.QueryxContext(ctx, query, args...)
}

// Get scans the one row of the answer; sql.ErrNoRows when there is none.
func (p *Pool) Get(ctx context.Context, dest any, query string, args ...any) error {
	if s, ok := p.prepared(query); ok {
		return s.GetContext(ctx, dest, args...)
	}
	return p.db.GetContext(ctx, dest, query, args...)
}

// All scans every row into a slice.
func (p *Pool) All(ctx context.Context, dest any, query string, args ...any) error {
	if s, ok := p.prepared(query); ok {
		return s.SelectContext(ctx, dest, args...)
	}
	return p.db.SelectContext(ctx, dest, query, args...)
}

// Raw returns every row as the driver reads it, whatever stands in it.
func (p *Pool) Raw(ctx context.Context, query string, args ...any) ([][]any, error) {
	return rawRows(p.db.QueryxContext(ctx, query, args...))
}

func rawRows(rows *sqlx.Rows, err error) (all [][]any, _ error) {
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		values, err := rows.SliceScan()
		if err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		all = append(all, values)
	}
	return all, errors.Join(rows.Err(), rows.Close())
}

// Exec returns how many rows it touched.
func (p *Pool) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	if s, ok := p.prepared(query); ok {
		return touched(s.ExecContext(ctx, args...))
	}
	return touched(p.db.ExecContext(ctx, query, args...))
}

// Tx is a runner whose statements take effect together.
type Tx struct {
	tx   *sqlx.Tx
	pool *Pool
}

// prepared returns the pool's statement for use within the transaction, which
// closes it when it ends.
func (t Tx) prepared(ctx context.Context, query string) (statement, bool) {
	s, ok := t.pool.hot[query]
	if !ok {
		return nil, false
	}
	return t.tx.StmtxContext(ctx, s), true
}

// Get is Pool.Get within the transaction.
func (t Tx) Get(ctx context.Context, dest any, query string, args ...any) error {
	if s, ok := t.prepared(ctx, query); ok {
		return s.GetContext(ctx, dest, args...)
	}
	return t.tx.GetContext(ctx, dest, query, args...)
}

// All is Pool.All within the transaction.
func (t Tx) All(ctx context.Context, dest any, query string, args ...any) error {
	if s, ok := t.prepared(ctx, query); ok {
		return s.SelectContext(ctx, dest, args...)
	}
	return t.tx.SelectContext(ctx, dest, query, args...)
}

// Raw is Pool.Raw within the transaction.
func (t Tx) Raw(ctx context.Context, query string, args ...any) ([][]any, error) {
	return rawRows(t.tx.QueryxContext(ctx, query, args...))
}

// Exec is Pool.Exec within the transaction.
func (t Tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	if s, ok := t.prepared(ctx, query); ok {
		return touched(s.ExecContext(ctx, args...))
	}
	return touched(t.tx.ExecContext(ctx, query, args...))
}

func touched(r sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}
