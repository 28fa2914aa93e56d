package bot

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow/roster"
)

const (
	// leaseTime is how long the outbox gives a lane to one sender. An attempt
	// stays within it: what comes before the last call, the call itself, and
	// the settling.
	leaseTime   = 12 * time.Second
	prepareTime = leaseTime - httpTimeout - settleTime
	settleTime  = 2 * time.Second
)

// courier carries out one delivery at a time in each lane.
type courier struct {
	*caller
	render    Renderer
	uploads   *slack.Client // for the bytes of a document
	direct    *directs
	people    *directory
	rooms     rooms
	officers  []roster.PersonID
	procedure func() time.Time                     // the procedure's clock
	started   time.Time                            // of this process
	patience  time.Duration                        // with Slack's answer to a call
	mine      attempts                             // by this process, in its first moments
	stripped  func(d outbox.Delivery, code string) // blocks were refused
	uncharted func(d outbox.Delivery, code string) // a chart was
	leftovers PendingDeletions
	remnants  Undeletables
	zone      *time.Location // of the daily look
	noCharts  atomic.Bool    // Slack does not take them here, as far as is known
	emptied   string         // what a message says that Slack won't delete
}

// deliver makes one attempt. ctx ends at a stop: then nothing new is begun,
// but a call that was made is waited for.
func (c *courier) deliver(ctx context.Context, d outbox.Delivery) (outbox.Posted, error) {
	if at := c.quietUntil(d); c.now().Before(at) {
		return outbox.Posted{}, &notYet{at: at, why: faultNoAnswer}
	}
	ctx, cancel := context.WithTimeout(ctx, prepare(d.Kind()))
	defer cancel()
	if d.Kind().Silent() {
		return outbox.Posted{}, c.tidy(ctx, d)
	}
	message, version, err := c.render.Render(ctx, shown(d))
	if err != nil {
		return outbox.Posted{}, c.onWall(renderError(err))
	}
	a := attempt{courier: c, d: d, message: message, version: version}
	switch d.Kind() {
	case outbox.KindDocument:
		return a.handOver(ctx)
	case outbox.KindDocumentRecall:
		return a.recall(ctx)
	case outbox.KindPicture:
		return outbox.Posted{}, a.pictureBelow(ctx)
	}
	stands, err := a.stands(ctx)
	switch {
	case err != nil:
		return outbox.Posted{}, err
	case stands:
		return a.edit(ctx)
	}
	return a.postSomewhere(ctx)
}

// stands reports whether there is a message to edit where the delivery belongs.
// A guarded case that got another handler is posted anew, in their direct
// messages; the former handler's are left alone.
func (a *attempt) stands(ctx context.Context) (bool, error) {
	if !a.d.Kind().Edits() || a.d.TS == "" {
		return false, nil
	}
	who, direct := a.d.Lane.Direct()
	if !direct {
		return true, nil
	}
	id, err := a.openDirect(ctx, who)
	return id == a.d.Channel, err
}

// attempt is one attempt at one delivery, with what it looks like now.
type attempt struct {
	*courier
	d       outbox.Delivery
	message handlers.Message
	version int
}

// edit brings a message that stands in Slack up to date. One that somebody
// deleted is posted anew.
func (a *attempt) edit(ctx context.Context) (outbox.Posted, error) {
	at := spot{a.d.Channel, a.d.TS}
	err := a.update(ctx, at)
	if err != nil && kindOf(err) == gone {
		a.roots.forget(at)
		return a.postSomewhere(ctx)
	}
	return a.posted(at.channel, at.thread, true), err
}

// update edits. As in post, what Slack refuses goes out as its text alone.
func (a *attempt) update(ctx context.Context, at spot) error {
	err := a.rewrite(ctx, at, a.options())
	if err != nil && kindOf(err) == content {
		a.stripped(a.d, slackCode(err))
		err = a.rewrite(ctx, at, a.plain())
	}
	return err
}

func (a *attempt) rewrite(ctx context.Context, at spot, options []slack.MsgOption) error {
	if err := a.mayShow(ctx, at, methodUpdate); err != nil {
		return err
	}
	err := a.send(ctx, methodUpdate, func(ctx context.Context) error {
		_, _, _, err := a.api.UpdateMessageContext(ctx, at.channel, at.thread, options...)
		return err
	})
	if err == nil {
		a.roots.saw(at, a.now())
	}
	return err
}

