package delivery

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/artra/klachtbot/bot/people"
	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow/roster"
)

// messages sends messages, and takes them away, one delivery at a time in each
// lane.
type messages struct {
	api          *slackapi.Client
	calls        *slackapi.Calls
	uploads      *slackapi.Client // for the bytes of a document
	render       Renderer
	channels     Channels
	direct       *slackapi.Directs
	people       *people.Directory
	officers     []roster.PersonID
	deletions    PendingDeletions
	undeletables UndeletableRecords
	views        Views
	zone         *time.Location // of the daily check of what can't be deleted
	emptied      string         // what a message says that Slack won't delete
	procedure    func() time.Time
	now          func() time.Time
	started      time.Time     // of this process
	patience     time.Duration // with Slack's answer to a call
	log          *slog.Logger

	roots    roots
	turns    turns
	mine     attempts // by this process, in its first moments
	sharing  sharing
	checking checking
	noCharts atomic.Bool // Slack does not take them here, as far as is known
}

func newMessages(c Config, s Slack, calls *slackapi.Calls, channels Channels, render Renderer) *messages {
	slow := &http.Client{Timeout: outbox.UploadTime, Transport: s.HTTP.Transport}
	return &messages{
		api: s.API, calls: calls, uploads: slackapi.New(c.Account, slow), render: render, channels: channels,
		direct: s.Direct, people: s.People, officers: c.Officers,
		deletions: c.Register.PendingDeletions, undeletables: c.Register.Undeletables, views: c.Register.Views,
		zone: c.Location, emptied: c.Emptied,
		procedure: c.Now, now: c.Wall, started: c.Wall(), patience: c.Patience, log: c.Log,
	}
}

// attempt is one attempt at one delivery, with what it looks like now.
type attempt struct {
	*messages
	d       outbox.Delivery
	message handlers.Message
	version int
}

// deliver makes one attempt. ctx ends at a stop: then nothing new is begun,
// but a call that was made is waited for.
func (m *messages) deliver(ctx context.Context, d outbox.Delivery) (outbox.Posted, error) {
	if at := m.quietUntil(d); m.now().Before(at) {
		return outbox.Posted{}, &notYet{at: at, why: slackapi.FaultNoAnswer}
	}
	ctx, cancel := context.WithTimeout(ctx, prepareTime(d.Kind()))
	defer cancel()
	if d.Kind().Silent() {
		return outbox.Posted{}, m.carryOut(ctx, d)
	}
	message, version, err := m.render.Render(ctx, shown(d))
	if err != nil {
		return outbox.Posted{}, m.onWall(renderError(err))
	}
	a := attempt{messages: m, d: d, message: message, version: version}
	switch d.Kind() {
	case outbox.KindDocument:
		return a.handOver(ctx)
	case outbox.KindDocumentRecall:
		return a.recall(ctx)
	case outbox.KindPicture:
		return outbox.Posted{}, a.pictureBelow(ctx)
	}
	stands, err := a.stands(ctx)
	if err != nil {
		return outbox.Posted{}, err
	}
	if stands {
		posted, err := a.edit(ctx)
		switch {
		case !errors.Is(err, errEditedGone):
			return posted, err
		case d.Kind() == outbox.KindCase: // what stood below it comes along
			return outbox.Posted{}, slackapi.ErrThreadGone
		}
	}
	posted, err := a.post(ctx)
	reminder, ok := d.Payload.(outbox.Reminder)
	if ok && slackapi.BadPlace.Means(err) && d.Lane == outbox.LaneCases {
		return a.remindDirectly(ctx, reminder.To, err)
	}
	return posted, err
}

// carryOut makes one attempt at what shows no message.
func (m *messages) carryOut(ctx context.Context, d outbox.Delivery) error {
	switch d.Kind() {
	case outbox.KindUndeletableCheck:
		return m.checkUndeletables(ctx, d)
	case outbox.KindDeletion:
		return m.deleteAll(ctx, d)
	case outbox.KindViewCheck:
		return m.checkViews(ctx, d)
	case outbox.KindRootCheck:
		return m.checkCase(ctx, d)
	}
	return renderError(errUnreadable)
}

// prepareTime is how long everything may take that comes before the last call.
func prepareTime(k outbox.Kind) time.Duration {
	if k.Slow() {
		return outbox.UploadTime
	}
	return outbox.PrepareTime
}

