package slacksim

import (
	"fmt"
	"testing"
	"time"
)

func TestConversations_open(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	first := wantOK(t, l.call("conversations.open", "users", anna))
	want(t, first, map[string]any{"already_open": nil})
	dm := str(first, "channel.id")
	want(t, wantOK(t, l.call("conversations.open", "users", anna, "return_im", "true")), map[string]any{
		"channel.id": dm, "channel.is_im": true, "channel.user": anna, "already_open": true, "no_op": true})
	want(t, wantOK(t, l.call("conversations.open", "channel", dm)), map[string]any{"channel.id": dm})
	noError(t, l.Deactivate(bram))
	for _, c := range []struct{ key, value, err string }{
		{"users", "U0NOBODY", "user_not_found"},
		{"users", bram, "user_disabled"},
		{"users", botUserID, "cannot_dm_bot"},
		{"users", anna + "," + cleo, "method_not_supported_for_channel_type"},
		{"users", "", "users_list_not_supplied"},
		{"channel", room, "channel_not_found"},
	} {
		if got := l.call("conversations.open", c.key, c.value).errorName(); got != c.err {
			t.Errorf("%s=%s: got %q, want %q", c.key, c.value, got, c.err)
		}
	}
}

func TestConversations_openNeedsTheRightScope(t *testing.T) {
	t.Parallel()
	l := newSimTest(t, withScopes("commands", "groups:write", "groups:read", "users:read"))
	want(t, wantRefusal(t, l.call("conversations.open", "users", anna), "missing_scope"), map[string]any{"needed": "im:write"})
}

func TestConversations_info(t *testing.T) {
	t.Parallel()
	l := newSimTest(t, withScopes("commands", "channels:read", "groups:read", "users:read", "im:write", "chat:write"))
	want(t, wantOK(t, l.call("conversations.info", "channel", room, "include_num_members", "true")), map[string]any{
		"channel.name": "room", "channel.is_private": true, "channel.is_member": true, "channel.is_ext_shared": false,
		"channel.is_channel": false, "channel.is_group": true, "channel.num_members": 3.0})
	want(t, wantOK(t, l.call("conversations.info", "channel", hall)), map[string]any{
		"channel.is_private": false, "channel.is_member": false, "channel.is_channel": true, "channel.num_members": nil})
	wantRefusal(t, l.call("conversations.info", "channel", vault), "channel_not_found")
	dm := str(l.call("conversations.open", "users", anna), "channel.id")
	want(t, wantRefusal(t, l.call("conversations.info", "channel", dm), "missing_scope"), map[string]any{"needed": "im:read"})
}

func TestConversations_scopeFollowsTheKindOfChannel(t *testing.T) {
	t.Parallel()
	l := newSimTest(t) // groups:read and groups:history only
	for method, scope := range map[string]string{
		"conversations.info": "channels:read", "conversations.members": "channels:read",
		"conversations.history": "channels:history", "conversations.replies": "channels:history",
	} {
		want(t, wantRefusal(t, l.call(method, "channel", lobby, "ts", "1"), "missing_scope"), map[string]any{"needed": scope})
		wantRefusal(t, l.call(method, "channel", vault, "ts", "1"), "channel_not_found")
	}
}

func TestConversations_historyOfPublicChannelNeedsMembership(t *testing.T) {
	t.Parallel()
	l := newSimTest(t, withScopes("commands", "channels:history", "channels:read", "groups:read", "users:read"))
	wantRefusal(t, l.call("conversations.history", "channel", hall), "not_in_channel")
	wantOK(t, l.call("conversations.members", "channel", hall))
	wantOK(t, l.call("conversations.history", "channel", lobby))
}

func TestConversations_membersPages(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	r := wantOK(t, l.call("conversations.members", "channel", room, "limit", "2"))
	want(t, r, map[string]any{"members.0": anna, "members.1": bram, "members.2": nil})
	r = wantOK(t, l.call("conversations.members", "channel", room, "limit", "2", "cursor", str(r, "response_metadata.next_cursor")))
	want(t, r, map[string]any{"members.0": botUserID, "response_metadata.next_cursor": ""})
}

// seconds posts n messages, one a second, and returns their timestamps.
func seconds(l *simTest, n int, pairs ...string) []string {
	l.t.Helper()
	var out []string
	for i := range n {
		out = append(out, l.post(room, fmt.Sprint(i), pairs...))
		l.clock.advance(time.Second)
	}
	return out
}

func texts(r reply) []string {
	list, ok := r["messages"].([]any)
	if !ok {
		return nil
	}
	var out []string
	for _, m := range list {
		out = append(out, str(m, "text"))
	}
	return out
}

