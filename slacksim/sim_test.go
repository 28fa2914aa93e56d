package slacksim_test

import (
	"context"
	"fmt"
	"net"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/manifest"
	"github.com/artra/klachtbot/slacksim/simtest"
	"github.com/artra/klachtbot/slacksim/user"
	"github.com/artra/klachtbot/slacksim/workspace"
)

func TestSim_reading(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	if l.APIURL() != l.URL()+"/api/" || l.AppName() != "Test Bot" || !l.MessagesReadOnly() {
		t.Errorf("got %q, %q", l.APIURL(), l.AppName())
	}
	if c := l.Commands(); len(c) != 1 || c[0] != (manifest.Command{Command: "/test", Description: "Test", UsageHint: "[x]"}) {
		t.Errorf("got %+v", c)
	}
	if c := l.Shortcuts(); len(c) != 2 || c[1] != (manifest.Shortcut{Name: "Message", Type: "message", CallbackID: "on_message", Description: "Message"}) {
		t.Errorf("got %+v", c)
	}
	var people, channels []string
	for _, p := range l.People() {
		people = append(people, p.ID)
	}
	for _, c := range l.Channels() {
		channels = append(channels, c.ID)
	}
	simtest.WantIDs(t, people, workspace.BotUserID, simtest.Anna, simtest.Bram, simtest.Cleo)
	simtest.WantIDs(t, channels, simtest.Room, simtest.Hall, simtest.Vault, simtest.Lobby)
	if _, ok := l.Channel("C0NONE"); ok {
		t.Error("found a channel that is not there")
	}
	if l.Messages("C0NONE") != nil || l.Thread("C0NONE", "1.1") != nil || l.As("U0NOBODY").DM() != "" || l.As(simtest.Bram).DMs() != nil {
		t.Error("found messages where there are none")
	}
	if p, ok := l.Person(simtest.Anna); !ok || p.TeamID != l.Team().ID || l.As(simtest.Anna).ID() != simtest.Anna {
		t.Errorf("got %+v", p)
	}
}

func TestSim_copiesAreSafeToKeep(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	c, _ := l.Channel(simtest.Room)
	c.Members[0] = "changed"
	id := l.Open(simtest.Modal("m", simtest.TextInput))
	v, _ := l.View(id)
	v.State["b0"]["value"] = nil
	if c, _ := l.Channel(simtest.Room); c.Members[0] != simtest.Anna {
		t.Error("a copy changed the channel")
	}
	if v, _ := l.View(id); v.State["b0"]["value"] == nil {
		t.Error("a copy changed the view")
	}
}

func TestSim_subscribe(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	changes, stop := l.Subscribe()
	l.Post(simtest.Room, "x")
	if c := <-changes; c != (workspace.Change{Channel: simtest.Room, Kind: workspace.ChangeMessage}) {
		t.Errorf("got %+v", c)
	}
	simtest.WantOK(t, l.Call("chat.postEphemeral", "channel", simtest.Room, "user", simtest.Anna, "text", "x"))
	if c := <-changes; c != (workspace.Change{Person: simtest.Anna, Channel: simtest.Room, Kind: workspace.ChangeMessage}) {
		t.Errorf("got %+v", c)
	}
	simtest.WantOK(t, l.Call("views.publish", "user_id", simtest.Bram, "view", simtest.HomeTab))
	if c := <-changes; c != (workspace.Change{Person: simtest.Bram, Kind: workspace.ChangeHome}) {
		t.Errorf("got %+v", c)
	}
	l.Open(simtest.Modal("m", simtest.TextInput))
	if c := <-changes; c != (workspace.Change{Person: simtest.Anna, Kind: workspace.ChangeModal}) {
		t.Errorf("got %+v", c)
	}
	stop()
	stop()
	l.Post(simtest.Room, "x")
	for c := range changes {
		if c.Kind == workspace.ChangeMessage {
			t.Errorf("told after the end: %+v", c)
		}
	}
}

func TestSim_closeLeavesNothingRunning(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	l := simtest.New(t, func(cfg *slacksim.Config) { cfg.EventRetries = []time.Duration{time.Hour} })
	a := l.Connect(func(simtest.Received) any { return simtest.NoAck{} })
	simtest.NoError(t, l.Deactivate(simtest.Bram)) // an event that is never acknowledged
	a.Next()
	waiting := make(chan error, 1)
	go func() { waiting <- l.As(simtest.Anna).Shortcut(l.Ctx, "go_global") }()
	a.Next()
	simtest.NoError(t, l.Close())
	simtest.WantErr(t, <-waiting, workspace.ErrClosed)
	a.Close()
	simtest.NoError(t, l.Close())
	simtest.WantErr(t, l.Start(l.Ctx, "127.0.0.1:0"), slacksim.ErrStarted)
	_, err := l.As(simtest.Anna).AwaitModal(l.Ctx, "m")
	simtest.WantErr(t, err, workspace.ErrClosed)
	simtest.NoError(t, l.Reactivate(simtest.Bram)) // no event, no goroutine
}

