package simtest

import (
	"encoding/json"
	"net/http"

	"github.com/gorilla/websocket"

	"github.com/artra/klachtbot/slacksim"
)

// Received is an envelope as the app receives it.
type Received struct {
	ID      string          `json:"envelope_id"`
	Type    string          `json:"type"`
	Accepts bool            `json:"accepts_response_payload"`
	Attempt int             `json:"retry_attempt"`
	Reason  string          `json:"retry_reason"`
	Payload map[string]any  `json:"payload"`
	Raw     json.RawMessage `json:"-"`
}

// NoAck is what a handler returns to send no acknowledgement.
type NoAck struct{}

// RawMessage is sent instead of an acknowledgement.
type RawMessage string

// SocketApp is one socket of the app. Everything it receives goes to seen.
type SocketApp struct {
	test   *Test
	Conn   *websocket.Conn
	Hello  map[string]any
	Seen   chan Received
	Done   chan struct{}
	handle func(Received) any
}

// Connect opens a socket that answers envelopes with what handle returns; a nil
// handle acknowledges without payload.
func (l *Test) Connect(handle func(Received) any) *SocketApp {
	l.T.Helper()
	conn := l.Dial(l.SocketURL())
	a := &SocketApp{test: l, Conn: conn, Seen: make(chan Received, 1000), Done: make(chan struct{}), handle: handle}
	if err := conn.ReadJSON(&a.Hello); err != nil {
		l.T.Fatal(err)
	}
	go a.run()
	l.T.Cleanup(a.Close)
	return a
}

// SocketURL asks for the address of a WebSocket, with the ticket in it.
func (l *Test) SocketURL() string {
	l.T.Helper()
	_, _, body := l.Send("POST", l.APIURL()+"apps.connections.open", JSONType, Bearing(slacksim.DefaultAppToken), []byte("null"))
	return Str(WantOK(l.T, Decode(l.T, body)), "url")
}

// Dial opens a WebSocket that nothing reads yet.
func (l *Test) Dial(url string) *websocket.Conn {
	l.T.Helper()
	conn, res, err := websocket.DefaultDialer.DialContext(l.Ctx, url, http.Header{"Origin": {"https://api.slack.com"}})
	if err != nil {
		l.T.Fatal(err)
	}
	_ = res.Body.Close()
	return conn
}

func (a *SocketApp) run() {
	defer close(a.Done)
	for {
		_, raw, err := a.Conn.ReadMessage()
		if err != nil {
			return
		}
		var e Received
		if json.Unmarshal(raw, &e) != nil {
			return
		}
		e.Raw = raw
		a.Seen <- e
		if e.ID != "" && !a.answer(e) {
			return
		}
	}
}

func (a *SocketApp) answer(e Received) bool {
	var payload any
	if a.handle != nil {
		payload = a.handle(e)
	}
	ack := map[string]any{"envelope_id": e.ID}
	switch p := payload.(type) {
	case NoAck:
		return true
	case RawMessage:
		return a.Conn.WriteMessage(websocket.TextMessage, []byte(p)) == nil
	case nil:
	default:
		ack["payload"] = p
	}
	return a.Conn.WriteJSON(ack) == nil
}

// Close closes the socket and waits until nothing reads from it.
func (a *SocketApp) Close() {
	_ = a.Conn.Close()
	<-a.Done
}

// Next is the next envelope the app receives.
func (a *SocketApp) Next() Received {
	a.test.T.Helper()
	select {
	case e := <-a.Seen:
		return e
	case <-a.test.Ctx.Done():
		a.test.T.Fatal("no envelope came")
		return Received{}
	}
}

// None fails the test when the app received something more.
func (a *SocketApp) None() {
	a.test.T.Helper()
	select {
	case e := <-a.Seen:
		a.test.T.Fatalf("unexpected envelope: %s", e.Raw)
	default:
	}
}

// Opens is a handler that opens view on every trigger.
func (l *Test) Opens(view string) func(Received) any {
	return func(e Received) any {
		if id := Str(e.Payload, "trigger_id"); id != "" {
			l.Call("views.open", "trigger_id", id, "view", view)
		}
		return nil
	}
}
