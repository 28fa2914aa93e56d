package slacksim

import (
	"strings"
	"testing"
	"time"
)

func TestChat_postMessageRefusals(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	noError(t, l.AddChannel(Channel{ID: "C0OLD", Name: "old", Archived: true, Members: []string{botUserID}}))
	noError(t, l.AddPerson(Person{ID: "U0GONE", Name: "gone", Deleted: true}))
	for _, c := range []struct{ name, channel, err string }{
		{"private with the bot", room, ""},
		{"public with the bot", lobby, ""},
		{"public without", hall, "not_in_channel"},
		{"private without does not exist", vault, "channel_not_found"},
		{"unknown", "C0NONE", "channel_not_found"},
		{"a name", "room", "channel_not_found"},
		{"archived", "C0OLD", "is_archived"},
		{"a person", anna, ""},
		{"a deactivated person, never spoken to", "U0GONE", "channel_not_found"},
		{"the bot itself", botUserID, "channel_not_found"},
	} {
		if got := l.call("chat.postMessage", "channel", c.channel, "text", "x").errorName(); got != c.err {
			t.Errorf("%s: got %q, want %q", c.name, got, c.err)
		}
	}
	wantRefusal(t, l.call("chat.postMessage", "channel", room), "no_text")
}

func TestChat_postToPublicChannelWithScope(t *testing.T) {
	t.Parallel()
	l := newSimTest(t, withScopes("commands", "chat:write", "chat:write.public", "groups:read", "users:read"))
	wantOK(t, l.call("chat.postMessage", "channel", hall, "text", "x"))
}

func TestChat_messagesTab(t *testing.T) {
	t.Parallel()
	l := newSimTest(t, withEdit("messages_tab_enabled: true", "messages_tab_enabled: false"))
	dm := str(wantOK(t, l.call("conversations.open", "users", anna)), "channel.id")
	wantRefusal(t, l.call("chat.postMessage", "channel", anna, "text", "x"), "messages_tab_disabled")
	wantRefusal(t, l.call("chat.postMessage", "channel", dm, "text", "x"), "messages_tab_disabled")
}

func TestChat_postMessageAnswers(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	r := wantOK(t, l.call("chat.postMessage", "channel", room, "text", "hello", "blocks", sectionBlocks, "metadata", caseKey))
	want(t, r, map[string]any{"channel": room, "ts": "1700000000.000000", "message.text": "hello", "message.user": botUserID,
		"message.bot_id": botID, "message.type": "message", "message.blocks.0.type": "section",
		"message.metadata.event_payload.key": "K1", "message.bot_profile.app_id": appID})
	if str(r, "message.blocks.0.block_id") == "" {
		t.Error("Slack fills in block ids")
	}
	r = wantOK(t, l.json("chat.postMessage", map[string]any{"channel": room, "text": "again", "blocks": []any{map[string]any{"type": "divider"}}}))
	want(t, r, map[string]any{"ts": "1700000000.000001", "message.blocks.0.type": "divider"})
}

func TestChat_timestampsIncreaseWithTheClock(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	first := l.post(room, "1")
	second := l.post(lobby, "2")
	l.clock.advance(time.Second + 100*time.Microsecond)
	third := l.post(room, "3")
	wantIDs(t, []string{first, second, third}, "1700000000.000000", "1700000000.000001", "1700000001.000100")
}

func TestChat_directMessageByPerson(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	r := wantOK(t, l.call("chat.postMessage", "channel", anna, "text", "psst"))
	dm := str(r, "channel")
	if dm[:1] != "D" || dm != l.As(anna).DM() {
		t.Errorf("answered channel %q, want the conversation %q", dm, l.As(anna).DM())
	}
	wantRefusal(t, l.call("chat.update", "channel", anna, "ts", str(r, "ts"), "text", "x"), "channel_not_found")
	wantOK(t, l.call("chat.update", "channel", dm, "ts", str(r, "ts"), "text", "x"))
	if got := l.As(anna).DMs(); len(got) != 1 || got[0].Text != "x" {
		t.Errorf("got %+v", got)
	}
	noError(t, l.Deactivate(anna))
	wantOK(t, l.call("chat.postMessage", "channel", dm, "text", "nobody reads this"))
	wantOK(t, l.call("chat.postMessage", "channel", anna, "text", "nor this"))
}