func TestConversations_historyRange(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
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
		r := wantOK(t, l.call("conversations.history", append(c.pairs, "channel", room)...))
		if got := fmt.Sprint(texts(r)); got != c.texts {
			t.Errorf("%s: got %s, want %s", c.name, got, c.texts)
		}
	}
	for key, code := range map[string]string{"oldest": "invalid_ts_oldest", "latest": "invalid_ts_latest", "cursor": "invalid_cursor", "limit": "invalid_limit"} {
		wantRefusal(t, l.call("conversations.history", "channel", room, key, "nonsense"), code)
	}
	wantRefusal(t, l.call("conversations.history", "channel", room, "oldest", "1.1234567"), "invalid_ts_oldest")
}

func TestConversations_historyPagesStayPutWhileMessagesComeAndGo(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	ts := seconds(l, 6)
	r := wantOK(t, l.call("conversations.history", "channel", room, "limit", "2"))
	want(t, r, map[string]any{"has_more": true, "messages.0.text": "5", "messages.1.text": "4"})
	l.post(room, "new")
	noError(t, l.DeleteMessage(room, ts[3])) // the very message that the cursor names
	r = wantOK(t, l.call("conversations.history", "channel", room, "limit", "2", "cursor", str(r, "response_metadata.next_cursor")))
	want(t, r, map[string]any{"messages.0.text": "2", "messages.1.text": "1", "has_more": true})
	r = wantOK(t, l.call("conversations.history", "channel", room, "limit", "2", "cursor", str(r, "response_metadata.next_cursor")))
	want(t, r, map[string]any{"messages.0.text": "0", "messages.1": nil, "has_more": false, "response_metadata": nil})
}

func TestConversations_metadataOnlyWhenAskedFor(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	root := l.post(room, "x", "metadata", caseKey)
	for _, method := range []string{"conversations.history", "conversations.replies"} {
		want(t, l.call(method, "channel", room, "ts", root), map[string]any{"messages.0.metadata": nil})
		want(t, l.call(method, "channel", room, "ts", root, "include_all_metadata", "0"), map[string]any{"messages.0.metadata": nil})
		want(t, l.call(method, "channel", room, "ts", root, "include_all_metadata", "1"), map[string]any{
			"messages.0.metadata.event_type": "case", "messages.0.metadata.event_payload.key": "K1"})
	}
}

func TestConversations_replies(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	root := l.post(room, "root")
	l.clock.advance(time.Second)
	ts := seconds(l, 4, "thread_ts", root)
	r := wantOK(t, l.call("conversations.replies", "channel", room, "ts", root))
	if got := fmt.Sprint(texts(r)); got != "[root 0 1 2 3]" {
		t.Errorf("got %s", got)
	}
	want(t, r, map[string]any{"messages.0.reply_count": 4.0, "messages.0.latest_reply": ts[3], "messages.0.reply_users.0": botUserID,
		"messages.1.thread_ts": root, "messages.1.parent_user_id": botUserID})
	r = wantOK(t, l.call("conversations.replies", "channel", room, "ts", root, "limit", "3"))
	want(t, r, map[string]any{"has_more": true, "messages.3.text": "2", "messages.4": nil})
	r = wantOK(t, l.call("conversations.replies", "channel", room, "ts", root, "limit", "3", "cursor", str(r, "response_metadata.next_cursor")))
	if got := fmt.Sprint(texts(r)); got != "[root 3]" {
		t.Errorf("the root comes on every page: got %s", got)
	}
	r = wantOK(t, l.call("conversations.replies", "channel", room, "ts", root, "oldest", ts[2]))
	if got := fmt.Sprint(texts(r)); got != "[root 3]" {
		t.Errorf("got %s", got)
	}
	r = wantOK(t, l.call("conversations.replies", "channel", room, "ts", ts[1]))
	if got := fmt.Sprint(texts(r)); got != "[1]" {
		t.Errorf("the ts of a reply gives the reply: got %s", got)
	}
	wantRefusal(t, l.call("conversations.replies", "channel", room, "ts", "1.000001"), "thread_not_found")
	wantRefusal(t, l.call("conversations.replies", "channel", room), "invalid_arguments")
}

func TestConversations_historyOfDirectMessages(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	dm := str(wantOK(t, l.call("chat.postMessage", "channel", anna, "text", "psst", "metadata", caseKey)), "channel")
	want(t, wantOK(t, l.call("conversations.history", "channel", dm, "include_all_metadata", "1")), map[string]any{
		"messages.0.text": "psst", "messages.0.metadata.event_payload.key": "K1"})
	wantRefusal(t, dmHistory(newSimTest(t, withScopes("commands", "groups:history", "chat:write", "users:read", "groups:read"))), "missing_scope")
}

func dmHistory(l *simTest) reply {
	dm := str(wantOK(l.t, l.call("chat.postMessage", "channel", anna, "text", "psst")), "channel")
	return l.call("conversations.history", "channel", dm)
}

func TestConversations_membersRefusals(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	wantRefusal(t, l.call("conversations.members", "channel", room, "limit", "-1"), "invalid_limit")
	wantRefusal(t, l.call("conversations.members", "channel", room, "cursor", "ZnJvbTo5OQ=="), "invalid_cursor") // from:99
	wantRefusal(t, l.call("conversations.members", "channel", vault), "channel_not_found")
}
