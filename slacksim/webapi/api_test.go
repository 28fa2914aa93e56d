package webapi_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/simtest"
	"github.com/artra/klachtbot/slacksim/webapi"
	"github.com/artra/klachtbot/slacksim/workspace"
)

func TestAPI_tokens(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	form := func(token string) (string, map[string]string, string) {
		return simtest.FormType, nil, url.Values{"token": {token}}.Encode()
	}
	header := func(token string) (string, map[string]string, string) {
		return simtest.FormType, simtest.Bearing(token), ""
	}
	type request func(string) (string, map[string]string, string)
	for _, c := range []struct {
		name, method, token string
		how                 request
		err                 string
	}{
		{"form", "auth.test", slacksim.DefaultBotToken, form, ""},
		{"header", "auth.test", slacksim.DefaultBotToken, header, ""},
		{"none", "auth.test", "", form, "not_authed"},
		{"wrong", "auth.test", "xoxb-wrong", form, "invalid_auth"},
		{"wrong in header", "auth.test", "xoxb-wrong", header, "invalid_auth"},
		{"app token", "auth.test", slacksim.DefaultAppToken, header, "not_allowed_token_type"},
		{"app token opens sockets", "apps.connections.open", slacksim.DefaultAppToken, header, ""},
		{"bot token opens none", "apps.connections.open", slacksim.DefaultBotToken, header, "not_allowed_token_type"},
		{"app token in the form", "apps.connections.open", slacksim.DefaultAppToken, form, "not_authed"},
		{"unknown method", "chat.sing", slacksim.DefaultBotToken, form, "unknown_method"},
	} {
		t.Run(c.name, func(t *testing.T) {
			kind, head, body := c.how(c.token)
			_, _, raw := l.Send("POST", l.APIURL()+c.method, kind, head, []byte(body))
			if got := simtest.Decode(t, raw).ErrorName(); got != c.err {
				t.Errorf("got %q, want %q", got, c.err)
			}
		})
	}
}

func TestAPI_tokenInJSONBodyIsIgnored(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	_, _, raw := l.Send("POST", l.APIURL()+"auth.test", simtest.JSONType, nil, []byte(`{"token":"`+slacksim.DefaultBotToken+`"}`))
	simtest.WantRefusal(t, simtest.Decode(t, raw), "not_authed")
}

func TestAPI_authTest(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	simtest.Want(t, simtest.WantOK(t, l.Call("auth.test")), map[string]any{
		"user_id": l.BotUserID(), "bot_id": workspace.BotID, "team_id": l.Team().ID, "team": "Example", "url": l.URL() + "/"})
}

func TestAPI_bodies(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	for _, c := range []struct{ name, method, kind, body, err string }{
		{"JSON where taken", "chat.postMessage", simtest.JSONType, `{"channel":"C0ROOM","text":"x"}`, ""},
		{"JSON where forms only", "users.info", simtest.JSONType, `{"user":"U0ANNA"}`, "invalid_arguments"},
		{"broken JSON", "chat.postMessage", simtest.JSONType, `{"channel":`, "invalid_json"},
		{"JSON list", "chat.postMessage", simtest.JSONType, `[1]`, "json_not_object"},
		{"broken form", "users.info", simtest.FormType, `u=%zz`, "invalid_form_data"},
		{"another type", "users.info", "text/xml", `<user/>`, "invalid_post_type"},
		{"no type", "users.info", "", `u=U0ANNA`, "missing_post_type"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, raw := l.Send("POST", l.APIURL()+c.method, c.kind, simtest.Bearing(slacksim.DefaultBotToken), []byte(c.body))
			if got := simtest.Decode(t, raw).ErrorName(); got != c.err {
				t.Errorf("got %q, want %q", got, c.err)
			}
		})
	}
}

func TestAPI_warnsOfJSONWithoutCharset(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	_, _, raw := l.Send("POST", l.APIURL()+"chat.postMessage", "application/json", simtest.Bearing(slacksim.DefaultBotToken), []byte(`{"channel":"C0ROOM","text":"x"}`))
	simtest.Want(t, simtest.WantOK(t, simtest.Decode(t, raw)), map[string]any{"warning": "missing_charset"})
}

func TestAPI_multipartArguments(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	body := "--x\r\nContent-Disposition: form-data; name=\"user\"\r\n\r\nU0ANNA\r\n--x--\r\n"
	_, _, raw := l.Send("POST", l.APIURL()+"users.info", "multipart/form-data; boundary=x", simtest.Bearing(slacksim.DefaultBotToken), []byte(body))
	simtest.Want(t, simtest.WantOK(t, simtest.Decode(t, raw)), map[string]any{"user.id": simtest.Anna})
}

func TestAPI_scopes(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, simtest.WithScopes("commands"), simtest.WithEdit("user_change, team_join, member_joined_channel, channel_shared, group_archive", ""))
	for method, needed := range map[string]string{
		"chat.postMessage":           "chat:write",
		"chat.update":                "chat:write",
		"chat.delete":                "chat:write",
		"chat.postEphemeral":         "chat:write",
		"users.info":                 "users:read",
		"users.list":                 "users:read",
		"bots.info":                  "users:read",
		"team.info":                  "team:read",
		"files.info":                 "files:read",
		"files.delete":               "files:write",
		"files.getUploadURLExternal": "files:write",
		"conversations.info":         "channels:read,groups:read,im:read,mpim:read",
		"conversations.members":      "channels:read,groups:read,im:read,mpim:read",
		"conversations.history":      "channels:history,groups:history,im:history,mpim:history",
		"conversations.replies":      "channels:history,groups:history,im:history,mpim:history",
	} {
		simtest.Want(t, simtest.WantRefusal(t, l.Call(method), "missing_scope"), map[string]any{"needed": needed, "provided": "commands"})
	}
}

