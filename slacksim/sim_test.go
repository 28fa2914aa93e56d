package slacksim

import (
	"context"
	"fmt"
	"net"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestSim_reading(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	if l.APIURL() != l.URL()+"/api/" || l.AppName() != "Test Bot" || !l.MessagesReadOnly() {
		t.Errorf("got %q, %q", l.APIURL(), l.AppName())
	}
	if c := l.Commands(); len(c) != 1 || c[0] != (Command{Command: "/test", Description: "Test", UsageHint: "[x]"}) {
		t.Errorf("got %+v", c)
	}
	if c := l.Shortcuts(); len(c) != 2 || c[1] != (Shortcut{Name: "Message", Type: "message", CallbackID: "on_message", Description: "Message"}) {
		t.Errorf("got %+v", c)
	}
	var people, channels []string
	for _, p := range l.People() {
		people = append(people, p.ID)
	}
	for _, c := range l.Channels() {
		channels = append(channels, c.ID)
	}
	wantIDs(t, people, botUserID, anna, bram, cleo)
	wantIDs(t, channels, room, hall, vault, lobby)
	if _, ok := l.Channel("C0NONE"); ok {
		t.Error("found a channel that is not there")
	}
	if l.Messages("C0NONE") != nil || l.Thread("C0NONE", "1.1") != nil || l.As("U0NOBODY").DM() != "" || l.As(bram).DMs() != nil {
		t.Error("found messages where there are none")
	}
	if p, ok := l.Person(anna); !ok || p.TeamID != l.Team().ID || l.As(anna).ID() != anna {
		t.Errorf("got %+v", p)
	}
}

func TestSim_copiesAreSafeToKeep(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	c, _ := l.Channel(room)
	c.Members[0] = "changed"
	id := l.open(modal("m", textInput))
	v, _ := l.View(id)
	v.State["b0"]["value"] = nil
	if c, _ := l.Channel(room); c.Members[0] != anna {
		t.Error("a copy changed the channel")
	}
	if v, _ := l.View(id); v.State["b0"]["value"] == nil {
		t.Error("a copy changed the view")
	}
}

func TestSim_subscribe(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	changes, stop := l.Subscribe()
	l.post(room, "x")
	if c := <-changes; c != (Change{Channel: room, Kind: ChangeMessage}) {
		t.Errorf("got %+v", c)
	}
	wantOK(t, l.call("chat.postEphemeral", "channel", room, "user", anna, "text", "x"))
	if c := <-changes; c != (Change{Person: anna, Channel: room, Kind: ChangeMessage}) {
		t.Errorf("got %+v", c)
	}
	wantOK(t, l.call("views.publish", "user_id", bram, "view", homeTab))
	if c := <-changes; c != (Change{Person: bram, Kind: ChangeHome}) {
		t.Errorf("got %+v", c)
	}
	l.open(modal("m", textInput))
	if c := <-changes; c != (Change{Person: anna, Kind: ChangeModal}) {
		t.Errorf("got %+v", c)
	}
	stop()
	stop()
	l.post(room, "x")
	for c := range changes {
		if c.Kind == ChangeMessage {
			t.Errorf("told after the end: %+v", c)
		}
	}
}

func TestSim_closeLeavesNothingRunning(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	l := newSimTest(t, func(cfg *Config) { cfg.EventRetries = []time.Duration{time.Hour} })
	a := l.connect(func(received) any { return noAck{} })
	noError(t, l.Deactivate(bram)) // an event that is never acknowledged
	a.next()
	waiting := make(chan error, 1)
	go func() { waiting <- l.As(anna).Shortcut(l.ctx, "go_global") }()
	a.next()
	noError(t, l.Close())
	wantErr(t, <-waiting, ErrClosed)
	a.close()
	noError(t, l.Close())
	wantErr(t, l.Start(l.ctx, "127.0.0.1:0"), ErrStarted)
	_, err := l.As(anna).AwaitModal(l.ctx, "m")
	wantErr(t, err, ErrClosed)
	noError(t, l.Reactivate(bram)) // no event, no goroutine
}

func TestSim_start(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	wantErr(t, l.Start(l.ctx, "127.0.0.1:0"), ErrStarted) // once only
	sim, err := New(Config{Manifest: []byte(testManifest)})
	noError(t, err)
	if sim.URL() != "" {
		t.Errorf("URL before Start: %q", sim.URL())
	}
	if err := sim.Start(l.ctx, "256.0.0.1:0"); err == nil {
		t.Error("listens nowhere")
	}
	ctx, cancel := context.WithCancel(l.ctx)
	noError(t, sim.Start(ctx, "127.0.0.1:0"))
	cancel()
	wantErr(t, sim.Workspace().await(l.ctx, "the end", func() bool { return false }), ErrClosed)
	noError(t, sim.Close())
	var d net.Dialer
	if conn, err := d.DialContext(l.ctx, "tcp", sim.URL()[len("http://"):]); err == nil {
		_ = conn.Close()
		t.Error("still listens")
	}
}

func TestSim_handlerWithoutStart(t *testing.T) {
	t.Parallel()
	sim, err := New(Config{Manifest: []byte(testManifest)})
	noError(t, err)
	ask := func() int {
		rec := httptest.NewRecorder()
		req := httptest.NewRequestWithContext(t.Context(), "POST", "/api/auth.test", nil)
		req.Header.Set("Authorization", "Bearer "+DefaultBotToken)
		sim.Handler().ServeHTTP(rec, req)
		return rec.Code
	}
	if code := ask(); code != 200 {
		t.Errorf("status %d", code)
	}
	sim.Faults().CutBefore("auth.test", 1)
	if code := ask(); code != 502 {
		t.Errorf("a connection that can't be cut: status %d", code)
	}
	noError(t, sim.Close())
	if code := ask(); code != 503 {
		t.Errorf("after Close: status %d", code)
	}
}

func TestSim_manyAtOnce(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	l.connect(l.opens(modal("m", textInput)))
	l.connect(l.opens(modal("m", textInput)))
	var people []string
	for i := range 20 {
		id := fmt.Sprintf("U0CROWD%d", i)
		noError(t, l.AddPerson(Person{ID: id, Name: id}))
		noError(t, l.Join(id, room))
		people = append(people, id)
	}
	var all sync.WaitGroup
	for _, id := range people {
		all.Go(func() {
			user := l.As(id)
			if _, err := user.Slash(l.ctx, room, "/test", ""); err != nil {
				t.Error(err)
				return
			}
			v, ok := user.Modal()
			if !ok {
				t.Error("no modal")
				return
			}
			if got, err := user.Submit(l.ctx, v.ID, Values{"b0": id}); err != nil || !got.Closed {
				t.Error(got, err)
			}
			l.call("chat.postMessage", "channel", room, "text", id)
		})
	}
	all.Wait()
	if n := len(l.Messages(room)); n != len(people) {
		t.Errorf("%d messages", n)
	}
	l.clean()
}

func TestSim_changesEndWithTheSimulator(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	changes, stop := l.Subscribe()
	noError(t, l.Close())
	for c := range changes {
		if c.Kind != ChangeSocket {
			t.Errorf("got %+v", c)
		}
	}
	stop()
	changes, stop = l.Subscribe()
	defer stop()
	if c, open := <-changes; open {
		t.Errorf("got %+v", c)
	}
}
