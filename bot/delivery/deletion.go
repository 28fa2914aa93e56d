package delivery

import (
	"context"
	"errors"
	"fmt"

	"github.com/slack-go/slack/slackutilsx"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
)

// deleteAll takes away what a case left behind where it shows no more, and what
// nobody knows yet to be there. What is gone is recorded one by one, so that a
// crash or a rate limit costs nothing. What Slack won't take away is emptied,
// and recorded (undeletable.go). Where Slack doesn't even let the bot read, that
// stays the delivery's fault.
func (m *messages) deleteAll(ctx context.Context, d outbox.Delivery) error {
	all, err := m.deletions.PendingDeletions(ctx, d.Case)
	if err != nil {
		return fmt.Errorf("pending deletions: %w", err)
	}
	var left error
	for _, one := range all {
		if ctx.Err() != nil {
			return slackapi.ErrNotBegun
		}
		err := m.takeAway(ctx, d, one)
		if err == nil {
			err = m.deletions.Deleted(ctx, d.Case, one)
		}
		switch {
		case err == nil:
		case !slackapi.Refused(err):
			return because(err, left)
		case left == nil:
			left = err
		}
	}
	return left
}

// because is an error of what only needs time, with the word for what needs a
// person.
func because(err, left error) error {
	var wait *notYet
	if left != nil && errors.As(err, &wait) && wait.why == "" {
		return &notYet{at: wait.at, why: slackapi.Fault(left)}
	}
	return err
}

// takeAway takes one message away, or records that it can't be. In direct
// messages every message can have a thread.
func (m *messages) takeAway(ctx context.Context, d outbox.Delivery, l outbox.PendingDeletion) error {
	switch {
	case l.Key != "":
		return m.takeUnsure(ctx, d, l)
	case l.Replaced:
		return m.takeReplaced(ctx, d, slackapi.MessageRef{Channel: l.Channel, TS: l.TS})
	}
	return m.takeOrKeep(ctx, d, slackapi.MessageRef{Channel: l.Channel, TS: l.TS}, l.Root || slackapi.IsDirect(l.Channel))
}

// takeReplaced deletes a case message that was posted anew, and the bot's replies
// below it, as far as Slack lets it. What people wrote there is theirs.
func (m *messages) takeReplaced(ctx context.Context, d outbox.Delivery, root slackapi.MessageRef) error {
	replies, err := m.thread(ctx, d.Lane, root)
	if err != nil && !slackapi.Refused(err) {
		return err
	}
	for i := range replies {
		if !replies[i].Ours() {
			continue
		}
		err := m.erase(ctx, d.Lane, slackapi.MessageRef{Channel: root.Channel, TS: replies[i].TS})
		if err != nil && !slackapi.Refused(err) {
			return err
		}
	}
	m.roots.forget(root)
	if err := m.erase(ctx, d.Lane, root); err != nil && !slackapi.Refused(err) {
		return err
	}
	return nil
}

// takeOrKeep deletes a message of the bot's, with its thread; what Slack won't
// delete is recorded as undeletable.
func (m *messages) takeOrKeep(ctx context.Context, d outbox.Delivery, at slackapi.MessageRef, threaded bool) error {
	err := m.take(ctx, d, at, threaded)
	if !slackapi.Refused(err) {
		return err
	}
	return m.undeletables.RecordUndeletable(ctx, d.Case, undeletableMessage(at, threaded, err))
}

// take deletes a message of the bot's, and every reply of the bot's below it.
// What others wrote there is recorded before.
func (m *messages) take(ctx context.Context, d outbox.Delivery, at slackapi.MessageRef, threaded bool) error {
	if threaded {
		if err := m.emptyThread(ctx, d, at); err != nil {
			return err
		}
		m.roots.forget(at)
	}
	return m.erase(ctx, d.Lane, at)
}

