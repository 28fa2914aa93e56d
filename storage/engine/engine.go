// Package engine opens the database, SQLite in one file or PostgreSQL, and runs
// statements on it: Pool prepares those that run often, Database.Change runs a
// transaction, and what went wrong is said in the same words for both. Nobody
// above it knows which engine it is.
package engine

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"github.com/pressly/goose/v3/lock"
	"modernc.org/sqlite"
)

// This file and errors.go are the only ones that know that there are two
// engines.

// Database is an opened database: connections for changes and for reading (the
// same ones on PostgreSQL), and what its migrations need.
type Database struct {
	Write, Read *Pool
	dialect     database.Dialect
	locker      lock.SessionLocker // nil when the file's lock does it
	release     func() error       // gives the file back to other processes
	process     process
}

// Close closes the connections and gives a file back to other processes.
func (e *Database) Close() error {
	e.process.leave()
	errs := []error{e.Read.db.Close()}
	if e.Write != e.Read {
		errs = append(errs, e.Write.db.Close())
	}
	return errors.Join(append(errs, e.release())...)
}

// Ping reports whether the database answers.
func (e *Database) Ping(ctx context.Context) error { return Explain(ctx, e.Read.db.PingContext(ctx)) }

// Shared reports whether other processes may have the database open too.
func (e *Database) Shared() bool { return e.locker != nil }

// Migrator returns what brings the schema up to date with these migrations.
// Processes that start together take turns.
func (e *Database) Migrator(files fs.FS, functions ...*goose.Migration) (*goose.Provider, error) {
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true), goose.WithGoMigrations(functions...)}
	if e.locker != nil {
		options = append(options, goose.WithSessionLocker(e.locker))
	}
	return goose.NewProvider(e.dialect, e.Write.db.DB, files, options...)
}

// Scrub has what was deleted leave the files too. SQLite overwrites it in the
// database (secure_delete), but keeps pages as they were in its write-ahead log
// until that is emptied; done is false when somebody reads from the log at this
// moment, and it waits for nobody, since nothing can be written meanwhile. A
// server sees to its own files: what is sealed there has lost its key.
func (e *Database) Scrub(ctx context.Context) (done bool, err error) {
	if e.dialect != database.DialectSQLite3 {
		return true, nil
	}
	conn, err := e.Write.db.Connx(ctx)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "PRAGMA busy_timeout(0)"); err != nil {
		return false, err
	}
	var log struct {
		Busy  bool `db:"busy"`
		Pages int  `db:"log"`
		Moved int  `db:"checkpointed"`
	}
	err = conn.GetContext(ctx, &log, "PRAGMA wal_checkpoint(TRUNCATE)")
	_, back := conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA "+busyTimeout)
	return !log.Busy, errors.Join(err, back)
}

// FileLock keeps other processes from a file until release is called.
type FileLock func(ctx context.Context, path string) (release func() error, err error)

// Unlocked is the lock of who only looks.
func Unlocked(context.Context, string) (release func() error, err error) {
	return func() error { return nil }, nil
}

// Open opens what DATABASE_URL names. Its errors never repeat the URL.
func Open(ctx context.Context, address string, lock FileLock) (*Database, error) {
	scheme, rest, _ := strings.Cut(address, ":")
	switch {
	case scheme == "sqlite" && rest != "":
		return openFile(ctx, rest, lock)
	case scheme == "postgres", scheme == "postgresql":
		return openServer(ctx, address)
	}
	return nil, ErrAddress
}

// Connections to a server: enough for sixteen people at once on two replicas
// within PostgreSQL's default of a hundred.
const (
	maxConnections  = 16
	maxIdle         = 8
	connectSeconds  = 5
	maxReaders      = 4
	migrationPeriod = 1   // seconds between two looks at the lock
	migrationTries  = 300 // looks
)

// What a server is asked to hold for a connection, and for a transaction.
const (
	holdNumber = `SELECT pg_advisory_lock($1)`
	freeNumber = `SELECT pg_try_advisory_xact_lock($1)`
)

func openServer(ctx context.Context, address string) (*Database, error) {
	dsn, err := serverAddress(address)
	if err != nil {
		return nil, err
	}
	connector, err := pq.NewConnector(dsn)
	if err != nil {
		return nil, ErrAddress
	}
	db := sqlx.NewDb(sql.OpenDB(connector), "postgres")
	db.SetMaxOpenConns(maxConnections)
	db.SetMaxIdleConns(maxIdle)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(unreachable(err), db.Close())
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(migrationPeriod, migrationTries))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("migration lock: %w", err), db.Close())
	}
	pool := &Pool{db: db}
	return &Database{
		Write: pool, Read: pool, dialect: database.DialectPostgres, locker: locker,
		release: func() error { return nil },
	}, nil
}

