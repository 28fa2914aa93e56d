package engine_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/pgtest"
)

func open(t *testing.T, address string) *engine.Database {
	t.Helper()
	e, err := engine.Open(t.Context(), address, engine.LockFile)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}

// within fails the test when f takes longer.
func within(t *testing.T, limit time.Duration, what string, f func()) {
	t.Helper()
	began := time.Now()
	f()
	if took := time.Since(began); took > limit {
		t.Errorf("%s took %v", what, took)
	}
}

// TestServer_silent: whatever is asked of a server that accepts and does not
// answer ends with its context (lib/pq#620), and works again when it does.
func TestServer_silent(t *testing.T) {
	t.Parallel()
	address, gate := pgtest.Through(t, pgtest.Database(t))
	e := open(t, address)
	const hot = "SELECT n FROM numbers"
	if _, err := e.Write.Exec(t.Context(), "CREATE TABLE numbers (n BIGINT)"); err != nil {
		t.Fatal(err)
	}
	if err := e.Prepare(t.Context(), []string{hot}); err != nil {
		t.Fatal(err)
	}
	add := func(ctx context.Context) error {
		return e.Change(ctx, func(tx engine.Tx) error {
			_, err := tx.Exec(ctx, "INSERT INTO numbers VALUES ($1)", 1)
			return err
		})
	}
	asks := map[string]func(context.Context) error{
		"ping":     e.Ping,
		"prepared": func(ctx context.Context) error { return e.Read.All(ctx, new([]int), hot) },
		"ad hoc": func(ctx context.Context) error {
			return e.Read.All(ctx, new([]int), "SELECT n FROM numbers WHERE n = $1", 1)
		},
		"change": add,
		"trial":  func(ctx context.Context) error { return e.Try(ctx, engine.Trial{}) },
	}
	for what, ask := range asks {
		if err := ask(t.Context()); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	gate.Shut()
	for what, ask := range asks {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		within(t, time.Second, what, func() {
			if err := ask(ctx); engine.FaultOf(engine.Explain(ctx, err)) != engine.FaultSilent {
				t.Errorf("%s: %v", what, err)
			}
		})
		cancel()
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	err := e.Change(ctx, func(tx engine.Tx) error { <-ctx.Done(); return nil })
	if err == nil {
		t.Error("committed on a server that does not answer")
	}
	gate.Open()
	for what, ask := range asks {
		if err := ask(t.Context()); err != nil {
			t.Errorf("%s, once it answers: %v", what, err)
		}
	}
	gate.Cut()
	for what, ask := range asks {
		err := ask(t.Context())
		if engine.FaultOf(err) == engine.FaultAway { // it had a connection of before in hand
			err = ask(t.Context())
		}
		if err != nil {
			t.Errorf("%s, after a restart: %v", what, err)
		}
	}
}

// TestServer_silentFromTheStart: opening ends with its context too.
func TestServer_silentFromTheStart(t *testing.T) {
	t.Parallel()
	address, gate := pgtest.Through(t, pgtest.Database(t))
	gate.Shut()
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	within(t, time.Second, "opening", func() {
		_, err := engine.Open(ctx, address, engine.LockFile)
		if engine.FaultOf(err) != engine.FaultSilent {
			t.Errorf("%v", err)
		}
	})
}

// TestServer_standbyFirst: of the hosts of a URL as people write it, the one that
// takes changes is used; by itself a standby is found to be one.
func TestServer_standbyFirst(t *testing.T) {
	t.Parallel()
	database := pgtest.Database(t)
	standby := pgtest.NewGate(t, pgtest.Standby(t, database))
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	primary := pgtest.NewGate(t, u.Query().Get("host"))
	both := fmt.Sprintf("postgres://postgres@%s,%s%s?sslmode=disable", standby.Address(), primary.Address(), u.Path)
	e := open(t, both+"&target_session_attrs=read-write")
	if err := e.Try(t.Context(), engine.Trial{Room: 1 << 10}); err != nil {
		t.Error(err)
	}
	e = open(t, both)
	if err := e.Try(t.Context(), engine.Trial{}); engine.FaultOf(err) != engine.FaultReadOnly {
		t.Errorf("a standby: %v", err)
	}
	err = e.Change(t.Context(), func(tx engine.Tx) error {
		_, err := tx.Exec(t.Context(), "CREATE TABLE numbers (n BIGINT)")
		return err
	})
	if engine.FaultOf(err) != engine.FaultReadOnly {
		t.Errorf("a change on a standby: %v", err)
	}
}

// TestServer_poolers: statements that are prepared, parameters of each kind and
// changes at once work through PgBouncer (lib/pq#889, pgbouncer#1288).
func TestServer_poolers(t *testing.T) {
	for _, mode := range []string{pgtest.PoolSession, pgtest.PoolTransaction} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			address := pgtest.Bouncer(t, pgtest.Database(t), mode)
			one, other := open(t, address), open(t, address)
			if _, err := one.Write.Exec(t.Context(), "CREATE TABLE things (id TEXT PRIMARY KEY, n BIGINT, b BYTEA, yes BOOLEAN, at TIMESTAMP)"); err != nil {
				t.Fatal(err)
			}
			const (
				insert = "INSERT INTO things (id, n, b, yes, at) VALUES ($1, $2, $3, $4, $5)"
				sum    = "SELECT count(*) FROM things WHERE n >= $1 AND yes = $2"
			)
			// Each prepares in another order: what pq calls 1 is not the same.
			for e, hot := range map[*engine.Database][]string{one: {insert, sum}, other: {sum, insert}} {
				if err := e.Prepare(t.Context(), hot); err != nil {
					t.Fatal(err)
				}
			}
			var all sync.WaitGroup
			for i := range 40 {
				e := []*engine.Database{one, other}[i%2]
				all.Go(func() {
					err := e.Change(t.Context(), func(tx engine.Tx) error {
						_, err := tx.Exec(t.Context(), insert, fmt.Sprint(i), i, []byte{0, 255, byte(i)}, true, time.Now().UTC())
						return err
					})
					var n int
					if err = errors.Join(err, e.Read.Get(t.Context(), &n, sum, 0, true)); err != nil || n == 0 {
						t.Errorf("%d things, %v", n, err)
					}
				})
			}
			all.Wait()
			var b []byte
			if err := one.Read.Get(t.Context(), &b, "SELECT b FROM things WHERE n = $1", 7); err != nil || string(b) != "\x00\xff\x07" {
				t.Errorf("%x, %v", b, err)
			}
			for range 2 { // a lock that stayed on somebody's session would keep the second out
				if err := one.Alone(t.Context(), func(context.Context) error { return nil }); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// TestTry_server finds what keeps a server from being written.
func TestTry_server(t *testing.T) {
	t.Parallel()
	database := pgtest.Database(t)
	e := open(t, database)
	name := strings.TrimPrefix(must(url.Parse(database)).Path, "/")
	for _, statement := range []string{
		"CREATE TABLE meta (name TEXT PRIMARY KEY, value BYTEA)", "CREATE ROLE " + name + "_reader LOGIN",
		"GRANT SELECT, INSERT, UPDATE ON meta TO " + name + "_reader",
		"CREATE DATABASE " + name + "_latin TEMPLATE template0 ENCODING LATIN1 LC_COLLATE 'C' LC_CTYPE 'C'",
	} {
		if _, err := e.Write.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		for _, statement := range []string{"DROP DATABASE " + name + "_latin", "DROP OWNED BY " + name + "_reader", "DROP ROLE " + name + "_reader"} {
			if _, err := e.Write.Exec(context.Background(), statement); err != nil {
				t.Error(err)
			}
		}
	})
	into := engine.Trial{Insert: "INSERT INTO meta (name, value) VALUES ($1, $2)", Room: 1 << 16}
	if err := e.Try(t.Context(), into); err != nil {
		t.Error(err)
	}
	check := func(what, address string, trial engine.Trial, want engine.Fault) {
		t.Helper()
		other, err := engine.Open(t.Context(), address, engine.LockFile)
		if err == nil {
			err = other.Try(t.Context(), trial)
			_ = other.Close()
		}
		if got := engine.FaultOf(err); got != want || !errors.Is(err, engine.ErrUnreachable) {
			t.Errorf("%s: %q, want %q: %v", what, got, want, err)
		}
	}
	check("a privilege", strings.Replace(database, "postgres@", name+"_reader@", 1), into, engine.FaultForbidden)
	check("no right to make tables", strings.Replace(database, "postgres@", name+"_reader@", 1), engine.Trial{}, engine.FaultForbidden)
	check("another encoding", strings.Replace(database, "/"+name+"?", "/"+name+"_latin?", 1), engine.Trial{}, engine.FaultEncoding)
	check("no such database", strings.Replace(database, "/"+name+"?", "/"+name+"_none?", 1), engine.Trial{}, engine.FaultRefused)
	check("no such user", strings.Replace(database, "postgres@", "nobody_here@", 1), engine.Trial{}, engine.FaultRefused)
	if _, err := e.Write.Exec(t.Context(), "ALTER ROLE "+name+"_reader CONNECTION LIMIT 0"); err != nil {
		t.Fatal(err)
	}
	check("too few connections", strings.Replace(database, "postgres@", name+"_reader@", 1), into, engine.FaultCrowded)
	if _, err := e.Write.Exec(t.Context(), "ALTER DATABASE "+name+" SET default_transaction_read_only = on"); err != nil {
		t.Fatal(err)
	}
	check("read-only", database, into, engine.FaultReadOnly)
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
