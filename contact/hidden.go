package contact

import (
	"fmt"
	"log/slog"
)

const printed = "[confidential]"

// hidden is embedded in what holds somebody's data: it prints as a mask,
// whatever the verb or the encoding.
type hidden struct{}

// Format prints the mask in fmt.
func (hidden) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(printed)) }

// LogValue makes slog print the mask.
func (hidden) LogValue() slog.Value { return slog.StringValue(printed) }

// MarshalText makes JSON and every other text encoding print the mask.
func (hidden) MarshalText() ([]byte, error) { return []byte(printed), nil }
