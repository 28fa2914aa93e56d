package webapi_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/simtest"
	"github.com/artra/klachtbot/slacksim/webapi"
	"github.com/artra/klachtbot/slacksim/wire"
)

// methodRule is what Slack's documentation says of a method, written down independently of
// the simulator's own table.
type methodRule struct {
	method  string
	scopes  string // any one of them will do; "": none needed
	missing string // the argument that is asked for first; "": none is needed
	perMin  int    // calls a minute; 0: no limit that is kept; -1: chat.postMessage
	json    bool   // takes JSON as well
}

const (
	anyRead    = "channels:read groups:read im:read mpim:read"
	anyHistory = "channels:history groups:history im:history mpim:history"
	anyOpen    = "channels:manage groups:write im:write mpim:write"
)

var methodRules = []methodRule{
	{"auth.test", "", "", 0, true},
	{"apps.connections.open", "", "", 50, true},
	{"team.info", "team:read", "", 50, false},
	{"bots.info", "users:read", "", 50, false},
	{"chat.postMessage", "chat:write", "channel", -1, true},
	{"chat.postEphemeral", "chat:write", "channel", 100, true},
	{"chat.update", "chat:write", "channel", 50, true},
	{"chat.delete", "chat:write", "channel", 50, true},
	{"chat.getPermalink", "", "", 0, false},
	{"conversations.open", anyOpen, "", 50, true},
	{"conversations.info", anyRead, "channel", 50, false},
	{"conversations.members", anyRead, "channel", 100, false},
	{"conversations.history", anyHistory, "channel", 50, false},
	{"conversations.replies", anyHistory, "channel", 50, false},
	{"users.info", "users:read", "user", 100, false},
	{"users.list", "users:read", "", 20, false},
	{"views.open", "", "trigger_id", 100, true},
	{"views.push", "", "trigger_id", 100, true},
	{"views.update", "", "view_id", 100, true},
	{"views.publish", "", "user_id", 100, true},
	{"files.info", "files:read", "file", 100, false},
	{"files.delete", "files:write", "file", 50, true},
	{"files.getUploadURLExternal", "files:write", "filename", 100, false},
	{"files.completeUploadExternal", "files:write", "", 100, true},
}

// tokens are the token that the method takes and the one that it does not.
func (r methodRule) tokens() (right, wrong string) {
	if r.method == "apps.connections.open" {
		return slacksim.DefaultAppToken, slacksim.DefaultBotToken
	}
	return slacksim.DefaultBotToken, slacksim.DefaultAppToken
}

// callWith calls a method with the token in the header and the arguments in a form.
func callWith(l *simtest.Test, token, method string, pairs ...string) wire.Reply {
	l.T.Helper()
	form := url.Values{}
	for pair := range slices.Chunk(pairs, 2) {
		form.Set(pair[0], pair[1])
	}
	header := simtest.Bearing(token)
	if token == "" {
		header = nil
	}
	_, _, body := l.Send("POST", l.APIURL()+method, simtest.FormType, header, []byte(form.Encode()))
	return simtest.Decode(l.T, body)
}

// quiet is a manifest that no scope is needed for.
func quiet(cfg *slacksim.Config) {
	simtest.WithScopes("commands")(cfg)
	simtest.WithEdit("user_change, team_join, member_joined_channel, channel_shared, group_archive", "")(cfg)
}

func TestMethods_everyMethodHasItsRule(t *testing.T) {
	t.Parallel()
	known := webapi.MethodNames()
	for _, r := range methodRules {
		if _, ok := known[r.method]; !ok {
			t.Errorf("%s is not simulated", r.method)
		}
		delete(known, r.method)
	}
	for name := range known {
		t.Errorf("%s has no rule in this test", name)
	}
}

func TestMethods_everyMethodLooksAtItsToken(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	for _, r := range methodRules {
		_, wrong := r.tokens()
		for _, c := range []struct{ name, token, err string }{
			{"no token", "", "not_authed"},
			{"somebody's token", "xoxb-1-somebody", "invalid_auth"},
			{"the wrong kind", wrong, "not_allowed_token_type"},
		} {
			if got := callWith(l, c.token, r.method).ErrorName(); got != c.err {
				t.Errorf("%s with %s: got %q, want %q", r.method, c.name, got, c.err)
			}
		}
	}
	l.RevokeToken()
	for _, r := range methodRules {
		right, _ := r.tokens()
		simtest.WantRefusal(t, callWith(l, right, r.method), "token_revoked")
	}
}

// Without the scope a method says so before it checks any argument, and with
// any one of its scopes it goes on to look.
func TestMethods_everyMethodNeedsItsScope(t *testing.T) {
	t.Parallel()
	none := simtest.New(t, quiet)
	for _, r := range methodRules {
		right, _ := r.tokens()
		got := callWith(none, right, r.method)
		if r.scopes == "" {
			if got.ErrorName() == "missing_scope" {
				t.Errorf("%s: needs no scope, got %v", r.method, got)
			}
			continue
		}
		simtest.Want(t, simtest.WantRefusal(t, got, "missing_scope"), map[string]any{
			"needed": strings.ReplaceAll(r.scopes, " ", ","), "provided": "commands"})
	}
	for scope, methods := range methodsByScope() {
		l := simtest.New(t, quiet, func(cfg *slacksim.Config) {
			cfg.Manifest = []byte(strings.Replace(string(cfg.Manifest), `["commands"`, `["commands", "`+scope+`"`, 1))
		})
		for _, method := range methods {
			if got := l.Call(method).ErrorName(); got == "missing_scope" {
				t.Errorf("%s with %s: %s", method, scope, got)
			}
		}
	}
}

