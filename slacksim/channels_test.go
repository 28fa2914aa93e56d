package slacksim

import (
	"testing"
)

// places are a channel of every kind, seen from the bot.
func places(l *simTest) map[string]string {
	l.t.Helper()
	noError(l.t, l.AddChannel(Channel{ID: "C0OLD", Name: "old", Private: true, Members: []string{anna, botUserID}}))
	noError(l.t, l.AddChannel(Channel{ID: "C0SHARED", Name: "shared", Private: true, ExtShared: true, Members: []string{anna, botUserID}}))
	return map[string]string{"in": room, "unknown": "C0NONE", "invisible": vault, "outside": hall, "archived": "C0OLD",
		"shared": "C0SHARED", "public": lobby, "dm": l.As(anna).DM(), "strangers' dm": "D0SIM00000", "person": anna, "bot": botUserID, "name": "room"}
}

// wide has every scope there is for channels.
var wide = withScopes("commands", "chat:write", "users:read", "channels:read", "channels:history", "groups:read", "groups:history",
	"im:read", "im:write", "im:history", "files:read", "files:write")

// TestChannels_matrix: what a method says of a channel of each kind.
func TestChannels_matrix(t *testing.T) {
	t.Parallel()
	const missing = "channel_not_found"
	for _, c := range []struct {
		method string
		pairs  []string
		errs   map[string]string // of the kinds that are refused
	}{
		{"chat.postMessage", []string{"text", "x"}, map[string]string{"unknown": missing, "invisible": missing, "strangers' dm": missing,
			"outside": "not_in_channel", "archived": "is_archived", "bot": missing, "name": missing}},
		{"chat.postEphemeral", []string{"text", "x", "user", anna}, map[string]string{"unknown": missing, "invisible": missing,
			"strangers' dm": missing, "outside": "not_in_channel", "archived": "is_archived", "bot": missing, "name": missing}},
		{"conversations.info", nil, map[string]string{"unknown": missing, "invisible": missing, "strangers' dm": missing,
			"person": missing, "bot": missing, "name": missing}},
		{"conversations.members", nil, map[string]string{"unknown": missing, "invisible": missing, "strangers' dm": missing,
			"person": missing, "bot": missing, "name": missing}},
		{"conversations.history", nil, map[string]string{"unknown": missing, "invisible": missing, "strangers' dm": missing,
			"person": missing, "bot": missing, "name": missing, "outside": "not_in_channel"}},
	} {
		t.Run(c.method, func(t *testing.T) {
			t.Parallel()
			l := newSimTest(t, wide)
			places := places(l)
			noError(t, l.Archive("C0OLD"))
			for kind, id := range places {
				if got := l.call(c.method, append(c.pairs, "channel", id)...).errorName(); got != c.errs[kind] {
					t.Errorf("%s: got %q, want %q", kind, got, c.errs[kind])
				}
			}
		})
	}
}

// TestChannels_messageMatrix: what a method says of a message of each kind.
func TestChannels_messageMatrix(t *testing.T) {
	t.Parallel()
	const missing = "message_not_found"
	for _, c := range []struct {
		method, key string
		errs        map[string]string
	}{
		{"chat.update", "ts", map[string]string{"deleted": missing, "tombstone": missing, "never": missing, "ephemeral": missing,
			"anna's": "cant_update_message", "archived": "is_archived", "elsewhere": missing}},
		{"chat.delete", "ts", map[string]string{"deleted": missing, "tombstone": missing, "never": missing, "ephemeral": missing,
			"anna's": "cant_delete_message", "archived": "is_archived", "elsewhere": missing}},
		{"conversations.replies", "ts", map[string]string{"deleted": "thread_not_found", "never": "thread_not_found",
			"ephemeral": "thread_not_found", "elsewhere": "thread_not_found"}},
		{"chat.getPermalink", "message_ts", map[string]string{"deleted": missing, "never": missing, "ephemeral": missing, "elsewhere": missing}},
	} {
		t.Run(c.method, func(t *testing.T) {
			t.Parallel()
			l := newSimTest(t, wide)
			for kind, at := range messagesOfEveryKind(l) {
				got := l.call(c.method, "channel", at[0], c.key, at[1], "text", "x").errorName()
				if got != c.errs[kind] {
					t.Errorf("%s: got %q, want %q", kind, got, c.errs[kind])
				}
			}
		})
	}
}

