package bot

import (
	"context"
	"errors"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/outbox"
)

// How an attempt posts, once it is known where.

// post posts. A chart that Slack does not take is left out, and follows as a
// picture (picture.go). A message whose blocks Slack refuses otherwise goes out
// as its text alone: the case number and what happened.
func (a *attempt) post(ctx context.Context, at spot) (outbox.Posted, error) {
	if a.message.Picture != nil {
		return a.postCharted(ctx, at)
	}
	return a.postOrStrip(ctx, at, a.message.Blocks)
}

func (a *attempt) postOrStrip(ctx context.Context, at spot, blocks []slack.Block) (outbox.Posted, error) {
	posted, err := a.put(ctx, at, a.with(blocks))
	if err != nil && kindOf(err) == content {
		a.stripped(a.d, slackCode(err))
		return a.put(ctx, at, a.plain())
	}
	return posted, err
}

// put makes the call. A reply that landed loose in the channel, because its
// case message was deleted this very moment, is taken back.
func (a *attempt) put(ctx context.Context, at spot, options []slack.MsgOption) (outbox.Posted, error) {
	if err := a.mayShow(ctx, at, methodPost); err != nil {
		return outbox.Posted{}, err
	}
	if at.thread != "" {
		options = append(options, slack.MsgOptionTS(at.thread))
	}
	var channel, ts string
	var landed slack.Message
	err := a.send(ctx, methodPost, func(ctx context.Context) (err error) {
		channel, ts, landed, err = a.api.PostMessageWithResponseContext(ctx, at.channel, options...)
		if err == nil && ts == "" {
			err = errNoID
		}
		return err
	})
	switch {
	case err != nil && kindOf(err) == gone:
		return outbox.Posted{}, errRootGone
	case err != nil:
		return outbox.Posted{}, err
	case at.thread != "" && landed.ThreadTimestamp == "":
		if err := a.settleLoose(ctx, spot{channel, ts}, at); err != nil {
			return outbox.Posted{}, err
		}
	case a.d.Kind() == outbox.KindCase:
		a.roots.saw(spot{channel, ts}, a.now())
	}
	return a.posted(channel, ts, false), nil
}

// mayShow refuses to show anything in a channel that others can read.
func (a *attempt) mayShow(ctx context.Context, at spot, method string) error {
	r := a.rooms.at(at.channel)
	if r == nil {
		return nil
	}
	return r.exposure.refuses(ctx, method)
}

// settleLoose looks into a reply of which Slack's answer names no thread: when
// the case message is gone it landed loose, and is taken back; when that
// stands, the answer only left the thread out.
func (a *attempt) settleLoose(ctx context.Context, reply, root spot) error {
	a.roots.forget(root)
	err := a.checkRoot(ctx, a.d.Lane, root, a.now())
	if errors.Is(err, errRootGone) {
		return a.takeBack(ctx, reply, root)
	}
	return err
}

func (a *attempt) takeBack(ctx context.Context, loose, root spot) error {
	a.roots.forget(root)
	err := a.send(ctx, methodDelete, func(ctx context.Context) error {
		_, _, err := a.api.DeleteMessageContext(ctx, loose.channel, loose.thread)
		return err
	})
	if err != nil {
		return err
	}
	return errRootGone
}

// errNotBegun is a call that was not made: the bot stops, or preparing it took
// too long.
var errNotBegun = errors.New("not begun")

// send makes the call that people will see.
func (a *attempt) send(ctx context.Context, method string, do func(context.Context) error) error {
	return a.begun(ctx, a.d.Lane, method, do)
}

// begun makes a call that is not begun when the time for preparing is over,
// and not given up when the bot stops.
func (c *courier) begun(ctx context.Context, lane outbox.Lane, method string, do func(context.Context) error) error {
	return c.call(lane, method, func() error {
		if ctx.Err() != nil {
			return errNotBegun
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.patience)
		defer cancel()
		return do(ctx)
	})
}

func (a *attempt) posted(channel, ts string, edit bool) outbox.Posted {
	return outbox.Posted{Channel: channel, TS: ts, Version: a.version, Edit: edit}
}

// options are the message with its blocks and its key. The text is escaped
// and links are not unfolded: nobody is pinged by what somebody typed.
func (a *attempt) options() []slack.MsgOption { return a.with(a.message.Blocks) }

func (a *attempt) with(blocks []slack.Block) []slack.MsgOption {
	return append(a.plain(), slack.MsgOptionBlocks(blocks...))
}

func (a *attempt) plain() []slack.MsgOption {
	return []slack.MsgOption{
		slack.MsgOptionText(a.message.Text, true), marked(a.d.Key),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(),
	}
}
