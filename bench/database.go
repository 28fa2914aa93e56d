package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/lib/pq"

	"github.com/artra/klachtbot/storage/pgtest"
)

// outsideTest stands for a test, outside of one: pgtest makes databases for it.
type outsideTest struct {
	testing.TB
	ctx     context.Context
	cleanup []func()
}

func (t *outsideTest) Helper()                  {}
func (t *outsideTest) Context() context.Context { return t.ctx }
func (t *outsideTest) Cleanup(f func())         { t.cleanup = append(t.cleanup, f) }
func (t *outsideTest) Skipf(format string, args ...any) {
	t.Fatalf(format, args...)
}

// Errorf is called by cleanups only.
func (t *outsideTest) Errorf(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
}

// Fatalf ends what was asked for; bench.database makes an error of it.
func (t *outsideTest) Fatalf(format string, args ...any) {
	panic(failure(fmt.Sprintf(format, args...)))
}

// failure is why there is no database.
type failure string

func (f failure) Error() string { return string(f) }

// end takes away what was made, the newest first.
func (t *outsideTest) end() {
	for i := len(t.cleanup) - 1; i >= 0; i-- {
		t.cleanup[i]()
	}
	t.cleanup = nil
}

// database is an empty database of a contestant; a PostgreSQL one has an
// administrator, who counts what the server does.
type database struct {
	url   string
	admin *sql.DB // nil for SQLite
	name  string
	log   string // the server's
}

func (b *bench) database(engine, dir string) (d *database, err error) {
	defer func() {
		switch reason := recover().(type) {
		case nil:
		case failure:
			err = reason
		default:
			panic(reason)
		}
	}()
	if engine == sqlite {
		return &database{url: "sqlite:" + filepath.Join(dir, "register.db")}, nil
	}
	address := pgtest.Database
	if b.durable {
		address = pgtest.Durable
	}
	d = &database{url: address(b.tb)}
	u, err := url.Parse(d.url)
	if err != nil {
		return nil, err
	}
	d.name, d.log = strings.TrimPrefix(u.Path, "/"), filepath.Join(u.Query().Get("host"), "log")
	u.Path = "/postgres"
	connector, err := pq.NewConnector(u.String())
	if err != nil {
		return nil, err
	}
	d.admin = sql.OpenDB(connector)
	d.admin.SetMaxOpenConns(1)
	return d, nil
}

func (d *database) close() error {
	if d.admin == nil {
		return nil
	}
	return d.admin.Close()
}

// cpu is what the whole server used so far, in no time without one.
func (d *database) cpu(ctx context.Context) (float64, error) {
	if d.admin == nil {
		return 0, nil
	}
	var first string
	if err := d.admin.QueryRowContext(ctx, `SELECT split_part(pg_read_file('postmaster.pid'), E'\n', 1)`).Scan(&first); err != nil {
		return 0, err
	}
	pid, err := strconv.Atoi(first)
	if err != nil {
		return 0, err
	}
	used, err := familyCPU(pid)
	return used.Seconds(), err
}

// watch has the server log every statement on this database, and gives numbers to
// nobody's transactions but the contestant's.
func (d *database) watch(ctx context.Context) error {
	if d.admin == nil {
		return nil
	}
	var errs []error
	for _, statement := range []string{
		`ALTER DATABASE ` + d.name + ` SET log_statement = 'all'`, `ALTER SYSTEM SET autovacuum = off`, `SELECT pg_reload_conf()`,
	} {
		_, err := d.admin.ExecContext(ctx, statement)
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

func (d *database) unwatch(ctx context.Context) error {
	if d.admin == nil {
		return nil
	}
	_, err := d.admin.ExecContext(ctx, `ALTER SYSTEM RESET autovacuum`)
	_, errReload := d.admin.ExecContext(ctx, `SELECT pg_reload_conf()`)
	return errors.Join(err, errReload)
}

// logged is a line of the server's log that begins a statement.
var logged = regexp.MustCompile(`(?m)LOG:  (?:statement|execute [^:\n]*): `)

// seen is what the server saw up to now: statements in its log, and transactions
// that wrote, by the next number it will give out.
func (d *database) seen(ctx context.Context) (statements, commits float64, err error) {
	if d.admin == nil {
		return 0, 0, nil
	}
	var next int64
	if err := d.admin.QueryRowContext(ctx, `SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint`).Scan(&next); err != nil {
		return 0, 0, err
	}
	b, err := os.ReadFile(d.log)
	if err != nil {
		return 0, 0, fmt.Errorf("the server's log: %w", err)
	}
	return float64(len(logged.FindAllIndex(bytes.TrimSpace(b), -1))), float64(next), nil
}
