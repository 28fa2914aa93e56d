package webapi_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/simtest"
)

// header is that of the answer to a call with a token.
func header(l *simtest.Test, method, token string) http.Header {
	l.T.Helper()
	form := url.Values{"token": {token}}.Encode()
	_, h, _ := l.Send("POST", l.APIURL()+method, simtest.FormType, simtest.Bearing(token), []byte(form))
	return h
}

func TestHeaders_date(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	date := func(h http.Header) time.Time {
		at, err := http.ParseTime(h.Get("Date"))
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	want := func(ahead time.Duration) {
		t.Helper()
		l.Faults().Status("users.list", http.StatusBadGateway, 1)
		_, signIn, _ := l.Send("GET", l.URL()+"/signin", "", nil, nil)
		for name, h := range map[string]http.Header{
			"an answer":        header(l, "auth.test", slacksim.DefaultBotToken),
			"a refusal":        header(l, "auth.test", "xoxb-wrong"),
			"a failure":        header(l, "users.list", slacksim.DefaultBotToken),
			"an app token":     header(l, "apps.connections.open", slacksim.DefaultAppToken),
			"the sign-in page": signIn,
		} {
			if got := date(h).Sub(l.Clock.Now()); got != ahead {
				t.Errorf("%s: %v ahead, want %v", name, got, ahead)
			}
		}
	}
	want(0)
	l.Clock.Advance(time.Hour)
	want(0)
	l.Faults().SkewDate(-48 * time.Hour)
	want(-48 * time.Hour)
	l.Faults().SkewDate(10 * 365 * 24 * time.Hour)
	want(10 * 365 * 24 * time.Hour)
	l.Faults().Clear()
	want(0)
}

func TestHeaders_scopes(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, simtest.WithScopes("commands", "groups:read"), simtest.WithEdit("user_change, team_join, ", ""))
	for name, c := range map[string]struct{ method, token, want string }{
		"a bot token":   {"auth.test", slacksim.DefaultBotToken, "commands,groups:read"},
		"for want of":   {"users.list", slacksim.DefaultBotToken, "commands,groups:read"},
		"an app token":  {"apps.connections.open", slacksim.DefaultAppToken, "connections:write"},
		"a wrong token": {"auth.test", "xoxb-wrong", ""},
	} {
		if got := strings.Join(header(l, c.method, c.token).Values("X-OAuth-Scopes"), ";"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	l.RevokeToken()
	if got := header(l, "auth.test", slacksim.DefaultBotToken).Get("X-OAuth-Scopes"); got != "" {
		t.Errorf("a revoked token: %q", got)
	}
}
