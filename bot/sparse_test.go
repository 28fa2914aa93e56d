package bot

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"time"
)

// sparing puts a Slack before the lab's whose answers to a method lack some
// fields.
func sparing(l *lab, method string, without ...string) {
	l.Helper()
	upstream, err := url.Parse(l.sim.URL())
	l.must(err)
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(upstream) },
		ModifyResponse: func(r *http.Response) error {
			if !strings.HasSuffix(r.Request.URL.Path, "/"+method) {
				return nil
			}
			return trim(r, without)
		},
	}
	server := httptest.NewServer(proxy)
	l.Cleanup(server.Close)
	l.config.APIURL = server.URL + "/api/"
	l.bot, err = New(l.config)
	l.must(err)
}

// trim takes fields out of a JSON answer.
func trim(r *http.Response, fields []string) error {
	var body map[string]any
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		return err
	}
	for _, f := range fields {
		delete(body, f)
	}
	b, err := json.Marshal(body)
	if err != nil {
		return err
	}
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(b)), int64(len(b))
	r.Header.Del("Content-Length")
	return nil
}

// TestAnswerWithoutTheMessage: an answer to a post that repeats nothing of the
// message says nothing of its thread either; a reply that stands where it
// belongs is not taken back.
func TestAnswerWithoutTheMessage(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	sparing(l, methodPost, "message")
	l.run()
	l.outbox.put(root("c1"), line("c1"), nudge("c1", olga))
	l.outbox.awaitDone(t, 3)
	m := l.only(cases)
	if replies := l.sim.Thread(cases, m.TS); len(replies) != 2 {
		t.Errorf("%d replies, want 2", len(replies))
	}
	for _, c := range l.sim.Calls() {
		if c.Method == methodDelete {
			t.Error("a reply was taken back")
		}
	}
}

// TestOneLookThatFailed: when Slack could not say at the start who reads the
// case channel, the first case waits for the next look, not for a minute.
func TestOneLookThatFailed(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.sim.Faults().Status("conversations.info", http.StatusServiceUnavailable, 2)
	l.outbox.put(root("c1"))
	began := time.Now()
	l.run()
	l.outbox.awaitDone(t, 1)
	if took := time.Since(began); took > lastingBase/4 {
		t.Errorf("posted after %v", took)
	}
}

// TestChannelThatNobodyTellsOf: a status that says "not here" is an answer;
// the officers are alarmed, and the case is posted at once.
func TestChannelThatNobodyTellsOf(t *testing.T) {
	t.Parallel()
	for status, untold := range map[int]bool{
		http.StatusNotFound: true, http.StatusForbidden: true, http.StatusRequestTimeout: false, http.StatusBadGateway: false,
	} {
		l := newLab(t)
		l.sim.Faults().Status("conversations.info", status, 1)
		found, seen := l.bot.watch.inspector.itself(l.ctx, l.bot.watch.rooms[0])
		want := codeUnreachable
		if untold {
			want = "channel_untold"
		}
		if got := codes(found); seen || len(got) != 1 || got[0] != want {
			t.Errorf("%d: %q, want %s", status, got, want)
		}
	}
}
