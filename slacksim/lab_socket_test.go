package slacksim

import (
	"encoding/json"
	"net/http"

	"github.com/gorilla/websocket"
)

// got is an envelope as the app receives it.
type got struct {
	ID      string          `json:"envelope_id"`
	Type    string          `json:"type"`
	Accepts bool            `json:"accepts_response_payload"`
	Attempt int             `json:"retry_attempt"`
	Reason  string          `json:"retry_reason"`
	Payload map[string]any  `json:"payload"`
	Raw     json.RawMessage `json:"-"`
}

// silence is what a handler returns to send no acknowledgement.
type silence struct{}

// verbatim is sent instead of an acknowledgement.
type verbatim string

// socketApp is one socket of the app. Everything it receives goes to seen.
type socketApp struct {
	lab    *lab
	conn   *websocket.Conn
	hello  map[string]any
	seen   chan got
	done   chan struct{}
	handle func(got) any
}

// connect opens a socket that answers envelopes with what handle returns; a nil
// handle acknowledges without payload.
func (l *lab) connect(handle func(got) any) *socketApp {
	l.t.Helper()
	conn := l.dial(l.wsURL())
	a := &socketApp{lab: l, conn: conn, seen: make(chan got, 1000), done: make(chan struct{}), handle: handle}
	if err := conn.ReadJSON(&a.hello); err != nil {
		l.t.Fatal(err)
	}
	go a.run()
	l.t.Cleanup(a.close)
	return a
}

func (l *lab) wsURL() string {
	l.t.Helper()
	_, _, body := l.send("POST", l.APIURL()+"apps.connections.open", jsonType, bearing(DefaultAppToken), []byte("null"))
	return str(good(l.t, decode(l.t, body)), "url")
}

func (l *lab) dial(url string) *websocket.Conn {
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
		var e got
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

func (a *socketApp) answer(e got) bool {
	var payload any
	if a.handle != nil {
		payload = a.handle(e)
	}
	ack := map[string]any{"envelope_id": e.ID}
	switch p := payload.(type) {
	case silence:
		return true
	case verbatim:
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
func (a *socketApp) next() got {
	a.lab.t.Helper()
	select {
	case e := <-a.seen:
		return e
	case <-a.lab.ctx.Done():
		a.lab.t.Fatal("no envelope came")
		return got{}
	}
}

// none fails the test when the app received something more.
func (a *socketApp) none() {
	a.lab.t.Helper()
	select {
	case e := <-a.seen:
		a.lab.t.Fatalf("unexpected envelope: %s", e.Raw)
	default:
	}
}

// opens is a handler that opens view on every trigger and keeps Slack's answers.
func (l *lab) opens(view string) func(got) any {
	return func(e got) any {
		if id := str(e.Payload, "trigger_id"); id != "" {
			l.call("views.open", "trigger_id", id, "view", view)
		}
		return nil
	}
}
