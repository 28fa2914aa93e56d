package delivery

import (
	"context"
	"errors"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/outbox"
)

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
	if a.d.Attempts > 1 {
		if id, err := a.findFile(ctx, at, name); err != nil || id != "" {
			return err
		}
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
	id, err := a.upload(ctx, slack.GetUploadURLExternalParameters{FileName: name, AltTxt: p.Alt}, png)
	if err != nil {
		return err
	}
	return a.complete(ctx, at, slack.FileSummary{ID: id, Title: p.Title}, "")
}
