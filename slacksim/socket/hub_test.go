package socket_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/simtest"
	"github.com/artra/klachtbot/slacksim/socket"
	"github.com/artra/klachtbot/slacksim/workspace"
)

func TestSocket_hello(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	a, b := l.Connect(nil), l.Connect(nil)
	simtest.Want(t, a.Hello, map[string]any{"type": "hello", "num_connections": 1.0, "connection_info.app_id": workspace.AppID})
	simtest.Want(t, b.Hello, map[string]any{"num_connections": 2.0})
	if simtest.Dig(a.Hello, "debug_info.host") == nil || l.Connections() != 2 {
		t.Errorf("got %v", a.Hello)
	}
	simtest.NoError(t, l.AwaitConnections(l.Ctx, 2))
}

func TestSocket_ticketWorksOnce(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	url := l.SocketURL()
	_ = l.Dial(url).Close()
	for _, again := range []string{url, strings.Replace(l.SocketURL(), "ticket=", "ticket=9", 1)} {
		_, res, err := websocket.DefaultDialer.DialContext(l.Ctx, again, nil)
		if err == nil || res.StatusCode != http.StatusForbidden {
			t.Fatalf("%s: dialled without a ticket", again)
		}
		_ = res.Body.Close()
	}
}

func TestSocket_pings(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, func(cfg *slacksim.Config) { cfg.PingEvery = 5 * time.Millisecond })
	conn := l.Dial(l.SocketURL())
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
		case <-l.Ctx.Done():
			t.Fatal("no ping")
		}
	}
}

func TestSocket_eachPayloadToOneSocket(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	a, b := l.Connect(nil), l.Connect(nil)
	for range 6 {
		simtest.NoError(t, l.As(simtest.Anna).Shortcut(l.Ctx, "go_global"))
	}
	if len(a.Seen) != 3 || len(b.Seen) != 3 {
		t.Errorf("%d and %d envelopes", len(a.Seen), len(b.Seen))
	}
	l.Clean()
}

func TestSocket_eleventhSocketIsRefused(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	for range 10 {
		l.Connect(nil)
	}
	a := l.Connect(nil)
	simtest.Want(t, a.Hello, map[string]any{"type": "disconnect", "reason": "too_many_websockets"})
	<-a.Done
	if l.Connections() != 10 {
		t.Errorf("%d sockets", l.Connections())
	}
}

func TestSocket_noAck(t *testing.T) {
	t.Parallel()
	quick := func(cfg *slacksim.Config) { cfg.AckWait = 30 * time.Millisecond }
	for _, c := range []struct {
		name      string
		handle    func(simtest.Received) any
		complaint string
	}{
		{"silence", func(simtest.Received) any { return simtest.NoAck{} }, ""},
		{"too large an answer", acking(20_480), "20480"},
		{"another envelope", func(simtest.Received) any { return simtest.RawMessage(`{"envelope_id":"invented"}`) }, "never sent"},
		{"not an acknowledgement", func(simtest.Received) any { return simtest.RawMessage(`{"hello":true}`) }, "no acknowledgement"},
		{"not JSON", func(simtest.Received) any { return simtest.RawMessage(`{`) }, "no acknowledgement"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := simtest.New(t, quick)
			l.Connect(c.handle)
			_, err := l.As(simtest.Anna).Slash(l.Ctx, simtest.Room, "/test", "")
			simtest.WantErr(t, err, socket.ErrNoAck)
			simtest.NoError(t, l.Workspace().Await(l.Ctx, "the complaint", func() bool { return c.complaint == "" || len(l.Workspace().LatestComplaints()) > 0 }))
			if list := strings.Join(l.Complaints(), "\n"); !strings.Contains(list, c.complaint) || (c.complaint == "") != (list == "") {
				t.Errorf("complaints: %q", list)
			}
		})
	}
}

// acking acknowledges with exactly that many bytes.
func acking(size int) func(simtest.Received) any {
	return func(e simtest.Received) any {
		head, tail := `{"envelope_id":"`+e.ID+`","payload":{"text":"`, `"}}`
		return simtest.RawMessage(head + strings.Repeat("x", size-len(head)-len(tail)) + tail)
	}
}

func TestSocket_ackJustSmallEnough(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	l.Connect(acking(20_479))
	_, err := l.As(simtest.Anna).Slash(l.Ctx, simtest.Room, "/test", "")
	simtest.NoError(t, err)
	l.Clean()
}

func TestSocket_noSocketNoAnswer(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	simtest.WantErr(t, l.As(simtest.Anna).Shortcut(l.Ctx, "go_global"), socket.ErrNoAck)
}

func TestSocket_gestureEndsWithItsContext(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	l.Connect(func(simtest.Received) any { return simtest.NoAck{} })
	ctx, cancel := context.WithTimeout(l.Ctx, 10*time.Millisecond)
	defer cancel()
	err := l.As(simtest.Anna).Shortcut(ctx, "go_global")
	simtest.WantErr(t, err, socket.ErrNoAck)
	simtest.WantErr(t, err, context.DeadlineExceeded)
}

