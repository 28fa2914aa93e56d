package slackapi

import (
	"errors"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/outbox"
)

// Calls makes a lane's calls and keeps Slack's rests: after a 429 a method is
// not called again for that lane before Retry-After has passed, while other
// methods and lanes go on.
type Calls struct {
	api *Client
	now func() time.Time

	mu    sync.Mutex
	rests map[laneMethod]time.Time
}

type laneMethod struct {
	lane   outbox.Lane
	method string
}

// NewCalls goes by that clock; nothing rests yet.
func NewCalls(api *Client, now func() time.Time) *Calls {
	return &Calls{api: api, now: now, rests: map[laneMethod]time.Time{}}
}

// Call calls a method for a lane; its error is a *CallError, or a *RestError
// while the method rests.
func (c *Calls) Call(lane outbox.Lane, method string, do func() error) error {
	if err := c.Ready(lane, method); err != nil {
		return err
	}
	return c.Done(lane, method, do())
}

// Ready returns a *RestError while a method rests for that lane, and forgets
// what is over. It is the first half of Call, for who calls without a closure.
func (c *Calls) Ready(lane outbox.Lane, method string) error {
	at := laneMethod{lane, method}
	c.mu.Lock()
	defer c.mu.Unlock()
	until, ok := c.rests[at]
	if !ok {
		return nil
	}
	if c.now().Before(until) {
		return &RestError{Method: method, Until: until}
	}
	delete(c.rests, at)
	return nil
}

// Done is the second half: it takes down the rest that a 429 asks for, and
// wraps an error as a *CallError.
func (c *Calls) Done(lane outbox.Lane, method string, err error) error {
	if err == nil {
		return nil
	}
	var limited *slack.RateLimitedError
	if errors.As(err, &limited) {
		c.mu.Lock()
		c.rests[laneMethod{lane, method}] = c.now().Add(limited.RetryAfter)
		c.mu.Unlock()
	}
	return &CallError{method, Bare(err)}
}

// ErrNotBegun is a call that was not made: the bot stops, or preparing it took
// too long.
var ErrNotBegun = errors.New("not begun")

// CallError is a call to Slack that failed, with the method that was called.
type CallError struct {
	Method string
	Err    error
}

func (e *CallError) Error() string { return e.Method + ": " + Fault(e.Err) }
func (e *CallError) Unwrap() error { return e.Err }

// RestError is a call that was not made, since Slack asked for a rest.
type RestError struct {
	Method string
	Until  time.Time
}

func (e *RestError) Error() string { return e.Method + ": " + FaultLimited }
