package bot

import (
	"context"
	"errors"
	"fmt"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow"
)

// Leftovers knows what was posted about a case where it shows no more.
type Leftovers interface {
	// Leftovers lists what is to be taken away, in that order: a case message
	// after its replies, and last what may be there.
	Leftovers(context.Context, workflow.CaseID) ([]workflow.Leftover, error)
	// Cleared records that one of them stands nowhere any more.
	Cleared(context.Context, workflow.CaseID, workflow.Leftover) error
}

// faultReplies: people wrote in the thread of a case that moved away. A bot
// deletes its own messages only, so somebody has to see to it.
const faultReplies = "replies_left"

// clear takes away what a case left behind where it shows no more, and what
// nobody knows yet to be there. What is gone is recorded one by one, so that a
// crash or a rate limit costs nothing. What Slack won't take away is emptied,
// and stays the delivery's fault until it is gone.
func (c *courier) clear(ctx context.Context, d workflow.Delivery) error {
	all, err := c.leftovers.Leftovers(ctx, d.Case)
	if err != nil {
		return fmt.Errorf("leftovers: %w", err)
	}
	var left error
	for _, one := range all {
		if ctx.Err() != nil {
			return errNotBegun
		}
		err := c.takeAway(ctx, d, one)
		if err == nil {
			err = c.leftovers.Cleared(ctx, d.Case, one)
		}
		switch {
		case err == nil:
		case !refused(err):
			return told(err, left)
		case left == nil:
			left = err
		}
	}
	return left
}

// told is an error of what only needs time, with the word for what needs a
// person.
func told(err, left error) error {
	var wait *notYet
	if left != nil && errors.As(err, &wait) && wait.why == "" {
		return &notYet{at: wait.at, why: fault(left)}
	}
	return err
}

// refused reports whether Slack said no to this one message, and may say yes
// to the next.
func refused(err error) bool {
	return slackCode(err) != "" && kindOf(err) != unsure
}

func (c *courier) takeAway(ctx context.Context, d workflow.Delivery, l workflow.Leftover) error {
	switch {
	case l.Key != "":
		return c.takeUnsure(ctx, d, l)
	case l.Root:
		return c.takeThread(ctx, d.Lane, spot{l.Channel, l.TS})
	}
	return c.erase(ctx, d.Lane, spot{l.Channel, l.TS})
}

// takeThread deletes a case message and every reply of the bot's below it. What
// others wrote there stays, and is told.
func (c *courier) takeThread(ctx context.Context, lane workflow.Lane, root spot) error {
	others, err := c.emptyThread(ctx, lane, root)
	if err != nil {
		return err
	}
	c.roots.forget(root)
	if err := c.erase(ctx, lane, root); err != nil {
		return err
	}
	if others {
		return &callError{methodDelete, slack.SlackErrorResponse{Err: faultReplies}}
	}
	return nil
}

// emptyThread deletes the bot's replies and reports whether others remain.
func (c *courier) emptyThread(ctx context.Context, lane workflow.Lane, root spot) (others bool, err error) {
	for cursor := ""; ; {
		replies, next, err := c.replies(ctx, lane, slack.GetConversationRepliesParameters{
			ChannelID: root.channel, Timestamp: root.thread, Cursor: cursor, Limit: findPage, IncludeAllMetadata: true,
		})
		if errors.Is(err, errRootGone) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		for i := range replies {
			m := &replies[i]
			switch {
			case m.Timestamp == root.thread:
			case m.Metadata.EventType != eventType:
				others = true
			default:
				if err := c.erase(ctx, lane, spot{root.channel, m.Timestamp}); err != nil {
					return false, err
				}
			}
		}
		if next == "" {
			return others, nil
		}
		cursor = next
	}
}

// takeUnsure looks for a message that may have arrived, in the thread and in
// the channel, once it can arrive no more.
func (c *courier) takeUnsure(ctx context.Context, d workflow.Delivery, l workflow.Leftover) error {
	if c.now().Before(l.After) {
		return &notYet{at: l.After}
	}
	channel := c.channel
	if who, ok := l.Lane.Direct(); ok {
		id, err := c.openFor(ctx, d.Lane, who)
		if err != nil {
			return err
		}
		channel = id
	}
	places := []spot{{channel: channel}}
	if l.TS != "" {
		places = append(places, spot{channel, l.TS})
	}
	for _, at := range places {
		if err := c.takeFound(ctx, d, at, l); err != nil && !errors.Is(err, errRootGone) {
			return err
		}
	}
	return nil
}

func (c *courier) takeFound(ctx context.Context, d workflow.Delivery, at spot, l workflow.Leftover) error {
	for {
		ts, err := c.find(ctx, d.Lane, at, l.Key, l.Since)
		if err != nil || ts == "" {
			return err
		}
		if err := c.erase(ctx, d.Lane, spot{at.channel, ts}); err != nil {
			return err
		}
		if err := c.leftovers.Cleared(ctx, d.Case, workflow.Leftover{Channel: at.channel, TS: ts}); err != nil {
			return err
		}
	}
}

// erase deletes a message of the bot's; one that is gone is fine. What Slack
// won't delete is emptied at least, and the refusal returned.
func (c *courier) erase(ctx context.Context, lane workflow.Lane, at spot) error {
	err := c.begun(ctx, lane, methodDelete, func(ctx context.Context) error {
		_, _, err := c.api.DeleteMessageContext(ctx, at.channel, at.thread)
		return err
	})
	switch {
	case err == nil, slackCode(err) == "message_not_found":
		return nil
	case !refused(err):
		return err
	}
	emptied := c.begun(ctx, lane, methodUpdate, func(ctx context.Context) error {
		_, _, _, err := c.api.UpdateMessageContext(ctx, at.channel, at.thread, slack.MsgOptionText(c.emptied, true))
		return err
	})
	if emptied != nil && !refused(emptied) {
		return emptied
	}
	return err
}
