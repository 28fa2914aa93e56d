package bot

import (
	"context"
	"errors"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/outbox"
)

// Slack brings charts to one workspace after the other. Where it refuses them
// the message goes without, and the same chart follows as a picture in its
// thread: a delivery of its own, which the register queues as it records the
// message.

// isChart reports whether a block is a chart.
func isChart(b slack.Block) bool { return b.BlockType() == slack.MBTDataVisualization }

func charted(blocks []slack.Block) bool { return slices.ContainsFunc(blocks, isChart) }

// postCharted posts with the chart; without it where Slack refuses that, which
// is remembered as long as this process lives.
func (a *attempt) postCharted(ctx context.Context, at spot) (outbox.Posted, error) {
	var refused error
	if !a.noCharts.Load() {
		posted, err := a.put(ctx, at, a.options())
		if err == nil || kindOf(err) != content {
			return posted, err
		}
		refused = err
	}
	posted, err := a.put(ctx, at, a.with(slices.DeleteFunc(slices.Clone(a.message.Blocks), isChart)))
	switch {
	case err != nil && kindOf(err) == content:
		a.stripped(a.d, slackCode(err))
		posted, err = a.put(ctx, at, a.plain())
	case err == nil && refused != nil:
		a.noCharts.Store(true)
		a.uncharted(a.d, slackCode(refused))
	}
	posted.ChartRefused = err == nil
	return posted, err
}

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
	at := pictureSpot(a.d.Payload)
	if a.message.Picture == nil || at.channel == "" || !a.standsIn(at.channel) {
		return handlers.ErrMoot
	}
	err := a.bringPicture(ctx, at, a.message.Picture)
	if errors.Is(err, errRootGone) {
		return handlers.ErrMoot
	}
	return err
}

// pictureSpot is where the message stands below which a picture goes.
func pictureSpot(p outbox.Payload) spot {
	picture, _ := p.(outbox.Picture)
	return spot{picture.Channel, picture.TS}
}

// standsIn reports whether that channel is still the one of the lane: of
// another nobody knows who reads it. Direct messages stay what they are.
func (a *attempt) standsIn(channel string) bool {
	if _, direct := a.d.Lane.Direct(); direct {
		return true
	}
	r := a.rooms.of(a.d.Lane)
	return r != nil && r.id == channel
}

func (a *attempt) bringPicture(ctx context.Context, at spot, p *handlers.Picture) error {
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
	if err := a.mayShow(ctx, at, methodComplete); err != nil {
		return err
	}
	id, err := a.upload(ctx, slack.GetUploadURLExternalParameters{FileName: name, AltTxt: p.Alt}, png)
	if err != nil {
		return err
	}
	return a.complete(ctx, at, slack.FileSummary{ID: id, Title: p.Title}, "")
}
