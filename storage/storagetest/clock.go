package storagetest

import (
	"sync"
	"time"
)

// NewClock returns a clock that stands at that instant.
func NewClock(at time.Time) *Clock { return &Clock{now: at} }

// Clock stands where it is put.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}
