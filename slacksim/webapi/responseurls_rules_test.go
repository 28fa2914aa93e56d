package webapi_test

import (
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim/simtest"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// clickURL is the response URL of anna's click in the message, and a socket that
// goes on listening.
func clickURL(l *simtest.Test, a *simtest.SocketApp, channel, ts string) string {
	l.T.Helper()
	simtest.NoError(l.T, l.As(simtest.Anna).Click(l.Ctx, channel, ts, "go", ""))
	return simtest.Str(a.Next().Payload, "response_url")
}

// What Slack refuses to show is no use of the URL.
func TestResponseURL_refusedAnswersAreNoUse(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	url := commandURL(l)
	for _, c := range []struct {
		body, code string
		status     int
	}{
		{`{"text":""}`, "no_text", 200}, {`{`, "invalid_payload", 400}, {`[]`, "invalid_payload", 400}, {``, "invalid_payload", 400},
		{`{"text":7}`, "invalid_payload", 400}, {`{"delete_original":true}`, "cant_delete_message", 200},
		{`{"text":"x","blocks":[{"type":"hologram"}]}`, "invalid_blocks", 200},
	} {
		for range 2 {
			l.PostTo(url, c.body, c.status, c.code)
		}
	}
	for range 5 {
		l.PostTo(url, `{"text":"x"}`, 200, "")
	}
	l.PostTo(url, `{"text":"x"}`, 404, "used_url")
}

// All kinds of answer share the five uses, and each gesture has five of its own.
func TestResponseURL_usesAreOfOneGesture(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	a := l.Connect(nil)
	ts := l.Post(simtest.Room, "case", "blocks", simtest.ClickBlocks)
	first, second := clickURL(l, a, simtest.Room, ts), clickURL(l, a, simtest.Room, ts)
	if first == second {
		t.Fatal("two gestures share a URL")
	}
	for _, body := range []string{`{"text":"a"}`, `{"text":"b","response_type":"in_channel"}`, `{"text":"c","replace_original":true}`,
		`{"text":"d","response_type":"ephemeral"}`, `{"delete_original":true}`} {
		l.PostTo(first, body, 200, "")
	}
	l.PostTo(first, `{"text":"f"}`, 404, "used_url")
	l.PostTo(second, `{"text":"e"}`, 200, "")
	simtest.WantTexts(t, l.As(simtest.Anna).Ephemerals(simtest.Room), "a", "d", "e")
	simtest.WantTexts(t, l.Messages(simtest.Room), "b")
}

// After half an hour the URL is expired; much later nobody knows it any more.
// A URL that was both used up and expired says that it was used up.
func TestResponseURL_ages(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	a := l.Connect(nil)
	fresh := func() string {
		_, err := l.As(simtest.Anna).Slash(l.Ctx, simtest.Room, "/test", "")
		simtest.NoError(t, err)
		return simtest.Str(a.Next().Payload, "response_url")
	}
	old, usedUp := fresh(), fresh()
	for range 5 {
		l.PostTo(usedUp, `{"text":"x"}`, 200, "")
	}
	l.Clock.Advance(30*time.Minute + time.Microsecond)
	l.PostTo(old, `{"text":"x"}`, 404, "expired_url")
	l.PostTo(usedUp, `{"text":"x"}`, 404, "used_url")
	l.Clock.Advance(30 * time.Minute)
	fresh()
	for _, url := range []string{old, usedUp} {
		l.PostTo(url, `{"text":"x"}`, 404, "no_such_hook")
	}
}

// An answer to an ephemeral message replaces or removes it for the one who saw
// it.
func TestResponseURL_onAnEphemeral(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	a := l.Connect(nil)
	ts := simtest.Str(simtest.WantOK(t, l.Call("chat.postEphemeral", "channel", simtest.Room, "user", simtest.Anna, "text", "psst", "blocks", simtest.ClickBlocks)), "message_ts")
	url := clickURL(l, a, simtest.Room, ts)
	changes, stop := l.Subscribe()
	defer stop()
	l.PostTo(url, `{"text":"done","replace_original":true}`, 200, "")
	if c := <-changes; c.Kind != workspace.ChangeMessage || c.Person != simtest.Anna || c.Channel != simtest.Room {
		t.Errorf("events %+v: only anna's screen changed", c)
	}
	if list := l.As(simtest.Anna).Ephemerals(simtest.Room); len(list) != 1 || list[0].Text != "done" || list[0].Blocks != nil || list[0].TS != ts || list[0].Edited {
		t.Errorf("got %+v", list)
	}
	l.PostTo(url, `{"delete_original":true}`, 200, "")
	if c := <-changes; c.Person != simtest.Anna {
		t.Errorf("events %+v", c)
	}
	simtest.WantTexts(t, l.As(simtest.Anna).Ephemerals(simtest.Room))
	simtest.WantTexts(t, l.Messages(simtest.Room))
}

// Replacing keeps the message's place, its thread and its metadata's owner.
func TestResponseURL_replacedMessageKeepsItsPlace(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	a := l.Connect(nil)
	before := l.Post(simtest.Room, "before")
	ts := l.Post(simtest.Room, "case", "blocks", simtest.ClickBlocks, "attachments", `[{"text":"old"}]`)
	l.Post(simtest.Room, "reply", "thread_ts", ts)
	url := clickURL(l, a, simtest.Room, ts)
	body := `{"text":"done","replace_original":true,"blocks":` + simtest.SectionBlocks + `,"attachments":[{"text":"new"}]}`
	l.PostTo(url, body, 200, "")
	list := l.Messages(simtest.Room)
	if len(list) != 2 || list[0].TS != before || list[1].TS != ts || list[1].ReplyCount != 1 {
		t.Fatalf("got %+v", list)
	}
	if m := list[1]; m.Text != "done" || !m.Edited || !strings.Contains(string(m.Attachments), "new") || !strings.Contains(string(m.Blocks), "block_id") {
		t.Errorf("got %+v", m)
	}
	l.PostTo(url, `{"delete_original":true}`, 200, "")
	if m, _ := l.Message(simtest.Room, ts); m.Subtype != workspace.Tombstone {
		t.Errorf("a root with replies leaves a tombstone: %+v", m)
	}
	l.PostTo(url, `{"delete_original":true}`, 200, "cant_delete_message")
}

// thread_ts puts the answer in the thread; without it a click in a thread is
// answered in the channel.
func TestResponseURL_answersInThreads(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	a := l.Connect(nil)
	root := l.Post(simtest.Room, "root")
	ts := l.Post(simtest.Room, "case", "blocks", simtest.ClickBlocks, "thread_ts", root)
	url := clickURL(l, a, simtest.Room, ts)
	l.PostTo(url, `{"text":"in the thread","response_type":"in_channel","thread_ts":"`+root+`"}`, 200, "")
	l.PostTo(url, `{"text":"in the channel","response_type":"in_channel"}`, 200, "")
	l.PostTo(url, `{"text":"whisper","thread_ts":"`+root+`"}`, 200, "")
	simtest.WantTexts(t, l.Thread(simtest.Room, root), "case", "in the thread")
	simtest.WantTexts(t, l.Messages(simtest.Room), "root", "in the channel")
	if list := l.As(simtest.Anna).Ephemerals(simtest.Room); len(list) != 1 || list[0].ThreadTS != root {
		t.Errorf("got %+v", list)
	}
}

// A response URL works where the bot is not: in a channel of the person's own.
func TestResponseURL_whereTheBotIsNot(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	a := l.Connect(nil)
	_, err := l.As(simtest.Bram).Slash(l.Ctx, simtest.Vault, "/test", "")
	simtest.NoError(t, err)
	url := simtest.Str(a.Next().Payload, "response_url")
	l.PostTo(url, `{"text":"to all","response_type":"in_channel"}`, 200, "")
	l.PostTo(url, `{"text":"to bram"}`, 200, "")
	simtest.WantTexts(t, l.Messages(simtest.Vault), "to all")
	simtest.WantTexts(t, l.As(simtest.Bram).Ephemerals(simtest.Vault), "to bram")
	simtest.WantRefusal(t, l.Call("chat.postMessage", "channel", simtest.Vault, "text", "x"), "channel_not_found")
}
