package webapi

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/artra/klachtbot/slacksim/blockkit"
	"github.com/artra/klachtbot/slacksim/wire"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// maxMessageText is where Slack cuts a text off, in characters.
const maxMessageText = 40_000

func (c *call) postMessage() wire.Reply {
	ch, bad := c.destination()
	if bad != nil {
		return bad
	}
	m, bad := c.message(ch, false)
	if bad != nil {
		return bad
	}
	if code := c.w.Restricted(ch.ID, c.text("thread_ts") != ""); code != "" {
		return wire.Refuse(code)
	}
	if c.flag("reply_broadcast") && m.ThreadTS != "" {
		m.Subtype = workspace.Broadcast
	}
	posted := c.w.Channels.Post(ch, m)
	return wire.Reply{"channel": ch.ID, "ts": posted.TS, "message": c.w.Channels.WireMessage(ch, posted, true)}
}

// destination is where a message may be posted: a channel by id, or a person's
// direct messages by the person's id.
func (c *call) destination() (*workspace.Conversation, wire.Reply) {
	id := c.text("channel")
	if id == "" {
		return nil, wire.MissingArg("channel")
	}
	if p := c.w.People.Get(id); p != nil {
		return c.directMessages(p)
	}
	ch := c.w.Channels.Get(id)
	switch {
	case ch == nil || (ch.Private && !ch.Has(workspace.BotUserID)):
		return nil, wire.Refuse("channel_not_found")
	case ch.Archived:
		return nil, wire.Refuse("is_archived")
	case !ch.Has(workspace.BotUserID) && !c.w.App.Granted("chat:write.public"):
		return nil, wire.Refuse("not_in_channel")
	case ch.IsDM() && !c.w.App.Features.Home.MessagesTab:
		return nil, wire.Refuse("messages_tab_disabled")
	}
	return ch, nil
}

// directMessages refuses a deactivated person only when there is no conversation
// yet: Slack lets a bot go on writing into one that nobody reads any more.
func (c *call) directMessages(p *workspace.Person) (*workspace.Conversation, wire.Reply) {
	open := c.w.Channels.OpenDM(p.ID) != nil
	switch {
	case p.Bot, p.Deleted && !open:
		return nil, wire.Refuse("channel_not_found")
	case !c.w.App.Features.Home.MessagesTab:
		return nil, wire.Refuse("messages_tab_disabled")
	}
	return c.w.Channels.DM(p.ID), nil
}

// message is the message that the arguments describe.
func (c *call) message(ch *workspace.Conversation, update bool) (workspace.Message, wire.Reply) {
	text, blocks := c.text("text"), c.raw("blocks")
	attachments, metadata := c.raw("attachments"), c.raw("metadata")
	if r := blockkit.JudgeMessage(text, blocks, attachments, metadata, update); r != nil {
		return workspace.Message{}, wire.Refused(r)
	}
	if bad := c.w.CheckKinds(blocks); bad != nil {
		return workspace.Message{}, bad
	}
	if bad := c.w.Files.CheckBlocks(blocks); bad != nil {
		return workspace.Message{}, bad
	}
	return workspace.Message{
		User: workspace.BotUserID, BotID: workspace.BotID, ThreadTS: c.text("thread_ts"), Channel: ch.ID,
		Text: cutText(text), Blocks: c.w.FillIDs(wire.Present(blocks)),
		Attachments: wire.Present(attachments), Metadata: metadata,
	}, nil
}

func cutText(text string) string {
	if utf8.RuneCountInString(text) <= maxMessageText {
		return text
	}
	return string([]rune(text)[:maxMessageText])
}

func (c *call) postEphemeral() wire.Reply {
	ch, bad := c.destination()
	if bad != nil {
		return bad
	}
	person := c.w.People.Get(c.text("user"))
	switch {
	case c.text("user") == "":
		return wire.MissingArg("user")
	case person == nil || person.Deleted || !ch.Has(person.ID):
		return wire.Refuse("user_not_in_channel")
	}
	m, bad := c.message(ch, false)
	if bad != nil {
		return bad
	}
	m.To = person.ID
	return wire.Reply{"message_ts": c.w.Channels.PostEphemeral(ch, m).TS}
}

// own finds a message of the bot's own; denied is the error for anyone else's, and
// archived that in an archived channel.
func (c *call) own(denied, archived string) (*workspace.Conversation, *workspace.Message, wire.Reply) {
	id, ts := c.text("channel"), c.text("ts")
	if id == "" {
		return nil, nil, wire.MissingArg("channel")
	}
	if ts == "" {
		return nil, nil, wire.MissingArg("ts")
	}
	ch := c.w.Channels.Get(id)
	if ch == nil || !ch.Has(workspace.BotUserID) {
		return nil, nil, wire.Refuse("channel_not_found")
	}
	m := ch.Message(ts)
	switch {
	case m == nil || m.Subtype == workspace.Tombstone:
		return nil, nil, wire.Refuse("message_not_found")
	case m.BotID != workspace.BotID:
		return nil, nil, wire.Refuse(denied)
	case ch.Archived:
		return nil, nil, wire.Refuse(archived)
	}
	return ch, m, nil
}

// updateMessage replaces text and blocks together: without blocks they are gone,
// unless the workspace keeps to the older rule. Attachments and metadata stay unless
// they are given.
func (c *call) updateMessage() wire.Reply {
	ch, m, bad := c.own("cant_update_message", "is_inactive")
	if bad != nil {
		return bad
	}
	next, bad := c.message(ch, true)
	if bad != nil {
		return bad
	}
	if !c.w.KeepsBlocks() || c.has("blocks") {
		m.Blocks = next.Blocks
	}
	m.Text, m.Edited = next.Text, true
	if c.has("attachments") {
		m.Attachments = next.Attachments
	}
	if next.Metadata != nil {
		m.Metadata = next.Metadata
	}
	c.w.Channels.MessagesChanged(ch, m)
	return wire.Reply{"channel": ch.ID, "ts": m.TS, "text": m.Text, "message": c.w.Channels.WireMessage(ch, m, true)}
}

func (c *call) deleteMessage() wire.Reply {
	ch, m, bad := c.own("cant_delete_message", "is_archived")
	if bad != nil {
		return bad
	}
	c.w.Channels.Remove(ch, m, true)
	return wire.Reply{"channel": ch.ID, "ts": c.text("ts")}
}

func (c *call) permalink() wire.Reply {
	ch := c.w.Channels.Get(c.text("channel"))
	if ch == nil || (ch.Private && !ch.Has(workspace.BotUserID)) {
		return wire.Refuse("channel_not_found")
	}
	m := ch.Message(c.text("message_ts"))
	if m == nil {
		return wire.Refuse("message_not_found")
	}
	link := fmt.Sprintf("%s/archives/%s/p%s", c.w.URL(), ch.ID, strings.ReplaceAll(m.TS, ".", ""))
	if m.ThreadTS != "" && m.ThreadTS != m.TS {
		link += "?thread_ts=" + m.ThreadTS + "&cid=" + ch.ID
	}
	return wire.Reply{"channel": ch.ID, "permalink": link}
}