// messagesOfEveryKind gives channel and timestamp by kind.
func messagesOfEveryKind(l *simTest) map[string][2]string {
	l.t.Helper()
	places(l)
	own, deleted, stone := l.post(room, "own"), l.post(room, "deleted"), l.post(room, "stone")
	reply := l.post(room, "reply", "thread_ts", stone)
	wantOK(l.t, l.call("chat.delete", "channel", room, "ts", deleted))
	wantOK(l.t, l.call("chat.delete", "channel", room, "ts", stone))
	hers, err := l.As(anna).Post(l.ctx, room, "", "hers")
	noError(l.t, err)
	whisper := str(wantOK(l.t, l.call("chat.postEphemeral", "channel", room, "user", anna, "text", "psst")), "message_ts")
	old := l.post("C0OLD", "old")
	noError(l.t, l.Archive("C0OLD"))
	return map[string][2]string{"own": {room, own}, "deleted": {room, deleted}, "tombstone": {room, stone}, "own reply": {room, reply},
		"anna's": {room, hers}, "never": {room, "1.000001"}, "ephemeral": {room, whisper}, "archived": {"C0OLD", old}, "elsewhere": {lobby, own}}
}

// A message is addressed by the channel's id in every method but chat.postMessage
// and chat.postEphemeral, which take a person's id for the direct messages.
func TestChannels_personAsChannel(t *testing.T) {
	t.Parallel()
	l := newSimTest(t, wide)
	r := wantOK(t, l.call("chat.postMessage", "channel", anna, "text", "x"))
	dm, ts := str(r, "channel"), str(r, "ts")
	if dm != l.As(anna).DM() {
		t.Errorf("posted in %s", dm)
	}
	for _, method := range []string{"chat.update", "chat.delete", "conversations.history", "conversations.replies", "chat.getPermalink"} {
		wantRefusal(t, l.call(method, "channel", anna, "ts", ts, "message_ts", ts, "text", "y"), "channel_not_found")
	}
	for _, method := range []string{"chat.update", "conversations.history", "conversations.replies", "chat.getPermalink", "chat.delete"} {
		wantOK(t, l.call(method, "channel", dm, "ts", ts, "message_ts", ts, "text", "y"))
	}
}

// The direct messages of a deactivated person stay open to a bot that had them.
func TestChannels_directMessagesOfTheDeactivated(t *testing.T) {
	t.Parallel()
	l := newSimTest(t, wide)
	dm := str(wantOK(t, l.call("conversations.open", "users", anna)), "channel.id")
	noError(t, l.Deactivate(anna))
	noError(t, l.Deactivate(bram))
	wantOK(t, l.call("chat.postMessage", "channel", anna, "text", "x"))
	want(t, wantOK(t, l.call("conversations.info", "channel", dm)), map[string]any{"channel.is_user_deleted": true, "channel.user": anna})
	wantRefusal(t, l.call("conversations.open", "users", anna), "user_disabled")
	wantRefusal(t, l.call("chat.postMessage", "channel", bram, "text", "x"), "channel_not_found")
	noError(t, l.Reactivate(bram))
	wantOK(t, l.call("chat.postMessage", "channel", bram, "text", "x"))
}

// What conversations.info says follows what the administrator does.
func TestChannels_infoFollows(t *testing.T) {
	t.Parallel()
	l := newSimTest(t, wide)
	for _, c := range []struct {
		name   string
		change func() error
		want   map[string]any
	}{
		{"shared", func() error { return l.ShareChannel(room, "T0OTHER") }, map[string]any{"channel.is_ext_shared": true, "channel.is_shared": true, "channel.id": room}},
		{"joined", func() error { return l.Join(cleo, room) }, map[string]any{"channel.num_members": 4.0}},
		{"left", func() error { return l.Leave(bram, room) }, map[string]any{"channel.num_members": 3.0, "channel.is_member": true}},
		{"archived", func() error { return l.Archive(room) }, map[string]any{"channel.is_archived": true}},
		{"open again", func() error { return l.Unarchive(room) }, map[string]any{"channel.is_archived": false}},
		{"public", func() error { return l.MakePublic(room) }, map[string]any{"channel.is_private": false, "channel.is_channel": true, "channel.is_group": false}},
		{"without the bot", func() error { return l.Leave(botUserID, room) }, map[string]any{"channel.is_member": false, "channel.num_members": 2.0}},
	} {
		noError(t, c.change())
		want(t, wantOK(t, l.call("conversations.info", "channel", room, "include_num_members", "1")), c.want)
	}
}
