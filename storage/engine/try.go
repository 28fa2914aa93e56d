package engine

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Trial is how thoroughly a database is tried.
type Trial struct {
	// Insert puts a name and bytes into a table; without it a table is made for
	// them, as a database needs that has no schema yet.
	Insert string
	Room   int  // bytes that must fit
	Read   bool // every page is read: it takes as long as the database is large
}

// errTried ends a transaction that was only a trial.
var errTried = errors.New("tried")

const (
	trialTable  = `CREATE TABLE klachtbot_trial (name TEXT, value BYTEA)`
	trialInsert = `INSERT INTO klachtbot_trial (name, value) VALUES ($1, $2)`
)

// Try finds out whether the database can be written now: it writes to it, and
// rolls back. The error has a Fault.
func (e *Database) Try(ctx context.Context, t Trial) error {
	if err := e.look(ctx, t); err != nil {
		return Explain(ctx, err)
	}
	fill := make([]byte, t.Room)
	_, _ = rand.Read(fill) // never fails; random, so that nothing makes it smaller
	err := e.Change(ctx, func(tx Tx) error {
		insert := t.Insert
		if insert == "" {
			insert = trialInsert
			if _, err := tx.tx.ExecContext(ctx, trialTable); err != nil {
				return err
			}
		}
		if _, err := tx.tx.ExecContext(ctx, insert, "trial "+rand.Text(), fill); err != nil {
			return err
		}
		return errTried
	})
	if errors.Is(err, errTried) {
		return nil
	}
	if FaultOf(err) == "" {
		err = Unusable(FaultFailing, err) // whatever it is, nothing can be written
	}
	return err
}

func (e *Database) look(ctx context.Context, t Trial) error {
	if e.server == nil {
		return e.lookAtFile(ctx, t)
	}
	return e.lookAtServer(ctx)
}

// serverState is what a server says of itself. The tables are those of the
// register's schema that miss a privilege.
const serverState = `SELECT current_setting('server_encoding') AS encoding,
	pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on' AS closed,
	(SELECT count(*) FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
		AND NOT (has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
			AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE'))) AS forbidden`

func (e *Database) lookAtServer(ctx context.Context) error {
	var state struct {
		Encoding  string `db:"encoding"`
		Closed    bool   `db:"closed"`
		Forbidden int    `db:"forbidden"`
	}
	if err := e.Write.db.GetContext(ctx, &state, serverState); err != nil {
		return err
	}
	switch {
	case state.Encoding != "UTF8":
		return Unusable(FaultEncoding, fmt.Errorf("%w: its encoding is %s", ErrUnreachable, state.Encoding))
	case state.Closed:
		return Unusable(FaultReadOnly, fmt.Errorf("%w: it is a standby, or read-only", ErrUnreachable))
	case state.Forbidden > 0:
		return Unusable(FaultForbidden, fmt.Errorf("%w: no full rights on %d tables", ErrUnreachable, state.Forbidden))
	}
	return nil
}

// openedFile is a database's file as it was when it was opened.
type openedFile struct {
	path string
	info fs.FileInfo
}

func newOpenedFile(path string) (*openedFile, error) {
	info, err := os.Stat(path)
	return &openedFile{path, info}, err
}

// attached reports an error when the path leads to another file by now, or to
// none: what is written is then written to what nobody will find.
func (f *openedFile) attached() error {
	if f == nil {
		return nil
	}
	now, err := os.Stat(f.path)
	if err == nil && os.SameFile(f.info, now) {
		return nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unreachable(err)
	}
	return Unusable(FaultReplaced, fmt.Errorf("%w: its file was deleted, moved or replaced", ErrUnreachable))
}

// lookAtFile looks whether the file is the one that was opened, whether there
// is room beside it, and, if asked to, at every page.
func (e *Database) lookAtFile(ctx context.Context, t Trial) error {
	if err := e.file.attached(); err != nil {
		return err
	}
	if err := e.file.room(t.Room); err != nil {
		return unreachable(err)
	}
	if !t.Read {
		return nil
	}
	var found string
	if err := e.Read.db.GetContext(ctx, &found, "PRAGMA quick_check(1)"); err != nil {
		return err
	}
	if found != "ok" {
		return Unusable(FaultDamaged, fmt.Errorf("%w: a page is damaged", ErrUnreachable))
	}
	return nil
}

// TryFolder finds out whether there is room for a file that is not there yet.
func TryFolder(address string, room int) error {
	path, err := filepath.Abs(strings.TrimPrefix(address, "sqlite:"))
	if err == nil {
		err = (&openedFile{path: path}).room(room)
	}
	return unreachable(err)
}

// room writes as many bytes beside the file, and takes them away. What is only
// rolled back may never reach the disk.
func (f *openedFile) room(bytes int) (err error) {
	trial, err := os.CreateTemp(filepath.Dir(f.path), filepath.Base(f.path)+".trial-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, trial.Close(), os.Remove(trial.Name())) }()
	if _, err := trial.Write(make([]byte, bytes)); err != nil {
		return err
	}
	return trial.Sync()
}
