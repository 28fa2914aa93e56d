package bot

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/outbox"
)

// refusedBy is Slack's word as an error of a call.
func refusedBy(method, code string) error {
	return &callError{method, slack.SlackErrorResponse{Err: code}}
}

func TestJudge(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	quiet := now.Add(4 * time.Second)
	d := outbox.Delivery{Payload: outbox.Case{}, Attempts: 1}
	limited := &callError{methodPost, &slack.RateLimitedError{RetryAfter: 30 * time.Second}}
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
		{name: "429 on a post", err: limited, fault: faultLimited, least: 30 * time.Second, most: 30 * time.Second, pause: true},
		{
			name: "429 on an edit", err: &callError{methodUpdate, &slack.RateLimitedError{RetryAfter: 30 * time.Second}},
			fault: faultLimited, least: 30 * time.Second, most: 30 * time.Second,
		},
		{name: "the method rests", err: &notYet{at: now.Add(9 * time.Second), pause: true, why: faultLimited}, fault: faultLimited, least: 9 * time.Second, most: 9 * time.Second, pause: true},
		{name: "not begun", err: &callError{methodPost, errNotBegun}},
		{name: "timeout", err: &callError{methodPost, context.DeadlineExceeded}, fault: faultTimeout, least: 4 * time.Second, most: 4 * time.Second},
		{name: "cut", err: &callError{methodPost, errors.New("EOF")}, fault: faultNoAnswer, least: 4 * time.Second, most: 4 * time.Second},
		{name: "502", err: &callError{methodPost, slack.StatusCodeError{Code: 502}}, fault: "http_502", least: 4 * time.Second, most: 4 * time.Second},
		{name: "Slack does not know either", err: refusedBy(methodPost, "fatal_error"), fault: "fatal_error", least: 4 * time.Second, most: 4 * time.Second},
		{name: "archived", err: refusedBy(methodPost, "is_archived"), fault: "is_archived", least: lastingBase / 2, most: lastingBase},
		{name: "no such channel", err: errNoRoom, fault: faultNoRoom, least: lastingBase / 2, most: lastingBase},
		{name: "a word nobody knows", err: refusedBy(methodPost, "brand_new"), fault: "brand_new", least: lastingBase / 2, most: lastingBase},
		{name: "case message is gone", err: errRootGone, fault: faultRoot, least: rootPause, most: rootPause, rootless: true},
	} {
		s := judge(d, outbox.Posted{}, test.err, quiet, now)
		if s.Posted != nil || s.Drop != test.drop || s.Pause != test.pause || s.RootGone != test.rootless || s.Fault != test.fault {
			t.Errorf("%s: %+v", test.name, s)
		}
		if wait := s.Retry.Sub(now); !test.drop && (wait < test.least || wait > test.most) {
			t.Errorf("%s: again in %v, want %v to %v", test.name, wait, test.least, test.most)
		}
	}
	posted := outbox.Posted{Channel: "C1", TS: "1.2", Version: 3}
	if s := judge(d, posted, nil, quiet, now); s.Posted == nil || *s.Posted != posted || s.Fault != "" {
		t.Errorf("posted: %+v", s)
	}
}

// TestJudgeBacksOff: what goes on failing is tried less and less often, but
// never given up.
func TestJudgeBacksOff(t *testing.T) {
	t.Parallel()
	now := time.Now()
	for _, err := range []error{refusedBy(methodPost, "is_archived"), &callError{methodPost, errors.New("EOF")}} {
		last := time.Duration(0)
		for attempt := 1; attempt < 40; attempt += 4 {
			s := judge(outbox.Delivery{Payload: outbox.Case{}, Attempts: attempt}, outbox.Posted{}, err, now, now)
			wait := s.Retry.Sub(now)
			if s.Drop || wait < last/2 || wait > lastingMost {
				t.Errorf("%v, attempt %d: again in %v after %v", err, attempt, wait, last)
			}
			last = wait
		}
	}
}

