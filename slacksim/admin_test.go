package slacksim

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestAdmin_events(t *testing.T) {
	t.Parallel()
	dora := Person{ID: "U0DORA", Name: "dora", Locale: "en-GB"}
	for _, c := range []struct {
		name   string
		change func(s *Sim) error
		want   map[string]any
	}{
		{"join the team", func(s *Sim) error { return s.AddPerson(dora) },
			map[string]any{"event.type": "team_join", "event.user.id": "U0DORA", "event.user.locale": "en-GB"}},
		{"deactivate", func(s *Sim) error { return s.Deactivate(bram) },
			map[string]any{"event.type": "user_change", "event.user.id": bram, "event.user.deleted": true}},
		{"reactivate", func(s *Sim) error { return s.Reactivate(bram) },
			map[string]any{"event.type": "user_change", "event.user.deleted": false}},
		{"make a guest", func(s *Sim) error { return s.MakeGuest(bram) },
			map[string]any{"event.type": "user_change", "event.user.is_restricted": true}},
		{"change a locale", func(s *Sim) error { return s.ChangePerson(bram, func(p *Person) { p.Locale = "fr-FR"; p.ID = "U0X" }) },
			map[string]any{"event.user.id": bram, "event.user.locale": "fr-FR"}},
		{"join a channel", func(s *Sim) error { return s.Join(cleo, room) },
			map[string]any{"event.type": "member_joined_channel", "event.user": cleo, "event.channel": room, "event.channel_type": "G"}},
		{"the bot joins", func(s *Sim) error { return s.Join(botUserID, vault) },
			map[string]any{"event.type": "member_joined_channel", "event.user": botUserID, "event.channel": vault}},
		{"share", func(s *Sim) error { return s.ShareChannel(room, "T0OTHER") },
			map[string]any{"event.type": "channel_shared", "event.channel": room, "event.connected_team_id": "T0OTHER"}},
		{"archive", func(s *Sim) error { return s.Archive(room) },
			map[string]any{"event.type": "group_archive", "event.channel": room}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := newSimTest(t)
			a := l.connect(nil)
			noError(t, c.change(l.Sim))
			e := a.next()
			want(t, e.Payload, c.want)
			want(t, e.Payload, map[string]any{"type": "event_callback", "api_app_id": appID, "team_id": l.Team().ID,
				"event_time": 1.7e9, "authorizations.0.user_id": botUserID})
			if e.Type != "events_api" || e.Accepts || str(e.Payload, "event_id") == "" || str(e.Payload, "event.event_ts") == "" {
				t.Errorf("got %s", e.Raw)
			}
		})
	}
}

func TestAdmin_eventsTheBotDoesNotGet(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(s *Sim) error{
		"a channel it is not in":        func(s *Sim) error { return s.Join(anna, vault) },
		"a kind it may not read":        func(s *Sim) error { return s.Join(bram, lobby) },
		"who was there already":         func(s *Sim) error { return s.Join(anna, room) },
		"an event nobody subscribed to": func(s *Sim) error { return s.Leave(anna, room) },
		"leaving what one is not in":    func(s *Sim) error { return s.Leave(cleo, room) },
		"making a channel public":       func(s *Sim) error { return s.MakePublic(room) },
		"a channel that opens again":    func(s *Sim) error { return s.Unarchive(room) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newSimTest(t)
			a := l.connect(nil)
			before := serial(l)
			noError(t, change(l.Sim))
			if serial(l) != before+1 {
				t.Error("an event was made")
			}
			noError(t, l.Deactivate(cleo)) // an event that does come
			want(t, a.next().Payload, map[string]any{"event.type": "user_change"})
			if serial(l) == before+2 {
				t.Error("events take no id")
			}
		})
	}
}

// serial counts the ids made so far; every event takes one, and so does this.
func serial(l *simTest) int {
	l.t.Helper()
	number, _, _ := strings.Cut(l.trigger(), ".")
	n, err := strconv.Atoi(number)
	noError(l.t, err)
	return n
}

