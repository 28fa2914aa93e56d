package storage_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

// Inspect looks at a register while a bot works on it, and changes nothing.
func TestInspect_besideAWorkingBot(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.File("view:inspect")
		look, err := storage.Inspect(t.Context(), reg.Options)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { storagetest.MustBe(t, look.Close(), nil) })
		if err := look.Verify(t.Context(), func(f journal.Finding) { t.Errorf("found %s", f) }); err != nil {
			t.Error(err)
		}
		backlog, err := look.Queue().Backlog(t.Context())
		if err != nil || backlog.Due == 0 {
			t.Errorf("backlog %+v, %v; the case has not been posted", backlog, err)
		}
		reg.Do(c.ID, storagetest.Officer, "note beside", workflow.Note{Text: "Gebeld."}) // the bot goes on
	})
}

func TestInspect_refuses(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		other, err := vault.CreateKeyFile(filepath.Join(t.TempDir(), "other.key"))
		if err != nil {
			t.Fatal(err)
		}
		o := reg.Options
		o.Keys = other
		if _, err := storage.Inspect(t.Context(), o); !errors.Is(err, vault.ErrOtherKey) {
			t.Errorf("with another key: %v", err)
		}
		o.Keys = nil
		if _, err := storage.Inspect(t.Context(), o); !errors.Is(err, storage.ErrNoKey) {
			t.Errorf("without a key: %v", err)
		}
	})
	ring, err := vault.CreateKeyFile(filepath.Join(t.TempDir(), "a.key"))
	if err != nil {
		t.Fatal(err)
	}
	nowhere := storage.Options{URL: "sqlite:" + filepath.Join(t.TempDir(), "none.db"), Keys: ring}
	if _, err := storage.Inspect(t.Context(), nowhere); !errors.Is(err, storage.ErrEmpty) {
		t.Errorf("of nothing: %v", err)
	}
}
