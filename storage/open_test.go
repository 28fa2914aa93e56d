package storage

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

// refused tries to open and expects that error.
func (h *house) refused(o Options, want error) {
	h.Helper()
	db, err := Open(h.Context(), o)
	if err == nil {
		h.Fatal("opened: ", db.Close())
	}
	mustBe(h, err, want)
}

// TestOtherKey: a register opens with its own key file only, and a refusal
// leaves it as it was.
func TestOtherKey(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.log("view:1")
		if err := h.Close(); err != nil {
			t.Fatal(err)
		}
		other, none := h.options, h.options
		other.Keys, none.Keys = testKeys(t), nil
		h.refused(other, vault.ErrOtherKey)
		h.refused(none, ErrNoKey)
		h.open()
		h.same(made)
	})
}

// TestOtherKeyBeforeUpdate: the key is looked at before the schema is brought
// up to date; a refusal leaves an older register older.
func TestOtherKeyBeforeUpdate(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.raw(`DELETE FROM goose_db_version WHERE version_id > 1`)
		if err := h.Close(); err != nil {
			t.Fatal(err)
		}
		h.options.Keys = testKeys(t)
		h.refused(h.options, vault.ErrOtherKey)
		if n := h.schemaVersion(); n != 1 {
			t.Errorf("schema %d", n)
		}
	})
}

// schemaVersion looks at a register that is closed.
func (h *house) schemaVersion() int64 {
	h.Helper()
	e, err := engine.Open(h.Context(), h.options.URL, engine.LockFile)
	if err != nil {
		h.Fatal(err)
	}
	m, err := newMigrator(e)
	if err != nil {
		h.Fatal(err)
	}
	version, err := m.GetDBVersion(h.Context())
	if err := errors.Join(err, e.Close()); err != nil {
		h.Fatal(err)
	}
	return version
}

