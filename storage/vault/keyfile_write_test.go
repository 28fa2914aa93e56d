package vault

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

// TestAddKey_keepsTheOthers: the file keeps its keys and gets one more, stays its owner's,
// and a leftover of a run that was killed is cleared away.
func TestAddKey_keepsTheOthers(t *testing.T) {
	path := writeKeyFile(t, vectorFile, 0o400)
	mustBe(t, os.WriteFile(path+".new", []byte("half of somethi"), 0o600), nil)
	mustBe(t, addKey(path, random()), nil)
	text, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(text), vectorFile) || bytes.Count(text, []byte("\nkey ")) != 2 {
		t.Errorf("the file lost a key or got none, %v", err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	ring, err := OpenKeyFile(path)
	if err != nil || ring.Fingerprint() != vectorFingerprint {
		t.Errorf("the root changed, %v", err)
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	if err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestAddKey_throughALink(t *testing.T) {
	path := writeKeyFile(t, vectorFile, 0o600)
	link := filepath.Join(t.TempDir(), "link.key")
	mustBe(t, os.Symlink(path, link), nil)
	mustBe(t, addKey(link, random()), nil)
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v, %v", info.Mode(), err)
	}
	if masters, _, err := readKeys(path); err != nil || len(masters) != 2 {
		t.Errorf("%d keys, %v", len(masters), err)
	}
}

// TestAddKey_fails: whatever goes wrong, the file is as it was.
func TestAddKey_fails(t *testing.T) {
	broken := iotest.ErrReader(errors.New("no entropy"))
	full := vectorFile + strings.Repeat("#\n", keyFileLimit/2-len(vectorFile))
	for name, tt := range map[string]struct {
		text   string
		mode   fs.FileMode
		spoil  func(path string) error
		broken bool
	}{
		"no randomness":   {text: vectorFile, mode: 0o600, broken: true},
		"others may read": {text: vectorFile, mode: 0o640},
		"malformed":       {text: full + "key", mode: 0o600},
		"no place for the new one": {text: vectorFile, mode: 0o600, spoil: func(path string) error {
			return os.MkdirAll(filepath.Join(path+".new", "in the way"), 0o700)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			path, source := writeKeyFile(t, tt.text, tt.mode), random()
			if tt.spoil != nil {
				mustBe(t, tt.spoil(path), nil)
			}
			if tt.broken {
				source = broken
			}
			if err := addKey(path, source); err == nil {
				t.Error("a key was added")
			}
			if text, err := os.ReadFile(path); err != nil || string(text) != tt.text {
				t.Errorf("the file was touched, %v", err)
			}
		})
	}
}

// TestAddKey_untilFull: a file that would be larger than can be read again is
// refused before it is written.
func TestAddKey_untilFull(t *testing.T) {
	var masters [][]byte
	for i := range keyFileLimit / 60 {
		masters = append(masters, bytes.Repeat([]byte{byte(i), byte(i >> 8)}, secretSize/2))
	}
	text, err := formatKeys(masters)
	for err == nil && len(text) > keyFileLimit {
		masters = masters[1:]
		text, err = formatKeys(masters)
	}
	if err != nil {
		t.Fatal(err)
	}
	path := writeKeyFile(t, string(text), 0o600)
	if err := addKey(path, random()); err == nil || !strings.Contains(err.Error(), "no room") {
		t.Errorf("added: %v", err)
	}
	if _, err := OpenKeyFile(path); err != nil {
		t.Error(err)
	}
}
