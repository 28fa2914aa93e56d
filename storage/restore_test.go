package storage_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/pgtest"
	"github.com/artra/klachtbot/storage/state"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
)

// copyOf is a copy of the register as it is at this moment, closed.
func copyOf(reg *storagetest.Register) (url string) {
	reg.Helper()
	if !strings.HasPrefix(reg.Options.URL, "sqlite:") {
		storagetest.MustBe(reg, reg.Close(), nil)
		url = pgtest.Copy(reg, reg.Options.URL)
		reg.Open()
		return url
	}
	path := filepath.Join(reg.TempDir(), "copy.db")
	reg.Exec(`VACUUM INTO '` + path + `'`)
	return "sqlite:" + path
}

// TestRestore_noNumberTwice: a register that was put back to an older state goes
// on after the numbers that were given out since (invoiceninja#11902), those that
// it knows nothing of read as lost, and the chain tells of them.
func TestRestore_noNumberTwice(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		reg.File("view:1")
		before := copyOf(reg)
		reg.File("view:2")
		lost := reg.File("view:3")
		reg.Options.URL = before
		reg.Reopen(nil)
		storagetest.Equal(t, "the next", reg.File("view:4").Number, "K-2026-0004")
		_, _, err := reg.FindNumber(lost.Number, storagetest.Officer)
		storagetest.MustRefuse(t, err, workflow.CodeNumberLost)
		storagetest.Equal(t, "lines", reg.Count(`SELECT count(*) FROM register_chain WHERE action = $1`, journal.Lost), 2)
		reg.MustVerify()
		reg.Reopen(nil)
		storagetest.Equal(t, "after another start", reg.File("view:5").Number, "K-2026-0005")
		reg.Exec(`INSERT INTO void_numbers (number, series, year, ordinal, complaint) VALUES ('K-2026-0004', 'K', 2026, 4, '')`)
		storagetest.Equal(t, "found", reg.Findings(), []journal.Finding{{Kind: journal.FindingLost, Number: "K-2026-0004"}})
	})
}

// TestRestore_crashIsNone: what was reserved and not given out is given out after a
// crash.
func TestRestore_crashIsNone(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		reg.File("view:1")
		text, err := os.ReadFile(filepath.Join(filepath.Dir(reg.KeyFile()), state.Name))
		storagetest.MustBe(t, err, nil)
		reg.Reopen(nil)
		storagetest.MustBe(t, os.WriteFile(filepath.Join(filepath.Dir(reg.KeyFile()), state.Name), text, 0o600), nil) // as if it had not stopped
		reg.Reopen(nil)
		storagetest.Equal(t, "the next", reg.File("view:2").Number, "K-2026-0002")
		reg.MustVerify()
	})
}

// TestRestore_otherRegister: an empty database beside a state that has served
// another one is refused, with both paths, unless it is meant; so is another
// register under the same key.
func TestRestore_otherRegister(t *testing.T) {
	for _, engine := range storagetest.Engines() {
		t.Run(engine, func(t *testing.T) {
			reg := storagetest.New(t, storagetest.Address(t, engine))
			reg.File("view:1")
			storagetest.MustBe(t, reg.Close(), nil)
			was, file := reg.Options.URL, filepath.Join(filepath.Dir(reg.KeyFile()), state.Name)
			reg.Options.URL = storagetest.EmptyAddress(t, engine)
			_, err := storage.Open(t.Context(), reg.Options)
			if !errors.Is(err, storage.ErrOtherRegister) || !strings.Contains(err.Error(), file) || strings.Contains(err.Error(), "sslmode") {
				t.Fatalf("opened beside the state of another register: %v", err)
			}
			if engine == "sqlite" && !strings.Contains(err.Error(), strings.TrimPrefix(reg.Options.URL, "sqlite:")) {
				t.Errorf("it does not name the database: %v", err)
			}
			reg.Options.NewRegister = true
			reg.Open()
			reg.Options.NewRegister = false
			storagetest.Equal(t, "the first", reg.File("view:1").Number, "K-2026-0001")
			reg.Reopen(nil)
			reg.MustVerify()
			storagetest.MustBe(t, reg.Close(), nil)
			reg.Options.URL = was
			_, err = storage.Open(t.Context(), reg.Options)
			storagetest.MustBe(t, err, storage.ErrOtherRegister)
		})
	}
}

// TestRestore_stateOfBefore: a register of before has no name and no state; the
// first start gives it both, and the second takes them as they are. A copy from
// before that start belongs to it too.
func TestRestore_stateOfBefore(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		file := filepath.Join(filepath.Dir(reg.KeyFile()), state.Name)
		reg.File("view:1")
		reg.Exec(`DELETE FROM meta WHERE name = 'register'`)
		before := copyOf(reg)
		storagetest.MustBe(t, os.Remove(file), nil)
		reg.Reopen(nil)
		reg.File("view:2")
		reg.Options.URL = before
		reg.Reopen(nil)
		storagetest.Equal(t, "the next", reg.File("view:3").Number, "K-2026-0003")
		reg.MustVerify()
	})
}

// TestRestore_unwritableState: found at the start, before anything is filed.
func TestRestore_unwritableState(t *testing.T) {
	reg := storagetest.New(t, storagetest.Address(t, "sqlite"))
	storagetest.MustBe(t, reg.Close(), nil)
	reg.Options.State = filepath.Join(t.TempDir(), "no", "such", "folder", state.Name)
	_, err := storage.Open(t.Context(), reg.Options)
	storagetest.MustBe(t, err, state.ErrUnwritable)
	reg.Options.State = filepath.Join(t.TempDir(), "elsewhere.state")
	reg.Open()
	reg.File("view:1")
	text, err := os.ReadFile(reg.Options.State)
	if lines := strings.Split(string(text), "\n"); err != nil || !slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, "given K-2026 1 ") }) {
		t.Errorf("it holds %q, %v", text, err)
	}
}
