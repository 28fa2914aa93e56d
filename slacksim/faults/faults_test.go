package faults_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/faults"
	"github.com/artra/klachtbot/slacksim/simtest"
)

func TestFaults_happenOnDemand(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		order   func(f *faults.Faults)
		status  int
		err     string
		after   string
		applied bool
	}{
		{"lose the answer", func(f *faults.Faults) { f.LoseAnswer("chat.postMessage", 1) }, 0, "", "", true},
		{"cut before", func(f *faults.Faults) { f.CutBefore("chat.postMessage", 1) }, 0, "", "", false},
		{"server error", func(f *faults.Faults) { f.Status("chat.postMessage", 503, 1) }, 503, "", "", false},
		{"rate limit", func(f *faults.Faults) { f.RateLimit("chat.postMessage", 1500*time.Millisecond, 1) }, 429, "ratelimited", "2", false},
		{"429 without Retry-After", func(f *faults.Faults) { f.Status("chat.postMessage", 429, 1) }, 429, "", "", false},
		{"Slack error", func(f *faults.Faults) { f.Error("chat.postMessage", "fatal_error", 1) }, 200, "fatal_error", "", false},
		{"error after", func(f *faults.Faults) { f.ErrorAfter("chat.postMessage", "fatal_error", 1) }, 200, "fatal_error", "", true},
		{"page after", func(f *faults.Faults) { f.PageAfter("chat.postMessage", 502, 1) }, 502, "", "", true},
		{"page instead of JSON", func(f *faults.Faults) { f.PageAfter("chat.postMessage", 200, 1) }, 200, "", "", true},
		{"delay", func(f *faults.Faults) { f.Delay("chat.postMessage", time.Millisecond, 1) }, 200, "", "", true},
		{"delay and lose", func(f *faults.Faults) {
			f.Delay("chat.postMessage", time.Millisecond, 1)
			f.LoseAnswer("chat.postMessage", 1)
		}, 0, "", "", true},
		{"another method", func(f *faults.Faults) { f.CutBefore("chat.update", 1) }, 200, "", "", true},
		{"none", func(f *faults.Faults) { f.CutBefore("chat.postMessage", 0) }, 200, "", "", true},
		{"cleared", func(f *faults.Faults) { f.CutBefore("chat.postMessage", 1); f.Clear() }, 200, "", "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := simtest.New(t)
			c.order(l.Faults())
			form := url.Values{"token": {slacksim.DefaultBotToken}, "channel": {simtest.Room}, "text": {"x"}}.Encode()
			status, header, body := l.Send("POST", l.APIURL()+"chat.postMessage", simtest.FormType, nil, []byte(form))
			if status != c.status || header.Get("Retry-After") != c.after {
				t.Errorf("got status %d, Retry-After %q", status, header.Get("Retry-After"))
			}
			if page := strings.HasPrefix(string(body), "<!doctype html>"); page != strings.HasPrefix(c.name, "page") {
				t.Errorf("a page of HTML: %t", page)
			}
			if c.err != "" {
				simtest.WantRefusal(t, simtest.Decode(t, body), c.err)
			}
			if got := len(l.Messages(simtest.Room)) == 1; got != c.applied {
				t.Errorf("applied: %t", got)
			}
			if c.name != "another method" {
				l.Post(simtest.Room, "the fault is consumed")
			}
		})
	}
}

func TestFaults_countDown(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	l.Faults().Error("auth.test", "first", 2)
	l.Faults().Error("auth.test", "second", 1)
	for _, code := range []string{"first", "first", "second"} {
		simtest.WantRefusal(t, l.Call("auth.test"), code)
	}
	simtest.WantOK(t, l.Call("auth.test"))
}

func TestFaults_delayEndsWithClose(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	l.Faults().Delay("auth.test", time.Hour, 1)
	answered := make(chan int)
	go func() {
		status, _, _ := l.Send("POST", l.APIURL()+"auth.test", simtest.FormType, simtest.Bearing(slacksim.DefaultBotToken), nil)
		answered <- status
	}()
	for l.Faults().Pending("auth.test") > 0 {
		if l.Ctx.Err() != nil {
			t.Fatal("the call never came")
		}
	}
	simtest.NoError(t, l.Close())
	if status := <-answered; status == 200 {
		t.Error("the call was applied after Close")
	}
}
