package slacksim_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/simtest"
	"github.com/artra/klachtbot/slacksim/workspace"
)

func TestAdmin_events(t *testing.T) {
	t.Parallel()
	dora := workspace.Person{ID: "U0DORA", Name: "dora", Locale: "en-GB"}
	for _, c := range []struct {
		name   string
		change func(s *slacksim.Sim) error
		want   map[string]any
	}{
		{"join the team", func(s *slacksim.Sim) error { return s.AddPerson(dora) },
			map[string]any{"event.type": "team_join", "event.user.id": "U0DORA", "event.user.locale": nil}},
		{"deactivate", func(s *slacksim.Sim) error { return s.Deactivate(simtest.Bram) },
			map[string]any{"event.type": "user_change", "event.user.id": simtest.Bram, "event.user.deleted": true}},
		{"reactivate", func(s *slacksim.Sim) error { return s.Reactivate(simtest.Bram) },
			map[string]any{"event.type": "user_change", "event.user.deleted": false}},
		{"make a guest", func(s *slacksim.Sim) error { return s.MakeGuest(simtest.Bram) },
			map[string]any{"event.type": "user_change", "event.user.is_restricted": true}},
		{"change a locale", func(s *slacksim.Sim) error {
			return s.ChangePerson(simtest.Bram, func(p *workspace.Person) { p.Locale = "fr-FR"; p.ID = "U0X" })
		},
			map[string]any{"event.user.id": simtest.Bram, "event.user.locale": "fr-FR"}},
		{"join a channel", func(s *slacksim.Sim) error { return s.Join(simtest.Cleo, simtest.Room) },
			map[string]any{"event.type": "member_joined_channel", "event.user": simtest.Cleo, "event.channel": simtest.Room, "event.channel_type": "G"}},
		{"the bot joins", func(s *slacksim.Sim) error { return s.Join(workspace.BotUserID, simtest.Vault) },
			map[string]any{"event.type": "member_joined_channel", "event.user": workspace.BotUserID, "event.channel": simtest.Vault}},
		{"share", func(s *slacksim.Sim) error { return s.ShareChannel(simtest.Room, "T0OTHER") },
			map[string]any{"event.type": "channel_shared", "event.channel": simtest.Room, "event.connected_team_id": "T0OTHER"}},
		{"archive", func(s *slacksim.Sim) error { return s.Archive(simtest.Room) },
			map[string]any{"event.type": "group_archive", "event.channel": simtest.Room}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := simtest.New(t)
			a := l.Connect(nil)
			simtest.NoError(t, c.change(l.Sim))
			e := a.Next()
			simtest.Want(t, e.Payload, c.want)
			simtest.Want(t, e.Payload, map[string]any{"type": "event_callback", "api_app_id": workspace.AppID, "team_id": l.Team().ID,
				"event_time": 1.7e9, "authorizations.0.user_id": workspace.BotUserID})
			if e.Type != "events_api" || e.Accepts || simtest.Str(e.Payload, "event_id") == "" || simtest.Str(e.Payload, "event.event_ts") == "" {
				t.Errorf("got %s", e.Raw)
			}
		})
	}
}

func TestAdmin_eventsTheBotDoesNotGet(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(s *slacksim.Sim) error{
		"a channel it is not in":        func(s *slacksim.Sim) error { return s.Join(simtest.Anna, simtest.Vault) },
		"a kind it may not read":        func(s *slacksim.Sim) error { return s.Join(simtest.Bram, simtest.Lobby) },
		"who was there already":         func(s *slacksim.Sim) error { return s.Join(simtest.Anna, simtest.Room) },
		"an event nobody subscribed to": func(s *slacksim.Sim) error { return s.Leave(simtest.Anna, simtest.Room) },
		"leaving what one is not in":    func(s *slacksim.Sim) error { return s.Leave(simtest.Cleo, simtest.Room) },
		"making a channel public":       func(s *slacksim.Sim) error { return s.MakePublic(simtest.Room) },
		"a channel that opens again":    func(s *slacksim.Sim) error { return s.Unarchive(simtest.Room) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := simtest.New(t)
			a := l.Connect(nil)
			before := serial(l)
			simtest.NoError(t, change(l.Sim))
			if serial(l) != before+1 {
				t.Error("an event was made")
			}
			simtest.NoError(t, l.Deactivate(simtest.Cleo)) // an event that does come
			simtest.Want(t, a.Next().Payload, map[string]any{"event.type": "user_change"})
			if serial(l) == before+2 {
				t.Error("events take no id")
			}
		})
	}
}

