package workspace

import (
	"slices"
	"sort"
)

// maxEphemerals is how many of the latest ephemeral messages of a channel stay.
const maxEphemerals = 1000

// Subtypes of a message.
const (
	Tombstone = "tombstone"
	Broadcast = "thread_broadcast"
)

// Conversation is a channel or direct messages, with what was written there. In
// direct messages, other is the person who is not the bot.
type Conversation struct {
	Channel
	other      string
	byTS       map[string]*Message
	top        []*Message            // roots and broadcast replies, oldest first
	replies    map[string][]*Message // root ts → replies, oldest first
	ephemerals []*Message
	picked     map[pickedIn]State // on one person's screen
}

// pickedIn is a message as one person sees it.
type pickedIn struct{ person, ts string }

func newConversation(c Channel, other string) *Conversation {
	return &Conversation{Channel: c, other: other, byTS: map[string]*Message{}, replies: map[string][]*Message{}, picked: map[pickedIn]State{}}
}

// Has reports whether a person, or the bot, is a member.
func (c *Conversation) Has(person string) bool { return slices.Contains(c.Members, person) }

// IsDM reports whether these are direct messages.
func (c *Conversation) IsDM() bool { return c.other != "" }

// ScopeFamily is the name that scopes have for this kind of conversation.
func (c *Conversation) ScopeFamily() string {
	switch {
	case c.IsDM():
		return "im"
	case c.Private:
		return "groups"
	}
	return "channels"
}

// PayloadName is what Slack calls a channel in payloads: the name of a private
// one is left out.
func (c *Conversation) PayloadName() string {
	switch {
	case c.IsDM():
		return "directmessage"
	case c.Private:
		return "privategroup"
	default:
		return c.Name
	}
}

// Message finds a message that all members see; nil when there is none.
func (c *Conversation) Message(ts string) *Message { return c.byTS[ts] }

// TopLevel are roots and broadcast replies, oldest first; not to be changed.
func (c *Conversation) TopLevel() []*Message { return c.top }

// Thread are the replies to a root, oldest first; not to be changed.
func (c *Conversation) Thread(root string) []*Message { return c.replies[root] }

// Root is the live root of the thread that ts belongs to; nil when there is none
// or when it was deleted.
func (c *Conversation) Root(ts string) *Message {
	m := c.byTS[ts]
	if m != nil && m.ThreadTS != "" {
		m = c.byTS[m.ThreadTS]
	}
	if m == nil || m.Subtype == Tombstone {
		return nil
	}
	return m
}

// isReply reports whether a message was written in a thread.
func (c *Conversation) isReply(m *Message) bool { return m.ThreadTS != "" && m.ThreadTS != m.TS }

// reachable reports whether a message can be read in the channel: not a reply whose
// root is gone without a trace, unless it was sent to the channel as well.
func (c *Conversation) reachable(m *Message) bool {
	return !c.isReply(m) || m.Subtype == Broadcast || c.byTS[m.ThreadTS] != nil
}

func (c *Conversation) drop(m *Message) {
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
	if root.Subtype == Tombstone {
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

func (c *Conversation) dropEphemeral(m *Message) {
	c.ephemerals = slices.DeleteFunc(c.ephemerals, func(e *Message) bool { return e == m })
}

// Ephemeral finds a message only that person sees.
func (c *Conversation) Ephemeral(person, ts string) *Message {
	for _, m := range c.ephemerals {
		if m.To == person && m.TS == ts {
			return m
		}
	}
	return nil
}

// EphemeralsOf are copies of the messages that only that person sees, oldest first.
func (c *Conversation) EphemeralsOf(person string) []Message {
	var out []Message
	for _, m := range c.ephemerals {
		if m.To == person {
			out = append(out, c.copyOf(m))
		}
	}
	return out
}

// CopyChannel is the channel as the outside may keep it.
func (c *Conversation) CopyChannel() Channel {
	out := c.Channel
	out.Members = append([]string(nil), c.Members...)
	return out
}

// copyOf is a message as the outside may keep it.
func (c *Conversation) copyOf(m *Message) Message {
	out := *m
	out.Files = slices.Clone(m.Files)
	if replies := c.replies[m.TS]; len(replies) > 0 {
		out.ReplyCount, out.LatestReply = len(replies), replies[len(replies)-1].TS
	}
	return out
}

// Copies are messages as the outside may keep them.
func (c *Conversation) Copies(list []*Message) []Message {
	out := make([]Message, len(list))
	for i, m := range list {
		out[i] = c.copyOf(m)
	}
	return out
}
