package slacksim

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// testManifest is the app under test: Socket Mode, a private channel, direct
// messages that people can't write in.
const testManifest = `
display_information: {name: testbot}
features:
  app_home: {home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true}
  bot_user: {display_name: Test Bot}
  slash_commands: [{command: /test, description: Test, usage_hint: "[x]"}]
  shortcuts:
    - {name: Global, type: global, callback_id: go_global, description: Global}
    - {name: Message, type: message, callback_id: on_message, description: Message}
oauth_config:
  scopes:
    bot: [commands, "chat:write", "groups:read", "groups:history", "im:write", "im:history", "users:read", "files:read", "files:write"]
settings:
  event_subscriptions:
    bot_events: [app_home_opened, user_change, team_join, member_joined_channel, channel_shared, group_archive]
  interactivity: {is_enabled: true}
  socket_mode_enabled: true
`

// testEvents are the events that the manifest subscribes to, as it writes them.
const testEvents = "app_home_opened, user_change, team_join, member_joined_channel, channel_shared, group_archive"

// People and channels of every test.
const (
	anna, bram, cleo  = "U0ANNA", "U0BRAM", "U0CLEO"
	room, hall, vault = "C0ROOM", "C0HALL", "C0VAULT" // private with bot; public without; private without
	lobby             = "C0LOBBY"                     // public with bot
)

// simTest is a running simulator with a clock that stands still.
type simTest struct {
	*Sim
	t     *testing.T
	ctx   context.Context
	clock *stoppedClock
}

// stoppedClock is a clock that moves only when told to.
type stoppedClock struct {
	mu sync.Mutex
	at time.Time
}

