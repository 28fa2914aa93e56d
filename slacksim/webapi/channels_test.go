package webapi_test

import (
	"testing"

	"github.com/artra/klachtbot/slacksim/simtest"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// places are a channel of every kind, seen from the bot.
func places(l *simtest.Test) map[string]string {
	l.T.Helper()
	simtest.NoError(l.T, l.AddChannel(workspace.Channel{ID: "C0OLD", Name: "old", Private: true, Members: []string{simtest.Anna, workspace.BotUserID}}))
	simtest.NoError(l.T, l.AddChannel(workspace.Channel{ID: "C0SHARED", Name: "shared", Private: true, ExtShared: true, Members: []string{simtest.Anna, workspace.BotUserID}}))
	return map[string]string{"in": simtest.Room, "unknown": "C0NONE", "invisible": simtest.Vault, "outside": simtest.Hall, "archived": "C0OLD",
		"shared": "C0SHARED", "public": simtest.Lobby, "dm": l.As(simtest.Anna).DM(), "strangers' dm": "D0SIM00000", "person": simtest.Anna, "bot": workspace.BotUserID, "name": "room"}
}

// wide has every scope there is for channels.
var wide = simtest.WithScopes("commands", "chat:write", "users:read", "channels:read", "channels:history", "groups:read", "groups:history",
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
		{"chat.postEphemeral", []string{"text", "x", "user", simtest.Anna}, map[string]string{"unknown": missing, "invisible": missing,
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
			l := simtest.New(t, wide)
			places := places(l)
			simtest.NoError(t, l.Archive("C0OLD"))
			for kind, id := range places {
				if got := l.Call(c.method, append(c.pairs, "channel", id)...).ErrorName(); got != c.errs[kind] {
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
			"anna's": "cant_update_message", "archived": "is_inactive", "elsewhere": missing}},
		{"chat.delete", "ts", map[string]string{"deleted": missing, "tombstone": missing, "never": missing, "ephemeral": missing,
			"anna's": "cant_delete_message", "archived": "is_archived", "elsewhere": missing}},
		{"conversations.replies", "ts", map[string]string{"deleted": "thread_not_found", "never": "thread_not_found",
			"ephemeral": "thread_not_found", "elsewhere": "thread_not_found"}},
		{"chat.getPermalink", "message_ts", map[string]string{"deleted": missing, "never": missing, "ephemeral": missing, "elsewhere": missing}},
	} {
		t.Run(c.method, func(t *testing.T) {
			t.Parallel()
			l := simtest.New(t, wide)
			for kind, at := range messagesOfEveryKind(l) {
				got := l.Call(c.method, "channel", at[0], c.key, at[1], "text", "x").ErrorName()
				if got != c.errs[kind] {
					t.Errorf("%s: got %q, want %q", kind, got, c.errs[kind])
				}
			}
		})
	}
}

// messagesOfEveryKind gives channel and timestamp by kind.
func messagesOfEveryKind(l *simtest.Test) map[string][2]string {
	l.T.Helper()
	places(l)
	own, deleted, stone := l.Post(simtest.Room, "own"), l.Post(simtest.Room, "deleted"), l.Post(simtest.Room, "stone")
	reply := l.Post(simtest.Room, "reply", "thread_ts", stone)
	simtest.WantOK(l.T, l.Call("chat.delete", "channel", simtest.Room, "ts", deleted))
	simtest.WantOK(l.T, l.Call("chat.delete", "channel", simtest.Room, "ts", stone))
	hers, err := l.As(simtest.Anna).Post(l.Ctx, simtest.Room, "", "hers")
	simtest.NoError(l.T, err)
	ephemeral := simtest.Str(simtest.WantOK(l.T, l.Call("chat.postEphemeral", "channel", simtest.Room, "user", simtest.Anna, "text", "psst")), "message_ts")
	old := l.Post("C0OLD", "old")
	simtest.NoError(l.T, l.Archive("C0OLD"))
	return map[string][2]string{"own": {simtest.Room, own}, "deleted": {simtest.Room, deleted}, "tombstone": {simtest.Room, stone}, "own reply": {simtest.Room, reply},
		"anna's": {simtest.Room, hers}, "never": {simtest.Room, "1.000001"}, "ephemeral": {simtest.Room, ephemeral}, "archived": {"C0OLD", old}, "elsewhere": {simtest.Lobby, own}}
}

// A message is addressed by the channel's id in every method but chat.postMessage
// and chat.postEphemeral, which take a person's id for the direct messages.
func TestChannels_personAsChannel(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, wide)
	r := simtest.WantOK(t, l.Call("chat.postMessage", "channel", simtest.Anna, "text", "x"))
	dm, ts := simtest.Str(r, "channel"), simtest.Str(r, "ts")
	if dm != l.As(simtest.Anna).DM() {
		t.Errorf("posted in %s", dm)
	}
	for _, method := range []string{"chat.update", "chat.delete", "conversations.history", "conversations.replies", "chat.getPermalink"} {
		simtest.WantRefusal(t, l.Call(method, "channel", simtest.Anna, "ts", ts, "message_ts", ts, "text", "y"), "channel_not_found")
	}
	for _, method := range []string{"chat.update", "conversations.history", "conversations.replies", "chat.getPermalink", "chat.delete"} {
		simtest.WantOK(t, l.Call(method, "channel", dm, "ts", ts, "message_ts", ts, "text", "y"))
	}
}

// The direct messages of a deactivated person stay open to a bot that had them.
func TestChannels_directMessagesOfTheDeactivated(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, wide)
	dm := simtest.Str(simtest.WantOK(t, l.Call("conversations.open", "users", simtest.Anna)), "channel.id")
	simtest.NoError(t, l.Deactivate(simtest.Anna))
	simtest.NoError(t, l.Deactivate(simtest.Bram))
	simtest.WantOK(t, l.Call("chat.postMessage", "channel", simtest.Anna, "text", "x"))
	simtest.Want(t, simtest.WantOK(t, l.Call("conversations.info", "channel", dm)), map[string]any{"channel.is_user_deleted": true, "channel.user": simtest.Anna})
	simtest.WantRefusal(t, l.Call("conversations.open", "users", simtest.Anna), "user_disabled")
	simtest.WantRefusal(t, l.Call("chat.postMessage", "channel", simtest.Bram, "text", "x"), "channel_not_found")
	simtest.NoError(t, l.Reactivate(simtest.Bram))
	simtest.WantOK(t, l.Call("chat.postMessage", "channel", simtest.Bram, "text", "x"))
}

