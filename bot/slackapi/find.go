package slackapi

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"github.com/artra/klachtbot/outbox"
)

const (
	eventType  = "klachtbot"     // of the metadata that carries a delivery's key
	findMargin = 5 * time.Minute // by how much Slack's clock and ours may differ

	// PageSize is how many messages, people or members to ask for at a time; Slack
	// advises 200.
	PageSize = 200
)

// MessageRef is a message, or with TS "" its channel. The message above a
// thread stands for the thread.
type MessageRef struct{ Channel, TS string }

// mark is the metadata that every message of the bot's carries: its key, no
// text, for every member and app of the workspace can read it.
type mark struct {
	Type    string `json:"event_type"`
	Payload struct {
		Key any `json:"key"` // another app's is whatever it likes
	} `json:"event_payload"`
}

// keyed is the mark of a message with that key, as JSON.
func keyed(key string) string {
	m := mark{Type: eventType}
	m.Payload.Key = key
	b, _ := json.Marshal(m) // of two strings: never fails
	return string(b)
}

// Ours reports whether the bot posted the message: all that it posts has a key.
func (m *Message) Ours() bool { return m.Mark.Type == eventType }

// Key is the key that a message of the bot's carries; "" for any other.
func (m *Message) Key() string {
	if !m.Ours() {
		return ""
	}
	key, _ := m.Mark.Payload.Key.(string)
	return key
}

// ErrThreadGone says that the message above a thread is no longer there.
var ErrThreadGone = errors.New("root_gone")

// Find searches for the message with that key, paging back to since; the newest
// one, or nil when there is none. A thread that is gone is ErrThreadGone.
func (c *Calls) Find(ctx context.Context, lane outbox.Lane, in MessageRef, key string, since time.Time) (found *Message, err error) {
	err = c.Scan(ctx, lane, in, since, func(m *Message) bool {
		if m.Key() == key && (found == nil || m.TS > found.TS) {
			found = m
		}
		return found != nil
	})
	return found, err
}

// Scan shows see every message of a channel or thread, paging back to since,
// until a page held what see was looking for.
func (c *Calls) Scan(ctx context.Context, lane outbox.Lane, in MessageRef, since time.Time, see func(*Message) bool) error {
	oldest := strconv.FormatInt(c.api.onSlacksClock(since).Add(-findMargin).Unix(), 10) + ".000000"
	for cursor, found := "", false; ; {
		messages, next, err := c.Messages(ctx, lane, in, Page{Oldest: oldest, Cursor: cursor, Limit: PageSize, Keys: true})
		if err != nil {
			return err
		}
		for i := range messages {
			found = see(&messages[i]) || found
		}
		if found || next == "" {
			return nil
		}
		cursor = next
	}
}

// onSlacksClock is an instant of the machine's clock as Slack's messages are
// stamped, or an earlier one: a clock that is ahead must not hide what was posted
// just now.
func (c *Client) onSlacksClock(at time.Time) time.Time {
	if c.clock == nil {
		return at
	}
	ahead, _ := c.clock.Ahead()
	return at.Add(-max(ahead, 0))
}

// Messages returns a page of a channel or thread, and the cursor of the next
// one. A thread that is gone is ErrThreadGone.
func (c *Calls) Messages(ctx context.Context, lane outbox.Lane, in MessageRef, p Page) (messages []Message, next string, err error) {
	r := messagesOf(in, p)
	if err := c.Ready(lane, r.method); err != nil {
		return nil, "", err
	}
	answer, err := c.api.Do(ctx, r)
	err = c.Done(lane, r.method, err)
	if in.TS != "" && Gone.Means(err) {
		return nil, "", ErrThreadGone
	}
	return answer.Messages, answer.More.Cursor, err
}