func TestSocket_secondAckIsAComplaint(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	var a *simtest.SocketApp
	a = l.Connect(func(e simtest.Received) any {
		ack, err := json.Marshal(map[string]string{"envelope_id": e.ID})
		if err != nil || a.Conn.WriteMessage(websocket.TextMessage, ack) != nil {
			t.Error("first acknowledgement failed")
		}
		return nil
	})
	simtest.NoError(t, l.As(simtest.Anna).Shortcut(l.Ctx, "go_global"))
	simtest.NoError(t, l.Workspace().Await(l.Ctx, "complaint", func() bool { return len(l.Workspace().LatestComplaints()) > 0 }))
	if list := l.Complaints(); !strings.Contains(list[0], "acknowledged 2 times") {
		t.Errorf("got %q", list)
	}
}

func TestSocket_payloadWhereNoneIsTaken(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	l.Connect(func(simtest.Received) any { return map[string]any{"text": "x"} })
	simtest.NoError(t, l.As(simtest.Anna).Shortcut(l.Ctx, "go_global"))
	if list := l.Complaints(); len(list) != 1 || !strings.Contains(list[0], "payload that Slack ignores") {
		t.Errorf("got %q", list)
	}
}

func TestSocket_duplicateEnvelopes(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	a, b := l.Connect(nil), l.Connect(nil)
	l.Faults().DuplicateEnvelopes(1)
	simtest.NoError(t, l.As(simtest.Anna).Shortcut(l.Ctx, "go_global"))
	first, second := a.Next(), b.Next()
	if string(first.Raw) != string(second.Raw) {
		t.Errorf("got %s and %s", first.Raw, second.Raw)
	}
	simtest.NoError(t, l.As(simtest.Anna).Shortcut(l.Ctx, "go_global"))
	if len(a.Seen)+len(b.Seen) != 1 {
		t.Error("more than one envelope was doubled")
	}
	l.Clean()
}

func TestSocket_dropAcks(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	l.Connect(nil)
	l.Faults().DropAcks(1)
	impatient, cancel := context.WithTimeout(l.Ctx, 20*time.Millisecond)
	defer cancel()
	simtest.WantErr(t, l.As(simtest.Anna).Shortcut(impatient, "go_global"), socket.ErrNoAck)
	simtest.NoError(t, l.As(simtest.Anna).Shortcut(l.Ctx, "go_global"))
	l.Clean()
}

func TestSocket_refresh(t *testing.T) {
	t.Parallel()
	for _, reason := range []string{"warning", "refresh_requested"} {
		t.Run(reason, func(t *testing.T) {
			t.Parallel()
			l := simtest.New(t)
			oldest, younger := l.Connect(nil), l.Connect(nil)
			l.Faults().Refresh(reason)
			simtest.Want(t, simtest.Decode(t, oldest.Next().Raw), map[string]any{"type": "disconnect", "reason": reason})
			younger.None()
			if reason == "warning" {
				if l.Connections() != 2 {
					t.Error("a warned socket stays open")
				}
				return
			}
			<-oldest.Done
			simtest.NoError(t, l.Workspace().Await(l.Ctx, "leave", func() bool { return l.Connections() == 1 }))
			simtest.NoError(t, l.As(simtest.Anna).Shortcut(l.Ctx, "go_global"))
			younger.Next()
		})
	}
}

func TestSocket_cutSockets(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	l.Faults().Refresh("warning") // nobody to warn
	a, b := l.Connect(nil), l.Connect(nil)
	l.Faults().CutSockets()
	<-a.Done
	<-b.Done
	simtest.NoError(t, l.Workspace().Await(l.Ctx, "leave", func() bool { return l.Connections() == 0 }))
	l.Connect(nil)
	simtest.NoError(t, l.As(simtest.Anna).Shortcut(l.Ctx, "go_global"))
}

func TestSocket_faults(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	for _, order := range []func(){
		func() { l.Faults().CutBefore("socket", 1) },
		func() { l.Faults().Status("socket", 503, 1) },
	} {
		order()
		conn, res, err := websocket.DefaultDialer.DialContext(l.Ctx, l.SocketURL(), nil)
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
	l := simtest.New(t)
	a := l.Connect(nil)
	l.RevokeToken()
	simtest.Want(t, simtest.Decode(t, a.Next().Raw), map[string]any{"type": "disconnect", "reason": "link_disabled"})
	<-a.Done
	simtest.WantRefusal(t, l.Call("auth.test"), "token_revoked")
	_, _, body := l.Send("POST", l.APIURL()+"apps.connections.open", simtest.JSONType, simtest.Bearing(slacksim.DefaultAppToken), nil)
	simtest.WantRefusal(t, simtest.Decode(t, body), "token_revoked")
	_, _, body = l.Send("POST", l.APIURL()+"auth.test", simtest.JSONType, simtest.Bearing("xoxb-wrong"), nil)
	simtest.WantRefusal(t, simtest.Decode(t, body), "invalid_auth")
}
