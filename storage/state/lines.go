package state

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/artra/klachtbot/storage/durable"
)

// line is a sealed line about the register.
func (f *File) line(register string, words ...string) string {
	return strings.Join(words, " ") + " " + hex.EncodeToString(f.seal(words, register)) + "\n"
}

// append adds lines; synced: they are safely on the disk when it returns. A line
// that was cut off before keeps a line of its own. A file that somebody took away
// begins with what is known.
func (f *File) append(synced bool, lines ...string) error {
	if _, err := os.Stat(f.path); errors.Is(err, fs.ErrNotExist) && f.begun {
		lines = append(f.known(), lines...)
	}
	add := durable.Append
	if !synced {
		add, f.dirty = durable.AppendLater, true
	}
	if err := add(f.path, header, []byte(strings.Join(lines, ""))); err != nil {
		return fmt.Errorf("%w: %w", ErrUnwritable, err)
	}
	if synced {
		f.dirty = false
	}
	return nil
}

// Begin has the file speak of that register from now on, and finds out whether
// it can be written. What the list of before it holds is moved into it.
func (f *File) Begin(register string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.register = register
	if f.path == "" {
		return nil
	}
	if err := f.adopt(); err != nil {
		return err
	}
	text, err := readIfThere(f.path)
	if err != nil {
		return err
	}
	c := f.parse(text)
	if len(text) > compactFrom {
		if err := f.compact(c, text); err != nil {
			return err
		}
	}
	var lines []string
	if c.Register != register {
		lines = append(lines, f.line("", wordRegister, register))
		c.Numbers = map[string]Numbers{}
	}
	err = f.append(true, append(lines, f.line(register, wordStarted, bootName()))...)
	f.begun = err == nil
	return err
}

// known are the lines that say what this process knows.
func (f *File) known() []string {
	lines := []string{f.line("", wordRegister, f.register), f.line(f.register, wordStarted, bootName())}
	for _, key := range slices.Sorted(maps.Keys(f.numbers)) {
		r := f.numbers[key]
		lines = append(lines, f.line(f.register, wordReserved, key, strconv.Itoa(r.until)),
			f.line(f.register, wordGiven, key, strconv.Itoa(r.given)))
	}
	return lines
}

// compactFrom is the size from which a start writes the file anew, in bytes.
const compactFrom = 1 << 20

// compact leaves out what later lines say too. What is not as it was written
// stays.
func (f *File) compact(c Contents, text []byte) error {
	info, err := os.Stat(f.path)
	if err != nil {
		return fmt.Errorf("state file: %w", err)
	}
	var b bytes.Buffer
	b.WriteString(header)
	for i, line := range strings.SplitAfter(string(text), "\n") {
		if word, _, _ := strings.Cut(line, " "); word == wordErased || slices.Contains(c.Broken, i+1) {
			b.WriteString(line)
		}
	}
	if c.Register != "" {
		b.WriteString(f.line("", wordRegister, c.Register))
	}
	for _, key := range slices.Sorted(maps.Keys(c.Numbers)) {
		n := c.Numbers[key]
		b.WriteString(f.line(c.Register, wordReserved, key, strconv.Itoa(n.Reserved)))
		b.WriteString(f.line(c.Register, wordGiven, key, strconv.Itoa(n.Given)))
	}
	if err := durable.Replace(f.path, b.Bytes(), info); err != nil {
		return fmt.Errorf("%w: %w", ErrUnwritable, err)
	}
	return nil
}
