package engine_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/engine"
)

// filled opens a file with a table of many pages.
func filled(t *testing.T) (e *engine.Database, path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "register.db")
	e = open(t, "sqlite:"+path)
	for _, statement := range []string{
		"CREATE TABLE meta (name TEXT PRIMARY KEY, value BYTEA)",
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) INSERT INTO meta SELECT i, zeroblob(2000) FROM n",
	} {
		if _, err := e.Write.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	return e, path
}

var intoMeta = engine.Trial{Insert: "INSERT INTO meta (name, value) VALUES ($1, $2)", Room: 1 << 16}

func change(ctx context.Context, e *engine.Database) error {
	return e.Change(ctx, func(tx engine.Tx) error {
		_, err := tx.Exec(ctx, "INSERT INTO meta (name, value) VALUES ('a change', $1)", make([]byte, 1<<17))
		return err
	})
}

func mustFault(t *testing.T, what string, err error, want engine.Fault) {
	t.Helper()
	if got := engine.FaultOf(err); got != want {
		t.Errorf("%s: %q, want %q: %v", what, got, want, err)
	}
}

// TestFile_takenAway: what would be written to a file that nobody finds is refused
// (better-sqlite3#1237), and goes on once the file is back.
func TestFile_takenAway(t *testing.T) {
	t.Parallel()
	e, path := filled(t)
	for _, in := range []string{"", "something else"} {
		if err := os.Rename(path, path+".away"); err != nil {
			t.Fatal(err)
		}
		if in != "" {
			if err := os.WriteFile(path, []byte(in), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		mustFault(t, "a trial", e.Try(t.Context(), intoMeta), engine.FaultReplaced)
		mustFault(t, "a change", change(t.Context(), e), engine.FaultReplaced)
		if err := os.Rename(path+".away", path); err != nil {
			t.Fatal(err)
		}
		mustFault(t, "a trial, once it is back", e.Try(t.Context(), intoMeta), "")
	}
	mustFault(t, "a change, once it is back", change(t.Context(), e), "")
}

// TestFile_full is what the engine says when a file may not grow.
func TestFile_full(t *testing.T) {
	t.Parallel()
	e, _ := filled(t)
	if _, err := e.Write.Exec(t.Context(), "PRAGMA max_page_count = 1"); err != nil {
		t.Fatal(err)
	}
	mustFault(t, "a change", change(t.Context(), e), engine.FaultFull)
	mustFault(t, "a trial", e.Try(t.Context(), engine.Trial{Insert: intoMeta.Insert, Room: 1 << 18}), engine.FaultFull)
}

// TestFile_damagedPage is found by a thorough trial, and by whoever reads it.
func TestFile_damagedPage(t *testing.T) {
	t.Parallel()
	e, path := filled(t)
	mustFault(t, "a whole file", e.Try(t.Context(), engine.Trial{Insert: intoMeta.Insert, Read: true}), "")
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err == nil {
		_, err = f.WriteAt([]byte(strings.Repeat("!", 4096)), 20*4096)
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	e = open(t, "sqlite:"+path)
	mustFault(t, "a damaged page", e.Try(t.Context(), engine.Trial{Insert: intoMeta.Insert, Read: true}), engine.FaultDamaged)
}

// TestFile_noDatabase: neither a text nor a folder that is not there is one.
func TestFile_noDatabase(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "text")
	if err := os.WriteFile(path, []byte(strings.Repeat("Beste bot, ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]engine.Fault{
		"sqlite:" + path:              engine.FaultDamaged,
		"sqlite:" + path + "/in/a.db": engine.FaultNoFolder,
		"sqlite:/proc/register.db":    engine.FaultNoFolder,
	} {
		e, err := engine.Open(t.Context(), address, engine.LockFile)
		if err == nil {
			err = e.Try(t.Context(), engine.Trial{})
			_ = e.Close()
		}
		mustFault(t, address, err, want)
	}
}

// TestFile_heldByAnother program: a change ends with its context all the same.
func TestFile_heldByAnother(t *testing.T) {
	t.Parallel()
	e, path := filled(t)
	other, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	if _, err := other.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	within(t, 2*time.Second, "a change", func() {
		mustFault(t, "a change", change(ctx, e), engine.FaultSilent)
	})
}
