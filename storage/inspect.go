package storage

import (
	"context"
	"errors"
)

// Inspect opens a register that is there already, to look at it: for Verify,
// Backlog and Failing, beside a working bot. It takes no lock on the file,
// makes no schema, follows no policy and ends no lease; Options.Policy may be
// nil. It refuses what Open refuses, but for ErrInUse, and an empty register
// with ErrEmpty.
func Inspect(ctx context.Context, o Options) (*DB, error) {
	if o.Keys == nil {
		return nil, ErrNoKey
	}
	if emptyFile(o.URL) {
		return nil, ErrEmpty
	}
	e, err := openEngine(ctx, o.URL, unlocked)
	if err != nil {
		return nil, err
	}
	db := newDB(e, o)
	if err := db.look(ctx); err != nil {
		return nil, errors.Join(explain(ctx, err), e.close())
	}
	return db, nil
}

// look checks the schema and the key, as start does, and changes nothing.
func (db *DB) look(ctx context.Context) error {
	stored, err := storedFingerprint(ctx, db.engine.write)
	switch {
	case err != nil:
		return err
	case stored == "":
		return ErrEmpty
	}
	m, err := newMigrator(db.engine)
	if err != nil {
		return err
	}
	if _, err := m.check(ctx); err != nil {
		return err
	}
	if err := db.checkKey(ctx, db.engine.write); err != nil {
		return err
	}
	return db.connect(ctx)
}
