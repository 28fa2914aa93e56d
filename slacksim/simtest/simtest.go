package simtest

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

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/user"
	"github.com/artra/klachtbot/slacksim/wire"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// Manifest is the app under test: Socket Mode, a private channel, direct
// messages that people can't write in.
const Manifest = `
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

// Events are the events that the manifest subscribes to, as it writes them.
const Events = "app_home_opened, user_change, team_join, member_joined_channel, channel_shared, group_archive"

// People and channels of every test.
const (
	Anna, Bram, Cleo  = "U0ANNA", "U0BRAM", "U0CLEO"
	Room, Hall, Vault = "C0ROOM", "C0HALL", "C0VAULT" // private with bot; public without; private without
	Lobby             = "C0LOBBY"                     // public with bot
)

// Test is a running simulator with a clock that stands still.
type Test struct {
	*slacksim.Sim
	T     *testing.T
	Ctx   context.Context
	Clock *Clock
}

// Clock moves only by Advance.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// Now is what the simulator reads.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// Advance moves the clock.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// New starts a simulator that ends with the test. changes adjust its Config.
func New(t *testing.T, changes ...func(*slacksim.Config)) *Test {
	t.Helper()
	clock := &Clock{at: time.Unix(1_700_000_000, 0)}
	cfg := Config()
	cfg.Now = clock.Now
	for _, change := range changes {
		change(&cfg)
	}
	sim, err := slacksim.New(cfg)
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
	return &Test{Sim: sim, T: t, Ctx: ctx, Clock: clock}
}

// Config is the workspace of every test.
func Config() slacksim.Config {
	return slacksim.Config{
		Manifest: []byte(Manifest),
		People: []workspace.Person{
			{ID: Anna, Name: "anna", RealName: "Anna Bos", Locale: "de-DE", Title: "Adviseur"},
			{ID: Bram, Name: "bram", RealName: "Bram Vos", TZ: "Europe/London"},
			{ID: Cleo, Name: "cleo", Guest: true},
		},
		Channels: []workspace.Channel{
			{ID: Room, Name: "room", Private: true, Members: []string{Anna, Bram, workspace.BotUserID}},
			{ID: Hall, Name: "hall", Members: []string{Anna}},
			{ID: Vault, Name: "vault", Private: true, Members: []string{Bram}},
			{ID: Lobby, Name: "lobby", Members: []string{Anna, workspace.BotUserID}},
		},
	}
}

// WithScopes replaces the scopes of the manifest.
func WithScopes(scopes ...string) func(*slacksim.Config) {
	return func(cfg *slacksim.Config) {
		head, tail, _ := strings.Cut(Manifest, "    bot: [commands")
		_, tail, _ = strings.Cut(tail, "]")
		cfg.Manifest = []byte(head + `    bot: ["` + strings.Join(scopes, `", "`) + `"]` + tail)
	}
}

// WithEdit replaces one piece of the manifest.
func WithEdit(from, to string) func(*slacksim.Config) {
	return func(cfg *slacksim.Config) { cfg.Manifest = []byte(strings.Replace(string(cfg.Manifest), from, to, 1)) }
}

// Send makes one HTTP request and returns status, headers and body; a cut
// connection is status 0.
func (l *Test) Send(method, url, kind string, header map[string]string, body []byte) (int, http.Header, []byte) {
	l.T.Helper()
	req, err := http.NewRequestWithContext(l.Ctx, method, url, bytes.NewReader(body))
	if err != nil {
		l.T.Fatal(err)
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
		l.T.Fatal(err)
	}
	return res.StatusCode, res.Header, got
}

// Content types of a call.
const (
	FormType = "application/x-www-form-urlencoded"
	JSONType = "application/json; charset=utf-8"
)

// Call calls a method the way slack-go does: token and arguments in a form. The
// arguments are names and values in turn.
func (l *Test) Call(method string, pairs ...string) wire.Reply {
	l.T.Helper()
	form := url.Values{"token": {slacksim.DefaultBotToken}}
	for pair := range slices.Chunk(pairs, 2) {
		form.Set(pair[0], pair[1])
	}
	_, _, body := l.Send("POST", l.APIURL()+method, FormType, nil, []byte(form.Encode()))
	return Decode(l.T, body)
}

// JSON calls a method with a JSON body and the token in the header.
func (l *Test) JSON(method string, args map[string]any) wire.Reply {
	l.T.Helper()
	body, err := json.Marshal(args)
	if err != nil {
		l.T.Fatal(err)
	}
	_, _, got := l.Send("POST", l.APIURL()+method, JSONType, Bearing(slacksim.DefaultBotToken), body)
	return Decode(l.T, got)
}

// Bearing is the header that presents a token.
func Bearing(token string) map[string]string {
	return map[string]string{"Authorization": "Bearer " + token}
}

// Decode reads an answer.
func Decode(t *testing.T, body []byte) wire.Reply {
	t.Helper()
	var r wire.Reply
	if err := json.Unmarshal(body, &r); err != nil {
		t.Fatalf("decode %q: %v", body, err)
	}
	return r
}

// Dig follows a path of keys and indexes, such as "messages.0.text".
func Dig(v any, path string) any {
	for key := range strings.SplitSeq(path, ".") {
		switch at := v.(type) {
		case wire.Reply:
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

// Str is what dig finds, as a string.
func Str(v any, path string) string {
	s, ok := Dig(v, path).(string)
	if !ok {
		return ""
	}
	return s
}

// Post posts a message as the bot and returns its ts.
func (l *Test) Post(channel, text string, pairs ...string) string {
	l.T.Helper()
	return Str(WantOK(l.T, l.Call("chat.postMessage", append(pairs, "channel", channel, "text", text)...)), "ts")
}

// Opened is a modal that the app opened on anna's screen through a command.
func (l *Test) Opened(view string, handle func(Received) any) (*SocketApp, *user.User, workspace.View) {
	l.T.Helper()
	opens := l.Opens(view)
	a := l.Connect(func(e Received) any {
		if e.Type == "slash_commands" {
			return opens(e)
		}
		if handle != nil {
			return handle(e)
		}
		return nil
	})
	user := l.As(Anna)
	if _, err := user.Slash(l.Ctx, Room, "/test", ""); err != nil {
		l.T.Fatal(err)
	}
	a.Next()
	v, ok := user.Modal()
	if !ok {
		l.T.Fatalf("no modal; calls: %+v", l.Calls())
	}
	return a, user, v
}

// Trigger is a fresh trigger of anna's, outside any view.
func (l *Test) Trigger() string {
	w := l.Workspace()
	return workspace.Locked(w, func() string { return w.Views.NewTrigger(Anna, nil) })
}

// TriggerIn is a trigger from a gesture in a view.
func (l *Test) TriggerIn(viewID string) string {
	w := l.Workspace()
	return workspace.Locked(w, func() string { return w.Views.NewTrigger(Anna, w.Views.Get(viewID)) })
}

// Open opens a modal on anna's screen and returns its id.
func (l *Test) Open(view string) string {
	l.T.Helper()
	return Str(WantOK(l.T, l.Call("views.open", "trigger_id", l.Trigger(), "view", view)), "view.id")
}
