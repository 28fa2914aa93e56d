package webapi_test

import (
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/simtest"
	"github.com/artra/klachtbot/slacksim/workspace"
)

func TestChat_postMessageRefusals(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	simtest.NoError(t, l.AddChannel(workspace.Channel{ID: "C0OLD", Name: "old", Archived: true, Members: []string{workspace.BotUserID}}))
	simtest.NoError(t, l.AddPerson(workspace.Person{ID: "U0GONE", Name: "gone", Deleted: true}))
	for _, c := range []struct{ name, channel, err string }{
		{"private with the bot", simtest.Room, ""},
		{"public with the bot", simtest.Lobby, ""},
		{"public without", simtest.Hall, "not_in_channel"},
		{"private without does not exist", simtest.Vault, "channel_not_found"},
		{"unknown", "C0NONE", "channel_not_found"},
		{"a name", "room", "channel_not_found"},
		{"archived", "C0OLD", "is_archived"},
		{"a person", simtest.Anna, ""},
		{"a deactivated person, never spoken to", "U0GONE", "channel_not_found"},
		{"the bot itself", workspace.BotUserID, "channel_not_found"},
	} {
		if got := l.Call("chat.postMessage", "channel", c.channel, "text", "x").ErrorName(); got != c.err {
			t.Errorf("%s: got %q, want %q", c.name, got, c.err)
		}
	}
	simtest.WantRefusal(t, l.Call("chat.postMessage", "channel", simtest.Room), "no_text")
}

func TestChat_postToPublicChannelWithScope(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, simtest.WithScopes("commands", "chat:write", "chat:write.public", "groups:read", "users:read"))
	simtest.WantOK(t, l.Call("chat.postMessage", "channel", simtest.Hall, "text", "x"))
}

func TestChat_messagesTab(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, simtest.WithEdit("messages_tab_enabled: true", "messages_tab_enabled: false"))
	dm := simtest.Str(simtest.WantOK(t, l.Call("conversations.open", "users", simtest.Anna)), "channel.id")
	simtest.WantRefusal(t, l.Call("chat.postMessage", "channel", simtest.Anna, "text", "x"), "messages_tab_disabled")
	simtest.WantRefusal(t, l.Call("chat.postMessage", "channel", dm, "text", "x"), "messages_tab_disabled")
}

func TestChat_postMessageAnswers(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	r := simtest.WantOK(t, l.Call("chat.postMessage", "channel", simtest.Room, "text", "hello", "blocks", simtest.SectionBlocks, "metadata", simtest.CaseKey))
	simtest.Want(t, r, map[string]any{"channel": simtest.Room, "ts": "1700000000.000000", "message.text": "hello", "message.user": workspace.BotUserID,
		"message.bot_id": workspace.BotID, "message.type": "message", "message.blocks.0.type": "section",
		"message.metadata.event_payload.key": "K1", "message.bot_profile.app_id": workspace.AppID})
	if simtest.Str(r, "message.blocks.0.block_id") == "" {
		t.Error("Slack fills in block ids")
	}
	r = simtest.WantOK(t, l.JSON("chat.postMessage", map[string]any{"channel": simtest.Room, "text": "again", "blocks": []any{map[string]any{"type": "divider"}}}))
	simtest.Want(t, r, map[string]any{"ts": "1700000000.000001", "message.blocks.0.type": "divider"})
}

func TestChat_timestampsIncreaseWithTheClock(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	first := l.Post(simtest.Room, "1")
	second := l.Post(simtest.Lobby, "2")
	l.Clock.Advance(time.Second + 100*time.Microsecond)
	third := l.Post(simtest.Room, "3")
	simtest.WantIDs(t, []string{first, second, third}, "1700000000.000000", "1700000000.000001", "1700000001.000100")
}

