package bot

import (
	"context"
	"strconv"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/outbox"
)

const (
	eventType  = "klachtbot" // of the metadata that carries a delivery's key
	keyField   = "key"
	findMargin = 5 * time.Minute // by how much Slack's clock and ours may differ
	findPage   = 200
	// rootKnown is how long the bot believes that a case message is still
	// there after it saw it.
	rootKnown = 2 * time.Minute
	rootsKept = 4096
)

// spot is where a message can stand: a channel, or a thread in it.
type spot struct{ channel, thread string }

// marked is the metadata that every message carries: its key, no text, for
// every member and app of the workspace can read it.
func marked(key string) slack.MsgOption {
	return slack.MsgOptionMetadata(slack.SlackMetadata{
		EventType: eventType, EventPayload: map[string]any{keyField: key},
	})
}

func isMarked(m *slack.Message, key string) bool {
	return m.Metadata.EventType == eventType && m.Metadata.EventPayload[keyField] == key
}

// find looks for the message with that key, paging back to since; the newest
// one, or nil when there is none. A thread that is gone is errRootGone.
func (c *caller) find(ctx context.Context, lane outbox.Lane, at spot, key string, since time.Time) (found *slack.Message, err error) {
	err = c.scan(ctx, lane, at, since, func(m *slack.Message) bool {
		if isMarked(m, key) && (found == nil || m.Timestamp > found.Timestamp) {
			found = m
		}
		return found != nil
	})
	return found, err
}

// scan shows see every message of a place, paging back to since, until a page
// held what see was looking for.
func (c *caller) scan(ctx context.Context, lane outbox.Lane, at spot, since time.Time, see func(*slack.Message) bool) error {
	oldest := strconv.FormatInt(since.Add(-findMargin).Unix(), 10) + ".000000"
	for cursor, found := "", false; ; {
		messages, next, err := c.page(ctx, lane, at, oldest, cursor)
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

func (c *caller) page(ctx context.Context, lane outbox.Lane, at spot, oldest, cursor string) (messages []slack.Message, next string, err error) {
	if at.thread != "" {
		return c.replies(ctx, lane, slack.GetConversationRepliesParameters{
			ChannelID: at.channel, Timestamp: at.thread, Oldest: oldest, Cursor: cursor,
			Limit: findPage, IncludeAllMetadata: true,
		})
	}
	err = c.call(lane, methodHistory, func() error {
		page, err := c.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
			ChannelID: at.channel, Oldest: oldest, Cursor: cursor, Limit: findPage, IncludeAllMetadata: true,
		})
		if err == nil {
			messages, next = page.Messages, page.ResponseMetaData.NextCursor
		}
		return err
	})
	return messages, next, err
}

func (c *caller) replies(ctx context.Context, lane outbox.Lane, p slack.GetConversationRepliesParameters) (messages []slack.Message, next string, err error) {
	err = c.call(lane, methodReplies, func() error {
		messages, _, next, err = c.api.GetConversationRepliesContext(ctx, &p)
		return err
	})
	if kindOf(err) == gone && err != nil {
		return nil, "", errRootGone
	}
	return messages, next, err
}

// checkRoot makes sure that a reply's case message is still there. A reply to
// a deleted message would land loose in the channel; a message that was
// deleted under its replies leaves a tombstone, without buttons.
func (c *caller) checkRoot(ctx context.Context, lane outbox.Lane, at spot, now time.Time) error {
	if c.roots.known(at, now) {
		return nil
	}
	messages, _, err := c.replies(ctx, lane, slack.GetConversationRepliesParameters{
		ChannelID: at.channel, Timestamp: at.thread, Limit: 1,
	})
	if err != nil {
		return err
	}
	if len(messages) == 0 || messages[0].Timestamp != at.thread || messages[0].SubType == "tombstone" {
		return errRootGone
	}
	c.roots.saw(at, now)
	return nil
}

// roots remembers which case messages were seen a short while ago.
type roots struct {
	mu   sync.Mutex
	seen map[spot]time.Time
}

func (r *roots) saw(at spot, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.seen == nil || len(r.seen) >= rootsKept {
		r.seen = map[spot]time.Time{}
	}
	r.seen[at] = now
}

func (r *roots) known(at spot, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	seen, ok := r.seen[at]
	return ok && now.Sub(seen) < rootKnown
}

func (r *roots) forget(at spot) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.seen, at)
}
