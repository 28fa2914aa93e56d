package slackapi

import (
	"net/http"
	"net/url"
	"sync"
	"time"
)

// Clock compares the machine's clock with Slack's, of which every answer tells in
// its Date. Between answers the time that passes is measured, whatever the
// machine's clock does meanwhile, so that a jump shows at once.
type Clock struct {
	next    http.RoundTripper
	wall    func() time.Time
	host    string
	started time.Time

	mu    sync.Mutex
	date  time.Time     // of the last answer; zero before the first
	since time.Duration // from started to that answer
}

// NewClock returns a Clock for the account's address that has seen no answer yet;
// wall is the machine's clock.
func NewClock(account Account, wall func() time.Time) *Clock {
	c := &Clock{wall: wall, started: time.Now()}
	if at, err := url.Parse(account.Address()); err == nil {
		c.host = at.Host
	}
	return c
}

// Over has the clock read the answers that come through another transport.
func (c *Clock) Over(next http.RoundTripper) http.RoundTripper {
	c.next = next
	return c
}

// RoundTrip reads the Date of Slack's answers. It implements http.RoundTripper.
func (c *Clock) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := c.next.RoundTrip(r)
	if err == nil && r.URL.Host == c.host {
		c.read(answer.Header.Get("Date"))
	}
	return answer, err
}

// CloseIdleConnections closes those of the transport below.
func (c *Clock) CloseIdleConnections() {
	if closer, ok := c.next.(interface{ CloseIdleConnections() }); ok {
		closer.CloseIdleConnections()
	}
}

// read takes a Date; one that can't be read changes nothing.
func (c *Clock) read(header string) {
	date, err := http.ParseTime(header)
	if err != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.date, c.since = date, time.Since(c.started)
}

// Ahead is by how much the machine's clock is ahead of Slack's, negative when it is
// behind, to about a second; known is false before Slack's first answer.
func (c *Clock) Ahead() (by time.Duration, known bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.date.IsZero() {
		return 0, false
	}
	slack := c.date.Add(time.Since(c.started) - c.since)
	return c.wall().Round(0).Sub(slack), true
}

// The differences between the clocks that matter.
const (
	AskewFrom = 2 * time.Minute // doctor says so
	WrongFrom = 24 * time.Hour  // nothing is done that can't be taken back
)

// Wrong reports whether the clocks are known to differ by more than a day.
func (c *Clock) Wrong() bool {
	by, known := c.Ahead()
	return known && by.Abs() > WrongFrom
}
