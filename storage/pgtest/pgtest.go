// Package pgtest gives tests a PostgreSQL of their own: a private, throw-away
// cluster made with the system's initdb, on a socket in a temporary folder,
// without network and without the machine's own server. The first test of a
// process that asks starts it (about a second); it ends with the process,
// however that ends, and leaves nothing behind. Only tests import it.
//
// The server's time zone is Asia/Kathmandu, so that a query that leans on it
// shows.
package pgtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/lib/pq"
)

// The clusters of this process, each started when it is first needed.
var (
	quick   = sync.OnceValues(func() (*cluster, error) { return start(false) })
	durable = sync.OnceValues(func() (*cluster, error) { return start(true) })
)

// Database returns the URL of a fresh, empty database, which goes when the
// test ends. Its cluster never waits for a disk. Where the machine has no
// PostgreSQL the test is skipped, or fails when CI=true.
func Database(t testing.TB) string {
	t.Helper()
	return database(t, quick, "template0")
}

// Copy returns the URL of a database that holds what that of Database holds at
// this moment, as a backup would; nobody may be connected to it. It goes when
// the test ends.
func Copy(t testing.TB, of string) string {
	t.Helper()
	u, err := url.Parse(of)
	if err != nil {
		t.Fatalf("copy a database: %v", err)
	}
	return database(t, quick, strings.TrimPrefix(u.Path, "/"))
}

// Filled returns the URL of a copy of what fill makes of an empty database,
// which goes when the test ends. It is filled once for all tests of a process
// that ask for that name, of letters and digits.
func Filled(t testing.TB, name string, fill func(url string) error) string {
	t.Helper()
	c, template := running(t, quick), "filled_"+name
	once, _ := c.filled.LoadOrStore(template, sync.OnceValue(func() error {
		// Not the test's own context: the next test needs it too.
		if err := c.run(context.Background(), "CREATE DATABASE "+template+" TEMPLATE template0"); err != nil {
			return err
		}
		return fill(c.url(template))
	}))
	if err := once.(func() error)(); err != nil {
		t.Fatalf("database to copy for this test: %v", err)
	}
	return database(t, quick, template)
}

// Durable is Database on a cluster that does wait for the disk at each
// commit, as one does in production: for benchmarks.
func Durable(t testing.TB) string {
	t.Helper()
	return database(t, durable, "template0")
}

func running(t testing.TB, get func() (*cluster, error)) *cluster {
	t.Helper()
	c, err := get()
	switch {
	case errors.Is(err, errAbsent) && os.Getenv("CI") != "true":
		t.Skipf("no PostgreSQL for this test: %v", err)
	case err != nil:
		t.Fatalf("PostgreSQL for this test: %v", err)
	}
	return c
}

func database(t testing.TB, get func() (*cluster, error), template string) string {
	t.Helper()
	c := running(t, get)
	name := fmt.Sprintf("test%d", c.databases.Add(1))
	if err := c.run(t.Context(), "CREATE DATABASE "+name+" TEMPLATE "+template); err != nil {
		t.Fatalf("database for this test: %v", err)
	}
	t.Cleanup(func() {
		// The test's own context is over by now.
		if err := c.run(context.Background(), "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("drop this test's database: %v", err)
		}
	})
	return c.url(name)
}

// cluster is a running server, reached through the socket in its folder.
type cluster struct {
	dir       string
	keeper    *keeper
	databases atomic.Int64
	filled    sync.Map // what filled a template, once: func() error by its name
}

func (c *cluster) url(database string) string {
	u := url.URL{
		Scheme: "postgres", User: url.User(superuser), Path: "/" + database,
		RawQuery: url.Values{"host": {c.dir}, "sslmode": {"disable"}}.Encode(),
	}
	return u.String()
}

// run carries out one statement on a connection of its own.
func (c *cluster) run(ctx context.Context, statement string) error {
	connector, err := pq.NewConnector(c.url("postgres"))
	if err != nil {
		return fmt.Errorf("address: %w", err)
	}
	db := sql.OpenDB(connector)
	_, err = db.ExecContext(ctx, statement)
	return errors.Join(err, db.Close())
}
