package engine

import (
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"
)

// maxRetries bounds how often a transaction that had to give way is run
// again. A lock taken by writing makes that rare.
const maxRetries = 3

// Change runs f in one transaction that takes effect as a whole or not at
// all. f may run more than once, so it keeps its results to itself until it
// succeeds.
func (e *Database) Change(ctx context.Context, f func(Tx) error) error {
	for try := 1; ; try++ {
		err := e.once(ctx, f)
		if try > maxRetries || ctx.Err() != nil || !again(err) {
			return Explain(ctx, err)
		}
	}
}

func (e *Database) once(ctx context.Context, f func(Tx) error) error {
	tx, err := e.Write.db.BeginTxx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	if err := f(Tx{tx, e.Write}); err != nil {
		return errors.Join(err, rollback(tx))
	}
	if err := e.file.attached(); err != nil {
		return errors.Join(err, rollback(tx))
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return e.file.attached()
}

// rollback undoes a transaction. That it is over already (its context ended,
// its connection broke) is no further error.
func rollback(tx *sqlx.Tx) error {
	_ = tx.Rollback()
	return nil
}
