package bot

import (
	"errors"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/outbox"
)

// caller makes a delivery's calls and keeps Slack's rests: after a 429 a
// method is not called again for that lane before Retry-After has passed,
// while other methods and lanes go on.
type caller struct {
	api   *slack.Client
	roots roots
	now   func() time.Time

	mu    sync.Mutex
	rests map[laneMethod]time.Time
}

type laneMethod struct {
	lane   outbox.Lane
	method string
}

func newCaller(api *slack.Client, now func() time.Time) *caller {
	return &caller{api: api, now: now, rests: map[laneMethod]time.Time{}}
}

// call calls a method for a lane; its error is a *callError, or a *notYet
// while the method rests.
func (c *caller) call(lane outbox.Lane, method string, do func() error) error {
	at := laneMethod{lane, method}
	if until := c.rest(at); c.now().Before(until) {
		return &notYet{at: until, pause: method == methodPost, why: faultLimited}
	}
	err := do()
	if err == nil {
		return nil
	}
	var limited *slack.RateLimitedError
	if errors.As(err, &limited) {
		c.mu.Lock()
		c.rests[at] = c.now().Add(limited.RetryAfter)
		c.mu.Unlock()
	}
	return &callError{method, bare(err)}
}

// rest returns until when a method rests, forgetting what is over.
func (c *caller) rest(at laneMethod) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	until, ok := c.rests[at]
	if ok && !c.now().Before(until) {
		delete(c.rests, at)
	}
	return until
}
