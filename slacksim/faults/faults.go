package faults

import (
	"net/http"
	"sync"
	"time"
)

// Faults makes things go wrong on demand. A fault is matched per Web API method,
// or "response_url" for those, "files.download" for the bytes of a file, "socket"
// for the opening of a WebSocket, and is consumed n times. Faults of different
// kinds on one method come together in one call.
type Faults struct {
	sockets Sockets

	mu     sync.Mutex
	orders map[string][]*order
	skew   time.Duration // of the Date header
}

// Sockets are the app's sockets, as far as they can be disturbed.
type Sockets interface {
	// CutAll closes every socket without a word.
	CutAll()
	// Disturb orders envelopes to be sent twice and acknowledgements to
	// be lost; a negative count leaves what was ordered before.
	Disturb(duplicate, dropAcks int)
	// Refresh sends a disconnect envelope on the oldest socket.
	Refresh(reason string)
}

// order is a fault that is still to happen n times.
type order struct {
	kind  faultKind
	fault Fault
	n     int
}

type faultKind int

const (
	loseAnswer faultKind = iota
	cutBefore
	setStatus
	slackError
	delay
)

// Fault is what goes wrong with one call; the zero value is nothing.
type Fault struct {
	LoseAnswer bool // the call is applied and its answer lost
	CutBefore  bool // the connection is cut and nothing applied
	Status     int  // the HTTP status of the answer, 0 for the method's own
	SlackError string
	RetryAfter time.Duration
	Applied    bool          // the call is applied all the same
	Page       bool          // the answer is a page of HTML
	delay      time.Duration // before anything else
}

// New orders trouble in calls, and in sockets.
func New(sockets Sockets) *Faults {
	return &Faults{sockets: sockets, orders: map[string][]*order{}}
}

// LoseAnswer applies the call, then cuts the connection without an answer.
func (f *Faults) LoseAnswer(method string, n int) {
	f.add(method, loseAnswer, Fault{LoseAnswer: true}, n)
}

// CutBefore cuts the connection without applying the call.
func (f *Faults) CutBefore(method string, n int) {
	f.add(method, cutBefore, Fault{CutBefore: true}, n)
}

// Status answers with an HTTP status and applies nothing.
func (f *Faults) Status(method string, status, n int) {
	f.add(method, setStatus, Fault{Status: status}, n)
}

// RateLimit answers 429 with Retry-After in whole seconds, rounded up.
func (f *Faults) RateLimit(method string, retryAfter time.Duration, n int) {
	f.add(method, setStatus, Fault{Status: http.StatusTooManyRequests, RetryAfter: retryAfter}, n)
}

// Error answers {"ok":false,"error":slackErr} and applies nothing.
func (f *Faults) Error(method, slackErr string, n int) {
	f.add(method, slackError, Fault{Status: http.StatusOK, SlackError: slackErr}, n)
}

// ErrorAfter applies the call and answers {"ok":false,"error":slackErr} all the
// same, as Slack does when something breaks behind the door.
func (f *Faults) ErrorAfter(method, slackErr string, n int) {
	f.add(method, slackError, Fault{Status: http.StatusOK, SlackError: slackErr, Applied: true}, n)
}

// PageAfter applies the call and answers a page of HTML with that status; 200 too,
// as from a proxy on the way.
func (f *Faults) PageAfter(method string, status, n int) {
	f.add(method, setStatus, Fault{Status: status, Page: true, Applied: true}, n)
}

// Delay holds the call up before it is applied, in real time.
func (f *Faults) Delay(method string, d time.Duration, n int) {
	f.add(method, delay, Fault{delay: d}, n)
}

// SkewDate has every answer carry a Date that far ahead of Slack's clock; behind
// it when negative. It lasts until the next SkewDate or Clear, and changes nothing
// else: timestamps of messages stay right.
func (f *Faults) SkewDate(ahead time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.skew = ahead
}

// DateSkew is how far the Date of an answer is ahead of Slack's clock.
func (f *Faults) DateSkew() time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.skew
}

// Clear forgets every fault that has not happened yet.
func (f *Faults) Clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	clear(f.orders)
	f.skew = 0
	f.sockets.Disturb(0, 0)
}

// CutSockets closes every socket without a word.
func (f *Faults) CutSockets() { f.sockets.CutAll() }

// DuplicateEnvelopes delivers each of the next n envelopes twice, the second
// time on the next socket if there is one.
func (f *Faults) DuplicateEnvelopes(n int) { f.sockets.Disturb(n, -1) }

// DropAcks loses the next n acknowledgements on their way to Slack.
func (f *Faults) DropAcks(n int) { f.sockets.Disturb(-1, n) }

// Refresh sends a disconnect envelope on the oldest socket. After reason
// "warning" the socket stays open for the client to leave; after any other
// ("refresh_requested", "link_disabled", "too_many_websockets") it is closed.
func (f *Faults) Refresh(reason string) { f.sockets.Refresh(reason) }

// Pending is how many faults are still to happen to calls of a method.
func (f *Faults) Pending(method string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, o := range f.orders[method] {
		n += o.n
	}
	return n
}

func (f *Faults) add(method string, kind faultKind, what Fault, n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if n > 0 {
		f.orders[method] = append(f.orders[method], &order{kind: kind, fault: what, n: n})
	}
}

// Take consumes the first order of every kind for this call.
func (f *Faults) Take(method string) Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out Fault
	taken := map[faultKind]bool{}
	left := f.orders[method][:0]
	for _, o := range f.orders[method] {
		if !taken[o.kind] {
			taken[o.kind] = true
			out.merge(o.fault)
			o.n--
		}
		if o.n > 0 {
			left = append(left, o)
		}
	}
	f.orders[method] = left
	return out
}

func (f *Fault) merge(o Fault) {
	f.LoseAnswer = f.LoseAnswer || o.LoseAnswer
	f.CutBefore = f.CutBefore || o.CutBefore
	f.delay = max(f.delay, o.delay)
	if o.Status != 0 {
		f.Status, f.SlackError, f.RetryAfter = o.Status, o.SlackError, o.RetryAfter
		f.Applied, f.Page = o.Applied, o.Page
	}
}

// Hold waits for as long as the fault says, and reports whether the client is still
// there; it ends with the client and with done.
func (f Fault) Hold(r *http.Request, done <-chan struct{}) bool {
	if f.delay <= 0 {
		return true
	}
	timer := time.NewTimer(f.delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
		return false
	case <-done:
		return false
	}
}

// Cut ends the connection without an answer.
func Cut(rw http.ResponseWriter) {
	conn, _, err := http.NewResponseController(rw).Hijack()
	if err != nil {
		rw.WriteHeader(http.StatusBadGateway)
		return
	}
	_ = conn.Close()
}
