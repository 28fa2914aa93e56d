package bot

import (
	"context"
	"errors"
	"fmt"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

// PendingDeletions knows what was posted about a case where it shows no more.
type PendingDeletions interface {
	// PendingDeletions lists what is to be taken away, in that order: a case message
	// after its replies, and last what may be there.
	PendingDeletions(context.Context, workflow.CaseID) ([]outbox.PendingDeletion, error)
	// Deleted records that one of them stands nowhere any more.
	Deleted(context.Context, workflow.CaseID, outbox.PendingDeletion) error
}

// tidy carries out a delivery that only takes away.
func (c *courier) tidy(ctx context.Context, d outbox.Delivery) error {
	if d.Kind() == outbox.KindUndeletableCheck {
		return c.look(ctx, d)
	}
	return c.clear(ctx, d)
}

// clear takes away what a case left behind where it shows no more, and what
// nobody knows yet to be there. What is gone is recorded one by one, so that a
// crash or a rate limit costs nothing. What Slack won't take away is emptied,
// and remains (look.go). Where Slack doesn't even let the bot look, that stays
// the delivery's fault.
func (c *courier) clear(ctx context.Context, d outbox.Delivery) error {
	all, err := c.leftovers.PendingDeletions(ctx, d.Case)
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
			err = c.leftovers.Deleted(ctx, d.Case, one)
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
	return slackCode(err) != "" && kindOf(err) != unsure && refusedToken(botSetting, err) == nil
}

// takeAway takes one leftover away, or records that it remains. In direct
// messages every message can have a thread.
func (c *courier) takeAway(ctx context.Context, d outbox.Delivery, l outbox.PendingDeletion) error {
	if l.Key != "" {
		return c.takeUnsure(ctx, d, l)
	}
	return c.takeOrKeep(ctx, d, spot{l.Channel, l.TS}, l.Root || direct(l.Channel))
}

// takeOrKeep deletes a message of the bot's, with its thread; what Slack won't
// delete is a remnant.
func (c *courier) takeOrKeep(ctx context.Context, d outbox.Delivery, at spot, threaded bool) error {
	err := c.take(ctx, d, at, threaded)
	if !refused(err) {
		return err
	}
	return c.remnants.RecordUndeletable(ctx, d.Case, ownRemnant(at, threaded, err))
}

// take deletes a message of the bot's, and every reply of the bot's below it.
// What others wrote there is recorded before.
func (c *courier) take(ctx context.Context, d outbox.Delivery, at spot, threaded bool) error {
	if threaded {
		if err := c.emptyThread(ctx, d, at); err != nil {
			return err
		}
		c.roots.forget(at)
	}
	return c.erase(ctx, d.Lane, at)
}

// emptyThread deletes the bot's replies, and records what others wrote. Those
// were people, or other apps: all that the bot posts is marked.
func (c *courier) emptyThread(ctx context.Context, d outbox.Delivery, root spot) error {
	replies, err := c.thread(ctx, d.Lane, root)
	if err != nil {
		return err
	}
	var others []outbox.Undeletable
	for i := range replies {
		m := &replies[i]
		if m.Metadata.EventType != eventType {
			others = append(others, replyRemnant(root, m))
			continue
		}
		if err := c.takeOrKeep(ctx, d, spot{root.channel, m.Timestamp}, false); err != nil {
			return err
		}
	}
	return c.remnants.SetThread(ctx, d.Case, root.channel, root.thread, others)
}

// thread lists the replies below a message; none when it is gone with them.
func (c *courier) thread(ctx context.Context, lane outbox.Lane, root spot) (all []slack.Message, err error) {
	for cursor := ""; ; {
		if ctx.Err() != nil {
			return nil, errNotBegun
		}
		replies, next, err := c.replies(ctx, lane, slack.GetConversationRepliesParameters{
			ChannelID: root.channel, Timestamp: root.thread, Cursor: cursor, Limit: findPage, IncludeAllMetadata: true,
		})
		if errors.Is(err, errRootGone) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		for _, m := range replies {
			if m.Timestamp != root.thread {
				all = append(all, m)
			}
		}
		if next == "" {
			return all, nil
		}
		cursor = next
	}
}

// takeUnsure looks for a message that may have arrived, in the thread and in
// the channel, once it can arrive no more.
func (c *courier) takeUnsure(ctx context.Context, d outbox.Delivery, l outbox.PendingDeletion) error {
	if c.now().Before(l.After) {
		return &notYet{at: l.After}
	}
	channel, err := c.channelOf(ctx, d.Lane, l.Lane)
	if err != nil {
		return err
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

func (c *courier) takeFound(ctx context.Context, d outbox.Delivery, at spot, l outbox.PendingDeletion) error {
	for {
		found, err := c.find(ctx, d.Lane, at, l.Key, l.Since)
		if err != nil || found == nil {
			return err
		}
		stray, threaded := spot{at.channel, found.Timestamp}, at.thread == ""
		if err := c.take(ctx, d, stray, threaded); err != nil {
			if refused(err) { // it would be found again
				return c.remnants.RecordUndeletable(ctx, d.Case, ownRemnant(stray, threaded, err))
			}
			return err
		}
		if err := c.leftovers.Deleted(ctx, d.Case, outbox.PendingDeletion{Channel: at.channel, TS: found.Timestamp}); err != nil {
			return err
		}
	}
}

// erase deletes a message of the bot's; one that is gone is fine. What Slack
// won't delete is emptied at least, and the refusal returned.
func (c *courier) erase(ctx context.Context, lane outbox.Lane, at spot) error {
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
