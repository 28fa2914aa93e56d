// Package state is the state file: what must be remembered outside the
// register, so that it outlives a restore of an older copy. It stands beside the
// key file, or where KLACHTBOT_STATE_FILE says, and names nobody.
package state

import (
	"bytes"
	"crypto/hmac"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/artra/klachtbot/storage/vault"
)

// The file is a text of lines, of which each is only ever added:
//
//	# comment
//	register ID SEAL
//	started BOOT SEAL
//	reserved SERIES-YEAR N SEAL
//	given SERIES-YEAR N SEAL
//	stopped SERIES-YEAR N SEAL
//	erased CASE NUMBER DATE SEAL
//
// A register line begins what is said of that register. reserved stands on the
// disk before a number up to N is given out, given in the file once it was;
// stopped says that none after N was. started names the start of the machine, "-"
// where it has no name: as long as it goes on, no line is lost. A seal is an HMAC,
// in hexadecimal digits, under the ring's journal key, which no rotation changes.
// What is not as it was written is told, and never acted upon.

// The words that begin a line.
const (
	wordRegister = "register"
	wordStarted  = "started"
	wordReserved = "reserved"
	wordGiven    = "given"
	wordStopped  = "stopped"
	wordErased   = "erased"
)

// Name is the file's, beside the key file.
const Name = "klachtbot.state"

const header = `# klachtbot state file: which register its key served, the numbers that were
# given out, and complaints that were erased before their term.
# It names nobody. Keep a copy of it with that of the key file, apart from the
# database and its backups; after a restore leave the newest where it is.
# Do not edit it.
`

// ErrUnwritable is a state file that can't be written.
var ErrUnwritable = errors.New("the state file can't be written (KLACHTBOT_STATE_FILE)")

// File is the state file of a register. Any number of goroutines, and of
// processes, may add to it.
type File struct {
	path string // "" when there is none: the keys came from no file
	keys *vault.Ring
	mu   sync.Mutex // held while lines are added, and for what follows

	register string
	begun    bool                // the file speaks of the register
	numbers  map[string]*reserve // by series and year
	dirty    bool                // a line may not be on the disk yet
}

// New returns the file at that path; by default beside the key file. Nothing is
// read or written yet.
func New(path string, keys *vault.Ring) *File {
	if key := keys.Path(); path == "" && key != "" {
		path = filepath.Join(filepath.Dir(key), Name)
	}
	return &File{path: path, keys: keys, numbers: map[string]*reserve{}}
}

// Path is where the file is; "" when there is none.
func (f *File) Path() string { return f.path }

// Try finds out whether the file can be written. It makes none.
func (f *File) Try() error {
	if f.path == "" {
		return nil
	}
	return Writable(f.path)
}

// Served reports whether a state file, or the erasure list of before it beside
// the key file, tells that the key served a register.
func Served(path, keyFile string) (bool, error) {
	text, err := readIfThere(path)
	if err != nil {
		return false, err
	}
	former, err := readIfThere(keyFile + formerSuffix)
	return len(former) > 0 || bytes.Contains(append([]byte("\n"), text...), []byte("\n"+wordRegister+" ")), err
}

// Writable is Try of a file at that path.
func Writable(path string) error {
	there, err := os.OpenFile(filepath.Clean(path), os.O_WRONLY|os.O_APPEND, 0)
	if err == nil {
		return there.Close()
	}
	if errors.Is(err, fs.ErrNotExist) {
		there, err = os.CreateTemp(filepath.Dir(path), ".klachtbot-*")
		if err == nil {
			err = errors.Join(there.Close(), os.Remove(there.Name()))
		}
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnwritable, err)
	}
	return nil
}

// Contents is what a file says.
type Contents struct {
	Register string             // that the key served last; "" when no sound line says so
	Served   bool               // it served one, known or not
	Numbers  map[string]Numbers // of that register, by series and year
	Erasures []Erasure          // sound ones, of every register
	Broken   []int              // lines that are not as they were written
	Torn     bool               // the last line was cut off while it was written

	boot string // of the last start
}

