package bot

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/panics"
	"github.com/artra/klachtbot/bot/people"
	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/bot/socketmode"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/roster"
)

const (
	// gestureTime is how long a gesture may take, from the moment that it came
	// in; Slack gives up on the ack after 3 s.
	gestureTime = 2500 * time.Millisecond
	ackTime     = 450 * time.Millisecond
	// afterTime is how long what remains after the ack may take.
	afterTime = time.Minute
)

// gesture is one envelope: who made it, what to do, and what to answer when
// that fails in a way that nobody foresaw.
type gesture struct {
	socketmode.Envelope
	who  roster.PersonID // "" for an event without a person
	came time.Time
	do   func(context.Context) handlers.Ack
	// sorry answers the person with the sentence, in the ack when the kind of
	// gesture has a place for it; ok false means: no ack at all, then Slack's
	// own client says that there was trouble.
	sorry func(context.Context, string) (ack handlers.Ack, ok bool)
}

// dispatcher turns envelopes into gestures and serves them.
type dispatcher struct {
	handler Handler
	slack   handlers.Slack
	people  *people.Directory
	queue   *userQueue
	roster  roster.Roster
	monitor Checker
	readers texts.Readers
	log     *slog.Logger
	panics  *panics.Log
	metrics *metrics
}

// Checker checks the case channel and the roster; *monitor.Monitor does.
type Checker interface {
	// CheckNow says that the channel, or who is there, may have changed.
	CheckNow()
}

// Receive puts an envelope in the queue of who sent it; it never blocks.
func (d *dispatcher) Receive(e socketmode.Envelope) {
	g := d.gesture(e)
	g.came = time.Now()
	if !d.queue.enter(string(g.who), func() { d.serve(g) }) {
		d.log.Warn("gesture turned away", "kind", g.Kind)
		d.metrics.turnedAway.Inc()
	}
}

func (d *dispatcher) gesture(e socketmode.Envelope) gesture {
	g := gesture{Envelope: e, do: nothing, sorry: silent}
	switch data := e.Data.(type) {
	case nil:
	case incoming.Command:
		g.who = roster.PersonID(data.UserID)
		g.do = func(ctx context.Context) handlers.Ack { return d.handler.Command(ctx, data) }
		g.sorry = sorryCommand
	case incoming.Interaction:
		g.who = roster.PersonID(data.User.ID)
		g.do = func(ctx context.Context) handlers.Ack { return d.handler.Interaction(ctx, data) }
		g.sorry = d.sorryInteraction(data)
	case incoming.Event:
		if data.Type == incoming.HomeOpened {
			g.who = roster.PersonID(data.User.ID)
		}
		g.do = func(ctx context.Context) handlers.Ack { return d.event(ctx, data) }
	}
	return g
}

// event keeps what the bot itself must know up to date and passes everything
// on to the handlers.
func (d *dispatcher) event(ctx context.Context, e incoming.Event) handlers.Ack {
	switch e.Type {
	case incoming.UserChanged:
		if d.people.Changed(e.User) && d.roster.Has(roster.PersonID(e.User.ID)) {
			d.monitor.CheckNow()
		}
	case incoming.TeamJoined:
		if e.User.ID != "" {
			d.people.Joined(e.User)
		}
	case incoming.MemberJoined, incoming.ChannelShared:
		d.monitor.CheckNow()
	}
	d.handler.Event(ctx, e)
	return handlers.Ack{}
}

// serve carries a gesture out and acknowledges it afterwards: what was
// submitted is committed before Slack hears of it.
func (d *dispatcher) serve(g gesture) {
	ctx, cancel := context.WithDeadline(context.Background(), g.came.Add(gestureTime))
	defer cancel()
	ack, ok := d.answer(ctx, g)
	if !ok {
		return
	}
	ackCtx, cancelAck := context.WithTimeout(context.Background(), ackTime)
	defer cancelAck()
	err := g.Ack(ackCtx, ack.Payload)
	if errors.Is(err, socketmode.ErrAckTooLarge) {
		if ack, ok = g.sorry(ctx, d.trouble(g.who)); ok {
			err = g.Ack(ackCtx, ack.Payload)
		}
	}
	took := time.Since(g.came)
	d.metrics.ack(g.Kind, took)
	d.log.Debug("gesture", "kind", g.Kind, "took", took.Round(time.Millisecond))
	if err != nil {
		d.log.Warn("ack not sent", "kind", g.Kind, "took", took.Round(time.Millisecond))
	}
	if ack.Then != nil && ack.Payload != nil {
		slackapi.Pause(context.Background(), answerShows)
	}
	d.finish(g, ack.Then)
}

// trouble is what somebody reads when something failed that nobody foresaw.
func (d *dispatcher) trouble(who roster.PersonID) string {
	return d.readers.To(who).Say("bot.trouble")
}

// answerShows is how long Slack gets to show an answer before what follows
// changes it: a views.update that overtakes the answer to a submission is
// overwritten by it.
const answerShows = time.Second

// finish does what remains after the ack. A panic in it is as one in a
// handler, but the ack is gone: the person reads of it in a message of its own.
func (d *dispatcher) finish(g gesture, then func(context.Context)) {
	if then == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), afterTime)
	defer cancel()
	g.do = func(ctx context.Context) handlers.Ack { then(ctx); return handlers.Ack{} }
	d.answer(ctx, g)
}

// answer runs the handler. A panic in it is logged by its type and place,
// without what it said, which may quote a payload; the person is answered.
func (d *dispatcher) answer(ctx context.Context, g gesture) (ack handlers.Ack, ok bool) {
	defer func() {
		if p := recover(); p != nil {
			d.panics.Recovered(ctx, "panic in a handler", "kind", g.Kind)
			ack, ok = g.sorry(ctx, d.trouble(g.who))
		}
	}()
	return g.do(ctx), true
}

func nothing(context.Context) handlers.Ack { return handlers.Ack{} }

func silent(context.Context, string) (handlers.Ack, bool) { return handlers.Ack{}, true }

func sorryCommand(_ context.Context, sentence string) (handlers.Ack, bool) {
	return handlers.Ack{Payload: map[string]string{"response_type": "ephemeral", "text": sentence}}, true
}

// sorryInteraction answers a submission at its first input, so that the
// person keeps what was typed; a press beside its button; anything else in a
// direct message.
func (d *dispatcher) sorryInteraction(in incoming.Interaction) func(context.Context, string) (handlers.Ack, bool) {
	return func(ctx context.Context, sentence string) (handlers.Ack, bool) {
		if in.Type == slack.InteractionTypeViewSubmission {
			return atFirstInput(in.View, sentence)
		}
		err := d.answerBeside(ctx, in, sentence)
		if err != nil {
			d.log.WarnContext(ctx, "failure not shown to the person", "kind", in.Type, "why", slackapi.Fault(err))
		}
		return handlers.Ack{}, true
	}
}

func (d *dispatcher) answerBeside(ctx context.Context, in incoming.Interaction, sentence string) error {
	if in.ResponseURL != "" {
		return d.slack.Respond(ctx, in.ResponseURL, handlers.Response{Text: sentence})
	}
	return d.slack.SendDirect(ctx, roster.PersonID(in.User.ID), sentence)
}

func atFirstInput(view incoming.View, sentence string) (handlers.Ack, bool) {
	inputs := view.Inputs()
	if len(inputs) == 0 {
		return handlers.Ack{}, false
	}
	return handlers.Ack{Payload: slack.NewErrorsViewSubmissionResponse(map[string]string{inputs[0]: sentence})}, true
}
