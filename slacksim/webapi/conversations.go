package webapi

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"github.com/artra/klachtbot/slacksim/wire"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// visible finds a conversation that the bot may read with the scope of that
// kind, "read" or "history".
func (c *call) visible(kind string) (*workspace.Conversation, wire.Reply) {
	id := c.text("channel")
	if id == "" {
		return nil, wire.MissingArg("channel")
	}
	ch := c.w.Channels.Get(id)
	if ch == nil || (ch.Private && !ch.Has(workspace.BotUserID)) {
		return nil, wire.Refuse("channel_not_found")
	}
	if scope := ch.ScopeFamily() + ":" + kind; !c.w.App.Granted(scope) {
		return nil, c.w.MissingScope(scope)
	}
	if kind == "history" && !ch.Has(workspace.BotUserID) {
		return nil, wire.Refuse("not_in_channel")
	}
	return ch, nil
}

// conversationsOpen opens direct messages with one person; groups of people are
// not simulated.
func (c *call) conversationsOpen() wire.Reply {
	if id := c.text("channel"); id != "" {
		ch := c.w.Channels.Get(id)
		if ch == nil || !ch.IsDM() {
			return wire.Refuse("channel_not_found")
		}
		return c.opened(ch, true)
	}
	ids := strings.Split(c.text("users"), ",")
	switch {
	case c.text("users") == "":
		return wire.Refuse("users_list_not_supplied")
	case len(ids) > 1:
		return wire.Refuse("method_not_supported_for_channel_type")
	case !c.w.App.Granted("im:write"):
		return c.w.MissingScope("im:write")
	}
	p := c.w.People.Get(strings.TrimSpace(ids[0]))
	switch {
	case p == nil:
		return wire.Refuse("user_not_found")
	case p.Bot:
		return wire.Refuse("cannot_dm_bot")
	case p.Deleted:
		return wire.Refuse("user_disabled")
	}
	already := c.w.Channels.OpenDM(p.ID) != nil
	return c.opened(c.w.Channels.DM(p.ID), already)
}

func (c *call) opened(ch *workspace.Conversation, already bool) wire.Reply {
	out := wire.Reply{"channel": map[string]any{"id": ch.ID}}
	if already {
		out["no_op"], out["already_open"] = true, true
	}
	if c.flag("return_im") {
		out["channel"] = c.w.Channels.Wire(ch, false)
	}
	return out
}

func (c *call) conversationsInfo() wire.Reply {
	ch, bad := c.visible("read")
	if bad != nil {
		return bad
	}
	return wire.Reply{"channel": c.w.Channels.Wire(ch, c.flag("include_num_members"))}
}

func (c *call) conversationsMembers() wire.Reply {
	ch, bad := c.visible("read")
	if bad != nil {
		return bad
	}
	limit, bad := c.limit(100, 1000)
	if bad != nil {
		return bad
	}
	page, next, bad := pageOf(ch.Members, c.text("cursor"), limit)
	if bad != nil {
		return bad
	}
	return wire.Reply{"members": page, "response_metadata": map[string]any{"next_cursor": next}}
}

// history gives top-level messages, newest first.
func (c *call) history() wire.Reply {
	ch, bad := c.visible("history")
	if bad != nil {
		return bad
	}
	list := slices.Clone(ch.TopLevel())
	slices.Reverse(list)
	return c.messages(ch, nil, list, newestFirst, 999)
}

// replies gives a root and its replies, oldest first. The root comes on every
// page, whatever the range.
func (c *call) replies() wire.Reply {
	ch, bad := c.visible("history")
	if bad != nil {
		return bad
	}
	m := ch.Message(c.text("ts"))
	switch {
	case c.text("ts") == "":
		return wire.MissingArg("ts")
	case m == nil, c.w.Hides(m.TS):
		return wire.Refuse("thread_not_found")
	}
	if m.ThreadTS != "" && m.ThreadTS != m.TS {
		return c.messages(ch, nil, []*workspace.Message{m}, oldestFirst, 1000)
	}
	return c.messages(ch, m, ch.Thread(m.TS), oldestFirst, 1000)
}