func TestChat_longTextIsCut(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	ts := l.post(room, strings.Repeat("é", 40_001))
	m, _ := l.Message(room, ts)
	if n := len([]rune(m.Text)); n != 40_000 {
		t.Errorf("kept %d characters", n)
	}
}

func TestChat_threads(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	root := l.post(room, "root")
	reply1 := l.post(room, "reply", "thread_ts", root)
	nested := l.post(room, "reply to the reply", "thread_ts", reply1)
	loud := l.post(room, "loud", "thread_ts", root, "reply_broadcast", "true")
	wantTexts(t, l.Messages(room), "root", "loud")
	wantTexts(t, l.Thread(room, root), "reply", "reply to the reply", "loud")
	m, _ := l.Message(room, nested)
	if m.ThreadTS != root {
		t.Errorf("a reply to a reply stands in thread %q, want %q", m.ThreadTS, root)
	}
	m, _ = l.Message(room, root)
	if m.ReplyCount != 3 || m.LatestReply != loud || m.ThreadTS != root {
		t.Errorf("root: %+v", m)
	}
	m, _ = l.Message(room, loud)
	if m.Subtype != "thread_broadcast" {
		t.Errorf("broadcast: %+v", m)
	}
}

func TestChat_replyToDeletedRootStandsAlone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		remove func(l *simTest, ts string)
	}{
		{"by retention", func(l *simTest, ts string) { noError(l.t, l.DeleteMessage(room, ts)) }},
		{"by the bot", func(l *simTest, ts string) { wantOK(l.t, l.call("chat.delete", "channel", room, "ts", ts)) }},
	} {
		for _, replies := range []int{0, 1} {
			l := newSimTest(t)
			root := l.post(room, "root")
			for range replies {
				l.post(room, "early", "thread_ts", root)
			}
			c.remove(l, root)
			late := wantOK(t, l.call("chat.postMessage", "channel", room, "text", "late", "thread_ts", root))
			want(t, late, map[string]any{"message.thread_ts": nil})
			top := l.Messages(room)
			if top[len(top)-1].Text != "late" {
				t.Errorf("%s, %d replies: %+v", c.name, replies, top)
			}
		}
	}
}

func TestChat_tombstone(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	root := l.post(room, "root")
	reply := l.post(room, "reply", "thread_ts", root)
	wantOK(t, l.call("chat.delete", "channel", room, "ts", root))
	if top := l.Messages(room); len(top) != 1 || top[0].Subtype != "tombstone" || top[0].BotID != "" {
		t.Fatalf("got %+v", top)
	}
	wantTexts(t, l.Thread(room, root), "reply")
	wantRefusal(t, l.call("chat.update", "channel", room, "ts", root, "text", "x"), "message_not_found")
	wantRefusal(t, l.call("chat.delete", "channel", room, "ts", root), "message_not_found")
	wantOK(t, l.call("chat.delete", "channel", room, "ts", reply))
	if top := l.Messages(room); len(top) != 0 {
		t.Errorf("the tombstone goes with its last reply: %+v", top)
	}
}

func TestChat_retentionLeavesNoTrace(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	root := l.post(room, "root")
	reply := l.post(room, "reply", "thread_ts", root)
	noError(t, l.DeleteMessage(room, root))
	if top := l.Messages(room); len(top) != 0 {
		t.Errorf("got %+v", top)
	}
	wantRefusal(t, l.call("conversations.replies", "channel", room, "ts", root), "thread_not_found")
	wantOK(t, l.call("chat.delete", "channel", room, "ts", reply))
	if l.DeleteMessage(room, root) == nil || l.DeleteMessage("C0NONE", root) == nil {
		t.Error("deleted what is not there")
	}
}

func TestChat_updateReplacesTextAndBlocks(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	ts := l.post(room, "old", "blocks", sectionBlocks, "metadata", caseKey, "attachments", `[{"text":"a"}]`)
	r := wantOK(t, l.call("chat.update", "channel", room, "ts", ts, "text", "new"))
	want(t, r, map[string]any{"channel": room, "ts": ts, "text": "new", "message.blocks": nil, "message.edited.user": botUserID,
		"message.metadata.event_payload.key": "K1"})
	m, _ := l.Message(room, ts)
	if !m.Edited || m.Blocks != nil || string(m.Metadata) != caseKey || m.Attachments == nil {
		t.Errorf("blocks go, metadata and attachments stay: %+v", m)
	}
	wantOK(t, l.call("chat.update", "channel", room, "ts", ts, "text", "new", "attachments", "[]", "blocks", sectionBlocks,
		"metadata", `{"event_type":"case","event_payload":{"key":"K2"}}`))
	m, _ = l.Message(room, ts)
	if m.Attachments != nil || m.Blocks == nil || !strings.Contains(string(m.Metadata), "K2") {
		t.Errorf("got %+v", m)
	}
}

