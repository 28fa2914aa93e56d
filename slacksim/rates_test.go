package slacksim

import (
	"net/url"
	"testing"
	"time"
)

func limited(cfg *Config) { cfg.RateLimits = true }

func TestRates_onePostASecondAfterABurst(t *testing.T) {
	t.Parallel()
	l := newSimTest(t, limited)
	for range 3 {
		l.post(room, "x")
	}
	form := url.Values{"token": {DefaultBotToken}, "channel": {room}, "text": {"x"}}.Encode()
	status, header, body := l.send("POST", l.APIURL()+"chat.postMessage", formType, nil, []byte(form))
	if status != 429 || header.Get("Retry-After") != "1" {
		t.Errorf("status %d, Retry-After %q", status, header.Get("Retry-After"))
	}
	wantRefusal(t, decode(t, body), "ratelimited")
	l.post(lobby, "another channel has its own pace")
	l.clock.advance(time.Second - time.Millisecond)
	wantRefusal(t, l.call("chat.postMessage", "channel", room, "text", "x"), "ratelimited")
	l.clock.advance(time.Millisecond)
	l.post(room, "x")
	wantRefusal(t, l.call("chat.postMessage", "channel", room, "text", "x"), "ratelimited")
	l.clock.advance(time.Hour)
	for range 3 { // no more than a burst is saved up
		l.post(room, "x")
	}
	wantRefusal(t, l.call("chat.postMessage", "channel", room, "text", "x"), "ratelimited")
}

func TestRates_tiers(t *testing.T) {
	t.Parallel()
	for method, most := range map[string]int{"users.list": 20, "conversations.history": 50, "users.info": 100} {
		l := newSimTest(t, limited)
		call := func() reply { return l.call(method, "channel", room, "user", anna) }
		wantOK(t, call())
		l.clock.advance(10 * time.Second)
		for range most - 1 {
			wantOK(t, call())
		}
		wantRefusal(t, call(), "ratelimited")
		form := url.Values{"token": {DefaultBotToken}}.Encode()
		_, header, _ := l.send("POST", l.APIURL()+method, formType, nil, []byte(form))
		if header.Get("Retry-After") != "50" {
			t.Errorf("%s: Retry-After %q", method, header.Get("Retry-After"))
		}
		wantOK(t, l.call("auth.test")) // other methods go on
		l.clock.advance(50 * time.Second)
		wantOK(t, call())
		wantRefusal(t, call(), "ratelimited")
	}
}

func TestRates_noRateLimits(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	for range 25 {
		l.post(room, "x")
		wantOK(t, l.call("users.list"))
	}
}
