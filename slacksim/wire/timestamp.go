package wire

import (
	"fmt"
	"strconv"
	"strings"
)

// FormatTS writes microseconds since 1970 as the timestamp that names a message.
func FormatTS(micros int64) string {
	return fmt.Sprintf("%d.%06d", micros/1e6, micros%1e6)
}

// Micros reads a timestamp: seconds, and up to six decimals. "" is 0.
func Micros(ts string) (int64, bool) {
	if ts == "" {
		return 0, true
	}
	whole, part, _ := strings.Cut(ts, ".")
	if len(part) > 6 {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+part+strings.Repeat("0", 6-len(part)), 10, 64)
	return n, err == nil && n >= 0
}

// Upper36 writes a number in the capitals and digits of Slack's ids.
func Upper36(n int64) string {
	return strings.ToUpper(strconv.FormatInt(n, 36))
}
