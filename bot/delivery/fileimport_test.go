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
	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/outbox"
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

// TestFileImport_lostAfterMinutes: a file that Slack does not know is lost once it
// had time to know it, by the clock and by the number of attempts; before, it waits.
func TestFileImport_lostAfterMinutes(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		code    string
		earlier int
		since   time.Duration
		want    workflow.AttachmentState
	}{
		"a moment ago":             {"file_not_found", 6, time.Minute, workflow.AttachmentWaiting},
		"by a clock that jumped":   {"file_not_found", 1, 240 * time.Hour, workflow.AttachmentWaiting},
		"for minutes":              {"file_not_found", 6, 6 * time.Minute, workflow.AttachmentLost},
		"hidden a moment ago":      {"not_visible", 6, time.Minute, workflow.AttachmentWaiting},
		"hidden for minutes":       {"not_visible", 6, 6 * time.Minute, workflow.AttachmentLost},
		"deleted, and known to be": {"file_deleted", 0, time.Second, workflow.AttachmentLost},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newDeliveryTest(t)
			c := bottest.Complaint()
			c.Attachments = []workflow.Attachment{{File: "F0NONE", Name: "bestand"}}
			done, err := l.outbox.Apply(l.Ctx, workflow.Command{Action: c, By: anna, Gesture: "c1"})
			l.Must(err)
			l.outbox.cases["c1"] = done.Complaint.ID
			l.outbox.write(`DELETE FROM outbox`)
			l.Sim.Faults().Error(slackapi.MethodFileInfo, test.code, 1)
			l.outbox.put(outbox.Delivery{
				Case: "c1", Payload: outbox.FileImport{Ordinal: 1}, Lane: outbox.LaneFiles,
				Attempts: test.earlier, FirstTry: time.Now().Add(-test.since),
			})
			l.run()
			r := l.outbox.awaitTry(t, 1, 1)
			a, err := l.outbox.Attachment(l.Ctx, done.Complaint.ID, 1)
			l.Must(err)
			if a.State != test.want || r.done != (test.want == workflow.AttachmentLost) {
				t.Errorf("the file is %s, settled %+v", a.State, last(r))
			}
		})
	}
}
