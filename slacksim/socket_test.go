package slacksim

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

func TestSocket_hello(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	a, b := l.connect(nil), l.connect(nil)
	want(t, a.hello, map[string]any{"type": "hello", "num_connections": 1.0, "connection_info.app_id": appID})
	want(t, b.hello, map[string]any{"num_connections": 2.0})
	if dig(a.hello, "debug_info.host") == nil || l.Connections() != 2 {
		t.Errorf("got %v", a.hello)
	}
	noError(t, l.AwaitConnections(l.ctx, 2))
}

func TestSocket_ticketWorksOnce(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	url := l.wsURL()
	_ = l.dial(url).Close()
	for _, again := range []string{url, strings.Replace(l.wsURL(), "ticket-", "ticket-9", 1)} {
		_, res, err := websocket.DefaultDialer.DialContext(l.ctx, again, nil)
		if err == nil || res.StatusCode != http.StatusForbidden {
			t.Fatalf("%s: dialled without a ticket", again)
		}
		_ = res.Body.Close()
	}
}

func TestSocket_pings(t *testing.T) {
	t.Parallel()
	l := newSimTest(t, func(cfg *Config) { cfg.PingEvery = 5 * time.Millisecond })
	conn := l.dial(l.wsURL())
	defer func() { _ = conn.Close() }()
	pings := make(chan struct{}, 100)
	conn.SetPingHandler(func(string) error { pings <- struct{}{}; return nil })
	go func() {
		for {
			if _, _, err := conn.ReadMessage(); err != nil {
				return
			}
		}
	}()
	for range 3 {
		select {
		case <-pings:
		case <-l.ctx.Done():
			t.Fatal("no ping")
		}
	}
}

func TestSocket_eachPayloadToOneSocket(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	a, b := l.connect(nil), l.connect(nil)
	for range 6 {
		noError(t, l.As(anna).Shortcut(l.ctx, "go_global"))
	}
	if len(a.seen) != 3 || len(b.seen) != 3 {
		t.Errorf("%d and %d envelopes", len(a.seen), len(b.seen))
	}
	l.clean()
}

func TestSocket_eleventhSocketIsRefused(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	for range 10 {
		l.connect(nil)
	}
	a := l.connect(nil)
	want(t, a.hello, map[string]any{"type": "disconnect", "reason": "too_many_websockets"})
	<-a.done
	if l.Connections() != 10 {
		t.Errorf("%d sockets", l.Connections())
	}
}

func TestSocket_noAck(t *testing.T) {
	t.Parallel()
	quick := func(cfg *Config) { cfg.AckWait = 30 * time.Millisecond }
	for _, c := range []struct {
		name      string
		handle    func(received) any
		complaint string
	}{
		{"silence", func(received) any { return noAck{} }, ""},
		{"too large an answer", acking(20_480), "20480"},
		{"another envelope", func(received) any { return rawMessage(`{"envelope_id":"invented"}`) }, "never sent"},
		{"not an acknowledgement", func(received) any { return rawMessage(`{"hello":true}`) }, "no acknowledgement"},
		{"not JSON", func(received) any { return rawMessage(`{`) }, "no acknowledgement"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := newSimTest(t, quick)
			l.connect(c.handle)
			_, err := l.As(anna).Slash(l.ctx, room, "/test", "")
			wantErr(t, err, ErrNoAck)
			noError(t, l.Workspace().await(l.ctx, "the complaint", func() bool { return c.complaint == "" || len(l.Workspace().latestComplaints()) > 0 }))
			if list := strings.Join(l.Complaints(), "\n"); !strings.Contains(list, c.complaint) || (c.complaint == "") != (list == "") {
				t.Errorf("complaints: %q", list)
			}
		})
	}
}

// acking acknowledges with exactly that many bytes.
func acking(size int) func(received) any {
	return func(e received) any {
		head, tail := `{"envelope_id":"`+e.ID+`","payload":{"text":"`, `"}}`
		return rawMessage(head + strings.Repeat("x", size-len(head)-len(tail)) + tail)
	}
}

func TestSocket_ackJustSmallEnough(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	l.connect(acking(20_479))
	_, err := l.As(anna).Slash(l.ctx, room, "/test", "")
	noError(t, err)
	l.clean()
}

func TestSocket_noSocketNoAnswer(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	wantErr(t, l.As(anna).Shortcut(l.ctx, "go_global"), ErrNoAck)
}

func TestSocket_gestureEndsWithItsContext(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	l.connect(func(received) any { return noAck{} })
	ctx, cancel := context.WithTimeout(l.ctx, 10*time.Millisecond)
	defer cancel()
	err := l.As(anna).Shortcut(ctx, "go_global")
	wantErr(t, err, ErrNoAck)
	wantErr(t, err, context.DeadlineExceeded)
}

