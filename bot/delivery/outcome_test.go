package delivery

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/outbox"
)

// refusedBy is Slack's word as an error of a call.
func refusedBy(method, code string) error {
	return &slackapi.CallError{Method: method, Err: slack.SlackErrorResponse{Err: code}}
}

func TestOutcome_everyEnd(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	quiet := now.Add(4 * time.Second)
	d := outbox.Delivery{Payload: outbox.Case{}, Attempts: 1}
	limited := &slackapi.CallError{Method: slackapi.MethodPost, Err: &slack.RateLimitedError{RetryAfter: 30 * time.Second}}
	for _, test := range []struct {
		name        string
		err         error
		fault       string
		least, most time.Duration // until the next attempt
		pause, drop bool
		rootless    bool
	}{
		{name: "lost its reason", err: renderError(handlers.ErrMoot), fault: faultMoot, drop: true},
		{name: "window is shut", err: &notYet{at: now.Add(time.Minute)}, least: time.Minute, most: time.Minute},
		{name: "register is away", err: renderError(errors.New("x")), fault: faultRender, least: unsureBase / 2, most: unsureBase},
		{name: "429 on a post", err: limited, fault: slackapi.FaultLimited, least: 30 * time.Second, most: 30 * time.Second, pause: true},
		{
			name: "429 on an edit", err: &slackapi.CallError{Method: slackapi.MethodUpdate, Err: &slack.RateLimitedError{RetryAfter: 30 * time.Second}},
			fault: slackapi.FaultLimited, least: 30 * time.Second, most: 30 * time.Second,
		},
		{name: "the method rests", err: &slackapi.RestError{Method: slackapi.MethodPost, Until: now.Add(9 * time.Second)}, fault: slackapi.FaultLimited, least: 9 * time.Second, most: 9 * time.Second, pause: true},
		{name: "not begun", err: &slackapi.CallError{Method: slackapi.MethodPost, Err: slackapi.ErrNotBegun}},
		{name: "timeout", err: &slackapi.CallError{Method: slackapi.MethodPost, Err: context.DeadlineExceeded}, fault: slackapi.FaultTimeout, least: 4 * time.Second, most: 4 * time.Second},
		{name: "cut", err: &slackapi.CallError{Method: slackapi.MethodPost, Err: errors.New("EOF")}, fault: slackapi.FaultNoAnswer, least: 4 * time.Second, most: 4 * time.Second},
		{name: "502", err: &slackapi.CallError{Method: slackapi.MethodPost, Err: slack.StatusCodeError{Code: 502}}, fault: "http_502", least: 4 * time.Second, most: 4 * time.Second},
		{name: "Slack does not know either", err: refusedBy(slackapi.MethodPost, "fatal_error"), fault: "fatal_error", least: 4 * time.Second, most: 4 * time.Second},
		{name: "archived", err: refusedBy(slackapi.MethodPost, "is_archived"), fault: "is_archived", least: lastingBase / 2, most: lastingBase},
		{name: "no such channel", err: errNoChannel, fault: faultNoChannel, least: lastingBase / 2, most: lastingBase},
		{name: "a word nobody knows", err: refusedBy(slackapi.MethodPost, "brand_new"), fault: "brand_new", least: lastingBase / 2, most: lastingBase},
		{name: "case message is gone", err: slackapi.ErrThreadGone, fault: faultRoot, least: rootPause, most: rootPause, rootless: true},
	} {
		s := outcome(d, outbox.Posted{}, test.err, quiet, now)
		if s.Posted != nil || s.Drop != test.drop || s.Pause != test.pause || s.RootGone != test.rootless || s.Fault != test.fault {
			t.Errorf("%s: %+v", test.name, s)
		}
		if wait := s.Retry.Sub(now); !test.drop && (wait < test.least || wait > test.most) {
			t.Errorf("%s: again in %v, want %v to %v", test.name, wait, test.least, test.most)
		}
	}
	posted := outbox.Posted{Channel: "C1", TS: "1.2", Version: 3}
	if s := outcome(d, posted, nil, quiet, now); s.Posted == nil || !reflect.DeepEqual(*s.Posted, posted) || s.Fault != "" {
		t.Errorf("posted: %+v", s)
	}
}

// TestOutcome_backsOff: what goes on failing is tried less and less often, but
// never given up.
func TestOutcome_backsOff(t *testing.T) {
	t.Parallel()
	now := time.Now()
	for _, err := range []error{refusedBy(slackapi.MethodPost, "is_archived"), &slackapi.CallError{Method: slackapi.MethodPost, Err: errors.New("EOF")}} {
		last := time.Duration(0)
		for attempt := 1; attempt < 40; attempt += 4 {
			s := outcome(outbox.Delivery{Payload: outbox.Case{}, Attempts: attempt}, outbox.Posted{}, err, now, now)
			wait := s.Retry.Sub(now)
			if s.Drop || wait < last/2 || wait > lastingMost {
				t.Errorf("%v, attempt %d: again in %v after %v", err, attempt, wait, last)
			}
			last = wait
		}
	}
}

func TestOutcome_describe(t *testing.T) {
	t.Parallel()
	for want, s := range map[string]outbox.Settlement{
		"posted": {Posted: &outbox.Posted{}}, "edited": {Posted: &outbox.Posted{Edit: true}},
		"dropped": {Drop: true}, "retried": {Retry: time.Now()},
	} {
		if got := describe(s); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestOutcome_rootsForget(t *testing.T) {
	t.Parallel()
	var r roots
	now := time.Now()
	for i := range rootsKept + 10 {
		r.saw(slackapi.MessageRef{Channel: "C1", TS: fmt.Sprint(i)}, now)
	}
	last := slackapi.MessageRef{Channel: "C1", TS: fmt.Sprint(rootsKept + 9)}
	if len(r.seen) > rootsKept || !r.known(last, now) || r.known(last, now.Add(rootKnown)) {
		t.Errorf("%d kept", len(r.seen))
	}
	r.forget(last)
	if r.known(last, now) {
		t.Error("not forgotten")
	}
}

// TestOutcome_waitingGoesByTheWallClock: what the procedure's clock says of when
// people may be reminded is a time to wait, however far that clock is set
// forward; and it is checked again before it is over.
func TestOutcome_waitingGoesByTheWallClock(t *testing.T) {
	t.Parallel()
	wall := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for _, offset := range []time.Duration{0, 40 * 24 * time.Hour, -40 * 24 * time.Hour} {
		procedure := wall.Add(offset)
		c := &messages{now: func() time.Time { return wall }, procedure: func() time.Time { return procedure }}
		for until, want := range map[time.Duration]time.Duration{
			5 * time.Second: 5 * time.Second, 60 * time.Hour: waitMost, -time.Second: leastWait,
		} {
			err := c.onWall(renderError(&handlers.Later{At: procedure.Add(until)}))
			s := outcome(outbox.Delivery{Payload: outbox.Case{}, Attempts: 1}, outbox.Posted{}, err, wall, wall)
			if got := s.Retry.Sub(wall); got != want || s.Fault != "" || s.Drop || s.Pause || !s.OutOfHours {
				t.Errorf("offset %v, until %v: again in %v with %+v", offset, until, got, s)
			}
		}
	}
}
