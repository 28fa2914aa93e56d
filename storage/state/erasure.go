package state

import (
	"crypto/hmac"
	"encoding/hex"
	"fmt"
	"os"

	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// sealErasure is what the seal of an erasure is of.
const sealErasure = "erasure"

// Erasure is a case that was erased before its term: a line of the file, and a
// row of erasures.
type Erasure struct {
	Case   workflow.CaseID `db:"complaint"`
	Number string          `db:"number"`
	On     calendar.Date   `db:"erased_on"`
	Seal   []byte          `db:"seal"`
}

// Sealed returns the erasure with its seal.
func (e Erasure) Sealed(keys *vault.Ring) Erasure {
	e.Seal = keys.JournalMAC([]byte(sealErasure), []byte(e.Case), []byte(e.Number), []byte(e.On.String()))
	return e
}

// Sound reports whether it is as it was written.
func (e Erasure) Sound(keys *vault.Ring) bool { return hmac.Equal(e.Seal, e.Sealed(keys).Seal) }

func (e Erasure) line() string {
	return fmt.Sprintf("%s %s %s %s %s\n", wordErased, e.Case, e.Number, e.On, hex.EncodeToString(e.Seal))
}

// Erased reports whether the file has that case.
func (c Contents) Erased(e Erasure) bool {
	for _, other := range c.Erasures {
		if other.Case == e.Case {
			return true
		}
	}
	return false
}

func parseErasure(words []string) (e Erasure, ok bool) {
	if len(words) != 5 || words[1] == "" || words[2] == "" {
		return e, false
	}
	on, err := calendar.ParseDate(words[3])
	if err != nil || on.IsZero() {
		return e, false
	}
	seal, err := hex.DecodeString(words[4])
	return Erasure{workflow.CaseID(words[1]), words[2], on, seal}, err == nil
}

// AddErasures puts erasures at the end of the file, safely on the disk when it
// returns. One that stands there already is not repeated.
func (f *File) AddErasures(all ...Erasure) error {
	if f.path == "" {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.addErasures(all...)
}

func (f *File) addErasures(all ...Erasure) error {
	text, err := readIfThere(f.path)
	if err != nil {
		return err
	}
	there := f.parse(text)
	var lines []string
	for _, e := range all {
		if !there.Erased(e) {
			lines = append(lines, e.line())
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return f.append(true, lines...)
}

// formerSuffix followed the path of the key file in that of the erasure list,
// which had a file of its own.
const formerSuffix = ".erased"

func (f *File) formerPath() string { return f.keys.Path() + formerSuffix }

// adopt moves the erasure list of before into the file. A list that is not as it
// was written, or in a folder that can't be written, stays where it is and is
// read there.
func (f *File) adopt() error {
	if f.keys.Path() == "" {
		return nil
	}
	text, err := readIfThere(f.formerPath())
	if err != nil || len(text) == 0 {
		return err
	}
	former := f.parse(text)
	if err := f.addErasures(former.Erasures...); err != nil {
		return err
	}
	if former.Torn || len(former.Broken) > 0 {
		return nil
	}
	_ = os.Remove(f.formerPath()) // where it can't be, it says nothing new
	return nil
}
