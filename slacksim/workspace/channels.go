package workspace

import (
	"fmt"
	"slices"

	"github.com/artra/klachtbot/slacksim/expiring"
)

// Channels are the conversations of the workspace: channels and direct messages.
type Channels struct {
	*Core
	people *People
	files  *Files
	byID   map[string]*Conversation
	order  []string          // channel ids, in the order they came, without direct messages
	dms    map[string]string // person id → id of the direct messages with the bot
	queues map[*queue]struct{}
}

func newChannels(c *Core, p *People, f *Files) *Channels {
	return &Channels{Core: c, people: p, files: f, byID: map[string]*Conversation{},
		dms: map[string]string{}, queues: map[*queue]struct{}{}}
}

// Get finds a conversation; nil when there is none.
func (cs *Channels) Get(id string) *Conversation { return cs.byID[id] }

// List are the channels, in the order they came; no direct messages.
func (cs *Channels) List() []*Conversation {
	var out []*Conversation
	for _, id := range cs.order {
		out = append(out, cs.byID[id])
	}
	return out
}

// Add fails on an id that is missing or taken and on unknown members.
func (cs *Channels) Add(c Channel) error {
	if c.ID == "" || cs.byID[c.ID] != nil {
		return fmt.Errorf("channel %q: the id is missing or taken", c.ID)
	}
	for _, id := range c.Members {
		if cs.people.Get(id) == nil {
			return fmt.Errorf("channel %q: no person %q", c.ID, id)
		}
	}
	c.Members = slices.Clone(c.Members)
	cs.byID[c.ID] = newConversation(c, "")
	cs.order = append(cs.order, c.ID)
	return nil
}

// OpenDM are the direct messages of a person and the bot; nil when never opened.
func (cs *Channels) OpenDM(person string) *Conversation { return cs.byID[cs.dms[person]] }

// DM are the direct messages of a person and the bot; made when missing.
func (cs *Channels) DM(person string) *Conversation {
	if c := cs.OpenDM(person); c != nil {
		return c
	}
	c := newConversation(Channel{ID: cs.id("D"), Private: true, Members: []string{person, BotUserID}}, person)
	cs.byID[c.ID] = c
	cs.dms[person] = c.ID
	cs.revise()
	return c
}

// Writable is a conversation that a person can read and write in.
func (cs *Channels) Writable(person, id string) (*Conversation, error) {
	if _, err := cs.people.Active(person); err != nil {
		return nil, err
	}
	c := cs.byID[id]
	switch {
	case c == nil || !c.Has(person):
		return nil, NotThere("%s is not in channel %q", person, id)
	case c.Archived:
		return nil, NotThere("channel %s is archived", id)
	}
	return c, nil
}

// Post stores a message and stamps it. A reply to a root that is gone becomes a
// top-level message, as in Slack.
func (cs *Channels) Post(c *Conversation, m Message) *Message {
	m.TS, m.Channel = cs.Stamp(), c.ID
	root := c.Root(m.ThreadTS)
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
	if root == nil || m.Subtype == Broadcast {
		c.top = append(c.top, &m)
	}
	cs.MessagesChanged(c, root, &m)
	return &m
}

// PostEphemeral stores a message that only the person m.To sees.
func (cs *Channels) PostEphemeral(c *Conversation, m Message) *Message {
	m.TS, m.Channel, m.Ephemeral = cs.Stamp(), c.ID, true
	c.ephemerals = expiring.AppendLatest(c.ephemerals, &m, maxEphemerals)
	cs.Notify(ChangeMessage, m.To, c.ID)
	return &m
}

// Remove takes a message away. A root that has replies leaves a tombstone, which
// goes with its last reply; with leave false (retention) it goes at once and its
// replies stay unreachable from the channel.
func (cs *Channels) Remove(c *Conversation, m *Message, leave bool) {
	replies, root := c.replies[m.TS], c.byTS[m.ThreadTS]
	if leave && len(replies) > 0 {
		*m = Message{TS: m.TS, ThreadTS: m.TS, Channel: m.Channel, User: SlackbotID,
			Subtype: Tombstone, Text: "This message was deleted."}
	} else {
		c.drop(m)
	}
	cs.MessagesChanged(c, root, m)
}

// replaced announces new content to those who see the message.
func (cs *Channels) replaced(c *Conversation, m *Message) {
	if m.Ephemeral {
		cs.Notify(ChangeMessage, m.To, c.ID)
		return
	}
	cs.MessagesChanged(c, m)
}

// MessagesChanged says that messages of a channel are new, edited or gone, or
// that their threads are; nil ones are skipped.
func (cs *Channels) MessagesChanged(c *Conversation, messages ...*Message) {
	for q := range cs.queues {
		for _, m := range messages {
			if q.channel == c.ID && m != nil && !slices.Contains(q.pending, m) {
				q.pending = append(q.pending, m)
			}
		}
	}
	cs.Notify(ChangeMessage, "", c.ID)
}

// Wire is a conversation as conversations.info shows it.
func (cs *Channels) Wire(c *Conversation, members bool) map[string]any {
	if c.IsDM() {
		p := cs.people.Get(c.other)
		return map[string]any{"id": c.ID, "created": 0, "is_im": true, "is_org_shared": false, "is_archived": false,
			"user": c.other, "is_user_deleted": p.Deleted, "is_open": true, "context_team_id": cs.Team.ID}
	}
	out := map[string]any{
		"id": c.ID, "name": c.Name, "name_normalized": c.Name, "created": 0, "creator": "",
		"is_channel": true, "is_group": c.Private, "is_im": false, "is_mpim": false, "is_private": c.Private,
		"is_archived": c.Archived, "is_general": false, "is_member": c.Has(BotUserID), "is_org_shared": false,
		"is_shared": c.ExtShared, "is_ext_shared": c.ExtShared, "is_pending_ext_shared": false,
		"context_team_id": cs.Team.ID, "shared_team_ids": []string{cs.Team.ID},
		"topic":   map[string]any{"value": "", "creator": "", "last_set": 0},
		"purpose": map[string]any{"value": "", "creator": "", "last_set": 0},
	}
	out["is_channel"] = !c.Private
	if members {
		out["num_members"] = len(c.Members)
	}
	return out
}

// WireMessage is a message as the Web API and payloads show it.
func (cs *Channels) WireMessage(c *Conversation, m *Message, metadata bool) map[string]any {
	out := map[string]any{"type": "message", "user": m.User, "ts": m.TS, "text": m.Text, "team": cs.Team.ID}
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
	set("hidden", true, m.Subtype == Tombstone)
	if m.App != "" {
		out["subtype"], out["bot_id"], out["app_id"], out["username"] = "bot_message", "B0OTHER", "A0OTHER", m.App
		delete(out, "user")
	}
	if m.BotID != "" {
		out["bot_id"], out["app_id"] = m.BotID, AppID
		out["bot_profile"] = cs.botProfile()
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
		out["files"], out["upload"] = cs.files.wireAll(m.Files), false
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

func (cs *Channels) botProfile() map[string]any {
	return map[string]any{"id": BotID, "app_id": AppID, "user_id": BotUserID, "team_id": cs.Team.ID,
		"name": cs.App.Features.Bot.DisplayName, "deleted": false, "updated": 0}
}
