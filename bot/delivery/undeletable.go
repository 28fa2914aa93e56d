package delivery

import (
	"context"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow/roster"
)

// The check comes every day at this time.
const (
	checkHour   = 8
	checkMinute = 30
)

// undeletableMessage is a message of the bot's that Slack refuses to delete. One
// in a direct message goes on nobody's list.
func undeletableMessage(at slackapi.MessageRef, threaded bool, why error) outbox.Undeletable {
	r := outbox.Undeletable{Kind: outbox.UndeletableMessage, Channel: at.Channel, TS: at.TS, Fault: slackapi.Code(why)}
	if threaded {
		r.Thread = at.TS
	}
	if slackapi.IsDirect(at.Channel) {
		r.Reader = outbox.Nobody
	}
	return r
}

// undeletableReply is what somebody else wrote below a message of the bot's. In
// direct messages that is their person, who alone reads and can delete it.
func undeletableReply(root slackapi.MessageRef, m *slackapi.Message) outbox.Undeletable {
	r := outbox.Undeletable{Kind: outbox.UndeletableReply, Channel: root.Channel, TS: m.TS, Thread: root.TS}
	if slackapi.IsDirect(root.Channel) {
		r.Reader = outbox.Nobody
		if m.User != "" {
			r.Reader = roster.PersonID(m.User)
		}
	}
	return r
}

// checkUndeletables checks whatever of a case could not be deleted: what is gone
// is recorded as gone, what can be deleted by now is, and the rest is checked
// again the next day. It resumes where an earlier attempt ended.
func (m *messages) checkUndeletables(ctx context.Context, d outbox.Delivery) error {
	for {
		all, err := m.undeletables.Undeletables(ctx, d.Case)
		if err != nil || len(all) == 0 {
			return err
		}
		i := slices.IndexFunc(all, func(r outbox.Undeletable) bool { return !r.Checked })
		switch {
		case i < 0:
			return &notYet{at: nextCheck(m.now().In(m.zone))}
		case ctx.Err() != nil:
			return slackapi.ErrNotBegun
		}
		if err := m.checkOne(ctx, d, all[i], all); err != nil {
			return err
		}
	}
}

// nextCheck is the next time for a check after now.
func nextCheck(now time.Time) time.Time {
	at := time.Date(now.Year(), now.Month(), now.Day(), checkHour, checkMinute, 0, 0, now.Location())
	if !at.After(now) {
		at = at.AddDate(0, 0, 1)
	}
	return at
}

// checkOne checks one of them, a reply together with its whole thread. After that
// it is gone, or counts as checked.
func (m *messages) checkOne(ctx context.Context, d outbox.Delivery, r outbox.Undeletable, all []outbox.Undeletable) error {
	switch r.Kind {
	case outbox.UndeletableReply:
		return m.checkThread(ctx, d, r, all)
	case outbox.UndeletableFile:
		return m.checkFile(ctx, d, r)
	}
	err := m.take(ctx, d, slackapi.MessageRef{Channel: r.Channel, TS: r.TS}, r.Thread != "")
	if err == nil {
		return m.undeletables.ForgetUndeletable(ctx, d.Case, r)
	}
	return m.stillThere(ctx, d, r, err)
}

// stillThere records that Slack said no once more, and to what.
func (m *messages) stillThere(ctx context.Context, d outbox.Delivery, r outbox.Undeletable, err error) error {
	if !slackapi.Refused(err) {
		return err
	}
	r.Fault = slackapi.Code(err)
	return m.recordWithLink(ctx, d, r)
}

// recordWithLink records a undeletable one with Slack's link to it. When Slack gives none,
// people read where and when it was posted instead: never a guess.
func (m *messages) recordWithLink(ctx context.Context, d outbox.Delivery, r outbox.Undeletable) error {
	if r.Link == "" {
		err := m.begun(ctx, d.Lane, slackapi.MethodPermalink, func(ctx context.Context) (err error) {
			r.Link, err = m.api.GetPermalinkContext(ctx, &slack.PermalinkParameters{Channel: r.Channel, Ts: r.TS})
			return err
		})
		if err != nil && !slackapi.Refused(err) {
			return err
		}
	}
	return m.undeletables.RecordUndeletable(ctx, d.Case, r)
}

// checkThread lists what others have written in a reply's thread. One by one
// those that are there get their links; the others are gone.
func (m *messages) checkThread(ctx context.Context, d outbox.Delivery, r outbox.Undeletable, all []outbox.Undeletable) error {
	root := slackapi.MessageRef{Channel: r.Channel, TS: r.Thread}
	replies, err := m.thread(ctx, d.Lane, root)
	if err != nil {
		return m.stillThere(ctx, d, r, err)
	}
	there := map[string]bool{}
	var others []outbox.Undeletable
	for i := range replies {
		there[replies[i].TS] = true
		if !replies[i].Ours() {
			others = append(others, undeletableReply(root, &replies[i]))
		}
	}
	for _, known := range all {
		if known.Checked || known.Link != "" || known.Channel != root.Channel || known.Thread != root.TS || !there[known.TS] {
			continue
		}
		if err := m.recordWithLink(ctx, d, known); err != nil {
			return err
		}
	}
	return m.undeletables.SetThread(ctx, d.Case, root.Channel, root.TS, others)
}

// checkFile tries to delete a file, which is the bot's only by chance, and asks
// whether it is still there.
func (m *messages) checkFile(ctx context.Context, d outbox.Delivery, r outbox.Undeletable) error {
	err := m.begun(ctx, d.Lane, slackapi.MethodFileDelete, func(ctx context.Context) error {
		return m.api.DeleteFileContext(ctx, r.TS)
	})
	if slackapi.Refused(err) && !slackapi.FileGone(err) {
		r.Fault = slackapi.Code(err)
		err = m.begun(ctx, d.Lane, slackapi.MethodFileInfo, func(ctx context.Context) error {
			file, _, _, err := m.api.GetFileInfoContext(ctx, r.TS, 0, 0)
			if err == nil && file != nil {
				r.Link = file.Permalink
			}
			return err
		})
		if err == nil || slackapi.Refused(err) && !slackapi.FileGone(err) {
			return m.undeletables.RecordUndeletable(ctx, d.Case, r)
		}
	}
	if err == nil || slackapi.FileGone(err) {
		return m.undeletables.ForgetUndeletable(ctx, d.Case, r)
	}
	return err
}