func TestAdmin_refusals(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	dm := l.As(anna).DM()
	for name, err := range map[string]error{
		"the same person":    l.AddPerson(Person{ID: anna, Name: "x"}),
		"a person without":   l.AddPerson(Person{Name: "x"}),
		"Slackbot":           l.AddPerson(Person{ID: slackbotID, Name: "x"}),
		"the same channel":   l.AddChannel(Channel{ID: room, Name: "x"}),
		"unknown members":    l.AddChannel(Channel{ID: "C0NEW", Members: []string{"U0NOBODY"}}),
		"change nobody":      l.Deactivate("U0NOBODY"),
		"nobody joins":       l.Join("U0NOBODY", room),
		"join nothing":       l.Join(anna, "C0NONE"),
		"leave nothing":      l.Leave(anna, "C0NONE"),
		"archive nothing":    l.Archive("C0NONE"),
		"archive a DM":       l.Archive(dm),
		"share nothing":      l.ShareChannel("C0NONE", "T"),
		"publish nothing":    l.MakePublic("C0NONE"),
		"delete no message":  l.DeleteMessage(room, "1.1"),
		"delete in no place": l.DeleteMessage("C0NONE", "1.1"),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestAdmin_membershipShows(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	noError(t, l.Join(cleo, room))
	noError(t, l.Leave(bram, room))
	noError(t, l.ShareChannel(room, "T0OTHER"))
	noError(t, l.MakePublic(room))
	c, ok := l.Channel(room)
	if !ok || !slices.Equal(c.Members, []string{anna, botUserID, cleo}) || !c.ExtShared || c.Private {
		t.Errorf("got %+v", c)
	}
	if list := l.As(cleo).Channels(); len(list) != 1 || list[0].ID != room {
		t.Errorf("got %+v", list)
	}
	noError(t, l.Leave(botUserID, room))
	wantRefusal(t, l.call("chat.postMessage", "channel", room, "text", "x"), "not_in_channel")
}

func TestAdmin_deactivationClosesModals(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	id := l.open(modal("m", textInput))
	noError(t, l.Deactivate(anna))
	if _, open := l.View(id); open {
		t.Error("still open")
	}
	if _, ok := l.Person("U0NOBODY"); ok {
		t.Error("found nobody")
	}
}

func TestEvents_retries(t *testing.T) {
	t.Parallel()
	l := newSimTest(t, func(cfg *Config) {
		cfg.AckWait, cfg.EventRetries = 20*time.Millisecond, []time.Duration{0, time.Millisecond, time.Millisecond}
	})
	a := l.connect(func(e received) any {
		if e.Attempt < 2 {
			return noAck{}
		}
		return nil
	})
	noError(t, l.Deactivate(bram))
	first := a.next()
	for attempt := 1; attempt <= 2; attempt++ {
		e := a.next()
		if e.Attempt != attempt || e.Reason != "timeout" || e.ID == first.ID || e.Payload["event_id"] != first.Payload["event_id"] {
			t.Errorf("attempt %d: %s", attempt, e.Raw)
		}
	}
	if first.Attempt != 0 || first.Reason != "" {
		t.Errorf("got %s", first.Raw)
	}
}

func TestEvents_givenUp(t *testing.T) {
	t.Parallel()
	l := newSimTest(t, func(cfg *Config) {
		cfg.AckWait, cfg.EventRetries = 5*time.Millisecond, []time.Duration{0, 0, 0}
	})
	a := l.connect(func(e received) any {
		if str(e.Payload, "event.type") == "user_change" {
			return noAck{}
		}
		return nil
	})
	noError(t, l.Deactivate(bram))
	for range 4 {
		a.next()
	}
	noError(t, l.AddPerson(Person{ID: "U0DORA", Name: "dora"}))
	want(t, a.next().Payload, map[string]any{"event.type": "team_join"})
}

func TestEvents_waitForASocket(t *testing.T) {
	t.Parallel()
	l := newSimTest(t, func(cfg *Config) { cfg.EventRetries = slices.Repeat([]time.Duration{20 * time.Millisecond}, 500) })
	noError(t, l.Deactivate(bram))
	a := l.connect(nil)
	want(t, a.next().Payload, map[string]any{"event.type": "user_change"})
}
