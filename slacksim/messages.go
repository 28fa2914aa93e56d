package slacksim

import (
	"encoding/json"
	"slices"
	"sort"
)

// maxEphemerals is how many of the latest ephemeral messages of a channel stay.
const maxEphemerals = 1000

// channel is a conversation with its messages. In a direct message, other is the
// person who is not the bot.
type channel struct {
	Channel
	other      string
	byTS       map[string]*Message
	top        []*Message            // roots and broadcast replies, oldest first
	replies    map[string][]*Message // root ts → replies, oldest first
	ephemerals []*Message
}

func newChannel(c Channel, other string) *channel {
	return &channel{Channel: c, other: other, byTS: map[string]*Message{}, replies: map[string][]*Message{}}
}

func (c *channel) has(person string) bool { return slices.Contains(c.Members, person) }

// root is the live root of the thread that ts belongs to; nil when there is none
// or when it was deleted.
func (c *channel) root(ts string) *Message {
	m := c.byTS[ts]
	if m != nil && m.ThreadTS != "" {
		m = c.byTS[m.ThreadTS]
	}
	if m == nil || m.Subtype == tombstone {
		return nil
	}
	return m
}

// Subtypes of a message.
const (
	tombstone = "tombstone"
	broadcast = "thread_broadcast"
)

// post stores a message and stamps it. A reply to a root that is gone becomes a
// top-level message, as in Slack.
func (w *workspace) post(c *channel, m Message) *Message {
	m.TS, m.Channel = w.stamp(), c.ID
	root := c.root(m.ThreadTS)
	if root == nil {
		m.ThreadTS, m.Subtype = "", ""
	} else {
		m.ThreadTS = root.TS
	}
	c.byTS[m.TS] = &m
	if root != nil {
		root.ThreadTS = root.TS
		c.replies[root.TS] = append(c.replies[root.TS], &m)
	}
	if root == nil || m.Subtype == broadcast {
		c.top = append(c.top, &m)
	}
	w.messagesChanged(c, root, &m)
	return &m
}

// postEphemeral stores an ephemeral message for one person.
func (w *workspace) postEphemeral(c *channel, m Message) *Message {
	m.TS, m.Channel, m.Ephemeral = w.stamp(), c.ID, true
	c.ephemerals = appendLatest(c.ephemerals, &m, maxEphemerals)
	w.notify(ChangeMessage, m.To, c.ID)
	return &m
}

// remove takes a message away. A root that has replies leaves a tombstone, which
// goes with its last reply; with leave false (retention) it goes at once and its
// replies stay unreachable from the channel.
func (w *workspace) remove(c *channel, m *Message, leave bool) {
	replies, root := c.replies[m.TS], c.byTS[m.ThreadTS]
	if leave && len(replies) > 0 {
		*m = Message{TS: m.TS, ThreadTS: m.TS, Channel: m.Channel, User: slackbotID,
			Subtype: tombstone, Text: "This message was deleted."}
	} else {
		c.drop(m)
	}
	w.messagesChanged(c, root, m)
}

func (c *channel) drop(m *Message) {
	delete(c.byTS, m.TS)
	c.top = without(c.top, m.TS)
	if m.ThreadTS == "" || m.ThreadTS == m.TS {
		return
	}
	c.replies[m.ThreadTS] = without(c.replies[m.ThreadTS], m.TS)
	root := c.byTS[m.ThreadTS]
	if root == nil || len(c.replies[m.ThreadTS]) > 0 {
		return
	}
	delete(c.replies, root.TS)
	root.ThreadTS = ""
	if root.Subtype == tombstone {
		c.drop(root)
	}
}

// without leaves out the message with that ts; messages are in order of ts.
func without(list []*Message, ts string) []*Message {
	i := sort.Search(len(list), func(i int) bool { return list[i].TS >= ts })
	if i == len(list) || list[i].TS != ts {
		return list
	}
	return slices.Delete(list, i, i+1)
}

func (c *channel) dropEphemeral(m *Message) {
	c.ephemerals = slices.DeleteFunc(c.ephemerals, func(e *Message) bool { return e == m })
}

// ephemeral finds a message only that person sees.
func (c *channel) ephemeral(person, ts string) *Message {
	for _, m := range c.ephemerals {
		if m.To == person && m.TS == ts {
			return m
		}
	}
	return nil
}

// copyOf is a message as the outside may keep it.
func (c *channel) copyOf(m *Message) Message {
	out := *m
	out.Files = slices.Clone(m.Files)
	if replies := c.replies[m.TS]; len(replies) > 0 {
		out.ReplyCount, out.LatestReply = len(replies), replies[len(replies)-1].TS
	}
	return out
}

func (c *channel) copies(list []*Message) []Message {
	out := make([]Message, len(list))
	for i, m := range list {
		out[i] = c.copyOf(m)
	}
	return out
}

// wire is a message as the Web API and payloads show it.
func (w *workspace) wire(c *channel, m *Message, metadata bool) map[string]any {
	out := map[string]any{"type": "message", "user": m.User, "ts": m.TS, "text": m.Text, "team": w.team.ID}
	set := func(key string, value any, when bool) {
		if when {
			out[key] = value
		}
	}
	set("subtype", m.Subtype, m.Subtype != "")
	set("thread_ts", m.ThreadTS, m.ThreadTS != "")
	set("blocks", m.Blocks, len(m.Blocks) > 0)
	set("attachments", m.Attachments, len(m.Attachments) > 0)
	set("metadata", m.Metadata, metadata && len(m.Metadata) > 0)
	set("edited", map[string]any{"user": m.User, "ts": m.TS}, m.Edited)
	set("is_ephemeral", true, m.Ephemeral)
	set("hidden", true, m.Subtype == tombstone)
	if m.BotID != "" {
		out["bot_id"], out["app_id"] = m.BotID, appID
		out["bot_profile"] = w.botProfile()
	}
	if m.ThreadTS != "" && m.ThreadTS != m.TS {
		if root := c.byTS[m.ThreadTS]; root != nil {
			out["parent_user_id"] = root.User
		}
	}
	if replies := c.replies[m.TS]; len(replies) > 0 {
		addReplies(out, replies)
	}
	if len(m.Files) > 0 {
		out["files"], out["upload"] = w.wireFiles(m.Files), false
	}
	return out
}

func addReplies(out map[string]any, replies []*Message) {
	var users []string
	for _, r := range replies {
		if !slices.Contains(users, r.User) {
			users = append(users, r.User)
		}
	}
	out["reply_count"], out["reply_users_count"] = len(replies), len(users)
	out["reply_users"], out["latest_reply"] = users[:min(5, len(users))], replies[len(replies)-1].TS
	out["is_locked"], out["subscribed"] = false, false
}

func (w *workspace) botProfile() map[string]any {
	return map[string]any{"id": botID, "app_id": appID, "user_id": botUserID, "team_id": w.team.ID,
		"name": w.app.Features.Bot.DisplayName, "deleted": false, "updated": 0}
}

// mustJSON encodes what is known to encode: maps of plain values and raw JSON
// that was checked on its way in. What can't be encoded reads as null.
func mustJSON(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		return json.RawMessage("null")
	}
	return raw
}
