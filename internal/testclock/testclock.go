// Package testclock is the procedure's clock in tests. It starts at an instant
// of its own, so that a result never depends on when the tests are run, and goes
// on from there as fast as the machine's clock.
package testclock

import (
	"fmt"
	"os"
	"sync"
	"time"
)

// Setting names the environment variable that holds the instant at which the
// tests take place: RFC 3339, or 2006-01-02T15:04 in Amsterdam.
const Setting = "KLACHTBOT_TEST_NOW"

// ordinary is when the tests take place unless Setting says otherwise: a Tuesday morning
// with no holiday, change of the clock or end of a quarter near it.
const ordinary = "2026-06-09T10:00"

// start ties the first instant of the procedure's clock to the machine's.
type start struct{ procedure, machine time.Time }

var begun = sync.OnceValue(func() start {
	typed := os.Getenv(Setting)
	if typed == "" {
		typed = ordinary
	}
	at, err := parse(typed)
	if err != nil {
		panic(Setting + ": " + err.Error()) // no test can run
	}
	return start{procedure: at, machine: time.Now()}
})

func parse(typed string) (time.Time, error) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		return time.Time{}, err
	}
	if at, err := time.ParseInLocation("2006-01-02T15:04", typed, zone); err == nil {
		return at, nil
	}
	at, err := time.Parse(time.RFC3339, typed)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is no instant like %s or %s", typed, ordinary, time.RFC3339)
	}
	return at.In(zone), nil
}

// Now reads the procedure's clock, in Amsterdam.
func Now() time.Time {
	s := begun()
	return s.procedure.Add(time.Since(s.machine))
}

// Offset is how far the procedure's clock is ahead of the machine's when so many
// days of the calendar have passed in Amsterdam. The time of day stays the same,
// also over a change of the clock.
func Offset(days int) time.Duration {
	s := begun()
	return s.procedure.AddDate(0, 0, days).Sub(s.machine)
}

// OffsetFrom is Offset for what has to take place at an instant of its own, typed as
// Setting is: the pictures of a quarter's end, for example.
func OffsetFrom(typed string, days int) (time.Duration, error) {
	at, err := parse(typed)
	if err != nil {
		return 0, err
	}
	return time.Until(at.AddDate(0, 0, days)), nil
}
