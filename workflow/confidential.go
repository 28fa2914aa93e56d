package workflow

import (
	"fmt"
	"log/slog"
	"strings"
	"unicode"
)

// Confidential is a text that belongs to a complaint and must not be printed:
// names, addresses, stories, letters. In fmt, slog and JSON it shows as a
// mask; the only way to the text is Reveal, which is easy to search for.
type Confidential string

const mask = "[confidential]"

// Reveal returns the text itself, for a screen of somebody who may read it,
// or for sealing.
func (c Confidential) Reveal() string { return string(c) }

// Blank reports whether there is nothing but white space in it.
func (c Confidential) Blank() bool { return strings.TrimSpace(string(c)) == "" }

// atMost returns the first n characters: the part of the story that stands in
// its first field.
func (c Confidential) atMost(n int) Confidential {
	if r := []rune(c); len(r) > n {
		return Confidential(r[:n])
	}
	return c
}

// Format prints the mask whatever the verb, so that %q, %x and %#v are no
// way around it.
func (Confidential) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(mask)) }

// LogValue makes slog print the mask.
func (Confidential) LogValue() slog.Value { return slog.StringValue(mask) }

// MarshalText makes JSON and every other text encoding print the mask.
func (Confidential) MarshalText() ([]byte, error) { return []byte(mask), nil }

// Clean removes what has no place in a typed text: control characters other
// than line feed and tab, and invisible marks, also those that turn the
// direction of writing (they could make a text read as another). The joiners
// inside emoji stay. Ends are trimmed, line ends are LF.
func Clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == 0x200b, r == 0x2060, r == 0xfeff:
			return -1
		}
		return r
	}, s))
}
