package webapi_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim/simtest"
	"github.com/artra/klachtbot/slacksim/wire"
	"github.com/artra/klachtbot/slacksim/workspace"
)

func TestConversations_open(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	first := simtest.WantOK(t, l.Call("conversations.open", "users", simtest.Anna))
	simtest.Want(t, first, map[string]any{"already_open": nil})
	dm := simtest.Str(first, "channel.id")
	simtest.Want(t, simtest.WantOK(t, l.Call("conversations.open", "users", simtest.Anna, "return_im", "true")), map[string]any{
		"channel.id": dm, "channel.is_im": true, "channel.user": simtest.Anna, "already_open": true, "no_op": true})
	simtest.Want(t, simtest.WantOK(t, l.Call("conversations.open", "channel", dm)), map[string]any{"channel.id": dm})
	simtest.NoError(t, l.Deactivate(simtest.Bram))
	for _, c := range []struct{ key, value, err string }{
		{"users", "U0NOBODY", "user_not_found"},
		{"users", simtest.Bram, "user_disabled"},
		{"users", workspace.BotUserID, "cannot_dm_bot"},
		{"users", simtest.Anna + "," + simtest.Cleo, "method_not_supported_for_channel_type"},
		{"users", "", "users_list_not_supplied"},
		{"channel", simtest.Room, "channel_not_found"},
	} {
		if got := l.Call("conversations.open", c.key, c.value).ErrorName(); got != c.err {
			t.Errorf("%s=%s: got %q, want %q", c.key, c.value, got, c.err)
		}
	}
}

func TestConversations_openNeedsTheRightScope(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, simtest.WithScopes("commands", "groups:write", "groups:read", "users:read"))
	simtest.Want(t, simtest.WantRefusal(t, l.Call("conversations.open", "users", simtest.Anna), "missing_scope"), map[string]any{"needed": "im:write"})
}

func TestConversations_info(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, simtest.WithScopes("commands", "channels:read", "groups:read", "users:read", "im:write", "chat:write"))
	simtest.Want(t, simtest.WantOK(t, l.Call("conversations.info", "channel", simtest.Room, "include_num_members", "true")), map[string]any{
		"channel.name": "room", "channel.is_private": true, "channel.is_member": true, "channel.is_ext_shared": false,
		"channel.is_channel": false, "channel.is_group": true, "channel.num_members": 3.0})
	simtest.Want(t, simtest.WantOK(t, l.Call("conversations.info", "channel", simtest.Hall)), map[string]any{
		"channel.is_private": false, "channel.is_member": false, "channel.is_channel": true, "channel.num_members": nil})
	simtest.WantRefusal(t, l.Call("conversations.info", "channel", simtest.Vault), "channel_not_found")
	dm := simtest.Str(l.Call("conversations.open", "users", simtest.Anna), "channel.id")
	simtest.Want(t, simtest.WantRefusal(t, l.Call("conversations.info", "channel", dm), "missing_scope"), map[string]any{"needed": "im:read"})
}

func TestConversations_scopeFollowsTheKindOfChannel(t *testing.T) {
	t.Parallel()
	l := simtest.New(t) // groups:read and groups:history only
	for method, scope := range map[string]string{
		"conversations.info": "channels:read", "conversations.members": "channels:read",
		"conversations.history": "channels:history", "conversations.replies": "channels:history",
	} {
		simtest.Want(t, simtest.WantRefusal(t, l.Call(method, "channel", simtest.Lobby, "ts", "1"), "missing_scope"), map[string]any{"needed": scope})
		simtest.WantRefusal(t, l.Call(method, "channel", simtest.Vault, "ts", "1"), "channel_not_found")
	}
}

func TestConversations_historyOfPublicChannelNeedsMembership(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, simtest.WithScopes("commands", "channels:history", "channels:read", "groups:read", "users:read"))
	simtest.WantRefusal(t, l.Call("conversations.history", "channel", simtest.Hall), "not_in_channel")
	simtest.WantOK(t, l.Call("conversations.members", "channel", simtest.Hall))
	simtest.WantOK(t, l.Call("conversations.history", "channel", simtest.Lobby))
}

func TestConversations_membersPages(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	r := simtest.WantOK(t, l.Call("conversations.members", "channel", simtest.Room, "limit", "2"))
	simtest.Want(t, r, map[string]any{"members.0": simtest.Anna, "members.1": simtest.Bram, "members.2": nil})
	r = simtest.WantOK(t, l.Call("conversations.members", "channel", simtest.Room, "limit", "2", "cursor", simtest.Str(r, "response_metadata.next_cursor")))
	simtest.Want(t, r, map[string]any{"members.0": workspace.BotUserID, "response_metadata.next_cursor": ""})
}

