package vault

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/artra/klachtbot/storage/durable"
)

// The key file is a text that a person can recognise, copy and print:
//
//	# comment
//	klachtbot-keys 1
//	key ID BASE64
//
// one key line per master key, oldest first. Errors name a line, never what
// stands on it.

// The reasons why a key file can't be used; an error wraps one of them
// together with the file's path.
var (
	ErrKeyFileMissing   = errors.New("there is no such file")
	ErrKeyFileExposed   = errors.New("others can read it; make it readable by its owner only (chmod 600), or by a group that it is mounted for (read-only, 0440)")
	ErrKeyFileMalformed = errors.New("this is not a klachtbot key file, or it is damaged")
	ErrKeyFileNewer     = errors.New("it was written by a newer klachtbot")
)

const (
	keyFileHeader = `# klachtbot key file: the master keys of a register of complaints.
# Who has this file and the database can read every complaint;
# without this file nobody can. Keep a copy of it, apart from the database
# and its backups. Do not edit it.
`
	keyFileFormat  = "klachtbot-keys"
	keyFileVersion = "1"
	keyFileLimit   = 64 << 10 // bytes; some 900 keys
)

// CreateKeyFile makes a key file with one random master key, readable by its
// owner only. It fails when the file exists (fs.ErrExist).
func CreateKeyFile(path string) (*Ring, error) {
	return createKeyFile(path, random())
}

func createKeyFile(path string, random io.Reader) (*Ring, error) {
	master, err := generate(random)
	if err != nil {
		return nil, err
	}
	text, err := formatKeys([][]byte{master})
	if err != nil {
		return nil, err
	}
	if err := durable.WriteNew(path, text); err != nil {
		return nil, fmt.Errorf("create key file: %w", err)
	}
	r, err := NewRing([][]byte{master}, random)
	if err == nil {
		r.masters.path = path
	}
	return r, err
}

// OpenKeyFile reads a key file. It fails with ErrKeyFileMissing,
// ErrKeyFileExposed, ErrKeyFileMalformed or ErrKeyFileNewer, or as the
// operating system says; the error never holds anything of the content.
func OpenKeyFile(path string) (*Ring, error) { return OpenKeyFileWith(path, random()) }

// OpenKeyFileWith is OpenKeyFile with a source of randomness, from which nonces
// and new keys come.
func OpenKeyFileWith(path string, random io.Reader) (*Ring, error) {
	masters, seen, err := readKeys(path)
	if err != nil {
		return nil, err
	}
	r, err := NewRing(masters, random)
	if err == nil {
		r.masters.path, r.masters.seen = path, seen
	}
	return r, err
}

// readKeys returns the master keys in a file, and the file as it was then.
func readKeys(path string) (masters [][]byte, seen fs.FileInfo, err error) {
	text, seen, err := readKeyFile(path)
	if err == nil {
		masters, err = parseKeys(text)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("key file %s: %w", path, err)
	}
	return masters, seen, nil
}

func readKeyFile(path string) ([]byte, fs.FileInfo, error) {
	f, err := os.Open(filepath.Clean(path))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, ErrKeyFileMissing
	}
	if err != nil {
		return nil, nil, err
	}
	text, info, err := readOwnersOnly(f)
	return text, info, errors.Join(err, f.Close())
}

func readOwnersOnly(f *os.File) ([]byte, fs.FileInfo, error) {
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, nil, err
	case !info.Mode().IsRegular():
		return nil, nil, ErrKeyFileMalformed
	case exposed(info):
		return nil, nil, ErrKeyFileExposed
	}
	text, err := io.ReadAll(io.LimitReader(f, keyFileLimit))
	return text, info, err
}

// exposed reports whether others than who runs the program may read a file. A
// group may where the file is handed to it, as Kubernetes (fsGroup) and systemd
// (credentials) do: read-only for everybody, or as the property of somebody else.
func exposed(info fs.FileInfo) bool {
	mode := info.Mode().Perm()
	if mode&0o077 == 0 {
		return false
	}
	handed := mode&0o222 == 0 || !durable.Own(info)
	return mode&0o037 != 0 || !handed
}

// MayRewrite reports whether the file can be put in the place of another: a
// rotation does that. A file that is mounted by itself, or read-only, can't.
func MayRewrite(path string) error {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	trial, err := os.CreateTemp(filepath.Dir(path), ".klachtbot-*")
	if err != nil {
		return err
	}
	if err := errors.Join(trial.Close(), os.Remove(trial.Name())); err != nil {
		return err
	}
	if err := os.Link(path, trial.Name()); errors.Is(err, syscall.EXDEV) {
		return err // its folder is another mount
	} else if err != nil {
		return nil // a file system without links says nothing
	}
	return os.Remove(trial.Name())
}

func formatKeys(masters [][]byte) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(keyFileHeader)
	fmt.Fprintf(&b, "%s %s\n", keyFileFormat, keyFileVersion)
	for _, master := range masters {
		id, err := idOf(master)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "key %s %s\n", hex.EncodeToString(id[:]), base64.StdEncoding.EncodeToString(master))
	}
	return b.Bytes(), nil
}

func parseKeys(text []byte) ([][]byte, error) {
	var masters [][]byte
	seen := map[keyID]bool{}
	started := false
	for i, line := range strings.Split(string(text), "\n") {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if !started {
			started = true
			if err := checkFormat(words); err != nil {
				return nil, fmt.Errorf("line %d: %w", i+1, err)
			}
			continue
		}
		master, id, ok := parseKey(words)
		if !ok || seen[id] {
			return nil, fmt.Errorf("line %d: %w", i+1, ErrKeyFileMalformed)
		}
		seen[id] = true
		masters = append(masters, master)
	}
	if len(masters) == 0 {
		return nil, fmt.Errorf("no key in it: %w", ErrKeyFileMalformed)
	}
	return masters, nil
}

func checkFormat(words []string) error {
	if len(words) != 2 || words[0] != keyFileFormat {
		return ErrKeyFileMalformed
	}
	if words[1] != keyFileVersion {
		return ErrKeyFileNewer
	}
	return nil
}

func parseKey(words []string) (master []byte, id keyID, ok bool) {
	if len(words) != 3 || words[0] != "key" {
		return nil, id, false
	}
	master, err := base64.StdEncoding.Strict().DecodeString(words[2])
	if err != nil || len(master) != secretSize {
		return nil, id, false
	}
	id, err = idOf(master)
	return master, id, err == nil && words[1] == hex.EncodeToString(id[:])
}
