package delivery

import (
	"context"
	"errors"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/outbox"
)

// handOver sends a document to the person of the lane, under the name that they were
// promised. It is not in Slack
// before the last of three calls: what comes before may be repeated. After an
// attempt of which nobody knows the end it searches for the file first. When
// there can be no file any more, or Slack takes none, the person reads why.
func (a *attempt) handOver(ctx context.Context) (outbox.Posted, error) {
	defer a.sharing.tried(a.d.ID, a.d.Attempts)
	channel, err := a.directChannel(ctx)
	if err != nil {
		return outbox.Posted{}, a.orGiveUp(err)
	}
	at, name := slackapi.MessageRef{Channel: channel}, a.message.Document.Name
	id, err := a.standing(ctx, at, signed(name, a.d.Key))
	if err != nil || id != "" {
		return a.handed(channel, id), err
	}
	if a.message.Document.Withheld {
		return outbox.Posted{}, handlers.ErrMoot
	}
	if len(a.message.Document.Content) == 0 {
		posted, err := a.once(ctx, at)
		return posted, a.orGiveUp(err)
	}
	id, err = a.bring(ctx, at, file{name: name, title: name, comment: a.message.Document.Comment + " " + fileMark(a.d.Key), content: a.message.Document.Content})
	if refusesFile(err) {
		return a.once(ctx, at)
	}
	return a.handed(channel, id), err
}

// handed is a document that arrived. Its message's ts is not in Slack's answer.
func (a *attempt) handed(channel, file string) outbox.Posted {
	return outbox.Posted{Channel: channel, Version: a.version, File: file}
}

// orGiveUp lets go of a document that waited for a day for somebody whom Slack
// does not reach: nobody is left to read of it.
func (a *attempt) orGiveUp(err error) error {
	if slackapi.BadPlace.Means(err) && len(a.message.Document.Content) == 0 {
		return handlers.ErrMoot
	}
	return err
}

func (a *attempt) directChannel(ctx context.Context) (string, error) {
	who, ok := a.d.Lane.Direct()
	if !ok {
		return "", handlers.ErrMoot // a document goes to a person, never to a channel
	}
	return a.openDirect(ctx, a.d.Lane, who)
}

// recall takes a document out of Slack, with the message that showed it. One
// that is gone already is what was wanted. When Slack refuses for good, the person
// is asked to do it.
func (a *attempt) recall(ctx context.Context) (outbox.Posted, error) {
	id, done := a.message.Document.ID, outbox.Posted{Edit: true, Version: a.version}
	var info *slack.File
	err := a.calls.Call(a.d.Lane, slackapi.MethodFileInfo, func() (err error) {
		info, _, _, err = a.api.GetFileInfoContext(ctx, id, 0, 0)
		return err
	})
	if slackapi.FileGone(err) {
		return done, nil
	}
	switch {
	case err == nil:
		err = a.deleteShares(ctx, info)
	case slackapi.Refused(err): // to say where it stands; it may go all the same
		err = nil
	}
	if err == nil {
		err = a.begun(ctx, a.d.Lane, slackapi.MethodFileDelete, func(ctx context.Context) error { return a.api.DeleteFileContext(ctx, id) })
	}
	switch {
	case err == nil, slackapi.FileGone(err):
		return done, nil
	case slackapi.Refused(err):
		return a.askToDelete(ctx)
	}
	return outbox.Posted{}, err
}

// deleteShares deletes the messages that show the file, before the file, for
// afterwards nobody knows where they were. What Slack refuses here does not
// keep the file.
func (a *attempt) deleteShares(ctx context.Context, file *slack.File) error {
	for channel, shares := range file.Shares.Private {
		for _, s := range shares {
			err := a.delete(ctx, a.d.Lane, slackapi.MessageRef{Channel: channel, TS: s.Ts})
			if err != nil && (slackapi.Code(err) == "" || errors.Is(err, slackapi.ErrNotBegun)) {
				return err
			}
		}
	}
	return nil
}

func (a *attempt) askToDelete(ctx context.Context) (outbox.Posted, error) {
	channel, err := a.directChannel(ctx)
	if err != nil {
		return outbox.Posted{}, err
	}
	return a.once(ctx, slackapi.MessageRef{Channel: channel})
}

// Slack brings charts to one workspace after the other. Where it refuses them
// the message goes without, and the same chart follows as a picture in its
// thread: a delivery of its own, which the register queues as it records the
// message.

// isChart reports whether a block is a chart.
func isChart(b slack.Block) bool { return b.BlockType() == slack.MBTDataVisualization }

// shown is the delivery whose message is rendered: of a picture, that of the
// message below which it goes.
func shown(d outbox.Delivery) outbox.Delivery {
	if picture, ok := d.Payload.(outbox.Picture); ok {
		d.Payload = picture.Below
	}
	return d
}

// pictureBelow brings the picture into the thread of its message, unless an
// earlier attempt did. A message that is gone needs none.
func (a *attempt) pictureBelow(ctx context.Context) error {
	defer a.sharing.tried(a.d.ID, a.d.Attempts)
	at := aboveOf(a.d.Payload)
	if a.message.Picture == nil || at.Channel == "" || !a.standsIn(at.Channel) {
		return handlers.ErrMoot
	}
	err := a.bringPicture(ctx, at, a.message.Picture)
	if errors.Is(err, slackapi.ErrThreadGone) {
		return handlers.ErrMoot
	}
	return err
}

// aboveOf is the message below which a picture goes.
func aboveOf(p outbox.Payload) slackapi.MessageRef {
	picture, _ := p.(outbox.Picture)
	return slackapi.MessageRef{Channel: picture.Channel, TS: picture.TS}
}

// standsIn reports whether that channel is still the one of the lane: of
// another nobody knows who reads it. Direct messages stay what they are.
func (a *attempt) standsIn(channel string) bool {
	if _, direct := a.d.Lane.Direct(); direct {
		return true
	}
	return a.channels.ChannelOf(a.d.Lane) == channel
}

func (a *attempt) bringPicture(ctx context.Context, at slackapi.MessageRef, p *handlers.Picture) error {
	name := signed(p.Name, a.d.Key)
	if id, err := a.standing(ctx, at, name); err != nil || id != "" {
		return err
	}
	png, err := p.Draw()
	if err != nil {
		return renderError(err)
	}
	if err := a.checkRoot(ctx, a.d.Lane, at, a.now()); err != nil {
		return err
	}
	if err := a.channels.MayShow(ctx, at.Channel, slackapi.MethodComplete); err != nil {
		return err
	}
	_, err = a.bring(ctx, at, file{name: name, title: p.Title, alt: p.Alt, content: png})
	return err
}