// serial counts the ids made so far; every event takes one, and so does this.
func serial(l *simtest.Test) int {
	l.T.Helper()
	number, _, _ := strings.Cut(l.Trigger(), ".")
	n, err := strconv.Atoi(number)
	simtest.NoError(l.T, err)
	return n
}

func TestAdmin_refusals(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	dm := l.As(simtest.Anna).DM()
	for name, err := range map[string]error{
		"the same person":    l.AddPerson(workspace.Person{ID: simtest.Anna, Name: "x"}),
		"a person without":   l.AddPerson(workspace.Person{Name: "x"}),
		"Slackbot":           l.AddPerson(workspace.Person{ID: workspace.SlackbotID, Name: "x"}),
		"the same channel":   l.AddChannel(workspace.Channel{ID: simtest.Room, Name: "x"}),
		"unknown members":    l.AddChannel(workspace.Channel{ID: "C0NEW", Members: []string{"U0NOBODY"}}),
		"change nobody":      l.Deactivate("U0NOBODY"),
		"nobody joins":       l.Join("U0NOBODY", simtest.Room),
		"join nothing":       l.Join(simtest.Anna, "C0NONE"),
		"leave nothing":      l.Leave(simtest.Anna, "C0NONE"),
		"archive nothing":    l.Archive("C0NONE"),
		"archive a DM":       l.Archive(dm),
		"share nothing":      l.ShareChannel("C0NONE", "T"),
		"publish nothing":    l.MakePublic("C0NONE"),
		"delete no message":  l.DeleteMessage(simtest.Room, "1.1"),
		"delete in no place": l.DeleteMessage("C0NONE", "1.1"),
		"delete as admin":    l.DeleteAsAdmin(simtest.Room, "1.1"),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestAdmin_membershipShows(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	simtest.NoError(t, l.Join(simtest.Cleo, simtest.Room))
	simtest.NoError(t, l.Leave(simtest.Bram, simtest.Room))
	simtest.NoError(t, l.ShareChannel(simtest.Room, "T0OTHER"))
	simtest.NoError(t, l.MakePublic(simtest.Room))
	c, ok := l.Channel(simtest.Room)
	if !ok || !slices.Equal(c.Members, []string{simtest.Anna, workspace.BotUserID, simtest.Cleo}) || !c.ExtShared || c.Private {
		t.Errorf("got %+v", c)
	}
	if list := l.As(simtest.Cleo).Channels(); len(list) != 1 || list[0].ID != simtest.Room {
		t.Errorf("got %+v", list)
	}
	simtest.NoError(t, l.Leave(workspace.BotUserID, simtest.Room))
	simtest.WantRefusal(t, l.Call("chat.postMessage", "channel", simtest.Room, "text", "x"), "not_in_channel")
}

func TestAdmin_deactivationClosesModals(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	id := l.Open(simtest.Modal("m", simtest.TextInput))
	simtest.NoError(t, l.Deactivate(simtest.Anna))
	if _, open := l.View(id); open {
		t.Error("still open")
	}
	if _, ok := l.Person("U0NOBODY"); ok {
		t.Error("found nobody")
	}
}

func TestEvents_retries(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, func(cfg *slacksim.Config) {
		cfg.AckWait, cfg.EventRetries = 20*time.Millisecond, []time.Duration{0, time.Millisecond, time.Millisecond}
	})
	a := l.Connect(func(e simtest.Received) any {
		if e.Attempt < 2 {
			return simtest.NoAck{}
		}
		return nil
	})
	simtest.NoError(t, l.Deactivate(simtest.Bram))
	first := a.Next()
	for attempt := 1; attempt <= 2; attempt++ {
		e := a.Next()
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
	l := simtest.New(t, func(cfg *slacksim.Config) {
		cfg.AckWait, cfg.EventRetries = 5*time.Millisecond, []time.Duration{0, 0, 0}
	})
	a := l.Connect(func(e simtest.Received) any {
		if simtest.Str(e.Payload, "event.type") == "user_change" {
			return simtest.NoAck{}
		}
		return nil
	})
	simtest.NoError(t, l.Deactivate(simtest.Bram))
	for range 4 {
		a.Next()
	}
	simtest.NoError(t, l.AddPerson(workspace.Person{ID: "U0DORA", Name: "dora"}))
	simtest.Want(t, a.Next().Payload, map[string]any{"event.type": "team_join"})
}

func TestEvents_waitForASocket(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, func(cfg *slacksim.Config) {
		cfg.EventRetries = slices.Repeat([]time.Duration{20 * time.Millisecond}, 500)
	})
	simtest.NoError(t, l.Deactivate(simtest.Bram))
	a := l.Connect(nil)
	simtest.Want(t, a.Next().Payload, map[string]any{"event.type": "user_change"})
}

func TestAdmin_restrict(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	root := l.Post(simtest.Room, "root")
	post := func(channel, thread string) string {
		return l.Call("chat.postMessage", "channel", channel, "thread_ts", thread, "text", "x").ErrorName()
	}
	for _, c := range []struct{ channel, code, root, reply, elsewhere string }{
		{simtest.Room, "restricted_action_thread_only_channel", "restricted_action_thread_only_channel", "", ""},
		{simtest.Room, "restricted_action", "restricted_action", "restricted_action", ""},
		{simtest.Room, "", "", "", ""},
		{"", "message_limit_exceeded", "message_limit_exceeded", "message_limit_exceeded", "message_limit_exceeded"},
	} {
		l.Restrict(c.channel, c.code)
		if a, b, d := post(simtest.Room, ""), post(simtest.Room, root), post(simtest.Lobby, ""); a != c.root || b != c.reply || d != c.elsewhere {
			t.Errorf("%s in %q: %q, a reply %q, elsewhere %q", c.code, c.channel, a, b, d)
		}
	}
}

func TestAdmin_reinstall(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	l.Reinstall("commands")
	simtest.Want(t, simtest.WantRefusal(t, l.Call("chat.postMessage", "channel", simtest.Room, "text", "x"), "missing_scope"),
		map[string]any{"provided": "commands", "needed": "chat:write"})
	l.Reinstall("commands", "chat:write")
	simtest.WantOK(t, l.Call("chat.postMessage", "channel", simtest.Room, "text", "x"))
}

// TestAdmin_localesThatSlackDoesNotHave: Dutch is none, neither for somebody new nor
// by a change.
func TestAdmin_localesThatSlackDoesNotHave(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	for _, locale := range []string{"nl-NL", "nl", "en", "en-US "} {
		if err := l.AddPerson(workspace.Person{ID: "U0DORA", Name: "dora", Locale: locale}); err == nil {
			t.Errorf("%q is taken for somebody new", locale)
		}
		if err := l.ChangePerson(simtest.Bram, func(p *workspace.Person) { p.Locale = locale }); err == nil {
			t.Errorf("%q is taken as a change", locale)
		}
	}
	if p, _ := l.Person(simtest.Bram); p.Locale != "en-US" {
		t.Errorf("bram has %q", p.Locale)
	}
	if _, err := slacksim.New(slacksim.Config{Manifest: []byte(simtest.Manifest), People: []workspace.Person{{ID: "U0DORA", Name: "dora", Locale: "nl-NL"}}}); err == nil {
		t.Error("a workspace with a locale that Slack does not have")
	}
}
