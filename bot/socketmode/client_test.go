package socketmode

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
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

// receiver is a Receiver of two functions; nil does nothing.
type receiver struct {
	connected func(open int)
	receive   func(Envelope)
}

func (r receiver) Connected(open int) {
	if r.connected != nil {
		r.connected(open)
	}
}

func (r receiver) Receive(e Envelope) {
	if r.receive != nil {
		r.receive(e)
	}
}

// client returns a client of the wire's.
func (w *wire) client(t *testing.T, r receiver) *Client {
	t.Helper()
	web := slackapi.NewHTTP(outbox.CallTime)
	t.Cleanup(web.CloseIdleConnections)
	account := slackapi.Account{BotToken: "xoxb-x", AppToken: "xapp-x", URL: w.URL + "/api/"}
	return New(slackapi.New(account, web), r, slog.New(slog.DiscardHandler))
}

// TestSocket_writesEveryAck closes the socket as soon as 40 acks were given:
// each of them is on the wire by then.
func TestSocket_writesEveryAck(t *testing.T) {
	t.Parallel()
	const acks = 40
	got := make(chan int, 1)
	w := newWire(t, func(conn *websocket.Conn) {
		_ = conn.WriteJSON(map[string]any{"type": "slash_commands", "envelope_id": "e-1", "payload": map[string]string{}})
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
	greeted, came := make(chan struct{}), make(chan Envelope, 1)
	c := w.client(t, receiver{func(int) { close(greeted) }, func(e Envelope) { came <- e }})
	ended := make(chan error, 1)
	go func() { ended <- c.Keep(ctx, 1) }()
	<-greeted
	e := <-came
	var written sync.WaitGroup
	for range acks {
		written.Go(func() {
			if err := e.Ack(ctx, map[string]string{"text": strings.Repeat("x", 10_000)}); err != nil {
				t.Error(err)
			}
		})
	}
	written.Wait()
	hangUp()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if n := <-got; n != acks {
		t.Errorf("%d of %d acks reached Slack", n, acks)
	}
}

// TestSocket_acknowledgesStrays sends an interaction that slack-go can't parse, whatever
// is left out of it: it is acknowledged all the same.
func TestSocket_acknowledgesStrays(t *testing.T) {
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
	ctx, hangUp := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	c := w.client(t, receiver{receive: func(e Envelope) {
		if err := e.Ack(ctx, nil); err != nil || e.Kind != KindStray {
			t.Errorf("%s: %v", e.Kind, err)
		}
	}})
	go func() { ended <- c.Keep(ctx, 1) }()
	if id := <-got; id != "e-1" {
		t.Errorf("acknowledged %q", id)
	}
	hangUp()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestSocket_waitsBetweenConnections: slack-go by itself made 1,435 connections to
// such a server in 2 s.
func TestSocket_waitsBetweenConnections(t *testing.T) {
	t.Parallel()
	const connections = 5
	enough := make(chan struct{}, 64)
	w := newWire(t, func(*websocket.Conn) { enough <- struct{}{} })
	ctx, hangUp := context.WithCancel(t.Context())
	began := time.Now()
	ended := make(chan error, 1)
	go func() { ended <- w.client(t, receiver{}).Keep(ctx, 1) }()
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

func TestSocket_redialWait(t *testing.T) {
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

func TestEnvelope_stray(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`{"envelope_id":"e-9"}`: "e-9", `{"envelope_id":7}`: "", `not json`: "",
		`{"envelope_id":"e-9","payload":{"type":"block_actions"}}`:   "e-9",
		`{"envelope_id":"e-9","payload":{"type":"view_submission"}}`: "",
	} {
		got := ""
		if e, ok := decode([]byte(raw)); ok {
			got = e.ID
		}
		if got != want {
			t.Errorf("%s: %q, want %q", raw, got, want)
		}
	}
}

// TestSocket_readsOnUntilItEnds: what Slack sends after it announced the end of
// a connection still arrives, and is acknowledged on it, while the next one is
// open already.
func TestSocket_readsOnUntilItEnds(t *testing.T) {
	t.Parallel()
	var connections atomic.Int64
	second, acknowledged := make(chan struct{}), make(chan struct{})
	w := newWire(t, func(conn *websocket.Conn) {
		if connections.Add(1) == 1 {
			_ = conn.WriteJSON(map[string]string{"type": "disconnect", "reason": "warning"})
			<-second
			_ = conn.WriteJSON(map[string]any{"type": "slash_commands", "envelope_id": "late", "payload": map[string]string{}})
			if _, raw, err := conn.ReadMessage(); err == nil && strings.Contains(string(raw), `"late"`) {
				close(acknowledged)
			}
			return
		}
		close(second)
		_, _, _ = conn.ReadMessage() // until the client leaves
	})
	ctx, hangUp := context.WithCancel(t.Context())
	c := w.client(t, receiver{receive: func(e Envelope) {
		if err := e.Ack(ctx, nil); err != nil {
			t.Error(err)
		}
	}})
	ended := make(chan error, 1)
	go func() { ended <- c.Keep(ctx, 1) }()
	<-acknowledged
	if n := c.Open(); n != 1 {
		t.Errorf("%d sockets count as open", n)
	}
	hangUp()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestSocket_faultWord names an ordinary end as such, and all else as ever.
func TestSocket_faultWord(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]error{
		"reconnect": fmt.Errorf("x: %w", errReconnect), "no_answer": errors.New("EOF"),
	} {
		if got := fault(err); got != want {
			t.Errorf("%v: %q, want %q", err, got, want)
		}
	}
}

// TestSocket_ackTooLarge: Slack loses an ack of 20,480 bytes without a word.
func TestSocket_ackTooLarge(t *testing.T) {
	t.Parallel()
	e := Envelope{ID: "e-1"}
	if err := e.Ack(t.Context(), strings.Repeat("x", maxAck)); !errors.Is(err, ErrAckTooLarge) {
		t.Errorf("error %v", err)
	}
}

// TestSocket_giantFrame: a message larger than Slack can mean is read past without
// being kept, on a connection that goes on, and is not acknowledged.
func TestSocket_giantFrame(t *testing.T) {
	const size = 48 << 20
	got := make(chan string, 1)
	w := newWire(t, func(conn *websocket.Conn) {
		writeLong(conn, `{"envelope_id":"giant","type":"interactive","payload":{"type":"view_submission","x":"`, size)
		_ = conn.WriteJSON(map[string]any{"type": "slash_commands", "envelope_id": "next", "payload": map[string]string{}})
		_, raw, _ := conn.ReadMessage()
		got <- string(raw)
		_, _, _ = conn.ReadMessage() // until the client leaves
	})
	ctx, hangUp := context.WithCancel(t.Context())
	c := w.client(t, receiver{receive: func(e Envelope) { _ = e.Ack(ctx, nil) }})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	ended := make(chan error, 1)
	go func() { ended <- c.Keep(ctx, 1) }()
	if ack := <-got; !strings.Contains(ack, `"next"`) {
		t.Errorf("the first ack is %s", ack)
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > size/2 {
		t.Errorf("%d MiB were taken for it", used>>20)
	}
	if n := w.opened.Load(); n != 1 {
		t.Errorf("%d connections", n)
	}
	hangUp()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestSocket_endlessFrame: one that has no end costs its connection, and no more.
func TestSocket_endlessFrame(t *testing.T) {
	var connections atomic.Int64
	second := make(chan struct{})
	w := newWire(t, func(conn *websocket.Conn) {
		if connections.Add(1) == 1 {
			writeLong(conn, `{"x":"`, maxEnvelope+2*maxSkipped)
			return
		}
		close(second)
		_, _, _ = conn.ReadMessage()
	})
	ctx, hangUp := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.client(t, receiver{}).Keep(ctx, 1) }()
	<-second
	hangUp()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// writeLong writes one message of so many bytes in pieces, as long as somebody reads.
func writeLong(conn *websocket.Conn, head string, size int) {
	out, err := conn.NextWriter(websocket.TextMessage)
	if err != nil {
		return
	}
	piece := []byte(strings.Repeat("x", 64<<10))
	_, err = out.Write([]byte(head))
	for n := 0; n < size && err == nil; n += len(piece) {
		_, err = out.Write(piece)
	}
	_ = out.Close()
}