func TestSim_start(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	simtest.WantErr(t, l.Start(l.Ctx, "127.0.0.1:0"), slacksim.ErrStarted) // once only
	sim, err := slacksim.New(slacksim.Config{Manifest: []byte(simtest.Manifest)})
	simtest.NoError(t, err)
	if sim.URL() != "" {
		t.Errorf("URL before Start: %q", sim.URL())
	}
	if err := sim.Start(l.Ctx, "256.0.0.1:0"); err == nil {
		t.Error("listens nowhere")
	}
	ctx, cancel := context.WithCancel(l.Ctx)
	simtest.NoError(t, sim.Start(ctx, "127.0.0.1:0"))
	cancel()
	simtest.WantErr(t, sim.Workspace().Await(l.Ctx, "the end", func() bool { return false }), workspace.ErrClosed)
	simtest.NoError(t, sim.Close())
	var d net.Dialer
	if conn, err := d.DialContext(l.Ctx, "tcp", sim.URL()[len("http://"):]); err == nil {
		_ = conn.Close()
		t.Error("still listens")
	}
}

func TestSim_handlerWithoutStart(t *testing.T) {
	t.Parallel()
	sim, err := slacksim.New(slacksim.Config{Manifest: []byte(simtest.Manifest)})
	simtest.NoError(t, err)
	ask := func() int {
		rec := httptest.NewRecorder()
		req := httptest.NewRequestWithContext(t.Context(), "POST", "/api/auth.test", nil)
		req.Header.Set("Authorization", "Bearer "+slacksim.DefaultBotToken)
		req.Host = "localhost"
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
	simtest.NoError(t, sim.Close())
	if code := ask(); code != 503 {
		t.Errorf("after Close: status %d", code)
	}
}

func TestSim_manyAtOnce(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	l.Connect(l.Opens(simtest.Modal("m", simtest.TextInput)))
	l.Connect(l.Opens(simtest.Modal("m", simtest.TextInput)))
	var people []string
	for i := range 20 {
		id := fmt.Sprintf("U0CROWD%d", i)
		simtest.NoError(t, l.AddPerson(workspace.Person{ID: id, Name: id}))
		simtest.NoError(t, l.Join(id, simtest.Room))
		people = append(people, id)
	}
	var all sync.WaitGroup
	for _, id := range people {
		all.Go(func() {
			u := l.As(id)
			if _, err := u.Slash(l.Ctx, simtest.Room, "/test", ""); err != nil {
				t.Error(err)
				return
			}
			v, ok := u.Modal()
			if !ok {
				t.Error("no modal")
				return
			}
			if got, err := u.Submit(l.Ctx, v.ID, user.Values{"b0": id}); err != nil || !got.Closed {
				t.Error(got, err)
			}
			l.Call("chat.postMessage", "channel", simtest.Room, "text", id)
		})
	}
	all.Wait()
	if n := len(l.Messages(simtest.Room)); n != len(people) {
		t.Errorf("%d messages", n)
	}
	l.Clean()
}

func TestSim_changesEndWithTheSimulator(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	changes, stop := l.Subscribe()
	simtest.NoError(t, l.Close())
	for c := range changes {
		if c.Kind != workspace.ChangeSocket {
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

func TestSim_newRefusesContradictions(t *testing.T) {
	t.Parallel()
	for name, cfg := range map[string]slacksim.Config{
		"two with one id":   {People: []workspace.Person{{ID: "U1"}, {ID: "U1"}}},
		"the bot's id":      {People: []workspace.Person{{ID: workspace.BotUserID}}},
		"unknown member":    {Channels: []workspace.Channel{{ID: "C1", Members: []string{"U1"}}}},
		"channel without":   {Channels: []workspace.Channel{{Name: "x"}}},
		"two channels same": {Channels: []workspace.Channel{{ID: "C1"}, {ID: "C1"}}},
	} {
		cfg.Manifest = []byte(simtest.Manifest)
		if _, err := slacksim.New(cfg); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