func TestChat_directMessageByPerson(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	r := simtest.WantOK(t, l.Call("chat.postMessage", "channel", simtest.Anna, "text", "psst"))
	dm := simtest.Str(r, "channel")
	if dm[:1] != "D" || dm != l.As(simtest.Anna).DM() {
		t.Errorf("answered channel %q, want the conversation %q", dm, l.As(simtest.Anna).DM())
	}
	simtest.WantRefusal(t, l.Call("chat.update", "channel", simtest.Anna, "ts", simtest.Str(r, "ts"), "text", "x"), "channel_not_found")
	simtest.WantOK(t, l.Call("chat.update", "channel", dm, "ts", simtest.Str(r, "ts"), "text", "x"))
	if got := l.As(simtest.Anna).DMs(); len(got) != 1 || got[0].Text != "x" {
		t.Errorf("got %+v", got)
	}
	simtest.NoError(t, l.Deactivate(simtest.Anna))
	simtest.WantOK(t, l.Call("chat.postMessage", "channel", dm, "text", "nobody reads this"))
	simtest.WantOK(t, l.Call("chat.postMessage", "channel", simtest.Anna, "text", "nor this"))
}

func TestChat_longTextIsCut(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	ts := l.Post(simtest.Room, strings.Repeat("é", 40_001))
	m, _ := l.Message(simtest.Room, ts)
	if n := len([]rune(m.Text)); n != 40_000 {
		t.Errorf("kept %d characters", n)
	}
}

func TestChat_threads(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	root := l.Post(simtest.Room, "root")
	reply1 := l.Post(simtest.Room, "reply", "thread_ts", root)
	nested := l.Post(simtest.Room, "reply to the reply", "thread_ts", reply1)
	loud := l.Post(simtest.Room, "loud", "thread_ts", root, "reply_broadcast", "true")
	simtest.WantTexts(t, l.Messages(simtest.Room), "root", "loud")
	simtest.WantTexts(t, l.Thread(simtest.Room, root), "reply", "reply to the reply", "loud")
	m, _ := l.Message(simtest.Room, nested)
	if m.ThreadTS != root {
		t.Errorf("a reply to a reply stands in thread %q, want %q", m.ThreadTS, root)
	}
	m, _ = l.Message(simtest.Room, root)
	if m.ReplyCount != 3 || m.LatestReply != loud || m.ThreadTS != root {
		t.Errorf("root: %+v", m)
	}
	m, _ = l.Message(simtest.Room, loud)
	if m.Subtype != "thread_broadcast" {
		t.Errorf("broadcast: %+v", m)
	}
}

func TestChat_replyToDeletedRootStandsAlone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		remove func(l *simtest.Test, ts string)
	}{
		{"by retention", func(l *simtest.Test, ts string) { simtest.NoError(l.T, l.DeleteMessage(simtest.Room, ts)) }},
		{"by the bot", func(l *simtest.Test, ts string) {
			simtest.WantOK(l.T, l.Call("chat.delete", "channel", simtest.Room, "ts", ts))
		}},
	} {
		for _, replies := range []int{0, 1} {
			l := simtest.New(t)
			root := l.Post(simtest.Room, "root")
			for range replies {
				l.Post(simtest.Room, "early", "thread_ts", root)
			}
			c.remove(l, root)
			late := simtest.WantOK(t, l.Call("chat.postMessage", "channel", simtest.Room, "text", "late", "thread_ts", root))
			simtest.Want(t, late, map[string]any{"message.thread_ts": nil})
			top := l.Messages(simtest.Room)
			if top[len(top)-1].Text != "late" {
				t.Errorf("%s, %d replies: %+v", c.name, replies, top)
			}
		}
	}
}

func TestChat_tombstone(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	root := l.Post(simtest.Room, "root")
	reply := l.Post(simtest.Room, "reply", "thread_ts", root)
	simtest.WantOK(t, l.Call("chat.delete", "channel", simtest.Room, "ts", root))
	if top := l.Messages(simtest.Room); len(top) != 1 || top[0].Subtype != "tombstone" || top[0].BotID != "" {
		t.Fatalf("got %+v", top)
	}
	simtest.WantTexts(t, l.Thread(simtest.Room, root), "reply")
	simtest.WantRefusal(t, l.Call("chat.update", "channel", simtest.Room, "ts", root, "text", "x"), "message_not_found")
	simtest.WantRefusal(t, l.Call("chat.delete", "channel", simtest.Room, "ts", root), "message_not_found")
	simtest.WantOK(t, l.Call("chat.delete", "channel", simtest.Room, "ts", reply))
	if top := l.Messages(simtest.Room); len(top) != 0 {
		t.Errorf("the tombstone goes with its last reply: %+v", top)
	}
}

