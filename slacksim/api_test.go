package slacksim

import (
	"net/http"
	"net/url"
	"testing"
)

func TestAPI_tokens(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	form := func(token string) (string, map[string]string, string) {
		return formType, nil, url.Values{"token": {token}}.Encode()
	}
	header := func(token string) (string, map[string]string, string) { return formType, bearing(token), "" }
	type request func(string) (string, map[string]string, string)
	for _, c := range []struct {
		name, method, token string
		how                 request
		err                 string
	}{
		{"form", "auth.test", DefaultBotToken, form, ""},
		{"header", "auth.test", DefaultBotToken, header, ""},
		{"none", "auth.test", "", form, "not_authed"},
		{"wrong", "auth.test", "xoxb-wrong", form, "invalid_auth"},
		{"wrong in header", "auth.test", "xoxb-wrong", header, "invalid_auth"},
		{"app token", "auth.test", DefaultAppToken, header, "not_allowed_token_type"},
		{"app token opens sockets", "apps.connections.open", DefaultAppToken, header, ""},
		{"bot token opens none", "apps.connections.open", DefaultBotToken, header, "not_allowed_token_type"},
		{"app token in the form", "apps.connections.open", DefaultAppToken, form, "not_authed"},
		{"unknown method", "chat.sing", DefaultBotToken, form, "unknown_method"},
	} {
		t.Run(c.name, func(t *testing.T) {
			kind, head, body := c.how(c.token)
			_, _, raw := l.send("POST", l.APIURL()+c.method, kind, head, []byte(body))
			if got := decode(t, raw).errorName(); got != c.err {
				t.Errorf("got %q, want %q", got, c.err)
			}
		})
	}
}

func TestAPI_tokenInJSONBodyIsIgnored(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	_, _, raw := l.send("POST", l.APIURL()+"auth.test", jsonType, nil, []byte(`{"token":"`+DefaultBotToken+`"}`))
	wantRefusal(t, decode(t, raw), "not_authed")
}

func TestAPI_authTest(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	want(t, wantOK(t, l.call("auth.test")), map[string]any{
		"user_id": l.BotUserID(), "bot_id": botID, "team_id": l.Team().ID, "team": "Example", "url": l.URL() + "/"})
}

func TestAPI_bodies(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	for _, c := range []struct{ name, method, kind, body, err string }{
		{"JSON where taken", "chat.postMessage", jsonType, `{"channel":"C0ROOM","text":"x"}`, ""},
		{"JSON where forms only", "users.info", jsonType, `{"user":"U0ANNA"}`, "invalid_arguments"},
		{"broken JSON", "chat.postMessage", jsonType, `{"channel":`, "invalid_json"},
		{"JSON list", "chat.postMessage", jsonType, `[1]`, "json_not_object"},
		{"broken form", "users.info", formType, `user=%zz`, "invalid_form_data"},
		{"another type", "users.info", "text/xml", `<user/>`, "invalid_post_type"},
		{"no type", "users.info", "", `user=U0ANNA`, "missing_post_type"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, raw := l.send("POST", l.APIURL()+c.method, c.kind, bearing(DefaultBotToken), []byte(c.body))
			if got := decode(t, raw).errorName(); got != c.err {
				t.Errorf("got %q, want %q", got, c.err)
			}
		})
	}
}

func TestAPI_JSONWithoutCharsetWarns(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	_, _, raw := l.send("POST", l.APIURL()+"chat.postMessage", "application/json", bearing(DefaultBotToken), []byte(`{"channel":"C0ROOM","text":"x"}`))
	want(t, wantOK(t, decode(t, raw)), map[string]any{"warning": "missing_charset"})
}

func TestAPI_multipartArguments(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	body := "--x\r\nContent-Disposition: form-data; name=\"user\"\r\n\r\nU0ANNA\r\n--x--\r\n"
	_, _, raw := l.send("POST", l.APIURL()+"users.info", "multipart/form-data; boundary=x", bearing(DefaultBotToken), []byte(body))
	want(t, wantOK(t, decode(t, raw)), map[string]any{"user.id": anna})
}

func TestAPI_scopes(t *testing.T) {
	t.Parallel()
	l := newSimTest(t, withScopes("commands"), withEdit("user_change, team_join, member_joined_channel, channel_shared, group_archive", ""))
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
		want(t, wantRefusal(t, l.call(method), "missing_scope"), map[string]any{"needed": needed, "provided": "commands"})
	}
}

