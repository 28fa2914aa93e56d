package delivery

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

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/slacksim"
)

// sparing puts a Slack before the test's whose answers to a method lack some
// fields.
func sparing(l *deliveryTest, method string, without ...string) {
	l.Helper()
	upstream, err := url.Parse(l.Sim.URL())
	l.Must(err)
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
	l.Account.URL = server.URL + "/api/"
	l.API = slackapi.New(l.Account, l.HTTP)
	l.assemble()
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

// TestDelivery_answerWithoutTheMessage: an answer to a post that repeats
// nothing of the message says nothing of its thread either; a reply that stands
// where it belongs is not taken back.
func TestDelivery_answerWithoutTheMessage(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t)
	sparing(l, slackapi.MethodPost, "message")
	l.run()
	l.outbox.put(root("c1"), line("c1"), reminder("c1", olga))
	l.outbox.awaitDone(t, 2)
	l.outbox.awaitDone(t, 3)
	m := l.Only(cases)
	if replies := l.Sim.Thread(cases, m.TS); len(replies) != 2 {
		t.Errorf("%d replies, want 2", len(replies))
	}
	for _, c := range l.Sim.Calls() {
		if c.Method == slackapi.MethodDelete {
			t.Error("a reply was taken back")
		}
	}
}

// TestDelivery_oneCheckThatFailed: when Slack could not say at the start who
// reads the case channel, the first case waits for the next check, not for a
// minute.
func TestDelivery_oneCheckThatFailed(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t)
	l.Sim.Faults().Status("conversations.info", http.StatusServiceUnavailable, 2)
	l.outbox.put(root("c1"))
	began := time.Now()
	l.run()
	l.outbox.awaitDone(t, 1)
	if took := time.Since(began); took > lastingBase/4 {
		t.Errorf("posted after %v", took)
	}
}

// TestDelivery_checkIsNotAskedForTooOften: a hundred messages that a broken
// channel refuses are one reason to check.
func TestDelivery_checkIsNotAskedForTooOften(t *testing.T) {
	t.Parallel()
	asked := 0
	l := newDeliveryTest(t)
	outOfOrder := func(now time.Time) {
		l.sender.outOfOrder(now)
		select {
		case <-l.monitor.Asked():
			asked++
		default:
		}
	}
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for range 100 {
		outOfOrder(now)
	}
	outOfOrder(now.Add(checkEvery))
	if asked != 2 {
		t.Errorf("asked %d times, want once a minute", asked)
	}
}

// TestDelivery_refusedForGood: where Slack refuses posts although nothing is wrong
// with the channel, the officers hear of it at once, with Slack's word, and hear when
// it is over; what waited arrives.
func TestDelivery_refusedForGood(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"restricted_action_thread_only_channel", "message_limit_exceeded", "app_access_restricted", "restricted_action"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			l := newDeliveryTest(t)
			l.run()
			l.Sim.Restrict(cases, code)
			l.outbox.put(root("c1"))
			if r := l.outbox.awaitTry(t, 1, 1); r.done || r.Fault != code {
				t.Errorf("settled %+v", last(r))
			}
			alarm, err := l.Sim.AwaitMessage(l.Ctx, l.Sim.As(olga).DM(), func(m slacksim.Message) bool { return strings.Contains(m.Text, code) })
			l.Must(err)
			l.Sim.Restrict(cases, "")
			l.outbox.hurry()
			l.outbox.awaitDone(t, 1)
			_, err = l.Sim.AwaitMessage(l.Ctx, l.Sim.As(olga).DM(), func(m slacksim.Message) bool {
				return m.TS > alarm.TS && strings.HasPrefix(m.Text, "Weer in orde")
			})
			l.Must(err)
			l.Only(cases)
		})
	}
}