// Numbers is what is known of the numbers of a series in a year.
type Numbers struct {
	Given    int // at least up to here
	Reserved int // at most
}

// Read returns what the file says, with what stands in the erasure list of
// before it; a file that is not there says nothing.
func (f *File) Read() (Contents, error) {
	if f.path == "" {
		return Contents{}, nil
	}
	text, err := readIfThere(f.path)
	if err != nil {
		return Contents{}, err
	}
	c := f.parse(text)
	former, err := readIfThere(f.formerPath())
	if err != nil {
		return Contents{}, err
	}
	for _, e := range f.parse(former).Erasures {
		if !c.Erased(e) {
			c.Erasures = append(c.Erasures, e)
		}
	}
	c.Served = c.Served || len(former) > 0
	return c, nil
}

func readIfThere(path string) ([]byte, error) {
	text, err := os.ReadFile(filepath.Clean(path))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("state file: %w", err)
	}
	return text, nil
}

// parse reads a text. Every text is one: what it does not understand is broken,
// or, at an end without a line's end, torn. What is said of a register that the
// key served before is no longer looked at, but for the erasures.
func (f *File) parse(text []byte) (c Contents) {
	c.Numbers = map[string]Numbers{}
	for i, whole := range strings.SplitAfter(string(text), "\n") {
		line, ended := strings.CutSuffix(whole, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		words := strings.Split(line, " ")
		switch {
		case words[0] == wordRegister && f.begins(&c, words):
		case f.take(&c, words):
		case !ended:
			c.Torn = true
		default:
			c.Broken = append(c.Broken, i+1)
		}
	}
	return c
}

// begins takes a register line.
func (f *File) begins(c *Contents, words []string) bool {
	first := !c.Served
	c.Served = true
	if len(words) != 3 || !f.sealed(words, "") {
		return false
	}
	if words[1] == c.Register {
		return true
	}
	was := *c
	*c = Contents{Register: words[1], Served: true, Numbers: map[string]Numbers{}, Erasures: was.Erasures}
	if first { // what stands before is of no other register
		c.Broken = was.Broken
	}
	return true
}

// take takes any other line; false when it is not as it was written.
func (f *File) take(c *Contents, words []string) bool {
	switch {
	case words[0] == wordErased:
		e, ok := parseErasure(words)
		if ok = ok && e.Sound(f.keys); ok {
			c.Erasures = append(c.Erasures, e)
		}
		return ok
	case words[0] == wordStarted && len(words) == 3 && f.sealed(words, c.Register):
		c.boot = words[1]
		return true
	case len(words) != 4 || !f.sealed(words, c.Register):
		return false
	}
	n, err := strconv.Atoi(words[2])
	if err != nil {
		return false
	}
	at := c.Numbers[words[1]]
	switch words[0] {
	case wordGiven:
		at.Given = max(at.Given, n)
	case wordReserved:
		at.Reserved = max(at.Reserved, n)
	case wordStopped:
		at = Numbers{Given: max(at.Given, n)}
	default:
		return false
	}
	at.Reserved = max(at.Reserved, at.Given)
	c.Numbers[words[1]] = at
	return true
}

// sealed reports whether a line ends with the seal of what it says, of that
// register.
func (f *File) sealed(words []string, register string) bool {
	last := len(words) - 1
	seal, err := hex.DecodeString(words[last])
	return err == nil && hmac.Equal(seal, f.seal(words[:last], register))
}

const sealState = "state" // what a seal is of

func (f *File) seal(words []string, register string) []byte {
	parts := [][]byte{[]byte(sealState), []byte(register)}
	for _, w := range words {
		parts = append(parts, []byte(w))
	}
	return f.keys.JournalMAC(parts...)
}