// serverAddress sets what must never be left to a default: encryption (not
// asked for on the machine itself), and how long connecting may take.
func serverAddress(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", ErrAddress // the cause repeats the password
	}
	q := u.Query()
	if !q.Has("sslmode") {
		q.Set("sslmode", "require")
		if local(cmp.Or(u.Hostname(), q.Get("host"))) {
			q.Set("sslmode", "prefer")
		}
	}
	if !q.Has("connect_timeout") {
		q.Set("connect_timeout", fmt.Sprint(connectSeconds))
	}
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// local reports whether a host is this machine, or a socket on it.
func local(host string) bool {
	ip := net.ParseIP(host)
	return host == "" || host[0] == '/' || host[0] == '@' || host == "localhost" || ip != nil && ip.IsLoopback()
}

// oldestSQLite is the first without the WAL-reset corruption.
var oldestSQLite = [3]int{3, 51, 3}

func openFile(ctx context.Context, path string, lock FileLock) (*Database, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("database file: %w", err)
	}
	release, err := lock(ctx, path)
	if err != nil {
		return nil, err
	}
	if err := ownersOnly(path); err != nil {
		return nil, errors.Join(err, release())
	}
	write, err := fileConnections(path, "immediate", 1)
	if err != nil {
		return nil, errors.Join(err, release())
	}
	read, err := fileConnections(path, "deferred", maxReaders)
	if err != nil {
		return nil, errors.Join(err, write.Close(), release())
	}
	e := &Database{Write: &Pool{db: write}, Read: &Pool{db: read}, dialect: database.DialectSQLite3, release: release}
	if err := write.PingContext(ctx); err != nil {
		return nil, errors.Join(unreachable(err), e.Close())
	}
	return e, nil
}

// LockFile refuses a second process on one file, for as long as release was
// not called or this process lives. The lock is SQLite's own, on an empty
// database beside the file, so that it works wherever SQLite does and a
// killed process leaves nothing locked.
func LockFile(ctx context.Context, path string) (release func() error, err error) {
	if err := ownersOnly(path + ".lock"); err != nil {
		return nil, err
	}
	db, err := openDSN("file:"+escape(path+".lock")+"?_pragma=busy_timeout(0)", 1)
	if err != nil {
		return nil, err
	}
	err = checkVersion(ctx, db)
	if err == nil {
		// Not EXCLUSIVE: of two that ask for that at once, each may see the other
		// reading, and both be refused.
		_, err = db.ExecContext(ctx, "BEGIN IMMEDIATE")
	}
	switch {
	case busy(err):
		return nil, errors.Join(ErrInUse, db.Close())
	case err != nil:
		return nil, errors.Join(unreachable(err), db.Close())
	}
	return db.Close, nil
}

func checkVersion(ctx context.Context, db *sqlx.DB) error {
	var text string
	if err := db.GetContext(ctx, &text, "SELECT sqlite_version()"); err != nil {
		return err
	}
	return newEnough(text)
}

func newEnough(text string) error {
	var v [3]int
	if _, err := fmt.Sscanf(text, "%d.%d.%d", &v[0], &v[1], &v[2]); err != nil {
		return fmt.Errorf("version %q: %w", text, ErrOldEngine)
	}
	for i, least := range oldestSQLite {
		if v[i] != least {
			if v[i] < least {
				return fmt.Errorf("version %s: %w", text, ErrOldEngine)
			}
			break
		}
	}
	return nil
}

// ownersOnly makes the file, if need be, and keeps others from reading it.
// What SQLite makes beside it (-wal, -shm) gets the same mode.
func ownersOnly(path string) error {
	f, err := os.OpenFile(filepath.Clean(path), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("database file: %w", err)
	}
	return errors.Join(f.Chmod(0o600), f.Close())
}

// busyTimeout is how long a connection waits for another, in milliseconds.
const busyTimeout = "busy_timeout(5000)"

// fileConnections opens a SQLite file: WAL, a full sync at each commit, and
// deleted content overwritten.
func fileConnections(path, begin string, most int) (*sqlx.DB, error) {
	q := url.Values{
		"_txlock": {begin}, "_time_format": {"sqlite"}, "_timezone": {"UTC"}, "_dqs": {"0"},
		"_pragma": {
			busyTimeout, "journal_mode(WAL)", "synchronous(FULL)",
			"foreign_keys(1)", "secure_delete(1)", "cache_size(-4096)",
		},
	}
	return openDSN("file:"+escape(path)+"?"+q.Encode(), most)
}

func openDSN(dsn string, most int) (*sqlx.DB, error) {
	connector, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, fmt.Errorf("database file: %w", err)
	}
	db := sqlx.NewDb(sql.OpenDB(connector), "sqlite")
	db.SetMaxOpenConns(most)
	db.SetMaxIdleConns(most)
	return db, nil
}

// escape makes a path part of a URI.
func escape(path string) string { return (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() }

// EmptyFile reports whether a SQLite file is not there or holds nothing.
func EmptyFile(address string) bool {
	path, ok := strings.CutPrefix(address, "sqlite:")
	if !ok {
		return false
	}
	info, err := os.Stat(path)
	return errors.Is(err, os.ErrNotExist) || err == nil && info.Size() == 0
}
