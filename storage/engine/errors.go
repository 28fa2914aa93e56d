package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/lib/pq"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Why a database does not open, or stopped working, in a sentence for whoever
// runs the program. None of them ever holds an address or a password.
var (
	ErrAddress     = errors.New("DATABASE_URL names no database: use sqlite:PATH or postgres://USER@HOST/NAME")
	ErrUnreachable = errors.New("the database can't be reached or used")
	ErrInUse       = errors.New("another klachtbot is using this database file; to run more than one, use PostgreSQL (DATABASE_URL=postgres://…)")
	ErrOldEngine   = errors.New("this SQLite is older than 3.51.3 and could damage the register; build klachtbot with a newer one")
)

// unreachable makes ErrUnreachable of what an engine said, with as much of it
// as can't hold an address with a password.
func unreachable(err error) error {
	var server *pq.Error
	var file *sqlite.Error
	var path *fs.PathError
	switch {
	case err == nil, errors.Is(err, ErrOldEngine), errors.Is(err, ErrUnreachable):
		return err
	case errors.As(err, &server), errors.As(err, &file), hungUp(err), errors.As(err, &path),
		errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return unusable{cmp.Or(FaultOf(err), FaultAway), fmt.Errorf("%w: %w", ErrUnreachable, err)}
	}
	return unusable{FaultAway, ErrUnreachable}
}

// Explain adds ErrUnreachable and the fault to an error that says that the
// database is gone or can't work, and the context's own error to what an engine
// made of a cancelled statement.
func Explain(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if cause := ctx.Err(); cause != nil && !errors.Is(err, cause) {
		err = fmt.Errorf("%w: %w", cause, err)
	}
	fault := FaultOf(err)
	switch {
	case fault == "" || errors.Is(err, context.Canceled) || errors.Is(err, ErrUnreachable):
		return err
	case fault == FaultSilent:
		return unusable{fault, err}
	}
	return unusable{fault, fmt.Errorf("%w: %w", ErrUnreachable, err)}
}

// busy reports whether SQLite could not have a lock in time.
func busy(err error) bool {
	var file *sqlite.Error
	return errors.As(err, &file) && file.Code()&0xff == sqlite3.SQLITE_BUSY
}

// again reports whether a transaction that was rolled back may simply be run
// once more: PostgreSQL chose it to give way, or SQLite never began it.
func again(err error) bool {
	var server *pq.Error
	if errors.As(err, &server) {
		return server.Code == "40001" || server.Code == "40P01"
	}
	return busy(err)
}

// NoSchema reports whether the tables are not there.
func NoSchema(err error) bool {
	var server *pq.Error
	if errors.As(err, &server) {
		return server.Code == "42P01"
	}
	var file *sqlite.Error
	return errors.As(err, &file) && file.Code()&0xff == sqlite3.SQLITE_ERROR
}