func TestChat_retentionLeavesNoTrace(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	root := l.Post(simtest.Room, "root")
	reply := l.Post(simtest.Room, "reply", "thread_ts", root)
	simtest.NoError(t, l.DeleteMessage(simtest.Room, root))
	if top := l.Messages(simtest.Room); len(top) != 0 {
		t.Errorf("got %+v", top)
	}
	simtest.WantRefusal(t, l.Call("conversations.replies", "channel", simtest.Room, "ts", root), "thread_not_found")
	simtest.WantOK(t, l.Call("chat.delete", "channel", simtest.Room, "ts", reply))
	if l.DeleteMessage(simtest.Room, root) == nil || l.DeleteMessage("C0NONE", root) == nil {
		t.Error("deleted what is not there")
	}
}

func TestChat_updateReplacesTextAndBlocks(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	ts := l.Post(simtest.Room, "old", "blocks", simtest.SectionBlocks, "metadata", simtest.CaseKey, "attachments", `[{"text":"a"}]`)
	r := simtest.WantOK(t, l.Call("chat.update", "channel", simtest.Room, "ts", ts, "text", "new"))
	simtest.Want(t, r, map[string]any{"channel": simtest.Room, "ts": ts, "text": "new", "message.blocks": nil, "message.edited.user": workspace.BotUserID,
		"message.metadata.event_payload.key": "K1"})
	m, _ := l.Message(simtest.Room, ts)
	if !m.Edited || m.Blocks != nil || string(m.Metadata) != simtest.CaseKey || m.Attachments == nil {
		t.Errorf("blocks go, metadata and attachments stay: %+v", m)
	}
	simtest.WantOK(t, l.Call("chat.update", "channel", simtest.Room, "ts", ts, "text", "new", "attachments", "[]", "blocks", simtest.SectionBlocks,
		"metadata", `{"event_type":"case","event_payload":{"key":"K2"}}`))
	m, _ = l.Message(simtest.Room, ts)
	if m.Attachments != nil || m.Blocks == nil || !strings.Contains(string(m.Metadata), "K2") {
		t.Errorf("got %+v", m)
	}
}

// TestChat_updateWithoutBlocks plays both rules that Slack's documentation had for
// an edit that says nothing of blocks; an empty list takes them away under either.
func TestChat_updateWithoutBlocks(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	ts := l.Post(simtest.Room, "old", "blocks", simtest.SectionBlocks)
	shows := func(pairs ...string) bool {
		t.Helper()
		simtest.WantOK(t, l.Call("chat.update", append(pairs, "channel", simtest.Room, "ts", ts, "text", "new")...))
		m, _ := l.Message(simtest.Room, ts)
		if m.Text != "new" {
			t.Errorf("says %q", m.Text)
		}
		return m.Blocks != nil
	}
	for _, kept := range []bool{false, true} {
		l.KeepBlocks(kept)
		if !shows("blocks", simtest.SectionBlocks) || shows() != kept || shows("blocks", "[]") {
			t.Errorf("kept %t: an edit follows another rule", kept)
		}
	}
}

func TestChat_updateAndDeleteRefusals(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	own := l.Post(simtest.Room, "own")
	hers, err := l.As(simtest.Anna).Post(l.Ctx, simtest.Room, "", "hers")
	simtest.NoError(t, err)
	for _, c := range []struct{ name, method, channel, ts, text, err string }{
		{"update another's", "chat.update", simtest.Room, hers, "x", "cant_update_message"},
		{"delete another's", "chat.delete", simtest.Room, hers, "x", "cant_delete_message"},
		{"update nothing", "chat.update", simtest.Room, "1.000001", "x", "message_not_found"},
		{"delete nothing", "chat.delete", simtest.Room, "1.000001", "x", "message_not_found"},
		{"in the wrong channel", "chat.update", simtest.Lobby, own, "x", "message_not_found"},
		{"in an unseen channel", "chat.update", simtest.Vault, own, "x", "channel_not_found"},
		{"without ts", "chat.update", simtest.Room, "", "x", "invalid_arguments"},
		{"without text", "chat.update", simtest.Room, own, "", "no_text"},
		{"too long", "chat.update", simtest.Room, own, strings.Repeat("x", 4001), "msg_too_long"},
		{"just not too long", "chat.update", simtest.Room, own, strings.Repeat("x", 4000), ""},
		{"delete", "chat.delete", simtest.Room, own, "x", ""},
		{"delete twice", "chat.delete", simtest.Room, own, "x", "message_not_found"},
	} {
		if got := l.Call(c.method, "channel", c.channel, "ts", c.ts, "text", c.text).ErrorName(); got != c.err {
			t.Errorf("%s: got %q, want %q", c.name, got, c.err)
		}
	}
}

