package storage

import (
	"fmt"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
)

// sender is a house whose outbox a test empties by hand, with a wall clock
// that stands where it is put.
type sender struct {
	*house
	wall  *hands
	posts int
}

const testPace = time.Second

// onBothSending runs a test on either engine with an empty outbox.
func onBothSending(t *testing.T, test func(*testing.T, *sender)) {
	t.Helper()
	for _, name := range engineNames() {
		t.Run(name, func(t *testing.T) { test(t, newSender(t, address(t, name))) })
	}
}

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

// pass lets time pass on the wall.
func (s *sender) pass(d time.Duration) { s.wall.set(s.wall.Now().Add(d)) }

// lease expects that a lane is to be had.
func (s *sender) lease() outbox.Lease {
	s.Helper()
	l, ok, err := s.Queue().Lease(s.Context())
	if err != nil || !ok {
		s.Fatalf("Lease: %v, %v", ok, err)
	}
	return l
}

// next expects something to send.
func (s *sender) next(l outbox.Lease) outbox.Delivery {
	s.Helper()
	d, ok, err := s.Queue().Next(s.Context(), l)
	if err != nil || !ok {
		s.Fatalf("Next: %v, %v", ok, err)
	}
	return d
}

func (s *sender) settle(l outbox.Lease, d outbox.Delivery, with outbox.Settlement) {
	s.Helper()
	if err := s.Queue().Settle(s.Context(), l, d, with); err != nil {
		s.Fatalf("Settle %s: %v", show(d), err)
	}
}

// posted is what Slack would have answered.
func (s *sender) posted(d outbox.Delivery) outbox.Settlement {
	p := &outbox.Posted{Channel: "C0CASES", TS: d.TS, Version: d.Version, Edit: d.Kind().Edits() && d.TS != ""}
	if !p.Edit {
		s.posts++
		p.TS = fmt.Sprintf("1.%06d", s.posts)
	}
	return outbox.Settlement{Posted: p}
}

func (s *sender) release(l outbox.Lease) {
	s.Helper()
	if err := s.Queue().Release(s.Context(), l); err != nil {
		s.Fatal(err)
	}
}

// drain sends everything that can be sent, waiting as long as the register
// says, and returns what was sent.
func (s *sender) drain() (sent []string) {
	s.Helper()
	for {
		at, ok, err := s.WaitUntil(s.Context())
		if err != nil {
			s.Fatal(err)
		}
		if !ok {
			return sent
		}
		if at.After(s.wall.Now()) {
			s.wall.set(at)
		}
		l := s.lease()
		for {
			d, ok, err := s.Queue().Next(s.Context(), l)
			if err != nil {
				s.Fatal(err)
			}
			if !ok {
				break
			}
			s.settle(l, d, s.posted(d))
			sent = append(sent, show(d))
		}
		s.release(l)
	}
}

func show(d outbox.Delivery) string {
	return fmt.Sprintf("%s %s %s v%d", d.Kind(), d.Recipient(), d.Slot(), d.Version)
}
