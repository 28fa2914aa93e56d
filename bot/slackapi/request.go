package slackapi

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow/roster"
)

// Request is a call of one of the methods that the bot lives by; Client.Do
// makes it.
type Request struct {
	method string
	view   any           // sent as JSON, the token in a header; nil for a form
	form   url.Values    // the token goes with it
	blocks []slack.Block // of the form; nil for none
}

// Content is what a message says.
type Content struct {
	Text   string        // mrkdwn; what people typed is escaped in it
	Blocks []slack.Block // none: its text alone
	Key    string        // of the delivery; "" for what is never searched for
}

// OpenView opens a modal.
func OpenView(trigger string, view slack.ModalViewRequest) Request {
	return Request{method: MethodOpenView, view: map[string]any{"trigger_id": trigger, "view": view}}
}

// UpdateView changes an open modal.
func UpdateView(id string, view slack.ModalViewRequest) Request {
	return Request{method: MethodUpdateView, view: map[string]any{"view_id": id, "view": view}}
}

// UpdateViewNamed changes an open modal that is known by its external id alone.
func UpdateViewNamed(externalID string, view slack.ModalViewRequest) Request {
	return Request{method: MethodUpdateView, view: map[string]any{"external_id": externalID, "view": view}}
}

// PublishView shows somebody's Home tab.
func PublishView(who roster.PersonID, view slack.HomeTabViewRequest) Request {
	return Request{method: MethodPublishView, view: map[string]any{"user_id": who, "view": view}}
}

// Post posts a message, in the thread below at when that is a message.
func Post(at MessageRef, c Content) Request {
	form := c.form(at.Channel)
	if at.TS != "" {
		form.Set("thread_ts", at.TS)
	}
	return Request{method: MethodPost, form: form, blocks: c.Blocks}
}

// Update edits a message: it shows c from then on, and nothing of what it showed.
// Blocks are always said, none as an empty list: of an edit that leaves them out
// Slack's documentation said once that those before stay, and says now that they go.
func Update(at MessageRef, c Content) Request {
	form := c.form(at.Channel)
	form.Set("ts", at.TS)
	return Request{method: MethodUpdate, form: form, blocks: append([]slack.Block{}, c.Blocks...)}
}

// AskFile asks what Slack has of a file.
func AskFile(id string) Request {
	return Request{method: MethodFileInfo, form: url.Values{"file": {id}}}
}

// Delete deletes a message.
func Delete(at MessageRef) Request {
	return Request{method: MethodDelete, form: url.Values{"channel": {at.Channel}, "ts": {at.TS}}}
}

// form is what a message says beside its blocks. Links are not unfolded.
func (c Content) form(channel string) url.Values {
	form := url.Values{"channel": {channel}, "text": {c.Text}, "unfurl_links": {"false"}, "unfurl_media": {"false"}}
	if c.Key != "" {
		form.Set("metadata", keyed(c.Key))
	}
	return form
}

// Page is which messages of a channel or thread are asked for.
type Page struct {
	Oldest string // a timestamp; "" for no bound
	Latest string // a timestamp, itself included; "" for no bound
	Cursor string // "" for the first page
	Limit  int
	Keys   bool // with the keys that messages carry
}

// messagesOf asks for a page of a channel or thread.
func messagesOf(in MessageRef, p Page) Request {
	r := Request{method: MethodHistory, form: url.Values{
		"channel": {in.Channel}, "limit": {strconv.Itoa(p.Limit)}, "inclusive": {"0"}, "include_all_metadata": {"0"},
	}}
	if in.TS != "" {
		r.method = MethodReplies
		r.form.Set("ts", in.TS)
	}
	if p.Oldest != "" {
		r.form.Set("oldest", p.Oldest)
	}
	if p.Latest != "" {
		r.form.Set("latest", p.Latest)
		r.form.Set("inclusive", "1")
	}
	if p.Cursor != "" {
		r.form.Set("cursor", p.Cursor)
	}
	if p.Keys {
		r.form.Set("include_all_metadata", "1")
	}
	return r
}

// request is r as it goes over HTTP.
func (c *Client) request(ctx context.Context, r Request) (*http.Request, error) {
	body, kind, err := r.encode(c.token)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.address+r.method, body)
	if err != nil {
		return nil, Bare(err)
	}
	request.Header.Set("Content-Type", kind)
	if r.view != nil {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	return request, nil
}

func (r Request) encode(token string) (body io.Reader, kind string, err error) {
	if r.view != nil {
		b, err := json.Marshal(r.view)
		return bytes.NewReader(b), "application/json", err
	}
	r.form.Set("token", token)
	if r.blocks != nil {
		b, err := json.Marshal(r.blocks)
		if err != nil {
			return nil, "", err
		}
		r.form.Set("blocks", string(b))
	}
	return strings.NewReader(r.form.Encode()), "application/x-www-form-urlencoded", nil
}
