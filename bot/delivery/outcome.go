package delivery

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/outbox"
)

// Words of ours for what went wrong, beside Slack's and those of slackapi.
const (
	faultMoot      = "moot" // lost its reason before it left
	faultRoot      = "root_gone"
	faultRender    = "render"
	faultNoChannel = "no_channel" // none is set for that lane
	faultInHand    = "in_hand"    // this process is at work on it already

	faultTooLarge   = "too_large"       // a file
	faultElsewhere  = "elsewhere"       // a file that Slack does not keep itself
	faultIncomplete = "file_incomplete" // Slack does not know all of it yet
	faultUnshared   = "not_shared"      // Slack took a file, and shows it nowhere
)

// Pauses before the next attempt, the first and the longest.
const (
	unsureBase  = time.Second      // nobody knows what became of it
	unsureMost  = 5 * time.Minute  //
	lastingBase = time.Minute      // a person must mend it first
	lastingMost = 30 * time.Minute //
	rootPause   = time.Second      // the case message goes first
	waitMost    = time.Minute      // at what must wait until people may be reminded
	leastWait   = 100 * time.Millisecond
)

// fanOutAfter is how long the directors' channel may be out of order, with an
// alarm, before each of them gets directly what waits for it.
const fanOutAfter = 24 * time.Hour

// notYet is a delivery that must not be tried before an instant.
type notYet struct {
	at   time.Time
	shut bool   // people may not be reminded now
	why  string // a fault word
}

func (e *notYet) Error() string { return "not yet: " + e.why }

// errPanic stands for a panic in rendering.
var errPanic = errors.New("panic")

// errUnreadable is a delivery of which nobody knows what it is about.
var errUnreadable = errors.New("the register holds a payload that can't be read")

// outcome says what becomes of a delivery after an attempt that began then and
// ended now with err (nil: posted). Slack may carry out a call until quiet,
// whatever became of the connection. outcome touches nothing, so that the rule
// can be read, and tested, in one place.
func outcome(d outbox.Delivery, posted outbox.Posted, err error, quiet, now time.Time) outbox.Settlement {
	var (
		wait    *notYet
		call    *slackapi.CallError
		rest    *slackapi.RestError
		limited *slack.RateLimitedError
	)
	switch {
	case err == nil && (d.Kind().Silent() || d.Kind() == outbox.KindPicture):
		return outbox.Settlement{Done: true}
	case err == nil:
		return outbox.Settlement{Posted: &posted}
	case errors.Is(err, handlers.ErrMoot):
		return outbox.Settlement{Drop: true, Fault: faultMoot}
	case d.Kind() == outbox.KindPicture && refusesFile(err):
		return outbox.Settlement{Drop: true, Fault: slackapi.Code(err)} // its figures stand in the text too
	case errors.Is(err, slackapi.ErrThreadGone):
		return outbox.Settlement{Retry: now.Add(rootPause), Fault: faultRoot, RootGone: true}
	case errors.As(err, &wait):
		return outbox.Settlement{Retry: wait.at, Fault: wait.why, OutOfHours: wait.shut}
	case errors.As(err, &rest):
		return outbox.Settlement{Retry: rest.Until, Fault: slackapi.FaultLimited, Pause: rest.Method == slackapi.MethodPost}
	case mailFault(err) != "":
		return outbox.Settlement{Retry: letterRetry(d, mailFault(err), now), Fault: mailFault(err)}
	case errors.Is(err, errNoChannel):
		return outbox.Settlement{Retry: now.Add(slackapi.Backoff(d.Attempts, lastingBase, lastingMost)), Fault: faultNoChannel, FanOut: true}
	case errors.Is(err, slackapi.ErrNotBegun):
		return outbox.Settlement{Retry: now}
	case errors.As(err, &call) && errors.As(err, &limited):
		return outbox.Settlement{Retry: now.Add(limited.RetryAfter), Fault: slackapi.FaultLimited, Pause: call.Method == slackapi.MethodPost}
	case errors.As(err, &call) && slackapi.FailureOf(err) == slackapi.Unsure:
		return outbox.Settlement{Retry: unsureUntil(d, quiet, now), Fault: slackapi.Fault(err)}
	case slackapi.Code(err) == slackapi.FaultUnseen: // all it waits for is a check of the channel
		return outbox.Settlement{Retry: now.Add(slackapi.Backoff(d.Attempts, unsureBase, unsureMost)), Fault: slackapi.FaultUnseen}
	case errors.As(err, &call):
		return outbox.Settlement{
			Retry: now.Add(slackapi.Backoff(d.Attempts, lastingBase, lastingMost)), Fault: slackapi.Fault(err), FanOut: fansOut(d, err, now),
		}
	}
	return outbox.Settlement{Retry: now.Add(slackapi.Backoff(d.Attempts, unsureBase, unsureMost)), Fault: faultRender}
}

