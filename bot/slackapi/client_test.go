package slackapi

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
)

// sent is what arrived at Slack.
type sent struct{ Path, Type, Authorization, Body string }

// answering is a Slack that answers every call alike, and a client of it.
func answering(t *testing.T, answer http.HandlerFunc) (*Client, *[]sent) {
	t.Helper()
	var (
		mu  sync.Mutex
		all []sent
	)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		mu.Lock()
		all = append(all, sent{r.URL.Path, r.Header.Get("Content-Type"), r.Header.Get("Authorization"), string(b)})
		mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(server.Close)
	web := NewHTTP(5 * time.Second)
	t.Cleanup(web.CloseIdleConnections)
	return New(Account{BotToken: "xoxb-1", URL: server.URL + "/"}, web), &all
}

// says answers with that JSON.
func says(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }
}

// TestClient_sendsWhatSlackGoSends: whatever Slack was sent by slack-go it is
// sent by Do, byte for byte.
func TestClient_sendsWhatSlackGoSends(t *testing.T) {
	t.Parallel()
	text := slack.NewTextBlockObject(slack.MarkdownType, "*a* <b> & ë", false, false)
	blocks := []slack.Block{slack.NewSectionBlock(text, nil, nil), slack.NewDividerBlock()}
	modal := slack.ModalViewRequest{Type: slack.VTModal, CallbackID: "form", Blocks: slack.Blocks{BlockSet: blocks}, PrivateMetadata: "{}"}
	tab := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: blocks}}
	in, below := MessageRef{Channel: "C1"}, MessageRef{Channel: "C1", TS: "1.2"}
	marked := slack.MsgOptionMetadata(slack.SlackMetadata{EventType: eventType, EventPayload: map[string]any{"key": "k<1>"}})
	common := []slack.MsgOption{slack.MsgOptionText("a & b", false), marked, slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl()}
	with := func(more ...slack.MsgOption) []slack.MsgOption { return append(more, common...) }
	content := func(blocks []slack.Block) Content { return Content{Text: "a & b", Key: "k<1>", Blocks: blocks} }
	c, all := answering(t, says(`{"ok":true,"ts":"1.2"}`))
	ctx := t.Context()
	for name, test := range map[string]struct {
		ours   Request
		theirs func()
	}{
		"open":    {OpenView("T1", modal), func() { _, _ = c.OpenViewContext(ctx, "T1", modal) }},
		"update":  {UpdateView("V1", modal), func() { _, _ = c.UpdateViewContext(ctx, modal, "", "", "V1") }},
		"publish": {PublishView("U1", tab), func() { _, _ = c.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: "U1", View: tab}) }},
		"post":    {Post(in, content(blocks)), func() { _, _, _ = c.PostMessageContext(ctx, "C1", with(slack.MsgOptionBlocks(blocks...))...) }},
		"reply":   {Post(below, content(nil)), func() { _, _, _ = c.PostMessageContext(ctx, "C1", with(slack.MsgOptionTS("1.2"))...) }},
		"edit": {Update(below, content(blocks)), func() {
			_, _, _, _ = c.UpdateMessageContext(ctx, "C1", "1.2", with(slack.MsgOptionBlocks(blocks...))...)
		}},
		"clear":  {Update(below, content(nil)), func() { _, _, _, _ = c.UpdateMessageContext(ctx, "C1", "1.2", with(slack.MsgOptionBlocks())...) }},
		"delete": {Delete(below), func() { _, _, _ = c.DeleteMessageContext(ctx, "C1", "1.2") }},
		"history": {messagesOf(in, Page{Oldest: "1.0", Limit: 200, Keys: true}), func() {
			_, _ = c.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{ChannelID: "C1", Oldest: "1.0", Limit: 200, IncludeAllMetadata: true})
		}},
		"replies": {messagesOf(below, Page{Cursor: "c", Limit: 1}), func() {
			_, _, _, _ = c.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{ChannelID: "C1", Timestamp: "1.2", Cursor: "c", Limit: 1})
		}},
	} {
		*all = nil
		if _, err := c.Do(ctx, test.ours); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		test.theirs()
		if len(*all) != 2 {
			t.Fatalf("%s: %d calls", name, len(*all))
		}
		if diff := cmp.Diff((*all)[1], (*all)[0]); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestClient_readsWhatIsUsed: blocks that nobody knows, and another app's
// metadata, are no reason to fail.
func TestClient_readsWhatIsUsed(t *testing.T) {
	t.Parallel()
	c, _ := answering(t, says(`{"ok":true,"channel":"C1","ts":"1.3","view":{"id":"V1","blocks":[{"type":7}]},
		"message":{"thread_ts":"1.2","blocks":[{"type":"hologram","elements":7}]},
		"messages":[
			{"ts":"1.2","subtype":"tombstone","user":"U1","blocks":[{"type":"data_visualization","title":7}],"metadata":{"event_type":"klachtbot","event_payload":{"key":"k1"}}},
			{"ts":"1.3","files":[{"id":"F1","name":"a.pdf","title":"A","size":"odd"}],"metadata":{"event_type":"other","event_payload":{"key":{"a":1}}}}],
		"response_metadata":{"next_cursor":"more"}}`))
	got, err := c.Do(t.Context(), messagesOf(MessageRef{Channel: "C1"}, Page{}))
	if err != nil {
		t.Fatal(err)
	}
	want := Answer{OK: true, Channel: "C1", TS: "1.3", View: view{"V1"}, Posted: thread{"1.2"}, Messages: []Message{
		{TS: "1.2", Subtype: "tombstone", User: "U1", Blocks: []block{{"data_visualization"}}},
		{TS: "1.3", Files: []File{{"F1", "a.pdf", "A"}}},
	}, More: slack.ResponseMetadata{Cursor: "more"}}
	first, second := &got.Messages[0], &got.Messages[1]
	if first.Key() != "k1" || !first.Charted() || second.Ours() || second.Key() != "" || second.Charted() {
		t.Errorf("%+v", got.Messages)
	}
	first.Mark, second.Mark = mark{}, mark{}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestClient_failures: what went wrong is the error that slack-go has for it,
// and an answer that can't be meant is none.
func TestClient_failures(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status  int
		header  string
		body    string
		fault   string
		failure Failure
	}{
		"refused":      {200, "", `{"ok":false,"error":"is_archived","response_metadata":{"messages":["why"]}}`, "is_archived", BadPlace},
		"limited":      {429, "7", `{"ok":false,"error":"ratelimited"}`, FaultLimited, Unsure},
		"limited, odd": {429, "", ``, "http_429", Unsure},
		"no server":    {502, "", `<html>`, "http_502", Unsure},
		"no JSON":      {200, "", `<html>`, FaultNoAnswer, Unsure},
		"empty":        {200, "", ``, FaultNoAnswer, Unsure},
		"no word":      {200, "", `{}`, FaultNoAnswer, Unsure},
		"no ts":        {200, "", `{"ok":true}`, FaultNoAnswer, Unsure},
		"too large":    {200, "", `{"ok":true,"ts":"1.2","x":"` + strings.Repeat("x", maxAnswer) + `"}`, FaultNoAnswer, Unsure},
	} {
		c, _ := answering(t, func(w http.ResponseWriter, _ *http.Request) {
			if test.header != "" {
				w.Header().Set("Retry-After", test.header)
			}
			w.WriteHeader(test.status)
			_, _ = io.WriteString(w, test.body)
		})
		_, err := c.Do(t.Context(), Post(MessageRef{Channel: "C1"}, Content{Text: "a"}))
		if Fault(err) != test.fault || FailureOf(err) != test.failure {
			t.Errorf("%s: %v is %q, %d", name, err, Fault(err), FailureOf(err))
		}
		var limited *slack.RateLimitedError
		if errors.As(err, &limited) && limited.RetryAfter != 7*time.Second {
			t.Errorf("%s: again in %v", name, limited.RetryAfter)
		}
		var refused slack.SlackErrorResponse
		if errors.As(err, &refused) && cmp.Diff([]string{"why"}, refused.ResponseMetadata.Messages) != "" {
			t.Errorf("%s: %v", name, refused.ResponseMetadata)
		}
	}
}

// TestClient_timeout: an answer that does not come is one that nobody knows of,
// and the error names no address.
func TestClient_timeout(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	c, _ := answering(t, func(http.ResponseWriter, *http.Request) { <-release })
	defer close(release)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	_, err := c.Do(ctx, Delete(MessageRef{"C1", "1.2"}))
	if Fault(err) != FaultTimeout || strings.Contains(err.Error(), "127.0.0.1") {
		t.Errorf("%v is %q", err, Fault(err))
	}
}

// TestClient_keepsItsConnection: whatever was answered, the next call goes over
// the same connection.
func TestClient_keepsItsConnection(t *testing.T) {
	t.Parallel()
	var from []string
	c, _ := answering(t, func(w http.ResponseWriter, r *http.Request) {
		from = append(from, r.RemoteAddr)
		if len(from)%2 == 0 {
			w.WriteHeader(http.StatusBadGateway)
		}
		_, _ = io.WriteString(w, `{"ok":true,"ts":"1.2"}`)
		w.(http.Flusher).Flush()
		_, _ = io.WriteString(w, strings.Repeat(" ", 20_000))
	})
	for range 4 {
		_, _ = c.Do(t.Context(), Post(MessageRef{Channel: "C1"}, Content{Text: "a"}))
	}
	for _, address := range from[1:] {
		if address != from[0] {
			t.Errorf("%d calls from %q", len(from), from)
		}
	}
}
