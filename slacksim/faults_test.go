package slacksim

import (
	"net/url"
	"testing"
	"time"
)

func TestFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		order   func(f *Faults)
		status  int
		err     string
		after   string
		applied bool
	}{
		{"lose the answer", func(f *Faults) { f.LoseAnswer("chat.postMessage", 1) }, 0, "", "", true},
		{"cut before", func(f *Faults) { f.CutBefore("chat.postMessage", 1) }, 0, "", "", false},
		{"server error", func(f *Faults) { f.Status("chat.postMessage", 503, 1) }, 503, "", "", false},
		{"rate limit", func(f *Faults) { f.RateLimit("chat.postMessage", 1500*time.Millisecond, 1) }, 429, "ratelimited", "2", false},
		{"429 without Retry-After", func(f *Faults) { f.Status("chat.postMessage", 429, 1) }, 429, "", "", false},
		{"Slack error", func(f *Faults) { f.Error("chat.postMessage", "fatal_error", 1) }, 200, "fatal_error", "", false},
		{"delay", func(f *Faults) { f.Delay("chat.postMessage", time.Millisecond, 1) }, 200, "", "", true},
		{"delay and lose", func(f *Faults) {
			f.Delay("chat.postMessage", time.Millisecond, 1)
			f.LoseAnswer("chat.postMessage", 1)
		}, 0, "", "", true},
		{"another method", func(f *Faults) { f.CutBefore("chat.update", 1) }, 200, "", "", true},
		{"none", func(f *Faults) { f.CutBefore("chat.postMessage", 0) }, 200, "", "", true},
		{"cleared", func(f *Faults) { f.CutBefore("chat.postMessage", 1); f.Clear() }, 200, "", "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := newSimTest(t)
			c.order(l.Faults())
			form := url.Values{"token": {DefaultBotToken}, "channel": {room}, "text": {"x"}}.Encode()
			status, header, body := l.send("POST", l.APIURL()+"chat.postMessage", formType, nil, []byte(form))
			if status != c.status || header.Get("Retry-After") != c.after {
				t.Errorf("got status %d, Retry-After %q", status, header.Get("Retry-After"))
			}
			if c.err != "" {
				wantRefusal(t, decode(t, body), c.err)
			}
			if got := len(l.Messages(room)) == 1; got != c.applied {
				t.Errorf("applied: %t", got)
			}
			if c.name != "another method" {
				l.post(room, "the fault is consumed")
			}
		})
	}
}

func TestFaults_countDown(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	l.Faults().Error("auth.test", "first", 2)
	l.Faults().Error("auth.test", "second", 1)
	for _, code := range []string{"first", "first", "second"} {
		wantRefusal(t, l.call("auth.test"), code)
	}
	wantOK(t, l.call("auth.test"))
}

func TestFaults_delayEndsWithClose(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	l.Faults().Delay("auth.test", time.Hour, 1)
	answered := make(chan int)
	go func() {
		status, _, _ := l.send("POST", l.APIURL()+"auth.test", formType, bearing(DefaultBotToken), nil)
		answered <- status
	}()
	for l.Faults().Pending("auth.test") > 0 {
		if l.ctx.Err() != nil {
			t.Fatal("the call never came")
		}
	}
	noError(t, l.Close())
	if status := <-answered; status == 200 {
		t.Error("the call was applied after Close")
	}
}