// TestNewerSchema: an older program leaves a newer register alone.
func TestNewerSchema(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.raw(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, $1)`, true)
		if err := h.Close(); err != nil {
			t.Fatal(err)
		}
		h.refused(h.options, ErrNewerSchema)
	})
}

// TestEmpty: a key file may be made for a register without anything in it,
// and looking makes no file.
func TestEmpty(t *testing.T) {
	for _, engine := range engineNames() {
		t.Run(engine, func(t *testing.T) {
			url := emptyAddress(t, engine)
			if empty, err := Empty(t.Context(), url); err != nil || !empty {
				t.Fatalf("before: empty %t, %v", empty, err)
			}
			if path, ok := strings.CutPrefix(url, "sqlite:"); ok {
				if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("looking made a file: %v", err)
				}
			}
			h := newHouse(t, url)
			if err := h.Close(); err != nil {
				t.Fatal(err)
			}
			if empty, err := Empty(t.Context(), url); err != nil || empty {
				t.Errorf("after: empty %t, %v", empty, err)
			}
		})
	}
}

// TestSecondProcess: one SQLite file is for one process; the sentence says
// what to do. A file that is given back opens again.
func TestSecondProcess(t *testing.T) {
	h := newHouse(t, address(t, "sqlite"))
	h.refused(h.options, engine.ErrInUse)
	if !strings.Contains(engine.ErrInUse.Error(), "PostgreSQL") {
		t.Error("the sentence does not name PostgreSQL")
	}
	made := h.log("view:1")
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	h.open()
	h.same(made)
}

// TestReplicas: several processes start at once on one empty database server;
// all work on the same register.
func TestReplicas(t *testing.T) {
	h := &house{TB: t, clock: &hands{now: monday}}
	h.options = Options{URL: emptyAddress(t, "postgres"), Keys: testKeys(t), Policy: testPolicy(t), Now: h.clock.Now}
	replicas := make([]*DB, 3)
	noErrors(t, together(t.Context(), len(replicas), func(ctx context.Context, i int) (err error) {
		replicas[i], err = Open(ctx, h.options)
		return err
	}))
	for i, db := range replicas {
		h.DB = db
		if made, want := h.log("view:"+string(rune('a'+i))), i+1; made.Number != (cases.CaseNumber{Year: 2026, Series: "K", Ordinal: want}).String() {
			t.Errorf("replica %d made %s", i, made.Number)
		}
		h.clean()
	}
	for _, db := range replicas {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestFileMode: nobody but the owner reads the register, also when the file
// was there with a wider mode.
func TestFileMode(t *testing.T) {
	url := address(t, "sqlite")
	path := strings.TrimPrefix(url, "sqlite:")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	everybody := fs.ModePerm
	if err := os.Chmod(path, everybody); err != nil {
		t.Fatal(err)
	}
	h := newHouse(t, url)
	h.log("view:1")
	files, err := filepath.Glob(path + "*")
	if err != nil || len(files) < 3 {
		t.Fatalf("files %v, %v", files, err)
	}
	for _, file := range files {
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", filepath.Base(file), info.Mode())
		}
	}
}

// TestUnreachable: no database at that place is a sentence without the
// address's password.
func TestUnreachable(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := silent.Addr().String()
	if err := silent.Close(); err != nil {
		t.Fatal(err)
	}
	keys, policy := testKeys(t), testPolicy(t)
	for url, want := range map[string]error{
		"postgres://bot:h0nderd@" + closed + "/klachten":          engine.ErrUnreachable,
		"postgres://bot:h0nderd@" + closed + "/k?sslmode=disable": engine.ErrUnreachable,
		"postgres://bot:h0nderd@127.0.0.1:port/klachten":          engine.ErrAddress,
		"postgres://bot:h0nderd@127.0.0.1/k?sslmode=perhaps":      engine.ErrAddress,
		"mysql://bot:h0nderd@127.0.0.1/klachten":                  engine.ErrAddress,
		"sqlite:":                                                 engine.ErrAddress,
		"":                                                        engine.ErrAddress,
		"sqlite:" + t.TempDir():                                   nil,
		"sqlite:/no/such/folder/h0nderd":                          fs.ErrNotExist,
	} {
		_, err := Open(t.Context(), Options{URL: url, Keys: keys, Policy: policy})
		switch {
		case err == nil:
			t.Errorf("%s opened", url)
		case want != nil && !errors.Is(err, want):
			t.Errorf("%s: %v", url, err)
		case strings.Contains(err.Error(), "h0nderd") && !strings.HasPrefix(url, "sqlite:"):
			t.Errorf("the error gives the password away: %v", err)
		}
	}
}

// TestNoDatabase: a file that is something else is refused and left alone.
func TestNoDatabase(t *testing.T) {
	url := address(t, "sqlite")
	path := strings.TrimPrefix(url, "sqlite:")
	text := strings.Repeat("this is a shopping list\n", 100)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	h := &house{TB: t}
	h.refused(Options{URL: url, Keys: testKeys(t), Policy: testPolicy(t)}, engine.ErrUnreachable)
	if now, err := os.ReadFile(filepath.Clean(path)); err != nil || string(now) != text {
		t.Errorf("the file was changed, %v", err)
	}
}

// TestLostDatabase: when the server goes away in the midst of work, the error
// says so; the register works again when it is back.
func TestLostDatabase(t *testing.T) {
	h := newHouse(t, address(t, "postgres"))
	made := h.log("view:1")
	killer, err := engine.Open(t.Context(), h.options.URL, engine.LockFile)
	if err != nil {
		t.Fatal(err)
	}
	const hangUp = `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
		WHERE datname = current_database() AND pid <> pg_backend_pid()`
	err = h.core.Change(t.Context(), func(tx engine.Tx) error {
		if _, err := tx.Exec(t.Context(), cases.Lock, made.ID); err != nil {
			return err
		}
		var n int
		if err := killer.Read.Get(t.Context(), &n, hangUp); err != nil || n == 0 {
			t.Fatalf("hung up %d, %v", n, err)
		}
		_, err := tx.Exec(t.Context(), cases.Lock, made.ID)
		return err
	})
	mustBe(t, err, engine.ErrUnreachable)
	if err := killer.Close(); err != nil {
		t.Error(err)
	}
	h.do(made.ID, officer, "click:1", workflow.Note{Text: "weer terug"})
}

// TestPolicyChanged: when terms, calendar or roster changed since the last
// time, the sweep looks at every open case again, and at no closed one.
func TestPolicyChanged(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		closed := h.log("view:1")
		open := h.log("view:2")
		h.do(closed.ID, officer, "click:1", resolved())
		h.do(closed.ID, officer, "click:2", workflow.Confirm{Sent: sent(2, "Klaar")})
		h.reopen(nil)
		h.same(open)
		earlier := testPolicy(t)
		earlier.Calendar.Opens = 8 * 60
		h.reopen(earlier)
		if got, err := h.Case(t.Context(), open.ID); err != nil || !got.NextAt.Equal(monday) {
			t.Errorf("next at %v, %v", got.NextAt, err)
		}
		if n, err := h.Sweep(t.Context(), 10); n != 1 || err != nil {
			t.Errorf("swept %d, %v", n, err)
		}
		got, err := h.Case(t.Context(), open.ID)
		if err != nil || !got.NextAt.Equal(open.NextAt.Add(-time.Hour)) {
			t.Errorf("next at %v, %v", got.NextAt, err)
		}
	})
}

func (h *house) reopen(policy *workflow.Policy) {
	h.Helper()
	if err := h.Close(); err != nil {
		h.Fatal(err)
	}
	if policy != nil {
		h.options.Policy = policy
	}
	h.open()
}