func TestChat_archivedChannelStaysAsItIs(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	ts := l.Post(simtest.Room, "x")
	simtest.NoError(t, l.Archive(simtest.Room))
	simtest.WantRefusal(t, l.Call("chat.update", "channel", simtest.Room, "ts", ts, "text", "y"), "is_inactive")
	simtest.WantRefusal(t, l.Call("chat.delete", "channel", simtest.Room, "ts", ts), "is_archived")
	simtest.WantRefusal(t, l.Call("chat.postMessage", "channel", simtest.Room, "text", "y"), "is_archived")
	simtest.Want(t, simtest.WantOK(t, l.Call("conversations.info", "channel", simtest.Room)), map[string]any{"channel.is_archived": true})
	simtest.NoError(t, l.Unarchive(simtest.Room))
	simtest.WantOK(t, l.Call("chat.update", "channel", simtest.Room, "ts", ts, "text", "y"))
}

func TestChat_ephemeral(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	ts := simtest.Str(simtest.WantOK(t, l.Call("chat.postEphemeral", "channel", simtest.Room, "user", simtest.Anna, "text", "psst")), "message_ts")
	if got := l.As(simtest.Anna).Ephemerals(simtest.Room); len(got) != 1 || got[0].TS != ts || !got[0].Ephemeral || got[0].To != simtest.Anna {
		t.Errorf("got %+v", got)
	}
	if len(l.As(simtest.Bram).Ephemerals(simtest.Room)) != 0 || len(l.Messages(simtest.Room)) != 0 {
		t.Error("others see it")
	}
	simtest.WantRefusal(t, l.Call("chat.update", "channel", simtest.Room, "ts", ts, "text", "x"), "message_not_found")
	simtest.WantRefusal(t, l.Call("chat.postEphemeral", "channel", simtest.Room, "user", simtest.Cleo, "text", "x"), "user_not_in_channel")
	simtest.WantRefusal(t, l.Call("chat.postEphemeral", "channel", simtest.Room, "text", "x"), "invalid_arguments")
	simtest.WantRefusal(t, l.Call("chat.postEphemeral", "channel", simtest.Room, "user", simtest.Anna), "no_text")
	simtest.NoError(t, l.Deactivate(simtest.Anna))
	simtest.WantRefusal(t, l.Call("chat.postEphemeral", "channel", simtest.Room, "user", simtest.Anna, "text", "x"), "user_not_in_channel")
}

func TestChat_permalink(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	root := l.Post(simtest.Room, "root")
	reply := l.Post(simtest.Room, "reply", "thread_ts", root)
	get := func(channel, ts string) map[string]any {
		_, _, body := l.Send("GET", l.APIURL()+"chat.getPermalink?channel="+channel+"&message_ts="+ts, "", simtest.Bearing(slacksim.DefaultBotToken), nil)
		return simtest.Decode(t, body)
	}
	base := l.URL() + "/archives/" + simtest.Room + "/p"
	simtest.Want(t, simtest.WantOK(t, get(simtest.Room, root)), map[string]any{"permalink": base + "1700000000000000", "channel": simtest.Room})
	simtest.Want(t, simtest.WantOK(t, get(simtest.Room, reply)), map[string]any{"permalink": base + "1700000000000001?thread_ts=" + root + "&cid=" + simtest.Room})
	simtest.WantRefusal(t, get(simtest.Room, "1.000001"), "message_not_found")
	simtest.WantRefusal(t, get(simtest.Vault, root), "channel_not_found")
}