func (c *stoppedClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *stoppedClock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func newSimTest(t *testing.T, changes ...func(*Config)) *simTest {
	t.Helper()
	clock := &stoppedClock{at: time.Unix(1_700_000_000, 0)}
	cfg := testConfig()
	cfg.Now = clock.now
	for _, change := range changes {
		change(&cfg)
	}
	sim, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	t.Cleanup(func() {
		if err := sim.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := sim.Start(ctx, "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	return &simTest{Sim: sim, t: t, ctx: ctx, clock: clock}
}

// testConfig is the lab's workspace.
func testConfig() Config {
	return Config{
		Manifest: []byte(testManifest),
		People: []Person{
			{ID: anna, Name: "anna", RealName: "Anna Bos", Locale: "nl-NL", Title: "Adviseur"},
			{ID: bram, Name: "bram", RealName: "Bram Vos", TZ: "Europe/London"},
			{ID: cleo, Name: "cleo", Guest: true},
		},
		Channels: []Channel{
			{ID: room, Name: "room", Private: true, Members: []string{anna, bram, botUserID}},
			{ID: hall, Name: "hall", Members: []string{anna}},
			{ID: vault, Name: "vault", Private: true, Members: []string{bram}},
			{ID: lobby, Name: "lobby", Members: []string{anna, botUserID}},
		},
	}
}

// withScopes replaces the scopes of the lab's manifest.
func withScopes(scopes ...string) func(*Config) {
	return func(cfg *Config) {
		head, tail, _ := strings.Cut(testManifest, "    bot: [commands")
		_, tail, _ = strings.Cut(tail, "]")
		cfg.Manifest = []byte(head + `    bot: ["` + strings.Join(scopes, `", "`) + `"]` + tail)
	}
}

// withEdit replaces one piece of the lab's manifest.
func withEdit(from, to string) func(*Config) {
	return func(cfg *Config) { cfg.Manifest = []byte(strings.Replace(string(cfg.Manifest), from, to, 1)) }
}

// send makes one HTTP request and returns status, headers and body; a cut
// connection is status 0.
func (l *simTest) send(method, url, kind string, header map[string]string, body []byte) (int, http.Header, []byte) {
	l.t.Helper()
	req, err := http.NewRequestWithContext(l.ctx, method, url, bytes.NewReader(body))
	if err != nil {
		l.t.Fatal(err)
	}
	req.Close = true
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	for k, v := range header {
		req.Header.Set(k, v)
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return 0, nil, nil
	}
	defer func() { _ = res.Body.Close() }()
	got, err := io.ReadAll(res.Body)
	if err != nil {
		l.t.Fatal(err)
	}
	return res.StatusCode, res.Header, got
}

const (
	formType = "application/x-www-form-urlencoded"
	jsonType = "application/json; charset=utf-8"
)

// call calls a method the way slack-go does: token and arguments in a form. The
// arguments are names and values in turn.
func (l *simTest) call(method string, pairs ...string) reply {
	l.t.Helper()
	form := url.Values{"token": {DefaultBotToken}}
	for pair := range slices.Chunk(pairs, 2) {
		form.Set(pair[0], pair[1])
	}
	_, _, body := l.send("POST", l.APIURL()+method, formType, nil, []byte(form.Encode()))
	return decode(l.t, body)
}

// json calls a method with a JSON body and the token in the header.
func (l *simTest) json(method string, args map[string]any) reply {
	l.t.Helper()
	body, err := json.Marshal(args)
	if err != nil {
		l.t.Fatal(err)
	}
	_, _, got := l.send("POST", l.APIURL()+method, jsonType, bearing(DefaultBotToken), body)
	return decode(l.t, got)
}

func bearing(token string) map[string]string {
	return map[string]string{"Authorization": "Bearer " + token}
}

func decode(t *testing.T, body []byte) reply {
	t.Helper()
	var r reply
	if err := json.Unmarshal(body, &r); err != nil {
		t.Fatalf("decode %q: %v", body, err)
	}
	return r
}

// dig follows a path of keys and indexes, such as "messages.0.text".
func dig(v any, path string) any {
	for key := range strings.SplitSeq(path, ".") {
		switch at := v.(type) {
		case reply:
			v = at[key]
		case map[string]any:
			v = at[key]
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i >= len(at) {
				return nil
			}
			v = at[i]
		default:
			return nil
		}
	}
	return v
}

// str is what dig finds, as a string.
func str(v any, path string) string {
	s, ok := dig(v, path).(string)
	if !ok {
		return ""
	}
	return s
}

// post posts a message as the bot and returns its ts.
func (l *simTest) post(channel, text string, pairs ...string) string {
	l.t.Helper()
	return str(wantOK(l.t, l.call("chat.postMessage", append(pairs, "channel", channel, "text", text)...)), "ts")
}

// opened is a modal that the app opened on anna's screen through a command.
func (l *simTest) opened(view string, handle func(received) any) (*socketApp, *User, View) {
	l.t.Helper()
	opens := l.opens(view)
	a := l.connect(func(e received) any {
		if e.Type == "slash_commands" {
			return opens(e)
		}
		if handle != nil {
			return handle(e)
		}
		return nil
	})
	user := l.As(anna)
	if _, err := user.Slash(l.ctx, room, "/test", ""); err != nil {
		l.t.Fatal(err)
	}
	a.next()
	v, ok := user.Modal()
	if !ok {
		l.t.Fatalf("no modal; calls: %+v", l.Calls())
	}
	return a, user, v
}

// trigger is a fresh trigger of anna's, outside any view.
func (l *simTest) trigger() string {
	w := l.Workspace()
	return locked(w, func() string { return w.views.newTrigger(anna, nil) })
}

// triggerIn is a trigger from a gesture in a view.
func (l *simTest) triggerIn(viewID string) string {
	w := l.Workspace()
	return locked(w, func() string { return w.views.newTrigger(anna, w.views.get(viewID)) })
}

// open opens a modal on anna's screen and returns its id.
func (l *simTest) open(view string) string {
	l.t.Helper()
	return str(wantOK(l.t, l.call("views.open", "trigger_id", l.trigger(), "view", view)), "view.id")
}