func TestChat_updateAndDeleteRefusals(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	own := l.post(room, "own")
	hers, err := l.As(anna).Post(l.ctx, room, "", "hers")
	noError(t, err)
	for _, c := range []struct{ name, method, channel, ts, text, err string }{
		{"update another's", "chat.update", room, hers, "x", "cant_update_message"},
		{"delete another's", "chat.delete", room, hers, "x", "cant_delete_message"},
		{"update nothing", "chat.update", room, "1.000001", "x", "message_not_found"},
		{"delete nothing", "chat.delete", room, "1.000001", "x", "message_not_found"},
		{"in the wrong channel", "chat.update", lobby, own, "x", "message_not_found"},
		{"in an unseen channel", "chat.update", vault, own, "x", "channel_not_found"},
		{"without ts", "chat.update", room, "", "x", "invalid_arguments"},
		{"without text", "chat.update", room, own, "", "no_text"},
		{"too long", "chat.update", room, own, strings.Repeat("x", 4001), "msg_too_long"},
		{"just not too long", "chat.update", room, own, strings.Repeat("x", 4000), ""},
		{"delete", "chat.delete", room, own, "x", ""},
		{"delete twice", "chat.delete", room, own, "x", "message_not_found"},
	} {
		if got := l.call(c.method, "channel", c.channel, "ts", c.ts, "text", c.text).errorName(); got != c.err {
			t.Errorf("%s: got %q, want %q", c.name, got, c.err)
		}
	}
}

func TestChat_archivedChannelStaysAsItIs(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	ts := l.post(room, "x")
	noError(t, l.Archive(room))
	wantRefusal(t, l.call("chat.update", "channel", room, "ts", ts, "text", "y"), "is_archived")
	wantRefusal(t, l.call("chat.postMessage", "channel", room, "text", "y"), "is_archived")
	want(t, wantOK(t, l.call("conversations.info", "channel", room)), map[string]any{"channel.is_archived": true})
	noError(t, l.Unarchive(room))
	wantOK(t, l.call("chat.update", "channel", room, "ts", ts, "text", "y"))
}

func TestChat_ephemeral(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	ts := str(wantOK(t, l.call("chat.postEphemeral", "channel", room, "user", anna, "text", "psst")), "message_ts")
	if got := l.As(anna).Ephemerals(room); len(got) != 1 || got[0].TS != ts || !got[0].Ephemeral || got[0].To != anna {
		t.Errorf("got %+v", got)
	}
	if len(l.As(bram).Ephemerals(room)) != 0 || len(l.Messages(room)) != 0 {
		t.Error("others see it")
	}
	wantRefusal(t, l.call("chat.update", "channel", room, "ts", ts, "text", "x"), "message_not_found")
	wantRefusal(t, l.call("chat.postEphemeral", "channel", room, "user", cleo, "text", "x"), "user_not_in_channel")
	wantRefusal(t, l.call("chat.postEphemeral", "channel", room, "text", "x"), "invalid_arguments")
	wantRefusal(t, l.call("chat.postEphemeral", "channel", room, "user", anna), "no_text")
	noError(t, l.Deactivate(anna))
	wantRefusal(t, l.call("chat.postEphemeral", "channel", room, "user", anna, "text", "x"), "user_not_in_channel")
}

func TestChat_permalink(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	root := l.post(room, "root")
	reply := l.post(room, "reply", "thread_ts", root)
	get := func(channel, ts string) map[string]any {
		_, _, body := l.send("GET", l.APIURL()+"chat.getPermalink?channel="+channel+"&message_ts="+ts, "", bearing(DefaultBotToken), nil)
		return decode(t, body)
	}
	base := l.URL() + "/archives/" + room + "/p"
	want(t, wantOK(t, get(room, root)), map[string]any{"permalink": base + "1700000000000000", "channel": room})
	want(t, wantOK(t, get(room, reply)), map[string]any{"permalink": base + "1700000000000001?thread_ts=" + root + "&cid=" + room})
	wantRefusal(t, get(room, "1.000001"), "message_not_found")
	wantRefusal(t, get(vault, root), "channel_not_found")
}