func TestAPI_missingArguments(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	for method, field := range map[string]string{
		"chat.postMessage": "channel", "chat.update": "channel", "chat.delete": "channel",
		"chat.postEphemeral": "channel", "conversations.info": "channel", "conversations.members": "channel",
		"conversations.history": "channel", "conversations.replies": "channel", "users.info": "user",
		"views.open": "trigger_id", "views.push": "trigger_id", "views.update": "view_id", "views.publish": "user_id",
		"files.info": "file", "files.delete": "file", "files.getUploadURLExternal": "filename",
	} {
		want(t, wantRefusal(t, l.call(method), "invalid_arguments"), map[string]any{
			"response_metadata.messages.0": "[ERROR] missing required field: " + field})
	}
}

func TestAPI_usersInfo(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	want(t, wantOK(t, l.call("users.info", "user", anna, "include_locale", "true")), map[string]any{
		"user.locale": "nl-NL", "user.tz": "Europe/Amsterdam", "user.tz_offset": 3600.0, "user.real_name": "Anna Bos",
		"user.is_restricted": false, "user.deleted": false, "user.is_bot": false, "user.profile.title": "Adviseur",
		"user.profile.last_name": "Bos", "user.is_stranger": nil})
	want(t, wantOK(t, l.call("users.info", "user", bram)), map[string]any{"user.locale": nil, "user.tz_offset": 0.0})
	want(t, wantOK(t, l.call("users.info", "user", cleo)), map[string]any{"user.is_restricted": true, "user.is_ultra_restricted": false})
	want(t, wantOK(t, l.call("users.info", "user", l.BotUserID())), map[string]any{"user.is_bot": true, "user.profile.bot_id": botID})
	want(t, wantOK(t, l.call("users.info", "user", slackbotID)), map[string]any{"user.is_bot": false})
	wantRefusal(t, l.call("users.info", "user", "U0NOBODY"), "user_not_found")
}

func TestAPI_usersInfoOfStrangersAndTheDeactivated(t *testing.T) {
	t.Parallel()
	l := newSimTest(t, func(cfg *Config) {
		cfg.People = append(cfg.People,
			Person{ID: "U0DORA", Name: "dora", Stranger: true, TeamID: "T0OTHER"},
			Person{ID: "U0EVA", Name: "eva", SingleChannelGuest: true},
			Person{ID: "U0FRED", Name: "fred", Deleted: true})
	})
	want(t, l.call("users.info", "user", "U0DORA"), map[string]any{"user.is_stranger": true, "user.team_id": "T0OTHER"})
	want(t, l.call("users.info", "user", "U0EVA"), map[string]any{"user.is_restricted": true, "user.is_ultra_restricted": true})
	want(t, l.call("users.info", "user", "U0FRED"), map[string]any{"user.deleted": true, "user.tz": nil, "user.is_restricted": nil})
}

func TestAPI_usersListPages(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	var ids []string
	cursor := ""
	for range 10 {
		r := wantOK(t, l.call("users.list", "limit", "2", "cursor", cursor, "include_locale", "1"))
		for i := range r["members"].([]any) {
			ids = append(ids, str(r, "members."+string(rune('0'+i))+".id"))
		}
		if cursor = str(r, "response_metadata.next_cursor"); cursor == "" {
			break
		}
	}
	wantIDs(t, ids, slackbotID, botUserID, anna, bram, cleo)
	if r := wantOK(t, l.call("users.list")); len(r["members"].([]any)) != 5 {
		t.Errorf("without limit: %v", r)
	}
	wantRefusal(t, l.call("users.list", "cursor", "nonsense"), "invalid_cursor")
	wantRefusal(t, l.call("users.list", "limit", "many"), "invalid_limit")
}

func TestAPI_teamAndBot(t *testing.T) {
	t.Parallel()
	l := newSimTest(t, withScopes("team:read", "users:read", "groups:read", "commands"))
	want(t, wantOK(t, l.call("team.info")), map[string]any{"team.domain": "example"})
	want(t, wantOK(t, l.call("bots.info", "bot", botID)), map[string]any{"bot.user_id": l.BotUserID(), "bot.name": "Test Bot"})
	wantRefusal(t, l.call("bots.info", "bot", "B0OTHER"), "bot_not_found")
}

func TestAPI_callsAreRecordedWithoutTexts(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	l.call("chat.postMessage", "channel", room, "text", "secret")
	l.call("chat.postMessage", "channel", vault, "text", "secret")
	calls := l.Calls()
	first := Call{Method: "chat.postMessage", At: l.clock.now(), Channel: room, Status: http.StatusOK}
	second := Call{Method: "chat.postMessage", At: l.clock.now(), Channel: vault, Status: http.StatusOK, Error: "channel_not_found"}
	if len(calls) != 2 || calls[0] != first || calls[1] != second {
		t.Errorf("got %+v", calls)
	}
}