// stands reports whether there is a message to edit where the delivery belongs. A
// case message in a channel that is not the cases' any more, where nobody looks who
// reads it, counts as gone. A guarded case that got another handler is posted anew,
// in their direct messages; the former handler's are left alone.
func (a *attempt) stands(ctx context.Context) (bool, error) {
	if !a.d.Kind().Edits() || a.d.TS == "" {
		return false, nil
	}
	who, direct := a.d.Lane.Direct()
	if !direct {
		if channel := a.channels.ChannelOf(a.d.Lane); channel != "" && channel != a.d.Channel {
			return false, slackapi.ErrThreadGone
		}
		return true, nil
	}
	id, err := a.openDirect(ctx, a.d.Lane, who)
	return id == a.d.Channel, err
}

// errEditedGone is that somebody deleted the message that was to be edited.
var errEditedGone = errors.New("message to edit is gone")

// edit brings a message that stands in Slack up to date. One that somebody
// deleted is errEditedGone, and posted anew.
func (a *attempt) edit(ctx context.Context) (outbox.Posted, error) {
	at := slackapi.MessageRef{Channel: a.d.Channel, TS: a.d.TS}
	err := a.update(ctx, at)
	if slackapi.Gone.Means(err) {
		a.roots.forget(at)
		return outbox.Posted{}, errEditedGone
	}
	return a.posted(at, true), err
}

// post posts where the message belongs, a reply in its thread. When Slack takes
// no replies there, it posts in the channel. What a case looks like stays where
// the case is; when its channel is out of order the officers are alarmed
// (package monitor).
func (a *attempt) post(ctx context.Context) (outbox.Posted, error) {
	at, err := a.home(ctx)
	if err != nil {
		return outbox.Posted{}, err
	}
	posted, err := a.once(ctx, at)
	if slackapi.NoThread.Means(err) && at.TS != "" {
		return a.once(ctx, slackapi.MessageRef{Channel: at.Channel})
	}
	return posted, err
}

// home is where the delivery belongs: its lane's channel, and for a reply the
// thread under the case message.
func (a *attempt) home(ctx context.Context) (slackapi.MessageRef, error) {
	channel, err := a.channelOf(ctx, a.d.Lane, a.d.Lane)
	if err != nil {
		return slackapi.MessageRef{}, err
	}
	if !a.d.Threaded {
		return slackapi.MessageRef{Channel: channel}, nil
	}
	switch {
	case a.d.Root == "":
		return slackapi.MessageRef{}, &notYet{at: a.now().Add(rootPause)}
	case a.d.Channel != "" && a.d.Channel != channel:
		return slackapi.MessageRef{}, slackapi.ErrThreadGone
	}
	return slackapi.MessageRef{Channel: channel, TS: a.d.Root}, nil
}

// remindDirectly sends a reminder, which must reach somebody, to the person
// whom it is for, else to the next officer. It returns the first error when
// nobody can be reached.
func (a *attempt) remindDirectly(ctx context.Context, to roster.PersonID, first error) (outbox.Posted, error) {
	for _, who := range append([]roster.PersonID{to}, a.officers...) {
		if a.people.Left(who) { // Slack would take the message, and nobody read it
			continue
		}
		channel, err := a.openDirect(ctx, a.d.Lane, who)
		if err == nil {
			var posted outbox.Posted
			if posted, err = a.once(ctx, slackapi.MessageRef{Channel: channel}); err == nil {
				return posted, nil
			}
		}
		if !slackapi.BadPlace.Means(err) {
			return outbox.Posted{}, err
		}
	}
	return outbox.Posted{}, first
}

// errNoChannel is that a lane has no channel, or not any more.
var errNoChannel = errors.New("no channel for this lane")

// channelOf is where messages of a lane stand; it is asked for another lane's
// delivery, maybe.
func (m *messages) channelOf(ctx context.Context, asking, of outbox.Lane) (string, error) {
	if who, ok := of.Direct(); ok {
		return m.openDirect(ctx, asking, who)
	}
	id := m.channels.ChannelOf(of)
	if id == "" {
		return "", errNoChannel
	}
	return id, nil
}

func (m *messages) openDirect(ctx context.Context, lane outbox.Lane, who roster.PersonID) (id string, err error) {
	err = m.calls.Call(lane, slackapi.MethodOpen, func() error {
		id, err = m.direct.Open(ctx, who)
		return err
	})
	return id, err
}
