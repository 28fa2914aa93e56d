package slackapi_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/bot/slackapi"
)

// TestAccount_own: what Slack says where to fetch, or to answer, is done on its own
// hosts only.
func TestAccount_own(t *testing.T) {
	real := slackapi.Account{}
	for address, want := range map[string]bool{
		"https://slack.com/api/x": true, "https://files.slack.com/files-pri/T1-F1/download/a.png": true,
		"https://hooks.slack.com/actions/T1/2/x": true, "http://hooks.slack.com/actions/T1/2/x": false,
		"https://hooks.slack.com.example.org/x": false, "https://hooks.slack.com:8443/x": false,
		"https://a@hooks.slack.com/x": false, "https://files.hooks.slack.com/x": false, "https://example.org/hooks.slack.com": false, "https://evil-slack.com/": false,
		"http://169.254.169.254/latest/meta-data/": false, "http://127.0.0.1:9090/metrics": false, "file:///etc/passwd": false,
		"//hooks.slack.com/x": false, "": false, "https://hooks.slack.com\\@example.org/": false,
	} {
		if got := real.Own(address); got != want {
			t.Errorf("%q is Slack's own: %t", address, got)
		}
	}
	here := slackapi.Account{URL: "http://127.0.0.1:1234/api/"}
	for address, want := range map[string]bool{
		"http://127.0.0.1:1234/response/x": true, "http://localhost:99/x": true, "http://10.0.0.1/x": false, "http://u:p@127.0.0.1/x": false,
	} {
		if got := here.TakesAnswers(address); got != want {
			t.Errorf("%q takes answers: %t", address, got)
		}
	}
	if here.Own("http://localhost:99/x") || real.TakesAnswers("http://127.0.0.1:9090/metrics") {
		t.Error("the token, or an answer, goes to another server on this machine")
	}
}

// TestHTTP_noRedirect: a call that is sent elsewhere goes no further, and neither
// does the token, in whichever way it is sent along.
func TestHTTP_noRedirect(t *testing.T) {
	leaked := make(chan string, 100)
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		leaked <- r.Header.Get("Authorization") + string(body)
		_, _ = io.WriteString(w, `{"ok":true,"ts":"1.1","channel":"C1"}`)
	}))
	defer elsewhere.Close()
	for _, code := range []int{301, 302, 303, 307, 308} {
		slack := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, strings.Replace(elsewhere.URL, "127.0.0.1", "localhost", 1)+r.URL.Path, code)
		}))
		api := slackapi.New(slackapi.Account{BotToken: "xoxb-not-real", URL: slack.URL + "/"}, slackapi.NewHTTP(time.Second))
		_, err := api.Do(t.Context(), slackapi.Post(slackapi.MessageRef{Channel: "C1"}, slackapi.Content{Text: "x"}))
		if err == nil {
			t.Errorf("a call that was answered with %d succeeded", code)
		}
		if _, err := api.AuthTestContext(t.Context()); err == nil {
			t.Errorf("a call of slack-go that was answered with %d succeeded", code)
		}
		slack.Close()
	}
	select {
	case what := <-leaked:
		t.Errorf("%d bytes went elsewhere, the token among them: %t", len(what), strings.Contains(what, "xoxb"))
	default:
	}
}
