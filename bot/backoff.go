package bot

import (
	"crypto/rand"
	"encoding/binary"
	"time"
)

// backoff returns how long to wait before try number attempt (the first
// repetition is 1): base, doubled each time, at most most. Half of it is
// random, so that replicas don't march in step.
func backoff(attempt int, base, most time.Duration) time.Duration {
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
