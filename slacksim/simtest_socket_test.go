package slacksim

import (
	"encoding/json"
	"net/http"

	"github.com/gorilla/websocket"
)

// received is an envelope as the app receives it.
type received struct {
	ID      string          `json:"envelope_id"`
	Type    string          `json:"type"`
	Accepts bool            `json:"accepts_response_payload"`
	Attempt int             `json:"retry_attempt"`
	Reason  string          `json:"retry_reason"`
	Payload map[string]any  `json:"payload"`
	Raw     json.RawMessage `json:"-"`
}

// noAck is what a handler returns to send no acknowledgement.
type noAck struct{}

// rawMessage is sent instead of an acknowledgement.
type rawMessage string

// socketApp is one socket of the app. Everything it receives goes to seen.
type socketApp struct {
	test   *simTest
	conn   *websocket.Conn
	hello  map[string]any
	seen   chan received
	done   chan struct{}
	handle func(received) any
}

// connect opens a socket that answers envelopes with what handle returns; a nil
// handle acknowledges without payload.
func (l *simTest) connect(handle func(received) any) *socketApp {
	l.t.Helper()
	conn := l.dial(l.wsURL())
	a := &socketApp{test: l, conn: conn, seen: make(chan received, 1000), done: make(chan struct{}), handle: handle}
	if err := conn.ReadJSON(&a.hello); err != nil {
		l.t.Fatal(err)
	}
	go a.run()
	l.t.Cleanup(a.close)
	return a
}

func (l *simTest) wsURL() string {
	l.t.Helper()
	_, _, body := l.send("POST", l.APIURL()+"apps.connections.open", jsonType, bearing(DefaultAppToken), []byte("null"))
	return str(wantOK(l.t, decode(l.t, body)), "url")
}

func (l *simTest) dial(url string) *websocket.Conn {
	l.t.Helper()
	conn, res, err := websocket.DefaultDialer.DialContext(l.ctx, url, http.Header{"Origin": {"https://api.slack.com"}})
	if err != nil {
		l.t.Fatal(err)
	}
	_ = res.Body.Close()
	return conn
}

func (a *socketApp) run() {
	defer close(a.done)
	for {
		_, raw, err := a.conn.ReadMessage()
		if err != nil {
			return
		}
		var e received
		if json.Unmarshal(raw, &e) != nil {
			return
		}
		e.Raw = raw
		a.seen <- e
		if e.ID != "" && !a.answer(e) {
			return
		}
	}
}

func (a *socketApp) answer(e received) bool {
	var payload any
	if a.handle != nil {
		payload = a.handle(e)
	}
	ack := map[string]any{"envelope_id": e.ID}
	switch p := payload.(type) {
	case noAck:
		return true
	case rawMessage:
		return a.conn.WriteMessage(websocket.TextMessage, []byte(p)) == nil
	case nil:
	default:
		ack["payload"] = p
	}
	return a.conn.WriteJSON(ack) == nil
}

func (a *socketApp) close() {
	_ = a.conn.Close()
	<-a.done
}

// next is the next envelope the app receives.
func (a *socketApp) next() received {
	a.test.t.Helper()
	select {
	case e := <-a.seen:
		return e
	case <-a.test.ctx.Done():
		a.test.t.Fatal("no envelope came")
		return received{}
	}
}

// none fails the test when the app received something more.
func (a *socketApp) none() {
	a.test.t.Helper()
	select {
	case e := <-a.seen:
		a.test.t.Fatalf("unexpected envelope: %s", e.Raw)
	default:
	}
}

// opens is a handler that opens view on every trigger and keeps Slack's answers.
func (l *simTest) opens(view string) func(received) any {
	return func(e received) any {
		if id := str(e.Payload, "trigger_id"); id != "" {
			l.call("views.open", "trigger_id", id, "view", view)
		}
		return nil
	}
}
