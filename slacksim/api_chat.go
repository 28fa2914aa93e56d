package slacksim

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxMessageText is where Slack cuts a text off, in characters.
const maxMessageText = 40_000

func (c *call) postMessage() reply {
	ch, bad := c.destination()
	if bad != nil {
		return bad
	}
	m, bad := c.message(ch, false)
	if bad != nil {
		return bad
	}
	if c.flag("reply_broadcast") && m.ThreadTS != "" {
		m.Subtype = broadcast
	}
	posted := c.w.channels.post(ch, m)
	return reply{"channel": ch.ID, "ts": posted.TS, "message": c.w.channels.wireMessage(ch, posted, true)}
}

// destination is where a message may be posted: a channel by id, or a person's
// direct messages by the person's id.
func (c *call) destination() (*conversation, reply) {
	id := c.text("channel")
	if id == "" {
		return nil, missingArg("channel")
	}
	if p := c.w.people.get(id); p != nil {
		return c.directMessages(p)
	}
	ch := c.w.channels.get(id)
	switch {
	case ch == nil || (ch.Private && !ch.has(botUserID)):
		return nil, refuse("channel_not_found")
	case ch.Archived:
		return nil, refuse("is_archived")
	case !ch.has(botUserID) && !c.w.app.granted("chat:write.public"):
		return nil, refuse("not_in_channel")
	case ch.isDM() && !c.w.app.Features.Home.MessagesTab:
		return nil, refuse("messages_tab_disabled")
	}
	return ch, nil
}

// directMessages refuses a deactivated person only when there is no conversation
// yet: Slack lets a bot go on writing into one that nobody reads any more.
func (c *call) directMessages(p *Person) (*conversation, reply) {
	open := c.w.channels.openDM(p.ID) != nil
	switch {
	case p.Bot, p.Deleted && !open:
		return nil, refuse("channel_not_found")
	case !c.w.app.Features.Home.MessagesTab:
		return nil, refuse("messages_tab_disabled")
	}
	return c.w.channels.dm(p.ID), nil
}

// message is the message that the arguments describe.
func (c *call) message(ch *conversation, update bool) (Message, reply) {
	text, blocks := c.text("text"), c.raw("blocks")
	attachments, metadata := c.raw("attachments"), c.raw("metadata")
	if r := judgeMessage(text, blocks, attachments, metadata, update); r != nil {
		return Message{}, refused(r)
	}
	if bad := c.w.checkKinds(blocks); bad != nil {
		return Message{}, bad
	}
	if bad := c.w.files.checkBlocks(blocks); bad != nil {
		return Message{}, bad
	}
	return Message{
		User: botUserID, BotID: botID, ThreadTS: c.text("thread_ts"), Channel: ch.ID,
		Text: cutText(text), Blocks: c.w.fillIDs(present(blocks)),
		Attachments: present(attachments), Metadata: metadata,
	}, nil
}

func cutText(text string) string {
	if utf8.RuneCountInString(text) <= maxMessageText {
		return text
	}
	return string([]rune(text)[:maxMessageText])
}

func (c *call) postEphemeral() reply {
	ch, bad := c.destination()
	if bad != nil {
		return bad
	}
	person := c.w.people.get(c.text("user"))
	switch {
	case c.text("user") == "":
		return missingArg("user")
	case person == nil || person.Deleted || !ch.has(person.ID):
		return refuse("user_not_in_channel")
	}
	m, bad := c.message(ch, false)
	if bad != nil {
		return bad
	}
	m.To = person.ID
	return reply{"message_ts": c.w.channels.postEphemeral(ch, m).TS}
}

// own finds a message of the bot's own; denied is the error for anyone else's.
func (c *call) own(denied string) (*conversation, *Message, reply) {
	id, ts := c.text("channel"), c.text("ts")
	if id == "" {
		return nil, nil, missingArg("channel")
	}
	if ts == "" {
		return nil, nil, missingArg("ts")
	}
	ch := c.w.channels.get(id)
	if ch == nil || !ch.has(botUserID) {
		return nil, nil, refuse("channel_not_found")
	}
	m := ch.message(ts)
	switch {
	case m == nil || m.Subtype == tombstone:
		return nil, nil, refuse("message_not_found")
	case m.BotID != botID:
		return nil, nil, refuse(denied)
	case ch.Archived:
		return nil, nil, refuse("is_archived")
	}
	return ch, m, nil
}

// updateMessage replaces text and blocks together: without blocks they are gone.
// Attachments and metadata stay unless they are given.
func (c *call) updateMessage() reply {
	ch, m, bad := c.own("cant_update_message")
	if bad != nil {
		return bad
	}
	next, bad := c.message(ch, true)
	if bad != nil {
		return bad
	}
	m.Text, m.Blocks, m.Edited = next.Text, next.Blocks, true
	if c.has("attachments") {
		m.Attachments = next.Attachments
	}
	if next.Metadata != nil {
		m.Metadata = next.Metadata
	}
	c.w.channels.messagesChanged(ch, m)
	return reply{"channel": ch.ID, "ts": m.TS, "text": m.Text, "message": c.w.channels.wireMessage(ch, m, true)}
}

func (c *call) deleteMessage() reply {
	ch, m, bad := c.own("cant_delete_message")
	if bad != nil {
		return bad
	}
	c.w.channels.remove(ch, m, true)
	return reply{"channel": ch.ID, "ts": c.text("ts")}
}

func (c *call) permalink() reply {
	ch := c.w.channels.get(c.text("channel"))
	if ch == nil || (ch.Private && !ch.has(botUserID)) {
		return refuse("channel_not_found")
	}
	m := ch.message(c.text("message_ts"))
	if m == nil {
		return refuse("message_not_found")
	}
	link := fmt.Sprintf("%s/archives/%s/p%s", c.w.url(), ch.ID, strings.ReplaceAll(m.TS, ".", ""))
	if m.ThreadTS != "" && m.ThreadTS != m.TS {
		link += "?thread_ts=" + m.ThreadTS + "&cid=" + ch.ID
	}
	return reply{"channel": ch.ID, "permalink": link}
}
