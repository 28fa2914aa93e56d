package slacksim_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/simtest"
)

// TestGuard_everyRoute: a page of another site reaches neither the Web API nor the
// sockets nor files, by whatever method; a program on this machine does, and so
// does a Socket Mode client that has a ticket.
func TestGuard_everyRoute(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	post := l.APIURL() + "chat.postMessage?channel=" + simtest.Room + "&text=x&token=" + slacksim.DefaultBotToken
	link := func() string { return "http" + strings.TrimPrefix(l.SocketURL(), "ws") }
	type headers = map[string]string
	for _, test := range []struct {
		name, method, url string
		headers           headers
		want              int
	}{
		{"program", "POST", post, nil, 200},
		{"program by GET", "GET", post, nil, 200},
		{"localhost", "POST", post, headers{"Host": "localhost:80"}, 200},
		{"own page", "POST", post, headers{"Sec-Fetch-Site": "same-origin"}, 200},
		{"picture on another site", "GET", post, headers{"Sec-Fetch-Site": "cross-site"}, 403},
		{"page of another port", "POST", post, headers{"Sec-Fetch-Site": "same-site"}, 403},
		{"form of another site", "POST", post, headers{"Origin": "https://evil.example.org"}, 403},
		{"sandboxed frame", "POST", post, headers{"Origin": "null"}, 403},
		{"rebound name", "POST", post, headers{"Host": "evil.example.org"}, 421},
		{"rebound name with its origin", "POST", post, headers{"Host": "evil.example.org:80", "Origin": "http://evil.example.org:80"}, 421},
		{"name that starts well", "GET", post, headers{"Host": "127.0.0.1.example.org"}, 421},
		{"no host", "GET", post, headers{"Host": "[::ffff:8.8.8.8]"}, 421},
		{"Slack's name without a socket", "POST", post, headers{"Origin": "https://api.slack.com"}, 403},
		{"socket of another site", "GET", link(), headers{"Origin": "https://evil.example.org"}, 403},
		{"socket without a ticket", "GET", l.URL() + "/link/?ticket=ticket-1", headers{"Origin": "https://api.slack.com"}, 403},
		{"socket of a rebound name", "GET", link(), headers{"Host": "evil.example.org", "Origin": "https://api.slack.com"}, 421},
		{"socket with a ticket", "GET", link(), headers{"Origin": "https://api.slack.com"}, 400}, // no handshake followed
		{"answer from another site", "POST", l.URL() + "/response/T0/x", headers{"Origin": "https://evil.example.org"}, 403},
		{"upload from another site", "POST", l.URL() + "/upload/v1/F1", headers{"Origin": "https://evil.example.org"}, 403},
		{"page of a rebound name", "GET", l.URL() + "/", headers{"Host": "evil.example.org"}, 421},
	} {
		if got := status(t, test.method, test.url, test.headers); got != test.want {
			t.Errorf("%s: status %d, want %d", test.name, got, test.want)
		}
	}
}

func status(t *testing.T, method, url string, headers map[string]string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	r.Host = r.Header.Get("Host")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	return answer.StatusCode
}
