package slacksim

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// eventCases are what makes each event, and what it tells.
var eventCases = []struct {
	event string
	do    func(l *simTest) error
	tells map[string]any
}{
	{"team_join", func(l *simTest) error { return l.AddPerson(Person{ID: "U0DORA", Name: "dora"}) }, map[string]any{"event.user.id": "U0DORA", "event.user.locale": "en-US"}},
	{"user_change", func(l *simTest) error { return l.MakeGuest(bram) }, map[string]any{"event.user.id": bram, "event.user.is_restricted": true}},
	{"member_joined_channel", func(l *simTest) error { return l.Join(cleo, room) }, map[string]any{"event.user": cleo, "event.channel_type": "G"}},
	{"member_joined_channel", func(l *simTest) error { return l.Join(cleo, lobby) }, map[string]any{"event.user": cleo, "event.channel_type": "C"}},
	{"member_left_channel", func(l *simTest) error { return l.Leave(bram, room) }, map[string]any{"event.user": bram, "event.channel": room}},
	{"channel_shared", func(l *simTest) error { return l.ShareChannel(room, "T0OTHER") }, map[string]any{"event.channel": room, "event.connected_team_id": "T0OTHER"}},
	{"channel_archive", func(l *simTest) error { return l.Archive(lobby) }, map[string]any{"event.channel": lobby}},
	{"group_archive", func(l *simTest) error { return l.Archive(room) }, map[string]any{"event.channel": room}},
	{"app_home_opened", func(l *simTest) error { return l.As(anna).OpenHome(l.ctx) }, map[string]any{"event.user": anna, "event.tab": "home"}},
}

// subscribing gives the lab all scopes for channels and exactly these events.
func subscribing(events ...string) func(*Config) {
	return func(cfg *Config) {
		withScopes("commands", "users:read", "channels:read", "groups:read")(cfg)
		withEdit("["+testEvents+"]", "["+strings.Join(events, ", ")+"]")(cfg)
	}
}

// TestEvents_eachEventIsSubscribedTo: the app hears what it subscribes to, and nothing
// else of all that happens.
func TestEvents_eachEventIsSubscribedTo(t *testing.T) {
	t.Parallel()
	for _, h := range eventCases {
		t.Run(h.event, func(t *testing.T) {
			t.Parallel()
			l := newSimTest(t, subscribing(h.event))
			a := l.connect(nil)
			for _, other := range eventCases {
				if other.event != h.event {
					noError(t, other.do(newSimTest(t, subscribing(h.event)))) // it can be done
					before := serial(l)
					l.Emit(map[string]any{"type": other.event})
					if serial(l) != before+1 {
						t.Errorf("%s was sent to who subscribed to %s", other.event, h.event)
					}
				}
			}
			noError(t, h.do(l))
			e := a.next()
			want(t, e.Payload, h.tells)
			want(t, e.Payload, map[string]any{"event.type": h.event, "type": "event_callback", "is_ext_shared_channel": false})
			a.none()
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
	for _, event := range simulatedEvents() {
		if !slices.Contains(tested, event) {
			t.Errorf("%s is not tested", event)
		}
	}
}

// TestEvents_haveTheirOwnIDs: two events never share one, a retry keeps it.
func TestEvents_haveTheirOwnIDs(t *testing.T) {
	t.Parallel()
	l := newSimTest(t, subscribing("user_change"), func(cfg *Config) {
		cfg.AckWait, cfg.EventRetries = 20*time.Millisecond, []time.Duration{0}
	})
	a := l.connect(func(e received) any {
		if e.Attempt == 0 && str(e.Payload, "event.user.id") == bram {
			return noAck{}
		}
		return nil
	})
	noError(t, l.Deactivate(bram))
	first, again := a.next(), a.next()
	noError(t, l.Deactivate(cleo))
	second := a.next()
	if first.Payload["event_id"] != again.Payload["event_id"] || first.Payload["event_id"] == second.Payload["event_id"] || again.Attempt != 1 {
		t.Errorf("got %s\n%s\n%s", first.Raw, again.Raw, second.Raw)
	}
	want(t, second.Payload, map[string]any{"event.user.id": cleo, "event.user.deleted": true, "event.user.tz": nil})
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
		{"both are lost", 1, 2, 2, ErrNoAck, 2},
		{"doubled on one socket", 1, 0, 1, nil, 2},
		{"lost on one socket", 0, 1, 1, ErrNoAck, 1},
		{"nothing", 0, 0, 1, nil, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := newSimTest(t, func(cfg *Config) { cfg.AckWait = 50 * time.Millisecond })
			if c.err == nil {
				l = newSimTest(t)
			}
			var apps []*socketApp
			for range c.sockets {
				apps = append(apps, l.connect(nil))
			}
			l.Faults().DuplicateEnvelopes(c.duplicate)
			l.Faults().DropAcks(c.drop)
			wantErr(t, l.As(anna).Shortcut(l.ctx, "go_global"), c.err)
			for i := range c.heard {
				apps[i%c.sockets].next()
			}
			l.Faults().Clear()
			noError(t, l.As(anna).Shortcut(l.ctx, "go_global"))
			l.clean()
		})
	}
}

// TestSocket_refreshReasons: after a warning a socket stays, after all else it goes; the
// other socket takes over, and what was ordered before still happens there.
func TestSocket_refreshReasons(t *testing.T) {
	t.Parallel()
	for _, reason := range []string{"refresh_requested", "link_disabled", "too_many_websockets"} {
		l := newSimTest(t)
		old, young := l.connect(nil), l.connect(nil)
		l.Faults().DuplicateEnvelopes(1)
		l.Faults().Refresh(reason)
		want(t, decode(t, old.next().Raw), map[string]any{"type": "disconnect", "reason": reason})
		<-old.done
		noError(t, l.Workspace().await(l.ctx, "leave", func() bool { return l.Connections() == 1 }))
		noError(t, l.As(anna).Shortcut(l.ctx, "go_global"))
		if first, second := young.next(), young.next(); string(first.Raw) != string(second.Raw) {
			t.Errorf("%s: got %s and %s", reason, first.Raw, second.Raw)
		}
		l.connect(nil)
		if n := l.Connections(); n != 2 {
			t.Errorf("%s: %d sockets", reason, n)
		}
	}
}

// TestSocket_roomForAnEleventh: a socket that goes makes room.
func TestSocket_roomForAnEleventh(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	first := l.connect(nil)
	for range 9 {
		l.connect(nil)
	}
	refused := l.connect(nil)
	want(t, refused.hello, map[string]any{"type": "disconnect", "reason": "too_many_websockets"})
	first.close()
	noError(t, l.Workspace().await(l.ctx, "leave", func() bool { return l.Connections() == 9 }))
	want(t, l.connect(nil).hello, map[string]any{"type": "hello", "num_connections": 10.0})
}
