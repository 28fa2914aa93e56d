package slacksim

import (
	"strings"
	"testing"
)

func TestManifest(t *testing.T) {
	t.Parallel()
	m, err := parseManifest([]byte(testManifest))
	noError(t, err)
	if !m.granted("chat:write") || m.granted("chat:write.public") || !m.subscribed("team_join") || m.subscribed("message.im") {
		t.Errorf("got %+v", m)
	}
	if !m.hasCommand("/test") || m.hasCommand("/other") || !m.hasShortcut("global", "go_global") || m.hasShortcut("message", "go_global") {
		t.Errorf("got %+v", m)
	}
}

func TestManifest_refusals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ from, to, complaint string }{
		{"{name: testbot}", "{}", "display_information.name"},
		{"bot_user: {display_name: Test Bot}", "", "bot_user"},
		{"socket_mode_enabled: true", "socket_mode_enabled: false", "socket_mode"},
		{"command: /test", "command: /Test", `slash command "/Test"`},
		{"[commands, ", "[", "scope commands"},
		{"type: global", "type: local", "type is global or message"},
		{"name: Global", "name: A name of more than 24 letters", "1 to 24 characters"},
		{"team_join", "message.im", `event "message.im" is not simulated`},
		{`"users:read", `, "", `event "user_change" needs one of users:read`},
		{"features:", "features: [", "manifest"},
	} {
		changed := strings.Replace(testManifest, c.from, c.to, 1)
		if _, err := New(Config{Manifest: []byte(changed)}); err == nil || !strings.Contains(err.Error(), c.complaint) {
			t.Errorf("%s → %s: got %v", c.from, c.to, err)
		}
	}
}

func TestSim_newRefusesContradictions(t *testing.T) {
	t.Parallel()
	for name, cfg := range map[string]Config{
		"two with one id":   {People: []Person{{ID: "U1"}, {ID: "U1"}}},
		"the bot's id":      {People: []Person{{ID: botUserID}}},
		"unknown member":    {Channels: []Channel{{ID: "C1", Members: []string{"U1"}}}},
		"channel without":   {Channels: []Channel{{Name: "x"}}},
		"two channels same": {Channels: []Channel{{ID: "C1"}, {ID: "C1"}}},
	} {
		cfg.Manifest = []byte(testManifest)
		if _, err := New(cfg); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
