package storage

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jmoiron/sqlx"
)

// runner runs statements: a pool of connections, or a transaction on one of
// them. Hot statements run prepared, others as they are; dest is what sqlx
// scans into.
type runner interface {
	// get scans the one row of the answer; sql.ErrNoRows when there is none.
	get(ctx context.Context, dest any, query string, args ...any) error
	// all scans every row into a slice.
	all(ctx context.Context, dest any, query string, args ...any) error
	// exec returns how many rows it touched.
	exec(ctx context.Context, query string, args ...any) (int64, error)
}

// pool is connections with their hot statements. The statements are prepared
// when the pool is made, so that nothing waits for a connection while it
// holds one.
type pool struct {
	db  *sqlx.DB
	hot map[string]statement
}

// newPool prepares the hot statements; the schema must be there.
func newPool(ctx context.Context, db *sqlx.DB) (*pool, error) {
	p := &pool{db: db, hot: map[string]statement{}}
	for _, query := range hotStatements() {
		s, err := p.prepare(ctx, query)
		if err != nil {
			return nil, fmt.Errorf("prepare statement: %w", err)
		}
		p.hot[query] = s
	}
	return p, nil
}

// prepare makes a statement that stays prepared until the database is closed.
func (p *pool) prepare(ctx context.Context, query string) (statement, error) {
	return p.db.PreparexContext(ctx, query)
}

// statement is a prepared statement, on a pool or in a transaction.
type statement interface {
	GetContext(ctx context.Context, dest any, args ...any) error
	SelectContext(ctx context.Context, dest any, args ...any) error
	ExecContext(ctx context.Context, args ...any) (sql.Result, error)
}

func (p *pool) prepared(query string) (statement, bool) {
	s, ok := p.hot[query]
	return s, ok
}

func (p *pool) get(ctx context.Context, dest any, query string, args ...any) error {
	if s, ok := p.prepared(query); ok {
		return s.GetContext(ctx, dest, args...)
	}
	return p.db.GetContext(ctx, dest, query, args...)
}

func (p *pool) all(ctx context.Context, dest any, query string, args ...any) error {
	if s, ok := p.prepared(query); ok {
		return s.SelectContext(ctx, dest, args...)
	}
	return p.db.SelectContext(ctx, dest, query, args...)
}

func (p *pool) exec(ctx context.Context, query string, args ...any) (int64, error) {
	if s, ok := p.prepared(query); ok {
		return touched(s.ExecContext(ctx, args...))
	}
	return touched(p.db.ExecContext(ctx, query, args...))
}

// transaction is a runner whose statements take effect together.
type transaction struct {
	tx   *sqlx.Tx
	pool *pool
}

// prepared returns the pool's statement for use within the transaction, which
// closes it when it ends.
func (t transaction) prepared(ctx context.Context, query string) (statement, bool) {
	s, ok := t.pool.hot[query]
	if !ok {
		return nil, false
	}
	return t.tx.StmtxContext(ctx, s), true
}

func (t transaction) get(ctx context.Context, dest any, query string, args ...any) error {
	if s, ok := t.prepared(ctx, query); ok {
		return s.GetContext(ctx, dest, args...)
	}
	return t.tx.GetContext(ctx, dest, query, args...)
}

func (t transaction) all(ctx context.Context, dest any, query string, args ...any) error {
	if s, ok := t.prepared(ctx, query); ok {
		return s.SelectContext(ctx, dest, args...)
	}
	return t.tx.SelectContext(ctx, dest, query, args...)
}

func (t transaction) exec(ctx context.Context, query string, args ...any) (int64, error) {
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
