package vault

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

// vectorFile is the key file of vectorRing.
const vectorFile = keyFileHeader + `klachtbot-keys 1
key b1d3a3805f9cc9f5 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
`

// writeKeyFile puts text in a file with that mode.
func writeKeyFile(t *testing.T, text string, mode fs.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "klachtbot.key")
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil { // past the umask
		t.Fatal(err)
	}
	return path
}

func TestCreateKeyFile_opensAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "klachtbot.key")
	made, err := createKeyFile(path, counting())
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil || string(text) != vectorFile {
		t.Errorf("the file is not as the vector: %v", err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	opened, err := OpenKeyFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if made.Fingerprint() != opened.Fingerprint() || opened.Fingerprint() != vectorFingerprint {
		t.Error("another ring was read than was written")
	}
}

func TestCreateKeyFile_neverOverwrites(t *testing.T) {
	path := writeKeyFile(t, "something of somebody", 0o600)
	if _, err := CreateKeyFile(path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("CreateKeyFile over a file: %v", err)
	}
	if text, _ := os.ReadFile(path); string(text) != "something of somebody" {
		t.Error("the file was touched")
	}
}

func TestCreateKeyFile_leavesNothingHalf(t *testing.T) {
	path := filepath.Join(t.TempDir(), "klachtbot.key")
	if _, err := createKeyFile(path, iotest.ErrReader(errors.New("no entropy"))); err == nil {
		t.Error("a key file without randomness")
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something was left behind: %v", err)
	}
	if _, err := CreateKeyFile(filepath.Join(path, "in", "no", "folder")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
}

func TestCreateKeyFile_twoDiffer(t *testing.T) {
	dir := t.TempDir()
	a, err := CreateKeyFile(filepath.Join(dir, "a"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := CreateKeyFile(filepath.Join(dir, "b"))
	if err != nil {
		t.Fatal(err)
	}
	if a.Fingerprint() == b.Fingerprint() {
		t.Error("two files, one key")
	}
}

func TestOpenKeyFile_twoKeys(t *testing.T) {
	masters := [][]byte{counted(0, secretSize), counted(secretSize, 2*secretSize)}
	text, err := formatKeys(masters)
	if err != nil {
		t.Fatal(err)
	}
	ring, err := OpenKeyFile(writeKeyFile(t, string(text), 0o400))
	if err != nil {
		t.Fatal(err)
	}
	_, wrapped, err := ring.NewDataKey("c-1")
	if err != nil {
		t.Fatal(err)
	}
	current, err := idOf(masters[1])
	if err != nil {
		t.Fatal(err)
	}
	if keyID(wrapped[:keyIDSize]) != current {
		t.Error("the newest key does not wrap")
	}
	if ring.Fingerprint() != vectorFingerprint {
		t.Error("the oldest key is not the root")
	}
}

func TestOpenKeyFile_refuses(t *testing.T) {
	const key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
	const first = "klachtbot-keys 1\n"
	for name, tt := range map[string]struct {
		text string
		mode fs.FileMode
		want error
	}{
		"group may read":        {vectorFile, 0o640, ErrKeyFileExposed},
		"world may read":        {vectorFile, 0o604, ErrKeyFileExposed},
		"group may write":       {vectorFile, 0o620, ErrKeyFileExposed},
		"handed to a group":     {vectorFile, 0o440, nil},
		"and to the world":      {vectorFile, 0o444, ErrKeyFileExposed},
		"empty":                 {"", 0o600, ErrKeyFileMalformed},
		"comment only":          {keyFileHeader, 0o600, ErrKeyFileMalformed},
		"no key":                {first, 0o600, ErrKeyFileMalformed},
		"something else":        {"-----BEGIN PRIVATE KEY-----\n" + key, 0o600, ErrKeyFileMalformed},
		"bare key":              {key, 0o600, ErrKeyFileMalformed},
		"newer":                 {"klachtbot-keys 2\n", 0o600, ErrKeyFileNewer},
		"too few words":         {first + "key " + key, 0o600, ErrKeyFileMalformed},
		"too many words":        {first + "key b1d3a3805f9cc9f5 " + key + " x", 0o600, ErrKeyFileMalformed},
		"other word":            {first + "kee b1d3a3805f9cc9f5 " + key, 0o600, ErrKeyFileMalformed},
		"id of another key":     {first + "key b1d3a3805f9cc9f6 " + key, 0o600, ErrKeyFileMalformed},
		"a digit mistyped":      {first + "key b1d3a3805f9cc9f5 AB" + key[2:], 0o600, ErrKeyFileMalformed},
		"cut off":               {first + "key b1d3a3805f9cc9f5 " + key[:40], 0o600, ErrKeyFileMalformed},
		"no base64":             {first + "key b1d3a3805f9cc9f5 ~~" + key[2:], 0o600, ErrKeyFileMalformed},
		"the same key twice":    {vectorFile + "key b1d3a3805f9cc9f5 " + key, 0o600, ErrKeyFileMalformed},
		"second line damaged":   {vectorFile + "key", 0o600, ErrKeyFileMalformed},
		"larger than it can be": {vectorFile + strings.Repeat("#\n", keyFileLimit), 0o600, nil},
	} {
		t.Run(name, func(t *testing.T) {
			path := writeKeyFile(t, tt.text, tt.mode)
			_, err := OpenKeyFile(path)
			if !errors.Is(err, tt.want) {
				t.Fatalf("got %v, want %v", err, tt.want)
			}
			if err == nil {
				return
			}
			if !strings.Contains(err.Error(), path) {
				t.Error("the error does not name the file")
			}
			if strings.Contains(err.Error(), key[4:12]) || strings.Contains(err.Error(), "b1d3a380") {
				t.Error("the error shows what stands in the file")
			}
		})
	}
}

func TestOpenKeyFile_missing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "klachtbot.key")
	if _, err := OpenKeyFile(path); !errors.Is(err, ErrKeyFileMissing) || !strings.Contains(err.Error(), path) {
		t.Errorf("missing: %v", err)
	}
	if _, err := OpenKeyFile(t.TempDir()); !errors.Is(err, ErrKeyFileMalformed) {
		t.Errorf("a folder: %v", err)
	}
}

func FuzzParseKeys(f *testing.F) {
	f.Add([]byte(vectorFile))
	f.Add([]byte("klachtbot-keys 1\nkey  \n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		masters, err := parseKeys(text)
		if err != nil {
			return
		}
		again, err := formatKeys(masters)
		if err != nil {
			t.Fatal(err)
		}
		same, err := parseKeys(again)
		if err != nil || len(same) != len(masters) {
			t.Errorf("what was read could not be written and read again: %v", err)
		}
	})
}

// TestKeyFile_ofSomebodyElse: a group may read a file that is not the property of
// who runs the program, as Kubernetes (fsGroup) mounts it; nobody else may.
func TestKeyFile_ofSomebodyElse(t *testing.T) {
	if os.Geteuid() != 0 {
		return // nobody else can give a file away
	}
	for mode, want := range map[os.FileMode]error{0o440: nil, 0o640: nil, 0o660: ErrKeyFileExposed, 0o644: ErrKeyFileExposed} {
		path := writeKeyFile(t, vectorFile, mode)
		mustBe(t, os.Chown(path, 12345, -1), nil)
		_, err := OpenKeyFile(path)
		mustBe(t, err, want)
	}
}

// TestKeyFile_mayRewrite: where nothing can be put in its place, rotation can't
// work, and doctor says so.
func TestKeyFile_mayRewrite(t *testing.T) {
	path := writeKeyFile(t, vectorFile, 0o400)
	mustBe(t, MayRewrite(path), nil)
	files, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(files) != 1 {
		t.Errorf("it leaves %d files, %v", len(files), err)
	}
	if err := MayRewrite(filepath.Join("/proc", "version")); err == nil {
		t.Error("a file in /proc may be rewritten")
	}
}
