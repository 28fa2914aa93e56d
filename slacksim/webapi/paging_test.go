package webapi_test

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/simtest"
	"github.com/artra/klachtbot/slacksim/wire"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// pages asks for all pages of a method and gives the texts on each.
func pages(l *simtest.Test, method string, pairs ...string) [][]string {
	l.T.Helper()
	var out [][]string
	cursor := ""
	for range 50 {
		r := simtest.WantOK(l.T, l.Call(method, append(slices.Clone(pairs), "cursor", cursor)...))
		out = append(out, texts(r))
		cursor = simtest.Str(r, "response_metadata.next_cursor")
		if more := r["has_more"] == true; more != (cursor != "") {
			l.T.Errorf("has_more %t with cursor %q", more, cursor)
		}
		if cursor == "" {
			return out
		}
	}
	l.T.Fatalf("%s %q never ends", method, pairs)
	return nil
}

// window is a range of a history: bounds as indexes of messages, -1 for none.
type window struct {
	oldest, latest int
	inclusive      bool
}

func windowsOf(n int) []window {
	var out []window
	for oldest := -1; oldest < n; oldest++ {
		for latest := -1; latest < n; latest++ {
			out = append(out, window{oldest, latest, false}, window{oldest, latest, true})
		}
	}
	return out
}

func (w window) pairs(ts []string) []string {
	var out []string
	if w.oldest >= 0 {
		out = append(out, "oldest", ts[w.oldest])
	}
	if w.latest >= 0 {
		out = append(out, "latest", ts[w.latest])
	}
	if w.inclusive {
		out = append(out, "inclusive", "true")
	}
	return out
}

// holds reports whether message i of n lies in the window.
func (w window) holds(i int) bool {
	above := w.oldest < 0 || i > w.oldest || (w.inclusive && i == w.oldest)
	below := w.latest < 0 || i < w.latest || (w.inclusive && i == w.latest)
	return above && below
}

// TestPaging_everyWindowOfAHistory: whatever the bounds and the page size, the
// pages together are the messages within, each once, newest first.
func TestPaging_everyWindowOfAHistory(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	const n = 4
	ts := seconds(l, n)
	for _, w := range windowsOf(n) {
		var within []string
		for i := range n {
			if w.holds(i) {
				within = append([]string{strconv.Itoa(i)}, within...)
			}
		}
		for _, limit := range []int{1, 2, 3} {
			pages := pages(l, "conversations.history", append(w.pairs(ts), "channel", simtest.Room, "limit", strconv.Itoa(limit))...)
			wanted := slices.Collect(slices.Chunk(within, limit))
			if len(wanted) == 0 {
				wanted = [][]string{nil}
			}
			if diff := cmp.Diff(wanted, pages); diff != "" {
				t.Errorf("%+v, %d a page (-want +got):\n%s", w, limit, diff)
			}
		}
	}
}

// TestPaging_everyWindowOfAThread: the same for replies, oldest first, and the
// root on every page.
func TestPaging_everyWindowOfAThread(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	root := l.Post(simtest.Room, "root")
	l.Clock.Advance(time.Second)
	const n = 3
	ts := seconds(l, n, "thread_ts", root)
	for _, w := range windowsOf(n) {
		var within []string
		for i := range n {
			if w.holds(i) {
				within = append(within, strconv.Itoa(i))
			}
		}
		for _, limit := range []int{1, 2} {
			pages := pages(l, "conversations.replies", append(w.pairs(ts), "channel", simtest.Room, "ts", root, "limit", strconv.Itoa(limit))...)
			wanted := [][]string{{"root"}}
			for i, chunk := range slices.Collect(slices.Chunk(within, limit)) {
				wanted = append(wanted[:i], append([]string{"root"}, chunk...))
			}
			if diff := cmp.Diff(wanted, pages); diff != "" {
				t.Errorf("%+v, %d a page (-want +got):\n%s", w, limit, diff)
			}
		}
	}
}

// TestPaging_pagesWhileMessagesGo: a page goes on where the last one ended,
// also when most of the messages went meanwhile.
func TestPaging_pagesWhileMessagesGo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		limit string
		gone  []int // of 0, 1, 2, after the first page
		next  string
	}{
		{"none", "1", nil, "[1]"},
		{"what was read", "1", []int{2}, "[1]"},
		{"the next", "1", []int{1}, "[0]"},
		{"all but the last", "1", []int{1, 2}, "[0]"},
		{"all but what was read", "2", []int{0, 1}, "[]"},
		{"the next, which was the last", "2", []int{0}, "[]"},
		{"all", "2", []int{0, 1, 2}, "[]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := simtest.New(t)
			ts := seconds(l, 3)
			first := simtest.WantOK(t, l.Call("conversations.history", "channel", simtest.Room, "limit", c.limit))
			for _, i := range c.gone {
				simtest.NoError(t, l.DeleteMessage(simtest.Room, ts[i]))
			}
			r := simtest.WantOK(t, l.Call("conversations.history", "channel", simtest.Room, "limit", c.limit, "cursor", simtest.Str(first, "response_metadata.next_cursor")))
			if got := fmt.Sprint(texts(r)); got != c.next {
				t.Errorf("the next page is %s, want %s", got, c.next)
			}
		})
	}
}