func TestAPI_missingArguments(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	for method, field := range map[string]string{
		"chat.postMessage": "channel", "chat.update": "channel", "chat.delete": "channel",
		"chat.postEphemeral": "channel", "conversations.info": "channel", "conversations.members": "channel",
		"conversations.history": "channel", "conversations.replies": "channel", "users.info": "user",
		"views.open": "trigger_id", "views.push": "trigger_id", "views.update": "view_id", "views.publish": "user_id",
		"files.info": "file", "files.delete": "file", "files.getUploadURLExternal": "filename",
	} {
		simtest.Want(t, simtest.WantRefusal(t, l.Call(method), "invalid_arguments"), map[string]any{
			"response_metadata.messages.0": "[ERROR] missing required field: " + field})
	}
}

func TestAPI_usersInfo(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	simtest.Want(t, simtest.WantOK(t, l.Call("users.info", "user", simtest.Anna, "include_locale", "true")), map[string]any{
		"user.locale": "de-DE", "user.tz": "Europe/Amsterdam", "user.tz_offset": 3600.0, "user.real_name": "Anna Bos",
		"user.is_restricted": false, "user.deleted": false, "user.is_bot": false, "user.profile.title": "Adviseur",
		"user.profile.last_name": "Bos", "user.is_stranger": nil})
	simtest.Want(t, simtest.WantOK(t, l.Call("users.info", "user", simtest.Bram)), map[string]any{"user.locale": nil, "user.tz_offset": 0.0})
	simtest.Want(t, simtest.WantOK(t, l.Call("users.info", "user", simtest.Cleo)), map[string]any{"user.is_restricted": true, "user.is_ultra_restricted": false})
	simtest.Want(t, simtest.WantOK(t, l.Call("users.info", "user", l.BotUserID())), map[string]any{"user.is_bot": true, "user.profile.bot_id": workspace.BotID})
	simtest.Want(t, simtest.WantOK(t, l.Call("users.info", "user", workspace.SlackbotID)), map[string]any{"user.is_bot": false})
	simtest.WantRefusal(t, l.Call("users.info", "user", "U0NOBODY"), "user_not_found")
}

func TestAPI_usersInfoOfStrangersAndTheDeactivated(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, func(cfg *slacksim.Config) {
		cfg.People = append(cfg.People,
			workspace.Person{ID: "U0DORA", Name: "dora", Stranger: true, TeamID: "T0OTHER"},
			workspace.Person{ID: "U0EVA", Name: "eva", SingleChannelGuest: true},
			workspace.Person{ID: "U0FRED", Name: "fred", Deleted: true})
	})
	simtest.Want(t, l.Call("users.info", "user", "U0DORA"), map[string]any{"user.is_stranger": true, "user.team_id": "T0OTHER"})
	simtest.Want(t, l.Call("users.info", "user", "U0EVA"), map[string]any{"user.is_restricted": true, "user.is_ultra_restricted": true})
	simtest.Want(t, l.Call("users.info", "user", "U0FRED"), map[string]any{"user.deleted": true, "user.tz": nil, "user.is_restricted": nil})
}

func TestAPI_usersListPages(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	var ids []string
	cursor := ""
	for range 10 {
		r := simtest.WantOK(t, l.Call("users.list", "limit", "2", "cursor", cursor, "include_locale", "1"))
		for i := range r["members"].([]any) {
			ids = append(ids, simtest.Str(r, "members."+string(rune('0'+i))+".id"))
		}
		if cursor = simtest.Str(r, "response_metadata.next_cursor"); cursor == "" {
			break
		}
	}
	simtest.WantIDs(t, ids, workspace.SlackbotID, workspace.BotUserID, simtest.Anna, simtest.Bram, simtest.Cleo)
	if r := simtest.WantOK(t, l.Call("users.list")); len(r["members"].([]any)) != 5 {
		t.Errorf("without limit: %v", r)
	}
	simtest.WantRefusal(t, l.Call("users.list", "cursor", "nonsense"), "invalid_cursor")
	simtest.WantRefusal(t, l.Call("users.list", "limit", "many"), "invalid_limit")
}

func TestAPI_teamAndBot(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, simtest.WithScopes("team:read", "users:read", "groups:read", "commands"))
	simtest.Want(t, simtest.WantOK(t, l.Call("team.info")), map[string]any{"team.domain": "example"})
	simtest.Want(t, simtest.WantOK(t, l.Call("bots.info", "bot", workspace.BotID)), map[string]any{"bot.user_id": l.BotUserID(), "bot.name": "Test Bot"})
	simtest.WantRefusal(t, l.Call("bots.info", "bot", "B0OTHER"), "bot_not_found")
}

func TestAPI_callsAreRecordedWithoutTexts(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	l.Call("chat.postMessage", "channel", simtest.Room, "text", "secret")
	l.Call("chat.postMessage", "channel", simtest.Vault, "text", "secret")
	calls := l.Calls()
	first := webapi.Call{Method: "chat.postMessage", At: l.Clock.Now(), Channel: simtest.Room, Status: http.StatusOK}
	second := webapi.Call{Method: "chat.postMessage", At: l.Clock.Now(), Channel: simtest.Vault, Status: http.StatusOK, Error: "channel_not_found"}
	if len(calls) != 2 || calls[0] != first || calls[1] != second {
		t.Errorf("got %+v", calls)
	}
}