// seconds posts n messages, one a second, and returns their timestamps.
func seconds(l *simtest.Test, n int, pairs ...string) []string {
	l.T.Helper()
	var out []string
	for i := range n {
		out = append(out, l.Post(simtest.Room, fmt.Sprint(i), pairs...))
		l.Clock.Advance(time.Second)
	}
	return out
}

func texts(r wire.Reply) []string {
	list, ok := r["messages"].([]any)
	if !ok {
		return nil
	}
	var out []string
	for _, m := range list {
		out = append(out, simtest.Str(m, "text"))
	}
	return out
}

func TestConversations_historyRange(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	ts := seconds(l, 5)
	for _, c := range []struct {
		name  string
		pairs []string
		texts string
	}{
		{"all, newest first", nil, "[4 3 2 1 0]"},
		{"oldest excludes", []string{"oldest", ts[1]}, "[4 3 2]"},
		{"latest excludes", []string{"latest", ts[3]}, "[2 1 0]"},
		{"inclusive", []string{"oldest", ts[1], "latest", ts[3], "inclusive", "1"}, "[3 2 1]"},
		{"exactly one", []string{"latest", ts[2], "inclusive", "true", "limit", "1"}, "[2]"},
		{"whole seconds", []string{"oldest", "1700000003"}, "[4]"},
		{"latest 0 is none", []string{"latest", "0"}, "[4 3 2 1 0]"},
	} {
		r := simtest.WantOK(t, l.Call("conversations.history", append(c.pairs, "channel", simtest.Room)...))
		if got := fmt.Sprint(texts(r)); got != c.texts {
			t.Errorf("%s: got %s, want %s", c.name, got, c.texts)
		}
	}
	for key, code := range map[string]string{"oldest": "invalid_ts_oldest", "latest": "invalid_ts_latest", "cursor": "invalid_cursor", "limit": "invalid_limit"} {
		simtest.WantRefusal(t, l.Call("conversations.history", "channel", simtest.Room, key, "nonsense"), code)
	}
	simtest.WantRefusal(t, l.Call("conversations.history", "channel", simtest.Room, "oldest", "1.1234567"), "invalid_ts_oldest")
}

func TestConversations_historyPagesStayPutWhileMessagesComeAndGo(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	ts := seconds(l, 6)
	r := simtest.WantOK(t, l.Call("conversations.history", "channel", simtest.Room, "limit", "2"))
	simtest.Want(t, r, map[string]any{"has_more": true, "messages.0.text": "5", "messages.1.text": "4"})
	l.Post(simtest.Room, "new")
	simtest.NoError(t, l.DeleteMessage(simtest.Room, ts[3])) // the very message that the cursor names
	r = simtest.WantOK(t, l.Call("conversations.history", "channel", simtest.Room, "limit", "2", "cursor", simtest.Str(r, "response_metadata.next_cursor")))
	simtest.Want(t, r, map[string]any{"messages.0.text": "2", "messages.1.text": "1", "has_more": true})
	r = simtest.WantOK(t, l.Call("conversations.history", "channel", simtest.Room, "limit", "2", "cursor", simtest.Str(r, "response_metadata.next_cursor")))
	simtest.Want(t, r, map[string]any{"messages.0.text": "0", "messages.1": nil, "has_more": false, "response_metadata": nil})
}

func TestConversations_metadataOnlyWhenAskedFor(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	root := l.Post(simtest.Room, "x", "metadata", simtest.CaseKey)
	for _, method := range []string{"conversations.history", "conversations.replies"} {
		simtest.Want(t, l.Call(method, "channel", simtest.Room, "ts", root), map[string]any{"messages.0.metadata": nil})
		simtest.Want(t, l.Call(method, "channel", simtest.Room, "ts", root, "include_all_metadata", "0"), map[string]any{"messages.0.metadata": nil})
		simtest.Want(t, l.Call(method, "channel", simtest.Room, "ts", root, "include_all_metadata", "1"), map[string]any{
			"messages.0.metadata.event_type": "case", "messages.0.metadata.event_payload.key": "K1"})
	}
}

