package slackapi

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/outbox"
)

const (
	eventType  = "klachtbot" // of the metadata that carries a delivery's key
	keyField   = "key"
	findMargin = 5 * time.Minute // by how much Slack's clock and ours may differ

	// PageSize is how many messages, people or members to ask for at a time; Slack
	// advises 200.
	PageSize = 200
)

// MessageRef is a message, or with TS "" its channel. The message above a
// thread stands for the thread.
type MessageRef struct{ Channel, TS string }

// WithKey is the metadata that every message carries: its key, no text, for
// every member and app of the workspace can read it.
func WithKey(key string) slack.MsgOption {
	return slack.MsgOptionMetadata(slack.SlackMetadata{
		EventType: eventType, EventPayload: map[string]any{keyField: key},
	})
}

// Ours reports whether the bot posted a message: all that it posts has a key.
func Ours(m *slack.Message) bool { return m.Metadata.EventType == eventType }

// KeyOf is the key that a message of the bot's carries; "" for any other.
func KeyOf(m *slack.Message) string {
	if !Ours(m) {
		return ""
	}
	key, _ := m.Metadata.EventPayload[keyField].(string)
	return key
}

// ErrThreadGone says that the message above a thread is no longer there.
var ErrThreadGone = errors.New("root_gone")

// Find searches for the message with that key, paging back to since; the newest
// one, or nil when there is none. A thread that is gone is ErrThreadGone.
func (c *Calls) Find(ctx context.Context, lane outbox.Lane, in MessageRef, key string, since time.Time) (found *slack.Message, err error) {
	err = c.Scan(ctx, lane, in, since, func(m *slack.Message) bool {
		if KeyOf(m) == key && (found == nil || m.Timestamp > found.Timestamp) {
			found = m
		}
		return found != nil
	})
	return found, err
}

// Scan shows see every message of a channel or thread, paging back to since,
// until a page held what see was looking for.
func (c *Calls) Scan(ctx context.Context, lane outbox.Lane, in MessageRef, since time.Time, see func(*slack.Message) bool) error {
	oldest := strconv.FormatInt(since.Add(-findMargin).Unix(), 10) + ".000000"
	for cursor, found := "", false; ; {
		messages, next, err := c.page(ctx, lane, in, oldest, cursor)
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

func (c *Calls) page(ctx context.Context, lane outbox.Lane, in MessageRef, oldest, cursor string) (messages []slack.Message, next string, err error) {
	if in.TS != "" {
		return c.Replies(ctx, lane, slack.GetConversationRepliesParameters{
			ChannelID: in.Channel, Timestamp: in.TS, Oldest: oldest, Cursor: cursor,
			Limit: PageSize, IncludeAllMetadata: true,
		})
	}
	err = c.Call(lane, MethodHistory, func() error {
		page, err := c.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
			ChannelID: in.Channel, Oldest: oldest, Cursor: cursor, Limit: PageSize, IncludeAllMetadata: true,
		})
		if err == nil {
			messages, next = page.Messages, page.ResponseMetaData.NextCursor
		}
		return err
	})
	return messages, next, err
}

// Replies returns a page of a thread, and the cursor of the next one. A thread
// that is gone is ErrThreadGone.
func (c *Calls) Replies(ctx context.Context, lane outbox.Lane, p slack.GetConversationRepliesParameters) (messages []slack.Message, next string, err error) {
	err = c.Call(lane, MethodReplies, func() error {
		messages, _, next, err = c.api.GetConversationRepliesContext(ctx, &p)
		return err
	})
	if Gone.Means(err) {
		return nil, "", ErrThreadGone
	}
	return messages, next, err
}
