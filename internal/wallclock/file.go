//go:build wallclockfile

package wallclock

import (
	"os"
	"strings"
	"time"
)

// Now is the machine's time, moved by the Go duration in the file that
// KLACHTBOT_WALLCLOCK_FILE names. Like a clock that was set, it has no monotonic
// part.
func Now() time.Time {
	now := time.Now().Round(0)
	text, err := os.ReadFile(os.Getenv("KLACHTBOT_WALLCLOCK_FILE"))
	if err != nil {
		return now
	}
	by, err := time.ParseDuration(strings.TrimSpace(string(text)))
	if err != nil {
		return now
	}
	return now.Add(by)
}