func TestPaging_threadPagesWhileRepliesGo(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	root := l.Post(simtest.Room, "root")
	ts := seconds(l, 3, "thread_ts", root)
	ask := func(cursor string) wire.Reply {
		return simtest.WantOK(t, l.Call("conversations.replies", "channel", simtest.Room, "ts", root, "limit", "1", "cursor", cursor))
	}
	first := ask("")
	simtest.WantOK(t, l.Call("chat.delete", "channel", simtest.Room, "ts", ts[0]))
	simtest.WantOK(t, l.Call("chat.delete", "channel", simtest.Room, "ts", ts[2]))
	second := ask(simtest.Str(first, "response_metadata.next_cursor"))
	if got := fmt.Sprint(texts(second)); got != "[root 1]" || second["has_more"] != false {
		t.Errorf("got %s, %v", got, second["has_more"])
	}
	simtest.WantOK(t, l.Call("chat.delete", "channel", simtest.Room, "ts", ts[1]))
	if got := fmt.Sprint(texts(ask(simtest.Str(first, "response_metadata.next_cursor")))); got != "[root]" {
		t.Errorf("got %s", got)
	}
}

// A cursor is the server's own: one of another list, or made up, is refused.
func TestPaging_cursors(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	seconds(l, 3)
	message := simtest.Str(l.Call("conversations.history", "channel", simtest.Room, "limit", "1"), "response_metadata.next_cursor")
	member := simtest.Str(l.Call("conversations.members", "channel", simtest.Room, "limit", "1"), "response_metadata.next_cursor")
	encoded := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	for _, c := range []struct{ method, cursor string }{
		{"conversations.history", member}, {"conversations.history", encoded("nonsense")}, {"conversations.history", "%%%"},
		{"conversations.members", message}, {"conversations.members", encoded("from:-1")}, {"conversations.members", encoded("from:x")},
		{"conversations.members", encoded("from:4")}, {"users.list", message}, {"users.list", encoded("from:99")},
	} {
		simtest.WantRefusal(t, l.Call(c.method, "channel", simtest.Room, "cursor", c.cursor), "invalid_cursor")
	}
	simtest.Want(t, simtest.WantOK(t, l.Call("conversations.members", "channel", simtest.Room, "cursor", encoded("from:3"))), map[string]any{"members.0": nil})
}

// A page is at most as long as the method lets it be.
func TestPaging_mostAPage(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, func(cfg *slacksim.Config) {
		for i := range 1001 {
			cfg.People = append(cfg.People, workspace.Person{ID: fmt.Sprintf("U1%04d", i), Name: fmt.Sprint("p", i)})
			cfg.Channels[0].Members = append(cfg.Channels[0].Members, fmt.Sprintf("U1%04d", i))
		}
	})
	for _, c := range []struct {
		method, list, limit string
		n                   int
	}{
		{"users.list", "members", "", 1006}, {"users.list", "members", "0", 1006}, {"users.list", "members", "5000", 1000},
		{"conversations.members", "members", "", 100}, {"conversations.members", "members", "5000", 1000},
		{"conversations.history", "messages", "", 100}, {"conversations.history", "messages", "5000", 999},
	} {
		if c.method == "conversations.history" && len(l.Messages(simtest.Room)) == 0 {
			w := l.Workspace()
			w.Lock()
			for range 1005 {
				w.Channels.Post(w.Channels.Get(simtest.Room), workspace.Message{User: simtest.Anna, Text: "x"})
			}
			w.Unlock()
		}
		r := simtest.WantOK(t, l.Call(c.method, "channel", simtest.Room, "limit", c.limit))
		if list, _ := r[c.list].([]any); len(list) != c.n {
			t.Errorf("%s, limit %q: %d, want %d", c.method, c.limit, len(list), c.n)
		}
	}
}

