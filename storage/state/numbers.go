package state

import (
	"os"
	"strconv"
	"strings"
	"time"
)

// reserve is how far the numbers of a series in a year may be given out, and how
// far they were.
type reserve struct {
	until, given int
	step         int       // taken last
	at           time.Time // when
}

// Numbers are reserved few at a time, and more when they go quickly: who files a
// complaint should not wait for the disk because of it.
const (
	leastStep = 8
	mostStep  = 1024
	quickly   = 10 * time.Second
)

// Reserve makes sure, before number n of a series in a year is given out, that
// the file says that it may have been.
func (f *File) Reserve(key string, n int) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	r := f.of(key)
	if f.path == "" || n <= r.until {
		return nil
	}
	step := leastStep
	if time.Since(r.at) < quickly {
		step = min(2*r.step, mostStep)
	}
	until := n + step - 1
	if err := f.append(true, f.line(f.register, wordReserved, key, strconv.Itoa(until))); err != nil {
		return err
	}
	r.until, r.step, r.at = until, step, time.Now()
	return nil
}

func (f *File) of(key string) *reserve {
	if f.numbers[key] == nil {
		f.numbers[key] = &reserve{}
	}
	return f.numbers[key]
}

// Given notes that numbers were given out, by this process or another one, up to
// these. It does not wait for the disk.
func (f *File) Given(numbers map[string]int) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	var lines []string
	for key, n := range numbers {
		if r := f.of(key); n > r.given {
			r.given = n
			lines = append(lines, f.line(f.register, wordGiven, key, strconv.Itoa(n)))
		}
	}
	if f.path == "" || len(lines) == 0 {
		return nil
	}
	return f.append(false, lines...)
}

// Sync has what Given noted stand on the disk.
func (f *File) Sync() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.dirty || f.path == "" {
		return nil
	}
	return f.append(true)
}

// Stop notes that no number after these was given out: whoever alone has the
// register says so when it ends.
func (f *File) Stop() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	var lines []string
	for key, r := range f.numbers {
		if r.until > r.given && r.given > 0 {
			lines = append(lines, f.line(f.register, wordStopped, key, strconv.Itoa(r.given)))
			r.until = r.given
		}
	}
	if f.path == "" || len(lines) == 0 {
		return nil
	}
	return f.append(true, lines...)
}

// Lost returns how far numbers were given out that a register, of which the
// last one is n, knows nothing of: it was put back to an older state. Where the
// machine was started anew meanwhile, the last lines of the file may be lost too,
// and all that was reserved counts as given out. 0 means that none is lost.
func (c Contents) Lost(key string, n int) (until int) {
	at := c.Numbers[key]
	switch {
	case at.Given <= n:
		return 0
	case c.boot != "" && c.boot == bootName() && c.boot != noBoot:
		return at.Given
	}
	return at.Reserved
}

const (
	noBoot   = "-"
	bootFile = "/proc/sys/kernel/random/boot_id"
)

// bootName names this start of the machine, or is noBoot.
func bootName() string {
	text, err := os.ReadFile(bootFile)
	if words := strings.Fields(string(text)); err == nil && len(words) == 1 {
		return words[0]
	}
	return noBoot
}