// fansOut reports whether the directors' channel was out of order for long enough.
func fansOut(d outbox.Delivery, err error, now time.Time) bool {
	return d.Lane == outbox.LaneDirectors && d.Kind() != outbox.KindPicture && slackapi.FailureOf(err) == slackapi.BadPlace && now.Sub(d.FirstTry) >= fanOutAfter
}

// unsureUntil is when Slack may be searched for the message of an attempt whose
// outcome nobody knows.
func unsureUntil(d outbox.Delivery, quiet, now time.Time) time.Time {
	at := now.Add(slackapi.Backoff(d.Attempts, unsureBase, unsureMost))
	if at.Before(quiet) {
		return quiet
	}
	return at
}

// describe is how a settlement is called in logs and metrics.
func describe(s outbox.Settlement) string {
	switch {
	case s.Posted != nil && s.Posted.Edit:
		return "edited"
	case s.Posted != nil:
		return "posted"
	case s.Done:
		return "done"
	case s.Drop:
		return "dropped"
	}
	return "retried"
}

// renderError wraps what rendering said.
func renderError(err error) error { return fmt.Errorf("render: %w", err) }

// onWall turns an instant of the procedure's clock, until which a delivery has
// to wait, into one of the wall clock, which the outbox goes by. The
// outbox retries before that, as hours, holidays and the procedure's clock may
// be set otherwise meanwhile.
func (m *messages) onWall(err error) error {
	var later *handlers.Later
	if !errors.As(err, &later) {
		return err
	}
	wait := min(max(later.At.Sub(m.procedure()), leastWait), waitMost)
	return &notYet{at: m.now().Add(wait), shut: true}
}

// quietUntil is when a repeated delivery may search Slack for its message. An attempt that
// this process made is timed by its settlement, and one of another replica
// by the lease, which is longer than the HTTP timeout. What is left is a
// process that died and came back at once, or whose lanes this one took over as
// it started: its last call may still be on its way, for as long as its lease
// would have lasted.
func (m *messages) quietUntil(d outbox.Delivery) time.Time {
	switch {
	case d.Attempts <= 1, m.mine.made(d.ID, d.Attempts-1):
		return time.Time{}
	}
	quiet := m.started.Add(m.patience)
	if leased := d.FirstTry.Add(leaseTime(d)); d.Attempts == 2 && leased.Before(quiet) {
		return leased
	}
	return quiet
}

// lastWord is until when Slack may carry out what an attempt asked for that
// began then. Of what takes long to prepare the last call comes at any time
// up to now.
func (m *messages) lastWord(d outbox.Delivery, began time.Time) time.Time {
	if d.Kind().Slow() {
		began = m.now()
	}
	return began.Add(m.patience)
}

// settled remembers an attempt of this process, as long as that matters.
func (m *messages) settled(d outbox.Delivery) {
	if m.now().Before(m.started.Add(m.patience)) {
		m.mine.add(d.ID, d.Attempts)
	}
}

// attempts knows the last attempt at each delivery.
type attempts struct {
	mu   sync.Mutex
	last map[int64]int
}

func (a *attempts) add(id int64, attempt int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.last == nil {
		a.last = map[int64]int{}
	}
	a.last[id] = attempt
}

func (a *attempts) made(id int64, attempt int) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.last[id] == attempt
}

// leaseTime is how long after it was taken an attempt at a delivery is over.
func leaseTime(d outbox.Delivery) time.Duration {
	if d.Kind().Slow() {
		return outbox.SlowLeaseTime
	}
	return d.Lane.LeaseTime()
}
