package user

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/artra/klachtbot/slacksim/wire"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// Post writes a message, in a thread when threadTS is given. The text is as
// typed: & < > are stored escaped, as Slack's clients send them.
func (u *User) Post(ctx context.Context, channel, threadTS, text string) (ts string, err error) {
	u.w.Lock()
	defer u.w.Unlock()
	w := u.w
	c, err := w.Channels.Writable(u.id, channel)
	switch {
	case err != nil:
		return "", err
	case strings.TrimSpace(text) == "":
		return "", workspace.NotThere("an empty message can't be sent")
	case readOnly(w, c):
		return "", errReadOnly
	case threadTS != "" && c.Root(threadTS) == nil:
		return "", workspace.NotThere("no thread %s in %s", threadTS, channel)
	}
	m := workspace.Message{User: u.id, ThreadTS: threadTS, Text: escape(text), Blocks: w.FillIDs(typedBlocks(text))}
	return w.Channels.Post(c, m).TS, ctx.Err()
}

// Upload posts files, with a text or "".
func (u *User) Upload(ctx context.Context, channel, text string, files ...Upload) (ts string, err error) {
	u.w.Lock()
	defer u.w.Unlock()
	w := u.w
	c, err := w.Channels.Writable(u.id, channel)
	switch {
	case err != nil:
		return "", err
	case len(files) == 0:
		return "", workspace.NotThere("no files to upload")
	case readOnly(w, c):
		return "", errReadOnly
	}
	m := workspace.Message{User: u.id, Text: escape(text)}
	if text != "" {
		m.Blocks = w.FillIDs(typedBlocks(text))
	}
	var kept []*workspace.StoredFile
	for _, one := range files {
		f := upload(w, u.id, one)
		kept, m.Files = append(kept, f), append(m.Files, f.File)
	}
	posted := w.Channels.Post(c, m)
	for _, f := range kept {
		f.ShareIn(c, posted.TS)
	}
	return posted.TS, ctx.Err()
}

// Share forwards a message to a channel, with a comment or "". What is forwarded
// stands in an attachment of the new message, and nowhere else in it.
func (u *User) Share(ctx context.Context, from, ts, channel, comment string) (posted string, err error) {
	u.w.Lock()
	defer u.w.Unlock()
	w := u.w
	of, err := w.Channels.Writable(u.id, from)
	if err != nil {
		return "", err
	}
	c, err := w.Channels.Writable(u.id, channel)
	if err != nil {
		return "", err
	}
	m := of.Message(ts)
	if m == nil || m.Subtype == workspace.Tombstone {
		return "", workspace.NotThere("no message %s in %s", ts, from)
	}
	shared := workspace.Message{User: u.id, Text: escape(comment), Attachments: wire.JSON([]any{sharedMessage(w, of, m)})}
	if comment != "" {
		shared.Blocks = w.FillIDs(typedBlocks(comment))
	}
	return w.Channels.Post(c, shared).TS, ctx.Err()
}

// sharedMessage is a message as Slack puts it into an attachment.
func sharedMessage(w *workspace.Workspace, of *workspace.Conversation, m *workspace.Message) map[string]any {
	author := cmp.Or(m.App, "Unknown")
	if p := w.People.Get(m.User); p != nil {
		author = cmp.Or(p.RealName, p.Name)
	}
	wired := w.Channels.WireMessage(of, m, false)
	link := fmt.Sprintf("%s/archives/%s/p%s", w.URL(), of.ID, strings.ReplaceAll(m.TS, ".", ""))
	out := map[string]any{
		"id": 1, "is_share": true, "is_msg_unfurl": true, "color": "D0D0D0", "mrkdwn_in": []string{"text"},
		"channel_id": of.ID, "channel_team": w.Team.ID, "ts": m.TS, "from_url": link,
		"author_id": m.User, "author_name": author, "author_subname": author,
		"text": m.Text, "fallback": author + ": " + m.Text,
		"message_blocks": []any{map[string]any{"team": w.Team.ID, "channel": of.ID, "ts": m.TS, "message": map[string]any{"blocks": wired["blocks"]}}},
	}
	if wired["blocks"] == nil {
		delete(out, "message_blocks")
	}
	if wired["files"] != nil {
		out["files"] = wired["files"]
	}
	return out
}

var errReadOnly = workspace.NotThere("the manifest makes the bot's messages read-only")

// readOnly reports whether people can't write there: to the bot, unless the
// manifest lets them.
func readOnly(w *workspace.Workspace, c *workspace.Conversation) bool {
	return c.IsDM() && !w.App.PeopleMayWrite()
}

// escape writes text as Slack stores what a person typed.
func escape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}

// typedBlocks is the rich_text block that Slack makes of what a person typed.
func typedBlocks(text string) []byte {
	return wire.JSON([]any{map[string]any{"type": "rich_text", "elements": []any{
		map[string]any{"type": "rich_text_section", "elements": []any{map[string]any{"type": "text", "text": text}}},
	}}})
}
