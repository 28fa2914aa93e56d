package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// wire is Slack's end of sockets, for what the simulator does not do: raw
// messages, and a server that hangs up at once.
type wire struct {
	*httptest.Server
	opened atomic.Int64
}

// newWire serves connections: each is greeted and handed to talk, and closed
// when that returns.
func newWire(t *testing.T, talk func(*websocket.Conn)) *wire {
	t.Helper()
	w := &wire{}
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/apps.connections.open", func(rw http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprintf(rw, `{"ok":true,"url":"ws%s/link"}`, strings.TrimPrefix(w.URL, "http"))
	})
	mux.HandleFunc("/link", func(rw http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(rw, r, nil)
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		w.opened.Add(1)
		if conn.WriteJSON(map[string]string{"type": "hello"}) == nil {
			talk(conn)
		}
	})
	w.Server = httptest.NewServer(mux)
	t.Cleanup(w.Close)
	return w
}

// dial returns a socket to the wire; take gets its envelopes.
func (w *wire) dial(t *testing.T, take func(*socket, *socketmode.Event)) *socket {
	t.Helper()
	web := newWeb(httpTimeout)
	t.Cleanup(web.CloseIdleConnections)
	s := newSocket(1, Config{
		BotToken: "xoxb-x", AppToken: "xapp-x", APIURL: w.URL + "/api/", Log: slog.New(slog.DiscardHandler),
	}, web)
	s.take, s.hello = take, func() {}
	return s
}

// TestFlushWritesEveryAck queues 40 acks and closes the socket right after
// the flush.
func TestFlushWritesEveryAck(t *testing.T) {
	t.Parallel()
	const acks = 40
	got := make(chan int, 1)
	w := newWire(t, func(conn *websocket.Conn) {
		n := 0
		for {
			if _, _, err := conn.ReadMessage(); err != nil {
				got <- n
				return
			}
			n++
		}
	})
	ctx, hangUp := context.WithCancel(t.Context())
	defer hangUp()
	s := w.dial(t, nil)
	greeted := make(chan struct{})
	s.hello = func() { close(greeted) }
	ended := make(chan error, 1)
	go func() { ended <- s.keep(ctx) }()
	<-greeted
	for i := range acks {
		if err := s.ack(ctx, fmt.Sprint("envelope-", i), map[string]string{"text": strings.Repeat("x", 10_000)}); err != nil {
			t.Fatal(err)
		}
	}
	s.acks.flush(ctx)
	hangUp()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if n := <-got; n != acks {
		t.Errorf("%d of %d acks reached Slack", n, acks)
	}
}

// TestStrayEnvelope sends an interaction that slack-go can't parse, whatever
// is left out of it: it is acknowledged all the same.
func TestStrayEnvelope(t *testing.T) {
	t.Parallel()
	got := make(chan string, 1)
	w := newWire(t, func(conn *websocket.Conn) {
		_ = conn.WriteMessage(websocket.TextMessage, []byte(`{"envelope_id":"e-1","type":"interactive","payload":`+
			`{"type":"message_action","message":{"ts":["no"]}}}`))
		var ack struct {
			ID string `json:"envelope_id"`
		}
		if conn.ReadJSON(&ack) == nil {
			got <- ack.ID
		}
		_, _, _ = conn.ReadMessage() // until the client leaves
	})
	r := &reception{desk: newDesk(1, 4), log: slog.New(slog.DiscardHandler), sentence: nil, metrics: figures(t)}
	defer r.desk.close(t.Context())
	ctx, hangUp := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	s := w.dial(t, r.take)
	go func() { ended <- s.keep(ctx) }()
	if id := <-got; id != "e-1" {
		t.Errorf("acknowledged %q", id)
	}
	hangUp()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func figures(t *testing.T) *metrics {
	t.Helper()
	m, err := newMetrics(nil, func() int { return 0 })
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestServerThatHangsUpAtOnce: slack-go by itself made 1,435 connections to
// such a server in 2 s.
func TestServerThatHangsUpAtOnce(t *testing.T) {
	t.Parallel()
	const connections = 5
	enough := make(chan struct{}, 64)
	w := newWire(t, func(*websocket.Conn) { enough <- struct{}{} })
	ctx, hangUp := context.WithCancel(t.Context())
	began := time.Now()
	ended := make(chan error, 1)
	go func() { ended <- w.dial(t, nil).keep(ctx) }()
	for range connections {
		<-enough
	}
	took := time.Since(began)
	hangUp()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	// Once at once, then at least half of 200, 400 and 800 ms.
	if least := 700 * time.Millisecond; took < least {
		t.Errorf("%d connections in %v, want at least %v", connections, took, least)
	}
}

func TestRedialWait(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name        string
		failures    int
		err         error
		least, most time.Duration
	}{
		{"a healthy socket ended", 0, errReconnect, 0, 0},
		{"could not connect", 0, http.ErrServerClosed, redialBase / 2, redialBase},
		{"and again", 3, errReconnect, 2 * redialBase, 4 * redialBase},
		{"for a long time", 99, errReconnect, redialMost / 2, redialMost},
		{"Slack says when", 7, &slack.RateLimitedError{RetryAfter: 42 * time.Second}, 42 * time.Second, 42 * time.Second},
	} {
		if got := redialWait(test.failures, test.err); got < test.least || got > test.most {
			t.Errorf("%s: %v, want %v to %v", test.name, got, test.least, test.most)
		}
	}
}

func TestBackoffGrowsAndIsJittered(t *testing.T) {
	t.Parallel()
	seen := map[time.Duration]bool{}
	for attempt := range 70 {
		d := backoff(attempt, time.Second, time.Minute)
		full := time.Minute
		if attempt < 7 {
			full = time.Second << max(attempt-1, 0)
		}
		if d < full/2 || d > full {
			t.Errorf("attempt %d: %v, want %v to %v", attempt, d, full/2, full)
		}
		seen[d] = true
	}
	if len(seen) < 10 {
		t.Errorf("only %d different pauses: no jitter", len(seen))
	}
}

func TestPause(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		if !pause(t.Context(), time.Hour) || time.Since(began) != time.Hour {
			t.Errorf("paused %v", time.Since(began))
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if pause(ctx, time.Hour) || time.Since(began) != time.Hour+time.Minute {
			t.Error("went on when its context ended")
		}
	})
}

func TestLedger(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := &ledger{}
		l.flush(t.Context()) // nothing pending
		l.add(1)
		l.add(1)
		flushed := make(chan struct{})
		go func() { defer close(flushed); l.flush(t.Context()) }()
		synctest.Wait()
		l.Put(nil)
		synctest.Wait()
		select {
		case <-flushed:
			t.Fatal("flushed with one ack pending")
		default:
		}
		l.Put(nil)
		<-flushed
		l.add(1)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		l.flush(ctx) // the socket is gone: the context ends it
	})
}

func TestStrayEnvelopeID(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`{"envelope_id":"e-9"}`: "e-9", `{"envelope_id":7}`: "", `not json`: "",
		`{"envelope_id":"e-9","payload":{"type":"block_actions"}}`:   "e-9",
		`{"envelope_id":"e-9","payload":{"type":"view_submission"}}`: "",
	} {
		event := &socketmode.Event{Data: &socketmode.ErrorBadMessage{Message: json.RawMessage(raw)}}
		if got := strayEnvelope(event); got != want {
			t.Errorf("%s: %q, want %q", raw, got, want)
		}
	}
}
