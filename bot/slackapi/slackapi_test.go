package slackapi

import (
	"context"
	"errors"
	"net/url"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slack-go/slack"
)

// refusedBy is Slack's word as an error of a call.
func refusedBy(method, code string) error {
	return &CallError{Method: method, Err: slack.SlackErrorResponse{Err: code}}
}

func TestSlackAPI_faultIsOneSafeWord(t *testing.T) {
	t.Parallel()
	const hook = "https://hooks.example.com/actions/T0/token"
	for want, err := range map[string]error{
		"none":        nil,
		"is_archived": refusedBy(MethodPost, "is_archived"),
		"ratelimited": &slack.RateLimitedError{},
		"http_500":    slack.StatusCodeError{Code: 500, Status: "500"},
		"timeout":     &url.Error{Op: "Post", URL: hook, Err: os.ErrDeadlineExceeded},
		"no_answer":   &url.Error{Op: "Post", URL: hook, Err: errors.New("EOF")},
	} {
		got := Fault(err)
		if got != want {
			t.Errorf("%v: %q, want %q", err, got, want)
		}
	}
	if text := Bare(&url.Error{Op: "Post", URL: hook, Err: errors.New("EOF")}).Error(); strings.Contains(text, "token") {
		t.Errorf("the error quotes the URL: %s", text)
	}
}

func TestSlackAPI_callKeepsRests(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	c := NewCalls(nil, func() time.Time { return now })
	limit := func() error { return &slack.RateLimitedError{RetryAfter: 10 * time.Second} }
	fine := func() error { return nil }
	if err := c.Call("a", MethodPost, limit); err == nil {
		t.Fatal("no error")
	}
	var wait *RestError
	if err := c.Call("a", MethodPost, fine); !errors.As(err, &wait) || wait.Method != MethodPost || !wait.Until.Equal(now.Add(10*time.Second)) {
		t.Errorf("while it rests: %v", err)
	}
	for name, err := range map[string]error{
		"another method": c.Call("a", MethodUpdate, fine), "another lane": c.Call("b", MethodPost, fine),
	} {
		if err != nil {
			t.Errorf("%s rests too: %v", name, err)
		}
	}
	now = now.Add(10 * time.Second)
	if err := c.Call("a", MethodPost, fine); err != nil || len(c.rests) != 0 {
		t.Errorf("after the rest: %v, %d rests kept", err, len(c.rests))
	}
}

func TestSlackAPI_refusedToken(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		setting, code string
		fatal         bool
	}{
		{BotSetting, "token_revoked", true}, {AppSetting, "not_allowed_token_type", true},
		{AppSetting, "missing_scope", true}, {BotSetting, "missing_scope", false},
		{BotSetting, "channel_not_found", false}, {AppSetting, "internal_error", false},
	} {
		if got := RefusedToken(test.setting, refusedBy("m", test.code)); (got != nil) != test.fatal {
			t.Errorf("%s %s: %v", test.setting, test.code, got)
		}
	}
	if RefusedToken(AppSetting, errors.New("invalid_auth")) != nil {
		t.Error("matched by its text")
	}
}

func TestSlackAPI_backoffGrowsAndIsJittered(t *testing.T) {
	t.Parallel()
	seen := map[time.Duration]bool{}
	for attempt := range 70 {
		d := Backoff(attempt, time.Second, time.Minute)
		full := time.Minute
		if attempt < 7 {
			full = time.Second << max(attempt-1, 0)
		}
		if d < full/2 || d > full {
			t.Errorf("attempt %d: %v, want %v to %v", attempt, d, full/2, full)
		}
		seen[d] = true
	}
	if len(seen) < 10 {
		t.Errorf("only %d different pauses: no jitter", len(seen))
	}
}

func TestSlackAPI_pause(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		if !Pause(t.Context(), time.Hour) || time.Since(began) != time.Hour {
			t.Errorf("paused %v", time.Since(began))
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if Pause(ctx, time.Hour) || time.Since(began) != time.Hour+time.Minute {
			t.Error("went on when its context ended")
		}
	})
}