func TestDescribe(t *testing.T) {
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

func TestFaultIsOneSafeWord(t *testing.T) {
	t.Parallel()
	const hook = "https://hooks.example.com/actions/T0/token"
	for want, err := range map[string]error{
		"none":        nil,
		"is_archived": refusedBy(methodPost, "is_archived"),
		"ratelimited": &slack.RateLimitedError{},
		"http_500":    slack.StatusCodeError{Code: 500, Status: "500"},
		"timeout":     &url.Error{Op: "Post", URL: hook, Err: os.ErrDeadlineExceeded},
		"no_answer":   &url.Error{Op: "Post", URL: hook, Err: errors.New("EOF")},
		"reconnect":   fmt.Errorf("x: %w", errReconnect),
	} {
		got := fault(err)
		if got != want {
			t.Errorf("%v: %q, want %q", err, got, want)
		}
	}
	if text := bare(&url.Error{Op: "Post", URL: hook, Err: errors.New("EOF")}).Error(); strings.Contains(text, "token") {
		t.Errorf("the error quotes the URL: %s", text)
	}
}

func TestCallKeepsRests(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	c := newCaller(nil, func() time.Time { return now })
	limit := func() error { return &slack.RateLimitedError{RetryAfter: 10 * time.Second} }
	fine := func() error { return nil }
	if err := c.call("a", methodPost, limit); err == nil {
		t.Fatal("no error")
	}
	var wait *notYet
	if err := c.call("a", methodPost, fine); !errors.As(err, &wait) || !wait.pause || !wait.at.Equal(now.Add(10*time.Second)) {
		t.Errorf("while it rests: %v", err)
	}
	for name, err := range map[string]error{
		"another method": c.call("a", methodUpdate, fine), "another lane": c.call("b", methodPost, fine),
	} {
		if err != nil {
			t.Errorf("%s rests too: %v", name, err)
		}
	}
	now = now.Add(10 * time.Second)
	if err := c.call("a", methodPost, fine); err != nil || len(c.rests) != 0 {
		t.Errorf("after the rest: %v, %d rests kept", err, len(c.rests))
	}
}

func TestRefusedToken(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		setting, code string
		fatal         bool
	}{
		{botSetting, "token_revoked", true}, {appSetting, "not_allowed_token_type", true},
		{appSetting, "missing_scope", true}, {botSetting, "missing_scope", false},
		{botSetting, "channel_not_found", false}, {appSetting, "internal_error", false},
	} {
		if got := refusedToken(test.setting, refusedBy("m", test.code)); (got != nil) != test.fatal {
			t.Errorf("%s %s: %v", test.setting, test.code, got)
		}
	}
	if refusedToken(appSetting, errors.New("invalid_auth")) != nil {
		t.Error("matched by its text")
	}
}

func TestRootsForget(t *testing.T) {
	t.Parallel()
	var r roots
	now := time.Now()
	for i := range rootsKept + 10 {
		r.saw(spot{"C1", fmt.Sprint(i)}, now)
	}
	last := spot{"C1", fmt.Sprint(rootsKept + 9)}
	if len(r.seen) > rootsKept || !r.known(last, now) || r.known(last, now.Add(rootKnown)) {
		t.Errorf("%d kept", len(r.seen))
	}
	r.forget(last)
	if r.known(last, now) {
		t.Error("not forgotten")
	}
}

// TestWaitingGoesByTheWallClock: what the procedure's clock says of when
// people may be nudged is a time to wait, however far that clock is set
// forward; and it is looked at again before it is over.
func TestWaitingGoesByTheWallClock(t *testing.T) {
	t.Parallel()
	wall := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for _, offset := range []time.Duration{0, 40 * 24 * time.Hour, -40 * 24 * time.Hour} {
		procedure := wall.Add(offset)
		c := &courier{caller: newCaller(nil, func() time.Time { return wall }), procedure: func() time.Time { return procedure }}
		for until, want := range map[time.Duration]time.Duration{
			5 * time.Second: 5 * time.Second, 60 * time.Hour: lookAgain, -time.Second: lookSoon,
		} {
			err := c.onWall(renderError(&handlers.Later{At: procedure.Add(until)}))
			s := judge(outbox.Delivery{Payload: outbox.Case{}, Attempts: 1}, outbox.Posted{}, err, wall, wall)
			if got := s.Retry.Sub(wall); got != want || s.Fault != "" || s.Drop || s.Pause || !s.OutOfHours {
				t.Errorf("offset %v, until %v: again in %v with %+v", offset, until, got, s)
			}
		}
	}
}
