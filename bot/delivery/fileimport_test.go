package delivery

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/workflow"
)

// importer returns one for a Slack at that address.
func importer(home string, web *http.Client) *fileImporter {
	account := slackapi.Account{BotToken: "xoxb-secret", URL: home + "/api/"}
	return newFileImporter(Config{Account: account, Patience: time.Second}, Slack{HTTP: web}, nil)
}

// TestFileImport_tokenGoesToSlackOnly: a file's address decides nothing about who sees
// the token, and neither does a redirect.
func TestFileImport_tokenGoesToSlackOnly(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("another host was asked, token %t", r.Header.Get("Authorization") != "")
	}))
	defer elsewhere.Close()
	asked := 0
	home := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		if r.Header.Get("Authorization") != "Bearer xoxb-secret" {
			t.Error("Slack was asked without the token")
		}
		http.Redirect(w, r, elsewhere.URL+"/file", http.StatusFound)
	}))
	defer home.Close()
	web := slackapi.NewHTTP(time.Second)
	defer web.CloseIdleConnections()
	p := importer(home.URL, web)
	_, err := p.download(t.Context(), home.URL+"/file", 3)
	var status slack.StatusCodeError
	if !errors.As(err, &status) || status.Code != http.StatusFound || asked != 1 {
		t.Errorf("a redirect: %v, asked %d times", err, asked)
	}
	host := strings.TrimPrefix(home.URL, "http://")
	for _, address := range []string{
		elsewhere.URL + "/file", "https://" + host + "/file", "http://files.slack.com/x", "https://files.slack.com.example.org/x",
		"https://slack.com/x", "//" + host + "/x", "", "file:///etc/hosts", "http://u:p@" + host + "/x", "http://" + host + "%zz",
	} {
		if _, err := p.download(t.Context(), address, 3); !errors.Is(err, errElsewhere) {
			t.Errorf("%q: %v", address, err)
		}
	}
	if err := p.checkAddress("https://files.slack.com/files-pri/T1-F1/download/a.png"); err != nil {
		t.Errorf("where Slack keeps files: %v", err)
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
}

// TestFileImport_moreBytesThanSlackSaid: the limit holds whatever the size was said to
// be.
func TestFileImport_moreBytesThanSlackSaid(t *testing.T) {
	home := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(make([]byte, workflow.MaxAttached+2)) // the client hangs up
	}))
	defer home.Close()
	web := slackapi.NewHTTP(time.Second)
	defer web.CloseIdleConnections()
	p := importer(home.URL, web)
	if _, err := p.download(t.Context(), home.URL+"/file", 3); !errors.Is(err, errTooLarge) {
		t.Errorf("too many bytes: %v", err)
	}
}
