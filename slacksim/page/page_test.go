package page_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim/page"
)

// answer is what the page's script reads of a gesture.
type answer struct {
	Notice string            `json:"notice"`
	Errors map[string]string `json:"errors"`
	Keep   bool              `json:"keep"`
}

// fetched is what the page answered.
type fetched struct {
	StatusCode int
	Header     http.Header
}

// fetchPage asks the page for something.
func fetchPage(t *testing.T, method, address string, body io.Reader, set func(*http.Request)) (fetched, string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		t.Fatal(err)
	}
	if set != nil {
		set(r)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return fetched{answer.StatusCode, answer.Header}, string(text)
}

func typedForm(values url.Values) (io.Reader, func(*http.Request)) {
	return strings.NewReader(values.Encode()), func(r *http.Request) {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
}

func TestPage_guards(t *testing.T) {
	sim, _ := newPageSim(t)
	here := sim.URL()
	for _, test := range []struct {
		name, method, path string
		set                func(*http.Request)
		want               int
	}{
		{"loopback", "GET", "/", nil, http.StatusOK},
		{"localhost", "GET", "/", func(r *http.Request) { r.Host = "localhost:1234" }, http.StatusOK},
		{"IPv6 loopback", "GET", "/", func(r *http.Request) { r.Host = "[::1]:1234" }, http.StatusOK},
		{"rebound name", "GET", "/", func(r *http.Request) { r.Host = "evil.example.org" }, http.StatusMisdirectedRequest},
		{"name that starts well", "GET", "/", func(r *http.Request) { r.Host = "127.0.0.1.example.org" }, http.StatusMisdirectedRequest},
		{"other site posts", "POST", "/page/send?as=U0000000001&in=C0000000001", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, http.StatusForbidden},
		{"other origin posts", "POST", "/page/send?as=U0000000001&in=C0000000001", func(r *http.Request) { r.Header.Set("Origin", "https://evil.example.org") }, http.StatusForbidden},
		{"own post", "POST", "/page/send?as=U0000000001&in=C0000000001", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-origin") }, http.StatusOK},
		{"unknown person", "GET", "/?as=U0000000009", nil, http.StatusNotFound},
		{"not a member", "GET", "/?as=U0000000003&in=C0000000002", nil, http.StatusNotFound},
		{"gesture of nobody", "POST", "/page/home?as=U0000000009", nil, http.StatusNotFound},
		{"gesture by GET", "GET", "/page/send?as=U0000000001", nil, http.StatusMethodNotAllowed},
		{"no such file", "GET", "/page/file?id=F0000000009", nil, http.StatusNotFound},
	} {
		t.Run(test.name, func(t *testing.T) {
			answer, body := fetchPage(t, test.method, here+test.path, nil, test.set)
			if answer.StatusCode != test.want {
				t.Errorf("status %d, want %d: %.200s", answer.StatusCode, test.want, body)
			}
		})
	}
	answer, body := fetchPage(t, "GET", here+"/", nil, nil)
	if policy := answer.Header.Get("Content-Security-Policy"); policy != page.ContentPolicy {
		t.Errorf("content policy %q", policy)
	}
	if strings.Contains(body, " style=") || strings.Contains(body, "<script>") || strings.Contains(body, " onclick") {
		t.Error("the page holds something its own policy forbids")
	}
}

func TestPage_escapes(t *testing.T) {
	sim, app := newPageSim(t)
	app.post("C0000000001", `<script>alert(1)</script> <!channel> <javascript:alert(1)|x>`, nil)
	if _, err := sim.As("U0000000001").Post(t.Context(), "C0000000001", "", `"><img src=x onerror=alert(1)> <!channel>`); err != nil {
		t.Fatal(err)
	}
	_, body := fetchPage(t, "GET", sim.URL()+"/page/parts?as=U0000000001&in=C0000000001", nil, nil)
	for _, bad := range []string{"<script>", "<img src=x", `href="javascript`} {
		if strings.Contains(body, bad) {
			t.Errorf("%s in the page", bad)
		}
	}
	if n := strings.Count(body, "data-ping"); n != 1 {
		t.Errorf("%d pings drawn, want the app's one and not the person's", n)
	}
}

func TestPage_sends(t *testing.T) {
	sim, _ := newPageSim(t)
	for _, test := range []struct{ name, thread, text, notice string }{
		{"message", "", "Hallo <allemaal>", ""},
		{"nothing", "", "  ", ""},
		{"command", "", "/klacht help", ""},
		{"unknown command", "", "/bestaatniet", "/bestaatniet is geen geldige opdracht."},
		{"command in a thread", "1.2", "/klacht", "Opdrachten werken niet in een thread."},
		{"no acknowledgement", "", "/klacht stil", "klachtbot reageerde niet. Probeer het opnieuw."},
	} {
		t.Run(test.name, func(t *testing.T) {
			body, set := typedForm(url.Values{"text": {test.text}})
			_, text := fetchPage(t, "POST", sim.URL()+"/page/send?as=U0000000001&in=C0000000001&thread="+test.thread, body, set)
			var said answer
			if err := json.Unmarshal([]byte(text), &said); err != nil {
				t.Fatalf("%v in %s", err, text)
			}
			if said.Notice != test.notice || said.Keep != (test.notice != "") {
				t.Errorf("said %+v, want notice %q", said, test.notice)
			}
		})
	}
	var texts []string
	for _, m := range sim.Messages("C0000000001") {
		texts = append(texts, m.Text)
	}
	if want := []string{"Hallo &lt;allemaal&gt;"}; !reflect.DeepEqual(texts, want) {
		t.Errorf("messages %q, want %q", texts, want)
	}
}

// Where the manifest makes the messages tab read-only there is nothing to write in.
func TestPage_readOnlyMessages(t *testing.T) {
	sim, app := newPageSimWith(t, strings.Replace(pageManifest, "read_only_enabled: false", "read_only_enabled: true", 1))
	ts := app.post("U0000000001", "Herinnering", nil)
	_, body := fetchPage(t, "GET", sim.URL()+"/?as=U0000000001&in=dm&thread="+ts, nil, nil)
	if !strings.Contains(body, "Berichten sturen naar deze app is uitgeschakeld.") || strings.Contains(body, "<textarea") {
		t.Error("the direct message with the app has a composer")
	}
	if !strings.Contains(body, `data-part="thread"`) {
		t.Error("its thread is not shown")
	}
}

func TestPage_refusesLargeBodies(t *testing.T) {
	sim, _ := newPageSim(t)
	body, set := typedForm(url.Values{"text": {strings.Repeat("x", page.MaxTyped+1)}})
	answer, text := fetchPage(t, "POST", sim.URL()+"/page/send?as=U0000000001&in=C0000000001", body, set)
	if answer.StatusCode != http.StatusBadRequest || !strings.Contains(text, "te groot") {
		t.Errorf("status %d: %s", answer.StatusCode, text)
	}
}

// A person may not press buttons in a dialog that is on someone else's screen.
func TestPage_viewsArePersonal(t *testing.T) {
	sim, _ := newPageSim(t)
	sanne := sim.As("U0000000001")
	if _, err := sanne.Slash(t.Context(), "C0000000001", "/klacht", ""); err != nil {
		t.Fatal(err)
	}
	view, err := sanne.AwaitModal(t.Context(), "every_input")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"submit", "close", "click"} {
		body, set := typedForm(url.Values{"name": {"x"}})
		_, text := fetchPage(t, "POST", sim.URL()+"/page/view/"+path+"?as=U0000000002&action=deeper&value=1&view="+view.ID, body, set)
		if !strings.Contains(text, "Dit kan hier niet") {
			t.Errorf("%s of another's view: %s", path, text)
		}
	}
	if _, open := sanne.Modal(); !open {
		t.Error("the dialog is gone")
	}
}

func TestPage_liveTellsOnlyWhatConcernsThePerson(t *testing.T) {
	sim, app := newPageSim(t)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, sim.URL()+"/page/live?as=U0000000002", nil)
	if err != nil {
		t.Fatal(err)
	}
	stream, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stream.Body.Close() }() // the context may have cut it
	var heard strings.Builder
	readUntil(t, stream.Body, &heard, "ready")
	if _, err := sim.As("U0000000001").Slash(t.Context(), "C0000000001", "/klacht", "help"); err != nil {
		t.Fatal(err)
	}
	app.post("C0000000001", "geheim", nil)
	readUntil(t, stream.Body, &heard, `"channel":"C0000000001"`)
	if n := strings.Count(heard.String(), "event: change"); n != 1 || strings.Contains(heard.String(), "geheim") {
		t.Errorf("heard %q", heard.String())
	}
}

func readUntil(t *testing.T, from io.Reader, heard *strings.Builder, sign string) {
	t.Helper()
	chunk := make([]byte, 512)
	for !strings.Contains(heard.String(), sign) {
		n, err := from.Read(chunk)
		heard.Write(chunk[:n])
		if err != nil {
			t.Fatalf("%v after %q", err, heard.String())
		}
	}
}
