package storage_test

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/migrations"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

// refused tries to open and expects that error.
func refused(reg *storagetest.Register, o storage.Options, want error) {
	reg.Helper()
	db, err := storage.Open(reg.Context(), o)
	if err == nil {
		reg.Fatal("opened: ", db.Close())
	}
	storagetest.MustBe(reg, err, want)
}

// TestOpen_otherKey: a register opens with its own key file only, and a refusal
// leaves it as it was.
func TestOpen_otherKey(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		if err := reg.Close(); err != nil {
			t.Fatal(err)
		}
		other, none := reg.Options, reg.Options
		other.Keys, none.Keys = storagetest.Keys(t), nil
		refused(reg, other, vault.ErrOtherKey)
		refused(reg, none, storage.ErrNoKey)
		reg.Open()
		reg.MustHold(made)
	})
}

// TestOpen_otherKeyBeforeUpdate: the key is looked at before the schema is brought
// up to date; a refusal leaves an older register older.
func TestOpen_otherKeyBeforeUpdate(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		reg.Exec(`DELETE FROM goose_db_version WHERE version_id > 1`)
		if err := reg.Close(); err != nil {
			t.Fatal(err)
		}
		reg.Options.Keys = storagetest.Keys(t)
		refused(reg, reg.Options, vault.ErrOtherKey)
		if n := schemaVersion(reg); n != 1 {
			t.Errorf("schema %d", n)
		}
	})
}

// schemaVersion looks at a register that is closed.
func schemaVersion(reg *storagetest.Register) int64 {
	reg.Helper()
	e, err := engine.Open(reg.Context(), reg.Options.URL, engine.LockFile)
	if err != nil {
		reg.Fatal(err)
	}
	m, err := e.Migrator(migrations.Files(), migrations.Functions()...)
	if err != nil {
		reg.Fatal(err)
	}
	version, err := m.GetDBVersion(reg.Context())
	if err := errors.Join(err, e.Close()); err != nil {
		reg.Fatal(err)
	}
	return version
}

// TestOpen_newerSchema: an older program leaves a newer register alone.
func TestOpen_newerSchema(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		reg.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, $1)`, true)
		if err := reg.Close(); err != nil {
			t.Fatal(err)
		}
		refused(reg, reg.Options, storage.ErrNewerSchema)
	})
}

// TestEmpty_changesNothing: a key file may be made for a register without anything in it,
// and looking makes no file.
func TestEmpty_changesNothing(t *testing.T) {
	for _, engine := range storagetest.Engines() {
		t.Run(engine, func(t *testing.T) {
			url := storagetest.EmptyAddress(t, engine)
			if empty, err := storage.Empty(t.Context(), url); err != nil || !empty {
				t.Fatalf("before: empty %t, %v", empty, err)
			}
			if path, ok := strings.CutPrefix(url, "sqlite:"); ok {
				if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("looking made a file: %v", err)
				}
			}
			reg := storagetest.New(t, url)
			if err := reg.Close(); err != nil {
				t.Fatal(err)
			}
			if empty, err := storage.Empty(t.Context(), url); err != nil || empty {
				t.Errorf("after: empty %t, %v", empty, err)
			}
		})
	}
}

// TestOpen_secondProcess: one SQLite file is for one process; the sentence says
// what to do. A file that is given back opens again.
func TestOpen_secondProcess(t *testing.T) {
	reg := storagetest.New(t, storagetest.Address(t, "sqlite"))
	refused(reg, reg.Options, engine.ErrInUse)
	if !strings.Contains(engine.ErrInUse.Error(), "PostgreSQL") {
		t.Error("the sentence does not name PostgreSQL")
	}
	made := reg.File("view:1")
	if err := reg.Close(); err != nil {
		t.Fatal(err)
	}
	reg.Open()
	reg.MustHold(made)
}

// TestOpen_replicasAtOnce: several processes start at once on one empty database server;
// all work on the same register.
func TestOpen_replicasAtOnce(t *testing.T) {
	reg := &storagetest.Register{TB: t, Clock: storagetest.NewClock(storagetest.Monday)}
	reg.Options = storage.Options{URL: storagetest.EmptyAddress(t, "postgres"), Keys: storagetest.Keys(t), Policy: storagetest.Policy(t), Now: reg.Clock.Now}
	replicas := make([]*storage.DB, 3)
	storagetest.NoErrors(t, storagetest.Together(t.Context(), len(replicas), func(ctx context.Context, i int) (err error) {
		replicas[i], err = storage.Open(ctx, reg.Options)
		return err
	}))
	for i, db := range replicas {
		reg.DB = db
		if made, want := reg.File("view:"+string(rune('a'+i))), i+1; made.Number != (cases.CaseNumber{Year: 2026, Series: "K", Ordinal: want}).String() {
			t.Errorf("replica %d made %s", i, made.Number)
		}
		reg.MustVerify()
	}
	for _, db := range replicas {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestOpen_fileMode: nobody but the owner reads the register, also when the file
// was there with a wider mode.
func TestOpen_fileMode(t *testing.T) {
	url := storagetest.Address(t, "sqlite")
	path := strings.TrimPrefix(url, "sqlite:")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	everybody := fs.ModePerm
	if err := os.Chmod(path, everybody); err != nil {
		t.Fatal(err)
	}
	reg := storagetest.New(t, url)
	reg.File("view:1")
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

// TestOpen_unreachable: no database at that place is a sentence without the
// address's password.
func TestOpen_unreachable(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := silent.Addr().String()
	if err := silent.Close(); err != nil {
		t.Fatal(err)
	}
	keys, policy := storagetest.Keys(t), storagetest.Policy(t)
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
		_, err := storage.Open(t.Context(), storage.Options{URL: url, Keys: keys, Policy: policy})
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

// TestOpen_noDatabase: a file that is something else is refused and left alone.
func TestOpen_noDatabase(t *testing.T) {
	url := storagetest.Address(t, "sqlite")
	path := strings.TrimPrefix(url, "sqlite:")
	text := strings.Repeat("this is a shopping list\n", 100)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	reg := &storagetest.Register{TB: t}
	refused(reg, storage.Options{URL: url, Keys: storagetest.Keys(t), Policy: storagetest.Policy(t)}, engine.ErrUnreachable)
	if now, err := os.ReadFile(filepath.Clean(path)); err != nil || string(now) != text {
		t.Errorf("the file was changed, %v", err)
	}
}

// TestPing_lostDatabase: when the server goes away in the midst of work, the error
// says so; the register works again when it is back.
func TestPing_lostDatabase(t *testing.T) {
	reg := storagetest.New(t, storagetest.Address(t, "postgres"))
	made := reg.File("view:1")
	killer, err := engine.Open(t.Context(), reg.Options.URL, engine.LockFile)
	if err != nil {
		t.Fatal(err)
	}
	const hangUp = `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
		WHERE datname = current_database() AND pid <> pg_backend_pid()`
	err = reg.Core().Change(t.Context(), func(tx engine.Tx) error {
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
	storagetest.MustBe(t, err, engine.ErrUnreachable)
	if err := killer.Close(); err != nil {
		t.Error(err)
	}
	reg.Do(made.ID, storagetest.Officer, "click:1", workflow.Note{Text: "weer terug"})
}
