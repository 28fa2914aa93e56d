package storage

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

// Inspect looks at a register while a bot works on it, and changes nothing.
func TestInspectBesideAWorkingBot(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.log("view:inspect")
		look, err := Inspect(t.Context(), h.options)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { mustBe(t, look.Close(), nil) })
		if err := look.Verify(t.Context(), func(f journal.Finding) { t.Errorf("found %s", f) }); err != nil {
			t.Error(err)
		}
		backlog, err := look.Queue().Backlog(t.Context())
		if err != nil || backlog.Due == 0 {
			t.Errorf("backlog %+v, %v; the case has not been posted", backlog, err)
		}
		h.do(c.ID, officer, "note beside", workflow.Note{Text: "Gebeld."}) // the bot goes on
	})
}

func TestInspectRefuses(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		other, err := vault.CreateKeyFile(filepath.Join(t.TempDir(), "other.key"))
		if err != nil {
			t.Fatal(err)
		}
		o := h.options
		o.Keys = other
		if _, err := Inspect(t.Context(), o); !errors.Is(err, vault.ErrOtherKey) {
			t.Errorf("with another key: %v", err)
		}
		o.Keys = nil
		if _, err := Inspect(t.Context(), o); !errors.Is(err, ErrNoKey) {
			t.Errorf("without a key: %v", err)
		}
	})
	ring, err := vault.CreateKeyFile(filepath.Join(t.TempDir(), "a.key"))
	if err != nil {
		t.Fatal(err)
	}
	nowhere := Options{URL: "sqlite:" + filepath.Join(t.TempDir(), "none.db"), Keys: ring}
	if _, err := Inspect(t.Context(), nowhere); !errors.Is(err, ErrEmpty) {
		t.Errorf("of nothing: %v", err)
	}
}