// TestPaging_usersListSaysWhatUsersInfoSays, language and all, on every page.
func TestPaging_usersListSaysWhatUsersInfoSays(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, func(cfg *slacksim.Config) {
		cfg.People = append(cfg.People, workspace.Person{ID: "U0DORA", Name: "dora", RealName: "Dora van den Berg", Stranger: true, TeamID: "T0OTHER", Locale: "fr-FR"},
			workspace.Person{ID: "U0EVA", Name: "eva", SingleChannelGuest: true, TZ: "Nowhere/Known"})
	})
	simtest.NoError(t, l.Deactivate(simtest.Bram))
	for _, locale := range []string{"", "true"} {
		listed := 0
		cursor := ""
		for {
			r := simtest.WantOK(t, l.Call("users.list", "limit", "3", "cursor", cursor, "include_locale", locale))
			for _, member := range r["members"].([]any) {
				listed++
				one := simtest.WantOK(t, l.Call("users.info", "user", simtest.Str(member, "id"), "include_locale", locale))
				if diff := cmp.Diff(one["user"], member); diff != "" {
					t.Errorf("users.info and users.list differ (-info +list):\n%s", diff)
				}
				_, has := member.(map[string]any)["locale"]
				if has != (locale == "true" && simtest.Str(member, "id") != simtest.Bram) {
					t.Errorf("include_locale %q: %s has a locale: %t", locale, simtest.Str(member, "id"), has)
				}
			}
			if cursor = simtest.Str(r, "response_metadata.next_cursor"); cursor == "" {
				break
			}
		}
		if listed != 7 {
			t.Errorf("%d people, want 7", listed)
		}
	}
	simtest.Want(t, l.Call("users.info", "user", "U0EVA"), map[string]any{"user.tz": "Nowhere/Known", "user.tz_offset": 0.0})
	simtest.Want(t, l.Call("users.info", "user", "U0DORA"), map[string]any{"user.profile.first_name": "Dora", "user.profile.last_name": "van den Berg"})
}

// TestPaging_tombstones: a deleted root keeps its place until its last reply
// goes.
func TestPaging_tombstones(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	root := l.Post(simtest.Room, "secret", "blocks", simtest.SectionBlocks, "metadata", simtest.CaseKey)
	first, second := l.Post(simtest.Room, "first", "thread_ts", root), l.Post(simtest.Room, "second", "thread_ts", root, "reply_broadcast", "1")
	simtest.WantOK(t, l.Call("chat.delete", "channel", simtest.Room, "ts", root))
	r := simtest.WantOK(t, l.Call("conversations.replies", "channel", simtest.Room, "ts", root, "include_all_metadata", "1"))
	simtest.Want(t, r, map[string]any{"messages.0.subtype": "tombstone", "messages.0.hidden": true, "messages.0.user": workspace.SlackbotID, "messages.0.bot_id": nil,
		"messages.0.blocks": nil, "messages.0.metadata": nil, "messages.0.reply_count": 2.0, "messages.1.parent_user_id": workspace.SlackbotID})
	if got := fmt.Sprint(texts(r)); strings.Contains(got, "secret") {
		t.Errorf("the tombstone tells %s", got)
	}
	if got := fmt.Sprint(pages(l, "conversations.history", "channel", simtest.Room)); got != "[[second This message was deleted.]]" {
		t.Errorf("history %s", got)
	}
	simtest.Want(t, simtest.WantOK(t, l.Call("chat.postMessage", "channel", simtest.Room, "text", "late", "thread_ts", root)), map[string]any{"message.thread_ts": nil})
	simtest.WantOK(t, l.Call("chat.delete", "channel", simtest.Room, "ts", first))
	if _, there := l.Message(simtest.Room, root); !there {
		t.Error("the tombstone went before its last reply")
	}
	simtest.WantOK(t, l.Call("chat.delete", "channel", simtest.Room, "ts", second))
	if got := fmt.Sprint(pages(l, "conversations.history", "channel", simtest.Room)); got != "[[late]]" {
		t.Errorf("history %s", got)
	}
	simtest.WantRefusal(t, l.Call("conversations.replies", "channel", simtest.Room, "ts", root), "thread_not_found")
}

// A root whose replies are all gone is a message like any other again.
func TestPaging_rootAfterItsThread(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	root := l.Post(simtest.Room, "root")
	reply := l.Post(simtest.Room, "reply", "thread_ts", root)
	simtest.Want(t, l.Call("conversations.history", "channel", simtest.Room), map[string]any{"messages.0.thread_ts": root, "messages.0.reply_count": 1.0})
	simtest.WantOK(t, l.Call("chat.delete", "channel", simtest.Room, "ts", reply))
	simtest.Want(t, l.Call("conversations.history", "channel", simtest.Room), map[string]any{"messages.0.thread_ts": nil, "messages.0.reply_count": nil,
		"messages.0.latest_reply": nil, "messages.0.text": "root"})
	simtest.WantOK(t, l.Call("chat.delete", "channel", simtest.Room, "ts", root))
	if _, there := l.Message(simtest.Room, root); there {
		t.Error("a root without replies leaves a tombstone")
	}
}
