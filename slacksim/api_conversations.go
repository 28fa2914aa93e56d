package slacksim

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
)

// visible finds a conversation that the bot may look at with the scope of that
// kind, "read" or "history".
func (c *call) visible(kind string) (*conversation, reply) {
	id := c.text("channel")
	if id == "" {
		return nil, missingArg("channel")
	}
	ch := c.w.channels.get(id)
	if ch == nil || (ch.Private && !ch.has(botUserID)) {
		return nil, refuse("channel_not_found")
	}
	if scope := ch.scopeFamily() + ":" + kind; !c.w.app.granted(scope) {
		return nil, c.w.missingScope(scope)
	}
	if kind == "history" && !ch.has(botUserID) {
		return nil, refuse("not_in_channel")
	}
	return ch, nil
}

// conversationsOpen opens direct messages with one person; groups of people are
// not simulated.
func (c *call) conversationsOpen() reply {
	if id := c.text("channel"); id != "" {
		ch := c.w.channels.get(id)
		if ch == nil || !ch.isDM() {
			return refuse("channel_not_found")
		}
		return c.opened(ch, true)
	}
	ids := strings.Split(c.text("users"), ",")
	switch {
	case c.text("users") == "":
		return refuse("users_list_not_supplied")
	case len(ids) > 1:
		return refuse("method_not_supported_for_channel_type")
	case !c.w.app.granted("im:write"):
		return c.w.missingScope("im:write")
	}
	p := c.w.people.get(strings.TrimSpace(ids[0]))
	switch {
	case p == nil:
		return refuse("user_not_found")
	case p.Bot:
		return refuse("cannot_dm_bot")
	case p.Deleted:
		return refuse("user_disabled")
	}
	already := c.w.channels.openDM(p.ID) != nil
	return c.opened(c.w.channels.dm(p.ID), already)
}

func (c *call) opened(ch *conversation, already bool) reply {
	out := reply{"channel": map[string]any{"id": ch.ID}}
	if already {
		out["no_op"], out["already_open"] = true, true
	}
	if c.flag("return_im") {
		out["channel"] = c.w.channels.wire(ch, false)
	}
	return out
}

func (c *call) conversationsInfo() reply {
	ch, bad := c.visible("read")
	if bad != nil {
		return bad
	}
	return reply{"channel": c.w.channels.wire(ch, c.flag("include_num_members"))}
}

func (c *call) conversationsMembers() reply {
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
	return reply{"members": page, "response_metadata": map[string]any{"next_cursor": next}}
}

// history gives top-level messages, newest first.
func (c *call) history() reply {
	ch, bad := c.visible("history")
	if bad != nil {
		return bad
	}
	list := slices.Clone(ch.topLevel())
	slices.Reverse(list)
	return c.messages(ch, nil, list, newestFirst, 999)
}

// replies gives a root and its replies, oldest first. The root comes on every
// page, whatever the range.
func (c *call) replies() reply {
	ch, bad := c.visible("history")
	if bad != nil {
		return bad
	}
	m := ch.message(c.text("ts"))
	switch {
	case c.text("ts") == "":
		return missingArg("ts")
	case m == nil:
		return refuse("thread_not_found")
	}
	if m.ThreadTS != "" && m.ThreadTS != m.TS {
		return c.messages(ch, nil, []*Message{m}, oldestFirst, 1000)
	}
	return c.messages(ch, m, ch.thread(m.TS), oldestFirst, 1000)
}

// listOrder is that of a list of messages. A short list does not show it by itself.
type listOrder bool

const (
	oldestFirst listOrder = false
	newestFirst listOrder = true
)

// messages pages through a list and keeps to oldest, latest and inclusive.
func (c *call) messages(ch *conversation, root *Message, list []*Message, order listOrder, most int) reply {
	limit, bad := c.limit(100, most)
	if bad != nil {
		return bad
	}
	within, bad := c.window()
	if bad != nil {
		return bad
	}
	page, next, bad := pageOfMessages(list, order, within, c.text("cursor"), limit)
	if bad != nil {
		return bad
	}
	if root != nil {
		page = append([]*Message{root}, page...)
	}
	out := make([]map[string]any, len(page))
	for i, m := range page {
		out[i] = c.w.channels.wireMessage(ch, m, c.flag("include_all_metadata"))
	}
	answer := reply{"messages": out, "has_more": next != "", "pin_count": 0}
	if next != "" {
		answer["response_metadata"] = map[string]any{"next_cursor": next}
	}
	return answer
}

// pageOfMessages goes on where the last page ended, whatever was posted or
// deleted meanwhile: its cursor is the timestamp of the next message.
func pageOfMessages(list []*Message, order listOrder, within func(ts string) bool, cursor string, limit int) (page []*Message, next string, bad reply) {
	from := ""
	if cursor != "" {
		raw, err := base64.StdEncoding.DecodeString(cursor)
		ts, found := strings.CutPrefix(string(raw), "next_ts:")
		if err != nil || !found {
			return nil, "", refuse("invalid_cursor")
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
func (c *call) window() (func(ts string) bool, reply) {
	oldest, ok1 := micros(c.text("oldest"))
	latest, ok2 := micros(c.text("latest"))
	if !ok1 {
		return nil, refuse("invalid_ts_oldest")
	}
	if !ok2 {
		return nil, refuse("invalid_ts_latest")
	}
	outside := int64(1) // the bounds themselves don't belong to the range
	if c.flag("inclusive") {
		outside = 0
	}
	return func(ts string) bool {
		at, _ := micros(ts)
		return at >= oldest+outside && (latest == 0 || at <= latest-outside)
	}, nil
}

// pageOf cuts one page out of a list; next is empty on the last page.
func pageOf[T any](list []T, cursor string, limit int) (page []T, next string, bad reply) {
	from := 0
	if cursor != "" {
		raw, err := base64.StdEncoding.DecodeString(cursor)
		number, found := strings.CutPrefix(string(raw), "from:")
		n, err2 := strconv.Atoi(number)
		if err != nil || err2 != nil || !found || n < 0 || n > len(list) {
			return nil, "", refuse("invalid_cursor")
		}
		from = n
	}
	to := min(len(list), from+limit)
	if to < len(list) {
		next = base64.StdEncoding.EncodeToString([]byte("from:" + strconv.Itoa(to)))
	}
	return list[from:to], next, nil
}
