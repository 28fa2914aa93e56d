package slacksim_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/manifest"
	"github.com/artra/klachtbot/slacksim/simtest"
	"github.com/artra/klachtbot/slacksim/socket"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// eventCases are what makes each event, and what is in it.
var eventCases = []struct {
	event string
	do    func(l *simtest.Test) error
	tells map[string]any
}{
	{"team_join", func(l *simtest.Test) error { return l.AddPerson(workspace.Person{ID: "U0DORA", Name: "dora"}) }, map[string]any{"event.user.id": "U0DORA", "event.user.locale": nil}},
	{"user_change", func(l *simtest.Test) error { return l.MakeGuest(simtest.Bram) }, map[string]any{"event.user.id": simtest.Bram, "event.user.is_restricted": true}},
	{"member_joined_channel", func(l *simtest.Test) error { return l.Join(simtest.Cleo, simtest.Room) }, map[string]any{"event.user": simtest.Cleo, "event.channel_type": "G"}},
	{"member_joined_channel", func(l *simtest.Test) error { return l.Join(simtest.Cleo, simtest.Lobby) }, map[string]any{"event.user": simtest.Cleo, "event.channel_type": "C"}},
	{"member_left_channel", func(l *simtest.Test) error { return l.Leave(simtest.Bram, simtest.Room) }, map[string]any{"event.user": simtest.Bram, "event.channel": simtest.Room}},
	{"channel_shared", func(l *simtest.Test) error { return l.ShareChannel(simtest.Room, "T0OTHER") }, map[string]any{"event.channel": simtest.Room, "event.connected_team_id": "T0OTHER"}},
	{"channel_archive", func(l *simtest.Test) error { return l.Archive(simtest.Lobby) }, map[string]any{"event.channel": simtest.Lobby}},
	{"group_archive", func(l *simtest.Test) error { return l.Archive(simtest.Room) }, map[string]any{"event.channel": simtest.Room}},
	{"app_home_opened", func(l *simtest.Test) error { return l.As(simtest.Anna).OpenHome(l.Ctx) }, map[string]any{"event.user": simtest.Anna, "event.tab": "home"}},
}

// subscribing gives the app all scopes for channels and exactly these events.
func subscribing(events ...string) func(*slacksim.Config) {
	return func(cfg *slacksim.Config) {
		simtest.WithScopes("commands", "users:read", "channels:read", "groups:read")(cfg)
		simtest.WithEdit("["+simtest.Events+"]", "["+strings.Join(events, ", ")+"]")(cfg)
	}
}

// TestEvents_eachEventIsSubscribedTo: the app hears what it subscribes to, and nothing
// else of all that happens.
func TestEvents_eachEventIsSubscribedTo(t *testing.T) {
	t.Parallel()
	for _, h := range eventCases {
		t.Run(h.event, func(t *testing.T) {
			t.Parallel()
			l := simtest.New(t, subscribing(h.event))
			a := l.Connect(nil)
			for _, other := range eventCases {
				if other.event != h.event {
					simtest.NoError(t, other.do(simtest.New(t, subscribing(h.event)))) // it can be done
					before := serial(l)
					l.Emit(map[string]any{"type": other.event})
					if serial(l) != before+1 {
						t.Errorf("%s was sent to who subscribed to %s", other.event, h.event)
					}
				}
			}
			simtest.NoError(t, h.do(l))
			e := a.Next()
			simtest.Want(t, e.Payload, h.tells)
			simtest.Want(t, e.Payload, map[string]any{"event.type": h.event, "type": "event_callback", "is_ext_shared_channel": false})
			a.None()
		})
	}
}

// TestEvents_allEventsOfTheManifest is that no event that can be subscribed to is left out here.
func TestEvents_allEventsOfTheManifest(t *testing.T) {
	t.Parallel()
	var tested []string
	for _, h := range eventCases {
		tested = append(tested, h.event)
	}
	for _, event := range manifest.Events() {
		if !slices.Contains(tested, event) {
			t.Errorf("%s is not tested", event)
		}
	}
}