func methodsByScope() map[string][]string {
	out := map[string][]string{}
	for _, r := range methodRules {
		for scope := range strings.FieldsSeq(r.scopes) {
			out[scope] = append(out[scope], r.method)
		}
	}
	return out
}

func TestMethods_everyMethodNamesWhatIsMissing(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	for _, r := range methodRules {
		right, _ := r.tokens()
		got := callWith(l, right, r.method)
		if r.missing == "" {
			if strings.Contains(simtest.Str(got, "response_metadata.messages.0"), "missing required field") {
				t.Errorf("%s: %v", r.method, got)
			}
			continue
		}
		simtest.Want(t, simtest.WantRefusal(t, got, "invalid_arguments"), map[string]any{
			"response_metadata.messages.0": "[ERROR] missing required field: " + r.missing})
	}
	for _, c := range []struct{ method, given, value, missing string }{
		{"chat.update", "channel", simtest.Room, "ts"},
		{"chat.delete", "channel", simtest.Room, "ts"},
		{"chat.postEphemeral", "channel", simtest.Room, "user"},
		{"conversations.replies", "channel", simtest.Room, "ts"},
		{"views.update", "view_id", "V0NONE", "view"},
		{"views.publish", "user_id", simtest.Anna, "view"},
	} {
		simtest.Want(t, simtest.WantRefusal(t, l.Call(c.method, c.given, c.value), "invalid_arguments"), map[string]any{
			"response_metadata.messages.0": "[ERROR] missing required field: " + c.missing})
	}
}

// A JSON body is read where Slack reads one; elsewhere it is as if it were empty.
func TestMethods_everyMethodReadsJSONOrNot(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	for _, r := range methodRules {
		right, _ := r.tokens()
		_, _, raw := l.Send("POST", l.APIURL()+r.method, "application/json", simtest.Bearing(right), []byte(`[]`))
		if got := simtest.Decode(t, raw).ErrorName() == "json_not_object"; got != r.json {
			t.Errorf("%s: reads JSON %t, want %t", r.method, got, r.json)
		}
		_, _, raw = l.Send("POST", l.APIURL()+r.method, "application/json", simtest.Bearing(right), []byte(`{}`))
		if got := simtest.Decode(t, raw)["warning"] == "missing_charset"; got != r.json {
			t.Errorf("%s: warns of the charset %t, want %t", r.method, got, r.json)
		}
	}
}

// The app token of apps.connections.open goes in the header, any other token in
// the form or the query as well.
func TestMethods_tokenOutsideTheHeader(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	for _, r := range methodRules {
		right, _ := r.tokens()
		form := url.Values{"token": {right}}.Encode()
		_, _, inBody := l.Send("POST", l.APIURL()+r.method, simtest.FormType, nil, []byte(form))
		_, _, inQuery := l.Send("GET", l.APIURL()+r.method+"?"+form, "", nil, nil)
		for place, raw := range map[string][]byte{"form": inBody, "query": inQuery} {
			refused := simtest.Decode(t, raw).ErrorName() == "not_authed"
			if refused != (r.method == "apps.connections.open") {
				t.Errorf("%s, token in the %s: %s", r.method, place, raw)
			}
		}
	}
}

// Over the tier, a method answers 429 with the seconds until the oldest call of
// the minute is a minute old; a call that must wait is not counted.
func TestMethods_everyMethodKeepsItsTier(t *testing.T) {
	t.Parallel()
	for _, r := range methodRules {
		if r.perMin < 0 {
			continue // a test of its own
		}
		t.Run(r.method, func(t *testing.T) {
			t.Parallel()
			l := simtest.New(t, limited, simtest.WithScopes("commands", "team:read", "users:read", "chat:write", "im:write",
				"groups:read", "groups:history", "files:read", "files:write"))
			right, _ := r.tokens()
			call := func() (int, string, wire.Reply) {
				status, header, body := l.Send("POST", l.APIURL()+r.method, simtest.FormType, simtest.Bearing(right), nil)
				return status, header.Get("Retry-After"), simtest.Decode(t, body)
			}
			for i := range max(r.perMin, 110) {
				if i == 1 {
					l.Clock.Advance(20*time.Second + time.Millisecond)
				}
				status, after, got := call()
				if limited := r.perMin > 0 && i >= r.perMin; limited != (status == 429) || limited != (after == "40") {
					t.Fatalf("call %d: status %d, Retry-After %q, %v", i, status, after, got)
				}
			}
			l.Clock.Advance(40 * time.Second)
			if status, _, got := call(); status != 200 {
				t.Errorf("a minute after the first: %d %v", status, got)
			}
		})
	}
}

// Who may not call a method uses up nothing of its rate.
func TestMethods_refusedTokensDoNotCount(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, limited)
	for range 25 {
		simtest.WantRefusal(t, callWith(l, "", "users.list"), "not_authed")
		simtest.WantRefusal(t, callWith(l, "xoxb-1-somebody", "users.list"), "invalid_auth")
		simtest.WantRefusal(t, callWith(l, slacksim.DefaultAppToken, "users.list"), "not_allowed_token_type")
	}
	for range 20 {
		simtest.WantOK(t, l.Call("users.list"))
	}
	simtest.WantRefusal(t, l.Call("users.list"), "ratelimited")
}

// A refusal is an answer like any other: status 200 and JSON with ok and error.
func TestMethods_refusalsAreJSON(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	for _, r := range methodRules {
		status, header, body := l.Send("POST", l.APIURL()+r.method, simtest.FormType, nil, nil)
		var object map[string]json.RawMessage
		simtest.NoError(t, json.Unmarshal(body, &object))
		if status != 200 || header.Get("Content-Type") != "application/json; charset=utf-8" || string(object["ok"]) != "false" {
			t.Errorf("%s: %d %v %s", r.method, status, header, body)
		}
	}
}
