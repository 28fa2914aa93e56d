package slackapi

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"time"
)

// Backoff returns how long to wait before try number attempt (the first
// repetition is 1): base, doubled each time, at most most. Half of it is
// random, so that replicas don't march in step.
func Backoff(attempt int, base, most time.Duration) time.Duration {
	d := most
	if shift := max(attempt-1, 0); shift < 20 && base<<shift < most {
		d = base << shift
	}
	return d/2 + jitter(d/2)
}

// jitter returns a random duration of at most most.
func jitter(most time.Duration) time.Duration {
	var b [4]byte
	_, _ = rand.Read(b[:]) // never fails
	return time.Duration(float64(most) * float64(binary.BigEndian.Uint32(b[:])) / (1 << 32))
}

// Pause waits; false means that ctx ended first.
func Pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
