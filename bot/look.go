package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// Undeletables is where the register keeps what the bot can't take out of Slack.
type Undeletables interface {
	// Undeletables lists them, of one case.
	Undeletables(context.Context, workflow.CaseID) ([]outbox.Undeletable, error)
	// SetThread records what others have written below a message: all of it.
	SetThread(ctx context.Context, id workflow.CaseID, channel, thread string, all []outbox.Undeletable) error
	// RecordUndeletable records one, or that it is still there.
	RecordUndeletable(context.Context, workflow.CaseID, outbox.Undeletable) error
	// ForgetUndeletable records that one stands nowhere any more.
	ForgetUndeletable(context.Context, workflow.CaseID, outbox.Undeletable) error
}

const methodPermalink = "chat.getPermalink"

// A look comes every day at this time.
const (
	lookHour   = 8
	lookMinute = 30
)

// direct reports whether a channel is somebody's direct messages; their ids,
// unlike those of other channels, never change.
func direct(channel string) bool { return strings.HasPrefix(channel, "D") }

// ownRemnant is a message of the bot's that Slack refuses to delete. What stands
// in direct messages is of nobody else's concern.
func ownRemnant(at spot, threaded bool, why error) outbox.Undeletable {
	r := outbox.Undeletable{Kind: outbox.UndeletableMessage, Channel: at.channel, TS: at.thread, Fault: slackCode(why)}
	if threaded {
		r.Thread = at.thread
	}
	if direct(at.channel) {
		r.Reader = outbox.Nobody
	}
	return r
}

// replyRemnant is what somebody else wrote below a message of the bot's. In
// direct messages that is their person, who alone reads and can delete it.
func replyRemnant(root spot, m *slack.Message) outbox.Undeletable {
	r := outbox.Undeletable{Kind: outbox.UndeletableReply, Channel: root.channel, TS: m.Timestamp, Thread: root.thread}
	if direct(root.channel) {
		r.Reader = outbox.Nobody
		if m.User != "" {
			r.Reader = roster.PersonID(m.User)
		}
	}
	return r
}

// look looks at every remnant of a case: what is gone is recorded as gone, what
// can be taken away by now is, and what is left is looked at again on the next
// day. It goes on where an attempt before it ended.
func (c *courier) look(ctx context.Context, d outbox.Delivery) error {
	for {
		all, err := c.remnants.Undeletables(ctx, d.Case)
		if err != nil || len(all) == 0 {
			return err
		}
		i := slices.IndexFunc(all, func(r outbox.Undeletable) bool { return !r.Checked })
		switch {
		case i < 0:
			return &notYet{at: nextLook(c.now().In(c.zone))}
		case ctx.Err() != nil:
			return errNotBegun
		}
		if err := c.lookAt(ctx, d, all[i], all); err != nil {
			return err
		}
	}
}

// nextLook is the next time for a look after now.
func nextLook(now time.Time) time.Time {
	at := time.Date(now.Year(), now.Month(), now.Day(), lookHour, lookMinute, 0, 0, now.Location())
	if !at.After(now) {
		at = at.AddDate(0, 0, 1)
	}
	return at
}

// lookAt looks at one remnant, at a reply with all of its thread: after that it
// is gone, or counts as looked at.
func (c *courier) lookAt(ctx context.Context, d outbox.Delivery, r outbox.Undeletable, all []outbox.Undeletable) error {
	switch r.Kind {
	case outbox.UndeletableReply:
		return c.lookAtThread(ctx, d, r, all)
	case outbox.UndeletableFile:
		return c.lookAtFile(ctx, d, r)
	}
	err := c.take(ctx, d, spot{r.Channel, r.TS}, r.Thread != "")
	if err == nil {
		return c.remnants.ForgetUndeletable(ctx, d.Case, r)
	}
	return c.stillThere(ctx, d, r, err)
}

// stillThere records that Slack said no once more, and to what.
func (c *courier) stillThere(ctx context.Context, d outbox.Delivery, r outbox.Undeletable, err error) error {
	if !refused(err) {
		return err
	}
	r.Fault = slackCode(err)
	return c.remain(ctx, d, r)
}

// remain records a remnant with Slack's link to it. When Slack gives none,
// people read where and when it was posted instead: never a guess.
func (c *courier) remain(ctx context.Context, d outbox.Delivery, r outbox.Undeletable) error {
	if r.Link == "" {
		err := c.begun(ctx, d.Lane, methodPermalink, func(ctx context.Context) (err error) {
			r.Link, err = c.api.GetPermalinkContext(ctx, &slack.PermalinkParameters{Channel: r.Channel, Ts: r.TS})
			return err
		})
		if err != nil && !refused(err) {
			return err
		}
	}
	return c.remnants.RecordUndeletable(ctx, d.Case, r)
}

// lookAtThread lists what others have written in a reply's thread. One by one
// those that are there get their links; the others are gone.
func (c *courier) lookAtThread(ctx context.Context, d outbox.Delivery, r outbox.Undeletable, all []outbox.Undeletable) error {
	root := spot{r.Channel, r.Thread}
	replies, err := c.thread(ctx, d.Lane, root)
	if err != nil {
		return c.stillThere(ctx, d, r, err)
	}
	there := map[string]bool{}
	var others []outbox.Undeletable
	for i := range replies {
		there[replies[i].Timestamp] = true
		if replies[i].Metadata.EventType != eventType {
			others = append(others, replyRemnant(root, &replies[i]))
		}
	}
	for _, known := range all {
		if known.Checked || known.Link != "" || known.Channel != root.channel || known.Thread != root.thread || !there[known.TS] {
			continue
		}
		if err := c.remain(ctx, d, known); err != nil {
			return err
		}
	}
	return c.remnants.SetThread(ctx, d.Case, root.channel, root.thread, others)
}

// lookAtFile tries to delete a file, which is the bot's only by chance, and asks
// whether it is still there.
func (c *courier) lookAtFile(ctx context.Context, d outbox.Delivery, r outbox.Undeletable) error {
	err := c.begun(ctx, d.Lane, methodFileDelete, func(ctx context.Context) error {
		return c.api.DeleteFileContext(ctx, r.TS)
	})
	if refused(err) && !isGone(err) {
		r.Fault = slackCode(err)
		err = c.begun(ctx, d.Lane, methodFileInfo, func(ctx context.Context) error {
			file, _, _, err := c.api.GetFileInfoContext(ctx, r.TS, 0, 0)
			if err == nil && file != nil {
				r.Link = file.Permalink
			}
			return err
		})
		if err == nil || refused(err) && !isGone(err) {
			return c.remnants.RecordUndeletable(ctx, d.Case, r)
		}
	}
	if err == nil || isGone(err) {
		return c.remnants.ForgetUndeletable(ctx, d.Case, r)
	}
	return err
}
