package manifest_test

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/manifest"
	"github.com/artra/klachtbot/slacksim/simtest"
)

func TestManifest_grants(t *testing.T) {
	t.Parallel()
	m, err := manifest.Parse([]byte(simtest.Manifest))
	simtest.NoError(t, err)
	if !m.Granted("chat:write") || m.Granted("chat:write.public") || !m.Subscribed("team_join") || m.Subscribed("message.im") {
		t.Errorf("got %+v", m)
	}
	if !m.HasCommand("/test") || m.HasCommand("/other") || !m.HasShortcut("global", "go_global") || m.HasShortcut("message", "go_global") {
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
		changed := strings.Replace(simtest.Manifest, c.from, c.to, 1)
		if _, err := slacksim.New(slacksim.Config{Manifest: []byte(changed)}); err == nil || !strings.Contains(err.Error(), c.complaint) {
			t.Errorf("%s → %s: got %v", c.from, c.to, err)
		}
	}
}
