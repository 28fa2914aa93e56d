package storage

import (
	"testing"
	"time"
)

// sender is a house whose outbox a test empties by hand, with a wall clock
// that stands where it is put.
type sender struct {
	*house
	wall  *hands
	posts int
}

const testPace = time.Second

func newSender(t testing.TB, url string) *sender {
	t.Helper()
	clock, wall := &hands{now: monday}, &hands{now: monday}
	s := &sender{wall: wall, house: &house{TB: t, clock: clock, options: Options{
		URL: url, Keys: testKeys(t), Policy: testPolicy(t), Now: clock.Now, Wall: wall.Now, Pace: testPace,
	}}}
	s.open()
	return s
}

// What the register stores, as tests look for it.
const (
	rowColumns = `id, lane, complaint, version, ordinal, surface, person, slot, payload, wanted, attempts, first_try, fault, threaded`
	parkedAt   = 253370764800000 // due_at of what waits for its digest
)
