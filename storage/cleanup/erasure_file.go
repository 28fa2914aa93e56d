package cleanup

import (
	"bytes"
	"crypto/hmac"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"

	"github.com/artra/klachtbot/storage/durable"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// The erasure list is a text beside the key file, so that it outlives the
// database:
//
//	# comment
//	erased CASE NUMBER DATE SEAL
//
// one line a case that was erased before its term. The seal is an HMAC, in
// hexadecimal digits, under the ring's journal key, which no rotation changes.
// A line is only ever added. What is not as it was written is told, and never
// acted upon.

// ErasureListSuffix follows the path of the key file in that of the list.
const ErasureListSuffix = ".erased"

const erasureListHeader = `# klachtbot erasure list: complaints that were erased before their term.
# It names nobody. Keep a copy of it with that of the key file, apart from the
# database and its backups: after a restore these complaints are erased again.
# Do not edit it.
`

const (
	erasureWord = "erased"  // begins a line
	sealErasure = "erasure" // what the seal is of
)

// erasure is one line of the list, and a row of erasures.
type erasure struct {
	Case   workflow.CaseID `db:"complaint"`
	Number string          `db:"number"`
	On     calendar.Date   `db:"erased_on"`
	Seal   []byte          `db:"seal"`
}

func erasureSeal(keys *vault.Ring, e erasure) []byte {
	return keys.JournalMAC([]byte(sealErasure), []byte(e.Case), []byte(e.Number), []byte(e.On.String()))
}

// sound reports whether an entry is as it was written.
func sound(keys *vault.Ring, e erasure) bool { return hmac.Equal(e.Seal, erasureSeal(keys, e)) }

func (e erasure) line() string {
	return fmt.Sprintf("%s %s %s %s %s\n", erasureWord, e.Case, e.Number, e.On, hex.EncodeToString(e.Seal))
}

// erasureText is what a list says.
type erasureText struct {
	entries []erasure // sound ones
	broken  []int     // lines that are not as they were written
	torn    bool      // the last line was cut off while it was written
}

func (t erasureText) has(id workflow.CaseID) bool {
	for _, e := range t.entries {
		if e.Case == id {
			return true
		}
	}
	return false
}

// parseErasures reads a list. Every text is one: what it does not understand
// is broken, or, at an end without a line's end, torn.
func parseErasures(text []byte, keys *vault.Ring) (t erasureText) {
	lines := strings.SplitAfter(string(text), "\n")
	for i, whole := range lines {
		line, ended := strings.CutSuffix(whole, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		e, ok := parseErasure(line)
		switch {
		case ok && sound(keys, e):
			t.entries = append(t.entries, e)
		case !ended:
			t.torn = true
		default:
			t.broken = append(t.broken, i+1)
		}
	}
	return t
}

func parseErasure(line string) (e erasure, ok bool) {
	words := strings.Split(line, " ")
	if len(words) != 5 || words[0] != erasureWord || words[1] == "" || words[2] == "" {
		return e, false
	}
	on, err := calendar.ParseDate(words[3])
	if err != nil || on.IsZero() {
		return e, false
	}
	seal, err := hex.DecodeString(words[4])
	return erasure{workflow.CaseID(words[1]), words[2], on, seal}, err == nil
}

// erasureFile is the list of a register whose keys came from a file; without a
// path there is none, and the register alone knows.
type erasureFile struct {
	path string
	keys *vault.Ring
	mu   sync.Mutex // held while a line is added
}

func newErasureFile(keys *vault.Ring) *erasureFile {
	f := &erasureFile{keys: keys}
	if path := keys.Path(); path != "" {
		f.path = path + ErasureListSuffix
	}
	return f
}

// read returns what the list says; a file that is not there says nothing.
func (f *erasureFile) read() (erasureText, error) {
	if f.path == "" {
		return erasureText{}, nil
	}
	text, err := os.ReadFile(f.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return erasureText{}, fmt.Errorf("erasure list: %w", err)
	}
	return parseErasures(text, f.keys), nil
}

// add puts entries at the end of the list, safely on disk when it returns. One
// that stands there already is not repeated. A line that was cut off before
// keeps a line of its own.
func (f *erasureFile) add(all ...erasure) error {
	if f.path == "" {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	there, err := f.read()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	for _, e := range all {
		if !there.has(e.Case) {
			b.WriteString(e.line())
		}
	}
	if b.Len() == 0 {
		return nil
	}
	if err := durable.Append(f.path, erasureListHeader, b.Bytes()); err != nil {
		return fmt.Errorf("erasure list: %w", err)
	}
	return nil
}
