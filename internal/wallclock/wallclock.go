//go:build !wallclockfile

// Package wallclock is the machine's clock as the program reads it. A program
// that was built with the tag wallclockfile reads one that tests can move while
// it runs; no other program has that.
package wallclock

import "time"

// Now is the machine's time.
func Now() time.Time { return time.Now() }