// What conversations.info says follows what the administrator does.
func TestChannels_infoFollows(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, wide)
	for _, c := range []struct {
		name   string
		change func() error
		want   map[string]any
	}{
		{"shared", func() error { return l.ShareChannel(simtest.Room, "T0OTHER") }, map[string]any{"channel.is_ext_shared": true, "channel.is_shared": true, "channel.id": simtest.Room}},
		{"joined", func() error { return l.Join(simtest.Cleo, simtest.Room) }, map[string]any{"channel.num_members": 4.0}},
		{"left", func() error { return l.Leave(simtest.Bram, simtest.Room) }, map[string]any{"channel.num_members": 3.0, "channel.is_member": true}},
		{"archived", func() error { return l.Archive(simtest.Room) }, map[string]any{"channel.is_archived": true}},
		{"open again", func() error { return l.Unarchive(simtest.Room) }, map[string]any{"channel.is_archived": false}},
		{"public", func() error { return l.MakePublic(simtest.Room) }, map[string]any{"channel.is_private": false, "channel.is_channel": true, "channel.is_group": false}},
		{"without the bot", func() error { return l.Leave(workspace.BotUserID, simtest.Room) }, map[string]any{"channel.is_member": false, "channel.num_members": 2.0}},
	} {
		simtest.NoError(t, c.change())
		simtest.Want(t, simtest.WantOK(t, l.Call("conversations.info", "channel", simtest.Room, "include_num_members", "1")), c.want)
	}
}
