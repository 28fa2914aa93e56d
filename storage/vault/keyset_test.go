package vault

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// TestKeySet_unknownKeyLookedForOnce: a key that is nowhere costs one reading of
// the file, not one a case.
func TestKeySet_unknownKeyLookedForOnce(t *testing.T) {
	ring, err := CreateKeyFile(filepath.Join(t.TempDir(), "klachtbot.key"))
	mustBe(t, err, nil)
	wrapped := bytes.Repeat([]byte{7}, 100)
	_, err = ring.Unwrap("c-1", wrapped)
	mustBe(t, err, ErrUnknownKey)
	read := ring.masters.seen
	_, err = ring.Unwrap("c-1", wrapped)
	mustBe(t, err, ErrUnknownKey)
	if read == nil || ring.masters.seen != read {
		t.Error("the file was read again, or never")
	}
	mustBe(t, os.Remove(ring.masters.path), nil)
	if _, _, err := ring.NewDataKey("c-2"); err != nil {
		t.Errorf("a new case while the file is away: %v", err)
	}
	if _, err = ring.Unwrap("c-1", wrapped); !errors.Is(err, ErrUnknownKey) || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without the file: %v", err)
	}
}

func mustBe(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got %v, want %v", err, want)
	}
}