// postSomewhere posts at the first place that takes the message: the thread
// or channel where it belongs, and for a nudge, which must reach somebody,
// direct messages after that. What a case looks like stays where the case
// is; when its channel is out of order the officers are alarmed (watch.go).
func (a *attempt) postSomewhere(ctx context.Context) (outbox.Posted, error) {
	at, err := a.home(ctx)
	if err != nil {
		return outbox.Posted{}, err
	}
	posted, err := a.once(ctx, at)
	if err != nil && kindOf(err) == thread && at.thread != "" {
		posted, err = a.once(ctx, spot{channel: at.channel})
	}
	reminder, ok := a.d.Payload.(outbox.Reminder)
	if err == nil || kindOf(err) != place || !ok || a.d.Lane != outbox.LaneCases {
		return posted, err
	}
	return a.nudgeDirectly(ctx, reminder.To, err)
}

// home is where the delivery belongs: its lane's channel, and for a reply the
// thread under the case message.
func (a *attempt) home(ctx context.Context) (spot, error) {
	channel, err := a.channelOf(ctx, a.d.Lane, a.d.Lane)
	if err != nil {
		return spot{}, err
	}
	if !a.d.Threaded {
		return spot{channel: channel}, nil
	}
	if a.d.Root == "" {
		return spot{}, &notYet{at: a.now().Add(rootPause)}
	}
	return spot{channel, a.d.Root}, nil
}

// nudgeDirectly sends a nudge to the person whom it is for, else to the next
// officer. It returns the first error when nobody can be reached.
func (a *attempt) nudgeDirectly(ctx context.Context, to roster.PersonID, first error) (outbox.Posted, error) {
	for _, who := range append([]roster.PersonID{to}, a.officers...) {
		if a.people.left(who) { // Slack would take the message, and nobody read it
			continue
		}
		channel, err := a.openDirect(ctx, who)
		if err == nil {
			var posted outbox.Posted
			if posted, err = a.once(ctx, spot{channel: channel}); err == nil {
				return posted, nil
			}
		}
		if kindOf(err) != place {
			return outbox.Posted{}, err
		}
	}
	return outbox.Posted{}, first
}

// channelOf is where messages of a lane stand; it is asked for another lane's
// delivery, maybe.
func (c *courier) channelOf(ctx context.Context, asking, of outbox.Lane) (string, error) {
	if who, ok := of.Direct(); ok {
		return c.openFor(ctx, asking, who)
	}
	r := c.rooms.of(of)
	if r == nil {
		return "", errNoRoom
	}
	return r.id, nil
}

func (a *attempt) openDirect(ctx context.Context, who roster.PersonID) (id string, err error) {
	return a.openFor(ctx, a.d.Lane, who)
}

func (c *courier) openFor(ctx context.Context, lane outbox.Lane, who roster.PersonID) (id string, err error) {
	err = c.call(lane, methodOpen, func() error {
		id, err = c.direct.open(ctx, who)
		return err
	})
	return id, err
}

// once posts at a place, unless an earlier attempt did: then that message is
// the one, brought up to date when it can be.
func (a *attempt) once(ctx context.Context, at spot) (outbox.Posted, error) {
	if a.d.Attempts > 1 {
		found, err := a.find(ctx, a.d.Lane, at, a.d.Key, a.d.FirstTry)
		if err != nil {
			return outbox.Posted{}, err
		}
		if found != nil {
			return a.foundAgain(ctx, at.channel, found)
		}
	}
	if at.thread != "" {
		if err := a.checkRoot(ctx, a.d.Lane, at, a.now()); err != nil {
			return outbox.Posted{}, err
		}
	}
	return a.post(ctx, at)
}

func (a *attempt) foundAgain(ctx context.Context, channel string, m *slack.Message) (outbox.Posted, error) {
	at := spot{channel, m.Timestamp}
	if !a.d.Kind().Edits() {
		bare := a.message.Picture != nil && !charted(m.Blocks.BlockSet)
		return outbox.Posted{Channel: at.channel, TS: at.thread, Version: a.d.Version, ChartRefused: bare}, nil
	}
	return a.posted(at.channel, at.thread, true), a.update(ctx, at)
}