// emptyThread deletes the bot's replies, and records what others wrote. Those
// were people, or other apps: all that the bot posts is marked.
func (m *messages) emptyThread(ctx context.Context, d outbox.Delivery, root slackapi.MessageRef) error {
	replies, err := m.thread(ctx, d.Lane, root)
	if err != nil {
		return err
	}
	var others []outbox.Undeletable
	for i := range replies {
		reply := &replies[i]
		if !reply.Ours() {
			others = append(others, undeletableReply(root, reply))
			continue
		}
		if err := m.takeOrKeep(ctx, d, slackapi.MessageRef{Channel: root.Channel, TS: reply.TS}, false); err != nil {
			return err
		}
	}
	return m.undeletables.SetThread(ctx, d.Case, root.Channel, root.TS, others)
}

// thread lists the replies below a message; none when it is gone with them.
func (m *messages) thread(ctx context.Context, lane outbox.Lane, root slackapi.MessageRef) (all []slackapi.Message, err error) {
	for cursor := ""; ; {
		if ctx.Err() != nil {
			return nil, slackapi.ErrNotBegun
		}
		replies, next, err := m.calls.Messages(ctx, lane, root, slackapi.Page{Cursor: cursor, Limit: slackapi.PageSize, Keys: true})
		if errors.Is(err, slackapi.ErrThreadGone) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		for _, reply := range replies {
			if reply.TS != root.TS {
				all = append(all, reply)
			}
		}
		if next == "" {
			return all, nil
		}
		cursor = next
	}
}

// takeUnsure searches for a message that may have arrived, in the thread and in
// the channel, once it can arrive no more.
func (m *messages) takeUnsure(ctx context.Context, d outbox.Delivery, l outbox.PendingDeletion) error {
	if m.now().Before(l.After) {
		return &notYet{at: l.After}
	}
	channel, err := m.channelOf(ctx, d.Lane, l.Lane)
	if err != nil {
		return err
	}
	places := []slackapi.MessageRef{{Channel: channel}}
	if l.TS != "" {
		places = append(places, slackapi.MessageRef{Channel: channel, TS: l.TS})
	}
	for _, at := range places {
		if err := m.takeFound(ctx, d, at, l); err != nil && !errors.Is(err, slackapi.ErrThreadGone) {
			return err
		}
	}
	return nil
}

func (m *messages) takeFound(ctx context.Context, d outbox.Delivery, at slackapi.MessageRef, l outbox.PendingDeletion) error {
	for {
		found, err := m.calls.Find(ctx, d.Lane, at, l.Key, l.Since)
		if err != nil || found == nil {
			return err
		}
		stray, threaded := slackapi.MessageRef{Channel: at.Channel, TS: found.TS}, at.TS == ""
		if err := m.take(ctx, d, stray, threaded); err != nil {
			if slackapi.Refused(err) { // it would be found again
				return m.undeletables.RecordUndeletable(ctx, d.Case, undeletableMessage(stray, threaded, err))
			}
			return err
		}
		if err := m.deletions.Deleted(ctx, d.Case, outbox.PendingDeletion{Channel: at.Channel, TS: found.TS}); err != nil {
			return err
		}
	}
}

// erase deletes a message of the bot's; one that is gone is fine. What Slack
// won't delete is emptied at least, and the refusal returned.
func (m *messages) erase(ctx context.Context, lane outbox.Lane, at slackapi.MessageRef) error {
	err := m.delete(ctx, lane, at)
	switch {
	case err == nil, slackapi.Code(err) == "message_not_found":
		return nil
	case !slackapi.Refused(err):
		return err
	}
	emptied := m.begun(ctx, lane, slackapi.MethodUpdate, func(ctx context.Context) error {
		_, err := m.api.Do(ctx, slackapi.Update(at, slackapi.Content{Text: slackutilsx.EscapeMessage(m.emptied)}))
		return err
	})
	if emptied != nil && !slackapi.Refused(emptied) {
		return emptied
	}
	return err
}