// TestEvents_haveTheirOwnIDs: two events never share one, a retry keeps it.
func TestEvents_haveTheirOwnIDs(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, subscribing("user_change"), func(cfg *slacksim.Config) {
		cfg.AckWait, cfg.EventRetries = 20*time.Millisecond, []time.Duration{0}
	})
	a := l.Connect(func(e simtest.Received) any {
		if e.Attempt == 0 && simtest.Str(e.Payload, "event.user.id") == simtest.Bram {
			return simtest.NoAck{}
		}
		return nil
	})
	simtest.NoError(t, l.Deactivate(simtest.Bram))
	first, again := a.Next(), a.Next()
	simtest.NoError(t, l.Deactivate(simtest.Cleo))
	second := a.Next()
	if first.Payload["event_id"] != again.Payload["event_id"] || first.Payload["event_id"] == second.Payload["event_id"] || again.Attempt != 1 {
		t.Errorf("got %s\n%s\n%s", first.Raw, again.Raw, second.Raw)
	}
	simtest.Want(t, second.Payload, map[string]any{"event.user.id": simtest.Cleo, "event.user.deleted": true, "event.user.tz": nil})
}

// TestSocket_faultsTogether: doubled envelopes, lost acknowledgements and sockets
// that go, in one gesture.
func TestSocket_faultsTogether(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name      string
		duplicate int
		drop      int
		sockets   int
		err       error
		heard     int
	}{
		{"one copy's acknowledgement is lost", 1, 1, 2, nil, 2},
		{"both are lost", 1, 2, 2, socket.ErrNoAck, 2},
		{"doubled on one socket", 1, 0, 1, nil, 2},
		{"lost on one socket", 0, 1, 1, socket.ErrNoAck, 1},
		{"nothing", 0, 0, 1, nil, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := simtest.New(t, func(cfg *slacksim.Config) { cfg.AckWait = 400 * time.Millisecond })
			if c.err == nil {
				l = simtest.New(t)
			}
			var apps []*simtest.SocketApp
			for range c.sockets {
				apps = append(apps, l.Connect(nil))
			}
			l.Faults().DuplicateEnvelopes(c.duplicate)
			l.Faults().DropAcks(c.drop)
			simtest.WantErr(t, l.As(simtest.Anna).Shortcut(l.Ctx, "go_global"), c.err)
			for i := range c.heard {
				apps[i%c.sockets].Next()
			}
			l.Faults().Clear()
			simtest.NoError(t, l.As(simtest.Anna).Shortcut(l.Ctx, "go_global"))
			l.Clean()
		})
	}
}

// TestSocket_refreshReasons: after a warning a socket stays, after all else it goes; the
// other socket takes over, and what was ordered before still happens there.
func TestSocket_refreshReasons(t *testing.T) {
	t.Parallel()
	for _, reason := range []string{"refresh_requested", "link_disabled", "too_many_websockets"} {
		l := simtest.New(t)
		old, young := l.Connect(nil), l.Connect(nil)
		l.Faults().DuplicateEnvelopes(1)
		l.Faults().Refresh(reason)
		simtest.Want(t, simtest.Decode(t, old.Next().Raw), map[string]any{"type": "disconnect", "reason": reason})
		<-old.Done
		simtest.NoError(t, l.Workspace().Await(l.Ctx, "leave", func() bool { return l.Connections() == 1 }))
		simtest.NoError(t, l.As(simtest.Anna).Shortcut(l.Ctx, "go_global"))
		if first, second := young.Next(), young.Next(); string(first.Raw) != string(second.Raw) {
			t.Errorf("%s: got %s and %s", reason, first.Raw, second.Raw)
		}
		l.Connect(nil)
		if n := l.Connections(); n != 2 {
			t.Errorf("%s: %d sockets", reason, n)
		}
	}
}

// TestSocket_roomForAnEleventh: a socket that goes makes room.
func TestSocket_roomForAnEleventh(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	first := l.Connect(nil)
	for range 9 {
		l.Connect(nil)
	}
	refused := l.Connect(nil)
	simtest.Want(t, refused.Hello, map[string]any{"type": "disconnect", "reason": "too_many_websockets"})
	first.Close()
	simtest.NoError(t, l.Workspace().Await(l.Ctx, "leave", func() bool { return l.Connections() == 9 }))
	simtest.Want(t, l.Connect(nil).Hello, map[string]any{"type": "hello", "num_connections": 10.0})
}
