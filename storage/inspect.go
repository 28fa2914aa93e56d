package storage

import (
	"context"
	"errors"
	"fmt"

	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/state"
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
	if engine.EmptyFile(o.URL) {
		return nil, ErrEmpty
	}
	e, err := engine.Open(ctx, o.URL, engine.Unlocked)
	if err != nil {
		return nil, err
	}
	db := newDB(e, o)
	if err := db.look(ctx); err != nil {
		return nil, errors.Join(engine.Explain(ctx, err), e.Close())
	}
	return db, nil
}

// look checks the schema and the key, as start does, and changes nothing.
func (db *DB) look(ctx context.Context) error {
	stored, err := storedFingerprint(ctx, db.core.Write)
	switch {
	case err != nil:
		return err
	case stored == "":
		return ErrEmpty
	}
	m, err := newMigrator(db.core.Database)
	if err != nil {
		return err
	}
	if _, err := m.check(ctx); err != nil {
		return err
	}
	if err := checkKey(ctx, db.core); err != nil {
		return err
	}
	return db.core.Prepare(ctx, hotStatements())
}

// tryInsert is what a trial writes, and rolls back.
const tryInsert = `INSERT INTO meta (name, value) VALUES ($1, $2)`

// roomWanted is what must fit at every trial, in bytes: a complaint without its
// files.
const roomWanted = 64 << 10

// Try finds out whether a complaint could be written now, by writing and rolling
// back. thorough: every page of a file is read too, and there is room for more.
// The error is ErrUnreachable, and engine.FaultOf says why.
func (db *DB) Try(ctx context.Context, thorough bool) error {
	trial := engine.Trial{Insert: tryInsert, Room: roomWanted, Read: thorough}
	if thorough {
		trial.Room *= 16
	}
	return db.core.Try(ctx, trial)
}

// tryFirst is Try before the schema is there, or up to date.
func tryFirst(ctx context.Context, e *engine.Database, exists bool) error {
	trial := engine.Trial{Room: roomWanted}
	if exists {
		trial.Insert = tryInsert
	}
	return e.Try(ctx, trial)
}

// TryEmpty is Try of a database that has no schema yet. A file is made for it if
// need be.
func TryEmpty(ctx context.Context, address string) error {
	e, err := engine.Open(ctx, address, engine.LockFile)
	if err != nil {
		return err
	}
	return errors.Join(e.Try(ctx, engine.Trial{Room: roomWanted}), e.Close())
}

// TryNew finds out whether a register can be made at an address where none is:
// whether the database can be written, the state file too, and the key did not
// serve another register. What is missing it does not make.
func TryNew(ctx context.Context, address, stateFile, keyFile string) error {
	served, err := state.Served(stateFile, keyFile)
	switch {
	case err != nil:
		return err
	case served:
		return otherRegister(address, stateFile)
	}
	if err := state.Writable(stateFile); err != nil {
		return err
	}
	if engine.EmptyFile(address) {
		return engine.TryFolder(address, roomWanted)
	}
	return TryEmpty(ctx, address)
}

// Verify reads the whole journal, in pages, and reports everything that is
// not as it was written: changed and removed lines, cut tails, changed heads,
// cases that are gone, gaps in the numbers; and where the erasure list is not
// as it was written, or was not carried out. It may run beside a working bot.
// The error says only why it could not go on reading.
//
// What it can't see is a whole database put back to an older state; compare
// the number of lines with a copy kept elsewhere for that. Covered tells since when
// its word holds for what cases hold in the plain.
func (db *DB) Verify(ctx context.Context, report func(journal.Finding)) error {
	err := db.journal.Verify(ctx, db.core.Read, journal.VerifyPage, report)
	if err == nil {
		err = db.erasures.Verify(ctx, report)
	}
	if err != nil {
		return engine.Explain(ctx, fmt.Errorf("verify: %w", err))
	}
	return nil
}

// Covered tells since when the word of Verify holds for what cases hold in the
// plain: the cases of an older register are bound as they are found.
func (db *DB) Covered(ctx context.Context) (journal.Coverage, error) {
	c, err := db.journal.Covered(ctx, db.core.Read)
	return c, engine.Explain(ctx, err)
}
