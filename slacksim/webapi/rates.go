package webapi

import (
	"sync"
	"time"
)

// tier is how often a method may be called per minute; 0 is without limit.
type tier int

// Slack's tiers. tierPost is chat.postMessage: a burst of three and then one
// message a second per channel, and postsPerMinute in all. Slack promises "one a
// second, short bursts allowed" and no exact burst.
const (
	tier2    tier = 20
	tier3    tier = 50
	tier4    tier = 100
	tierPost tier = -1
)

const (
	postBurst      = 3
	postEvery      = time.Second
	postsPerMinute = 300
)

// rates counts calls per method, and per channel for chat.postMessage.
type rates struct {
	mu      sync.Mutex
	recent  map[string][]time.Time // calls of the past minute, oldest first
	buckets map[string]bucket
}

// bucket holds what is left of a burst.
type bucket struct {
	left float64
	at   time.Time
}

func newRates() *rates {
	return &rates{recent: map[string][]time.Time{}, buckets: map[string]bucket{}}
}

// take counts a call, or returns how long the caller must wait; a call that must
// wait does not count.
func (r *rates) take(method string, t tier, channel string, now time.Time) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	if t == 0 {
		return 0
	}
	if t != tierPost {
		return r.minute(method, int(t), now)
	}
	b, wait := r.bucket(channel, now)
	if wait > 0 {
		return wait
	}
	if wait := r.minute(method, postsPerMinute, now); wait > 0 {
		return wait
	}
	r.buckets[channel] = bucket{left: b.left - 1, at: now}
	return 0
}

func (r *rates) minute(method string, most int, now time.Time) time.Duration {
	calls := r.recent[method]
	for len(calls) > 0 && now.Sub(calls[0]) >= time.Minute {
		calls = calls[1:]
	}
	r.recent[method] = calls
	if len(calls) >= most {
		return time.Minute - now.Sub(calls[0])
	}
	r.recent[method] = append(calls, now)
	return 0
}

func (r *rates) bucket(channel string, now time.Time) (bucket, time.Duration) {
	b, ok := r.buckets[channel]
	if !ok {
		b = bucket{left: postBurst, at: now}
	}
	b.left = min(postBurst, b.left+now.Sub(b.at).Seconds()/postEvery.Seconds())
	if b.left < 1 {
		return b, time.Duration((1 - b.left) * float64(postEvery))
	}
	return b, 0
}