func TestConversations_replies(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	root := l.Post(simtest.Room, "root")
	l.Clock.Advance(time.Second)
	ts := seconds(l, 4, "thread_ts", root)
	r := simtest.WantOK(t, l.Call("conversations.replies", "channel", simtest.Room, "ts", root))
	if got := fmt.Sprint(texts(r)); got != "[root 0 1 2 3]" {
		t.Errorf("got %s", got)
	}
	simtest.Want(t, r, map[string]any{"messages.0.reply_count": 4.0, "messages.0.latest_reply": ts[3], "messages.0.reply_users.0": workspace.BotUserID,
		"messages.1.thread_ts": root, "messages.1.parent_user_id": workspace.BotUserID})
	r = simtest.WantOK(t, l.Call("conversations.replies", "channel", simtest.Room, "ts", root, "limit", "3"))
	simtest.Want(t, r, map[string]any{"has_more": true, "messages.3.text": "2", "messages.4": nil})
	r = simtest.WantOK(t, l.Call("conversations.replies", "channel", simtest.Room, "ts", root, "limit", "3", "cursor", simtest.Str(r, "response_metadata.next_cursor")))
	if got := fmt.Sprint(texts(r)); got != "[root 3]" {
		t.Errorf("the root comes on every page: got %s", got)
	}
	r = simtest.WantOK(t, l.Call("conversations.replies", "channel", simtest.Room, "ts", root, "oldest", ts[2]))
	if got := fmt.Sprint(texts(r)); got != "[root 3]" {
		t.Errorf("got %s", got)
	}
	r = simtest.WantOK(t, l.Call("conversations.replies", "channel", simtest.Room, "ts", ts[1]))
	if got := fmt.Sprint(texts(r)); got != "[1]" {
		t.Errorf("the ts of a reply gives the reply: got %s", got)
	}
	simtest.WantRefusal(t, l.Call("conversations.replies", "channel", simtest.Room, "ts", "1.000001"), "thread_not_found")
	simtest.WantRefusal(t, l.Call("conversations.replies", "channel", simtest.Room), "invalid_arguments")
}

func TestConversations_historyOfDirectMessages(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	dm := simtest.Str(simtest.WantOK(t, l.Call("chat.postMessage", "channel", simtest.Anna, "text", "psst", "metadata", simtest.CaseKey)), "channel")
	simtest.Want(t, simtest.WantOK(t, l.Call("conversations.history", "channel", dm, "include_all_metadata", "1")), map[string]any{
		"messages.0.text": "psst", "messages.0.metadata.event_payload.key": "K1"})
	simtest.WantRefusal(t, dmHistory(simtest.New(t, simtest.WithScopes("commands", "groups:history", "chat:write", "users:read", "groups:read"))), "missing_scope")
}

func dmHistory(l *simtest.Test) wire.Reply {
	dm := simtest.Str(simtest.WantOK(l.T, l.Call("chat.postMessage", "channel", simtest.Anna, "text", "psst")), "channel")
	return l.Call("conversations.history", "channel", dm)
}

func TestConversations_membersRefusals(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	simtest.WantRefusal(t, l.Call("conversations.members", "channel", simtest.Room, "limit", "-1"), "invalid_limit")
	simtest.WantRefusal(t, l.Call("conversations.members", "channel", simtest.Room, "cursor", "ZnJvbTo5OQ=="), "invalid_cursor") // from:99
	simtest.WantRefusal(t, l.Call("conversations.members", "channel", simtest.Vault), "channel_not_found")
}

// TestConversations_hiddenByThePlan: what the plan hides is in no history and no
// thread, which say so; an edit, a link and a deletion find it all the same.
func TestConversations_hiddenByThePlan(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	post := func(pairs ...string) string {
		return simtest.Str(simtest.WantOK(t, l.Call("chat.postMessage", append(pairs, "channel", simtest.Room, "text", "x")...)), "ts")
	}
	old := post()
	post("thread_ts", old)
	l.HideBefore(time.Now().Add(time.Hour))
	history := simtest.WantOK(t, l.Call("conversations.history", "channel", simtest.Room))
	simtest.Want(t, history, map[string]any{"is_limited": true, "has_more": false})
	if n := len(history["messages"].([]any)); n != 0 {
		t.Errorf("%d hidden messages show", n)
	}
	simtest.WantRefusal(t, l.Call("conversations.replies", "channel", simtest.Room, "ts", old), "thread_not_found")
	simtest.WantOK(t, l.Call("chat.update", "channel", simtest.Room, "ts", old, "text", "y"))
	simtest.WantOK(t, l.Call("chat.getPermalink", "channel", simtest.Room, "message_ts", old))
	l.HideBefore(time.Time{})
	simtest.Want(t, simtest.WantOK(t, l.Call("conversations.history", "channel", simtest.Room)), map[string]any{"is_limited": nil})

	simtest.NoError(t, l.DeleteAsAdmin(simtest.Room, old))
	simtest.WantRefusal(t, l.Call("chat.update", "channel", simtest.Room, "ts", old, "text", "z"), "message_not_found")
	shown := simtest.WantOK(t, l.Call("conversations.history", "channel", simtest.Room))["messages"].([]any)[0].(map[string]any)
	if shown["subtype"] != workspace.Tombstone || shown["ts"] != old {
		t.Errorf("of a root that an administrator deleted %v stays", shown)
	}
}