// listOrder is that of a list of messages. A short list does not show it by itself.
type listOrder bool

const (
	oldestFirst listOrder = false
	newestFirst listOrder = true
)

// messages pages through a list and keeps to oldest, latest and inclusive.
func (c *call) messages(ch *workspace.Conversation, root *workspace.Message, list []*workspace.Message, order listOrder, most int) wire.Reply {
	limit, bad := c.limit(100, most)
	if bad != nil {
		return bad
	}
	within, bad := c.window()
	if bad != nil {
		return bad
	}
	shown := slices.DeleteFunc(slices.Clone(list), func(m *workspace.Message) bool { return c.w.Hides(m.TS) })
	page, next, bad := pageOfMessages(shown, order, within, c.text("cursor"), limit)
	if bad != nil {
		return bad
	}
	if root != nil {
		page = append([]*workspace.Message{root}, page...)
	}
	out := make([]map[string]any, len(page))
	for i, m := range page {
		out[i] = c.w.Channels.WireMessage(ch, m, c.flag("include_all_metadata"))
	}
	answer := wire.Reply{"messages": out, "has_more": next != "", "pin_count": 0}
	if len(shown) < len(list) {
		answer["is_limited"] = true
	}
	if next != "" {
		answer["response_metadata"] = map[string]any{"next_cursor": next}
	}
	return answer
}

// pageOfMessages goes on where the last page ended, whatever was posted or
// deleted meanwhile: its cursor is the timestamp of the next message.
func pageOfMessages(list []*workspace.Message, order listOrder, within func(ts string) bool, cursor string, limit int) (page []*workspace.Message, next string, bad wire.Reply) {
	from := ""
	if cursor != "" {
		raw, err := base64.StdEncoding.DecodeString(cursor)
		ts, found := strings.CutPrefix(string(raw), "next_ts:")
		if err != nil || !found {
			return nil, "", wire.Refuse("invalid_cursor")
		}
		from = ts
	}
	for _, m := range list {
		passed := from != "" && m.TS != from && (order == newestFirst) == (m.TS > from)
		switch {
		case passed || !within(m.TS):
		case len(page) == limit:
			return page, base64.StdEncoding.EncodeToString([]byte("next_ts:" + m.TS)), nil
		default:
			page = append(page, m)
		}
	}
	return page, "", nil
}

// window is the range of timestamps that the call asks for.
func (c *call) window() (func(ts string) bool, wire.Reply) {
	oldest, ok1 := wire.Micros(c.text("oldest"))
	latest, ok2 := wire.Micros(c.text("latest"))
	if !ok1 {
		return nil, wire.Refuse("invalid_ts_oldest")
	}
	if !ok2 {
		return nil, wire.Refuse("invalid_ts_latest")
	}
	outside := int64(1) // the bounds themselves don't belong to the range
	if c.flag("inclusive") {
		outside = 0
	}
	return func(ts string) bool {
		at, _ := wire.Micros(ts)
		return at >= oldest+outside && (latest == 0 || at <= latest-outside)
	}, nil
}

// pageOf cuts one page out of a list; next is empty on the last page.
func pageOf[T any](list []T, cursor string, limit int) (page []T, next string, bad wire.Reply) {
	from := 0
	if cursor != "" {
		raw, err := base64.StdEncoding.DecodeString(cursor)
		number, found := strings.CutPrefix(string(raw), "from:")
		n, err2 := strconv.Atoi(number)
		if err != nil || err2 != nil || !found || n < 0 || n > len(list) {
			return nil, "", wire.Refuse("invalid_cursor")
		}
		from = n
	}
	to := min(len(list), from+limit)
	if to < len(list) {
		next = base64.StdEncoding.EncodeToString([]byte("from:" + strconv.Itoa(to)))
	}
	return list[from:to], next, nil
}