func TestSocket_secondAckIsAComplaint(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	var a *socketApp
	a = l.connect(func(e received) any {
		ack, err := json.Marshal(map[string]string{"envelope_id": e.ID})
		if err != nil || a.conn.WriteMessage(websocket.TextMessage, ack) != nil {
			t.Error("first acknowledgement failed")
		}
		return nil
	})
	noError(t, l.As(anna).Shortcut(l.ctx, "go_global"))
	noError(t, l.Workspace().await(l.ctx, "complaint", func() bool { return len(l.Workspace().latestComplaints()) > 0 }))
	if list := l.Complaints(); !strings.Contains(list[0], "acknowledged 2 times") {
		t.Errorf("got %q", list)
	}
}

func TestSocket_payloadWhereNoneIsTaken(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	l.connect(func(received) any { return map[string]any{"text": "x"} })
	noError(t, l.As(anna).Shortcut(l.ctx, "go_global"))
	if list := l.Complaints(); len(list) != 1 || !strings.Contains(list[0], "payload that Slack ignores") {
		t.Errorf("got %q", list)
	}
}

func TestSocket_duplicateEnvelopes(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	a, b := l.connect(nil), l.connect(nil)
	l.Faults().DuplicateEnvelopes(1)
	noError(t, l.As(anna).Shortcut(l.ctx, "go_global"))
	first, second := a.next(), b.next()
	if string(first.Raw) != string(second.Raw) {
		t.Errorf("got %s and %s", first.Raw, second.Raw)
	}
	noError(t, l.As(anna).Shortcut(l.ctx, "go_global"))
	if len(a.seen)+len(b.seen) != 1 {
		t.Error("more than one envelope was doubled")
	}
	l.clean()
}

func TestSocket_dropAcks(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	l.connect(nil)
	l.Faults().DropAcks(1)
	impatient, cancel := context.WithTimeout(l.ctx, 20*time.Millisecond)
	defer cancel()
	wantErr(t, l.As(anna).Shortcut(impatient, "go_global"), ErrNoAck)
	noError(t, l.As(anna).Shortcut(l.ctx, "go_global"))
	l.clean()
}

func TestSocket_refresh(t *testing.T) {
	t.Parallel()
	for _, reason := range []string{"warning", "refresh_requested"} {
		t.Run(reason, func(t *testing.T) {
			t.Parallel()
			l := newSimTest(t)
			oldest, younger := l.connect(nil), l.connect(nil)
			l.Faults().Refresh(reason)
			want(t, decode(t, oldest.next().Raw), map[string]any{"type": "disconnect", "reason": reason})
			younger.none()
			if reason == "warning" {
				if l.Connections() != 2 {
					t.Error("a warned socket stays open")
				}
				return
			}
			<-oldest.done
			noError(t, l.Workspace().await(l.ctx, "leave", func() bool { return l.Connections() == 1 }))
			noError(t, l.As(anna).Shortcut(l.ctx, "go_global"))
			younger.next()
		})
	}
}

func TestSocket_cutSockets(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	l.Faults().Refresh("warning") // nobody to warn
	a, b := l.connect(nil), l.connect(nil)
	l.Faults().CutSockets()
	<-a.done
	<-b.done
	noError(t, l.Workspace().await(l.ctx, "leave", func() bool { return l.Connections() == 0 }))
	l.connect(nil)
	noError(t, l.As(anna).Shortcut(l.ctx, "go_global"))
}

func TestSocket_faults(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	for _, order := range []func(){
		func() { l.Faults().CutBefore("socket", 1) },
		func() { l.Faults().Status("socket", 503, 1) },
	} {
		order()
		conn, res, err := websocket.DefaultDialer.DialContext(l.ctx, l.wsURL(), nil)
		if err == nil {
			_ = conn.Close()
			t.Error("the socket opened")
		}
		if res != nil {
			_ = res.Body.Close()
		}
	}
}

func TestSocket_revokedToken(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	a := l.connect(nil)
	l.RevokeToken()
	want(t, decode(t, a.next().Raw), map[string]any{"type": "disconnect", "reason": "link_disabled"})
	<-a.done
	wantRefusal(t, l.call("auth.test"), "token_revoked")
	_, _, body := l.send("POST", l.APIURL()+"apps.connections.open", jsonType, bearing(DefaultAppToken), nil)
	wantRefusal(t, decode(t, body), "token_revoked")
	_, _, body = l.send("POST", l.APIURL()+"auth.test", jsonType, bearing("xoxb-wrong"), nil)
	wantRefusal(t, decode(t, body), "invalid_auth")
}
