package slacksim

import (
	"strings"
	"testing"
	"time"
)

// clickURL is the response URL of anna's click in the message, and a socket that
// goes on listening.
func clickURL(l *simTest, a *socketApp, channel, ts string) string {
	l.t.Helper()
	noError(l.t, l.As(anna).Click(l.ctx, channel, ts, "go", ""))
	return str(a.next().Payload, "response_url")
}

// What Slack refuses to show is no use of the URL.
func TestResponseURL_refusedAnswersAreNoUse(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
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
			l.postTo(url, c.body, c.status, c.code)
		}
	}
	for range 5 {
		l.postTo(url, `{"text":"x"}`, 200, "")
	}
	l.postTo(url, `{"text":"x"}`, 404, "used_url")
}

// All kinds of answer share the five uses, and each gesture has five of its own.
func TestResponseURL_usesAreOfOneGesture(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	a := l.connect(nil)
	ts := l.post(room, "case", "blocks", clickBlocks)
	first, second := clickURL(l, a, room, ts), clickURL(l, a, room, ts)
	if first == second {
		t.Fatal("two gestures share a URL")
	}
	for _, body := range []string{`{"text":"a"}`, `{"text":"b","response_type":"in_channel"}`, `{"text":"c","replace_original":true}`,
		`{"text":"d","response_type":"ephemeral"}`, `{"delete_original":true}`} {
		l.postTo(first, body, 200, "")
	}
	l.postTo(first, `{"text":"f"}`, 404, "used_url")
	l.postTo(second, `{"text":"e"}`, 200, "")
	wantTexts(t, l.As(anna).Ephemerals(room), "a", "d", "e")
	wantTexts(t, l.Messages(room), "b")
}

// After half an hour the URL is expired; much later nobody knows it any more.
// A URL that was both used up and expired says that it was used up.
func TestResponseURL_ages(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	a := l.connect(nil)
	fresh := func() string {
		_, err := l.As(anna).Slash(l.ctx, room, "/test", "")
		noError(t, err)
		return str(a.next().Payload, "response_url")
	}
	old, usedUp := fresh(), fresh()
	for range 5 {
		l.postTo(usedUp, `{"text":"x"}`, 200, "")
	}
	l.clock.advance(30*time.Minute + time.Microsecond)
	l.postTo(old, `{"text":"x"}`, 404, "expired_url")
	l.postTo(usedUp, `{"text":"x"}`, 404, "used_url")
	l.clock.advance(30 * time.Minute)
	fresh()
	for _, url := range []string{old, usedUp} {
		l.postTo(url, `{"text":"x"}`, 404, "no_such_hook")
	}
}

// An answer to an ephemeral message replaces or removes it for the one who saw it.
func TestResponseURL_onAnEphemeral(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	a := l.connect(nil)
	ts := str(wantOK(t, l.call("chat.postEphemeral", "channel", room, "user", anna, "text", "psst", "blocks", clickBlocks)), "message_ts")
	url := clickURL(l, a, room, ts)
	changes, stop := l.Subscribe()
	defer stop()
	l.postTo(url, `{"text":"done","replace_original":true}`, 200, "")
	if c := <-changes; c.Kind != ChangeMessage || c.Person != anna || c.Channel != room {
		t.Errorf("told %+v: only anna's screen changed", c)
	}
	if list := l.As(anna).Ephemerals(room); len(list) != 1 || list[0].Text != "done" || list[0].Blocks != nil || list[0].TS != ts || list[0].Edited {
		t.Errorf("got %+v", list)
	}
	l.postTo(url, `{"delete_original":true}`, 200, "")
	if c := <-changes; c.Person != anna {
		t.Errorf("told %+v", c)
	}
	wantTexts(t, l.As(anna).Ephemerals(room))
	wantTexts(t, l.Messages(room))
}

// Replacing keeps the message's place, its thread and its metadata's owner.
func TestResponseURL_replacedMessageKeepsItsPlace(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	a := l.connect(nil)
	before := l.post(room, "before")
	ts := l.post(room, "case", "blocks", clickBlocks, "attachments", `[{"text":"old"}]`)
	l.post(room, "reply", "thread_ts", ts)
	url := clickURL(l, a, room, ts)
	body := `{"text":"done","replace_original":true,"blocks":` + sectionBlocks + `,"attachments":[{"text":"new"}]}`
	l.postTo(url, body, 200, "")
	list := l.Messages(room)
	if len(list) != 2 || list[0].TS != before || list[1].TS != ts || list[1].ReplyCount != 1 {
		t.Fatalf("got %+v", list)
	}
	if m := list[1]; m.Text != "done" || !m.Edited || !strings.Contains(string(m.Attachments), "new") || !strings.Contains(string(m.Blocks), "block_id") {
		t.Errorf("got %+v", m)
	}
	l.postTo(url, `{"delete_original":true}`, 200, "")
	if m, _ := l.Message(room, ts); m.Subtype != tombstone {
		t.Errorf("a root with replies leaves a tombstone: %+v", m)
	}
	l.postTo(url, `{"delete_original":true}`, 200, "cant_delete_message")
}

// thread_ts puts the answer in the thread; without it a click in a thread is
// answered in the channel.
func TestResponseURL_answersInThreads(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	a := l.connect(nil)
	root := l.post(room, "root")
	ts := l.post(room, "case", "blocks", clickBlocks, "thread_ts", root)
	url := clickURL(l, a, room, ts)
	l.postTo(url, `{"text":"in the thread","response_type":"in_channel","thread_ts":"`+root+`"}`, 200, "")
	l.postTo(url, `{"text":"in the channel","response_type":"in_channel"}`, 200, "")
	l.postTo(url, `{"text":"whisper","thread_ts":"`+root+`"}`, 200, "")
	wantTexts(t, l.Thread(room, root), "case", "in the thread")
	wantTexts(t, l.Messages(room), "root", "in the channel")
	if list := l.As(anna).Ephemerals(room); len(list) != 1 || list[0].ThreadTS != root {
		t.Errorf("got %+v", list)
	}
}

// A response URL works where the bot is not: in a channel of the person's own.
func TestResponseURL_whereTheBotIsNot(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	a := l.connect(nil)
	_, err := l.As(bram).Slash(l.ctx, vault, "/test", "")
	noError(t, err)
	url := str(a.next().Payload, "response_url")
	l.postTo(url, `{"text":"to all","response_type":"in_channel"}`, 200, "")
	l.postTo(url, `{"text":"to bram"}`, 200, "")
	wantTexts(t, l.Messages(vault), "to all")
	wantTexts(t, l.As(bram).Ephemerals(vault), "to bram")
	wantRefusal(t, l.call("chat.postMessage", "channel", vault, "text", "x"), "channel_not_found")
}
