package workflow

import (
	"fmt"
	"log/slog"

	"github.com/artra/klachtbot/contact"
)

// Confidential is a text that belongs to a complaint and must not be printed:
// names, addresses, stories, letters. In fmt, slog and JSON it shows as a
// mask; the only way to the text is Reveal, which is easy to search for.
type Confidential string

const mask = "[confidential]"

// Reveal returns the text itself, for a screen of somebody who may read it,
// or for sealing.
func (c Confidential) Reveal() string { return string(c) }

// Blank reports whether there is nothing in it that can be seen.
func (c Confidential) Blank() bool { return contact.Clean(string(c)) == "" }

// Format prints the mask whatever the verb, so that %q, %x and %#v are no
// way around it.
func (Confidential) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(mask)) }

// LogValue makes slog print the mask.
func (Confidential) LogValue() slog.Value { return slog.StringValue(mask) }

// MarshalText makes JSON and every other text encoding print the mask.
func (Confidential) MarshalText() ([]byte, error) { return []byte(mask), nil }
