package webapi_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/simtest"
	"github.com/artra/klachtbot/slacksim/wire"
)

func limited(cfg *slacksim.Config) { cfg.RateLimits = true }

func TestRates_onePostASecondAfterABurst(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, limited)
	for range 3 {
		l.Post(simtest.Room, "x")
	}
	form := url.Values{"token": {slacksim.DefaultBotToken}, "channel": {simtest.Room}, "text": {"x"}}.Encode()
	status, header, body := l.Send("POST", l.APIURL()+"chat.postMessage", simtest.FormType, nil, []byte(form))
	if status != 429 || header.Get("Retry-After") != "1" {
		t.Errorf("status %d, Retry-After %q", status, header.Get("Retry-After"))
	}
	simtest.WantRefusal(t, simtest.Decode(t, body), "ratelimited")
	l.Post(simtest.Lobby, "another channel has its own pace")
	l.Clock.Advance(time.Second - time.Millisecond)
	simtest.WantRefusal(t, l.Call("chat.postMessage", "channel", simtest.Room, "text", "x"), "ratelimited")
	l.Clock.Advance(time.Millisecond)
	l.Post(simtest.Room, "x")
	simtest.WantRefusal(t, l.Call("chat.postMessage", "channel", simtest.Room, "text", "x"), "ratelimited")
	l.Clock.Advance(time.Hour)
	for range 3 { // no more than a burst is saved up
		l.Post(simtest.Room, "x")
	}
	simtest.WantRefusal(t, l.Call("chat.postMessage", "channel", simtest.Room, "text", "x"), "ratelimited")
}

func TestRates_tiers(t *testing.T) {
	t.Parallel()
	for method, most := range map[string]int{"users.list": 20, "conversations.history": 50, "users.info": 100} {
		l := simtest.New(t, limited)
		call := func() wire.Reply { return l.Call(method, "channel", simtest.Room, "user", simtest.Anna) }
		simtest.WantOK(t, call())
		l.Clock.Advance(10 * time.Second)
		for range most - 1 {
			simtest.WantOK(t, call())
		}
		simtest.WantRefusal(t, call(), "ratelimited")
		form := url.Values{"token": {slacksim.DefaultBotToken}}.Encode()
		_, header, _ := l.Send("POST", l.APIURL()+method, simtest.FormType, nil, []byte(form))
		if header.Get("Retry-After") != "50" {
			t.Errorf("%s: Retry-After %q", method, header.Get("Retry-After"))
		}
		simtest.WantOK(t, l.Call("auth.test")) // other methods go on
		l.Clock.Advance(50 * time.Second)
		simtest.WantOK(t, call())
		simtest.WantRefusal(t, call(), "ratelimited")
	}
}

func TestRates_noRateLimits(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	for range 25 {
		l.Post(simtest.Room, "x")
		simtest.WantOK(t, l.Call("users.list"))
	}
}
