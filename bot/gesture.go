package bot

import (
	"context"
	"log/slog"
	"runtime"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"github.com/artra/klachtbot/handlers"
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
	envelope string
	kind     string
	who      roster.PersonID // "" for an event without a person
	came     time.Time
	do       func(context.Context) handlers.Ack
	// sorry answers the person with the sentence, in the ack when the kind of
	// gesture has a place for it; ok false means: no ack at all, then Slack's
	// own client says that there was trouble.
	sorry func(context.Context, string) (ack handlers.Ack, ok bool)
}

// reception turns envelopes into gestures and serves them.
type reception struct {
	front    Handler
	slack    handlers.Slack
	people   *directory
	desk     *desk
	roster   roster.Roster
	watch    func() // the case channel, or who is there, may have changed
	sentence func(roster.PersonID) string
	log      *slog.Logger
	metrics  *metrics
}

// take puts an envelope in the queue of who sent it; it never blocks.
func (r *reception) take(s *socket, event *socketmode.Event) {
	g, ok := r.gesture(event)
	if !ok {
		return
	}
	g.came = time.Now()
	if !r.desk.enter(string(g.who), func() { r.serve(s, g) }) {
		r.log.Warn("gesture turned away", "kind", g.kind)
		r.metrics.turnedAway.Inc()
	}
}

func (r *reception) gesture(event *socketmode.Event) (gesture, bool) {
	if event.Type == socketmode.EventTypeErrorBadMessage {
		saved, ok := salvage(event)
		if !ok {
			id := strayEnvelope(event)
			return gesture{envelope: id, kind: "stray", do: nothing, sorry: silent}, id != ""
		}
		event = saved
	}
	g := gesture{kind: string(event.Type)}
	if event.Request != nil {
		g.envelope = event.Request.EnvelopeID
	}
	switch data := event.Data.(type) {
	case slack.SlashCommand:
		g.who = roster.PersonID(data.UserID)
		g.do = func(ctx context.Context) handlers.Ack { return r.front.Command(ctx, data) }
		g.sorry = sorryCommand
	case slack.InteractionCallback:
		g.kind, g.who = string(data.Type), roster.PersonID(data.User.ID)
		g.do = func(ctx context.Context) handlers.Ack { return r.front.Interaction(ctx, data) }
		g.sorry = r.sorryInteraction(data)
	case slackevents.EventsAPIEvent:
		g.who = actor(data.InnerEvent.Data)
		g.do = func(ctx context.Context) handlers.Ack { return r.event(ctx, data.InnerEvent.Data) }
		g.sorry = silent
	default:
		return gesture{}, false
	}
	return g, true
}

// event keeps what the bot itself must know up to date and passes everything
// on to the handlers.
func (r *reception) event(ctx context.Context, inner any) handlers.Ack {
	switch e := inner.(type) {
	case *slackevents.UserChangeEvent:
		if r.people.changed(&e.User) && r.roster.Has(roster.PersonID(e.User.ID)) {
			r.watch()
		}
	case *slackevents.TeamJoinEvent:
		if e.User != nil {
			r.people.learn(e.User)
		}
	case *slackevents.MemberJoinedChannelEvent, *slackevents.ChannelSharedEvent:
		r.watch()
	}
	r.front.Event(ctx, inner)
	return handlers.Ack{}
}

// actor is the person whose Home an event is about.
func actor(inner any) roster.PersonID {
	if e, ok := inner.(*slackevents.AppHomeOpenedEvent); ok {
		return roster.PersonID(e.User)
	}
	return ""
}

// serve carries a gesture out and acknowledges it afterwards: what was
// submitted is committed before Slack hears of it.
func (r *reception) serve(s *socket, g gesture) {
	ctx, cancel := context.WithDeadline(context.Background(), g.came.Add(gestureTime))
	defer cancel()
	ack, ok := r.answer(ctx, g)
	if !ok {
		return
	}
	ackCtx, cancelAck := context.WithTimeout(context.Background(), ackTime)
	defer cancelAck()
	err := s.ack(ackCtx, g.envelope, ack.Payload)
	if err != nil && ackCtx.Err() == nil { // too large for a socket: say so instead
		if ack, ok = g.sorry(ctx, r.sentence(g.who)); ok {
			err = s.ack(ackCtx, g.envelope, ack.Payload)
		}
	}
	took := time.Since(g.came)
	r.metrics.ack(g.kind, took)
	r.log.Debug("gesture", "kind", g.kind, "socket", s.number, "took", took.Round(time.Millisecond))
	if err != nil {
		r.log.Warn("ack not sent", "kind", g.kind, "took", took.Round(time.Millisecond))
	}
	if ack.Then != nil && ack.Payload != nil {
		pause(context.Background(), answerShows)
	}
	r.finish(g, ack.Then)
}

// answerShows is how long Slack gets to show an answer before what follows
// changes it: a views.update that overtakes the answer to a submission is
// overwritten by it.
const answerShows = time.Second

// finish does what remains after the ack. A panic in it is as one in a
// handler, but the answer was given: the person is told beside it.
func (r *reception) finish(g gesture, then func(context.Context)) {
	if then == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), afterTime)
	defer cancel()
	g.do = func(ctx context.Context) handlers.Ack { then(ctx); return handlers.Ack{} }
	r.answer(ctx, g)
}

// answer runs the handler. A panic in it is logged by its type and place,
// without what it said, which may quote a payload; the person is answered.
func (r *reception) answer(ctx context.Context, g gesture) (ack handlers.Ack, ok bool) {
	defer func() {
		if p := recover(); p != nil {
			r.log.Error("panic in a handler", "kind", g.kind, "at", whereabouts())
			r.metrics.panics.Inc()
			ack, ok = g.sorry(ctx, r.sentence(g.who))
		}
	}()
	return g.do(ctx), true
}

// whereabouts names the functions on the stack of a panic, the innermost first.
func whereabouts() []string {
	pc := make([]uintptr, 16)
	frames := runtime.CallersFrames(pc[:runtime.Callers(4, pc)])
	var names []string
	for {
		f, more := frames.Next()
		names = append(names, f.Function)
		if !more || len(names) == 8 {
			return names
		}
	}
}

func nothing(context.Context) handlers.Ack { return handlers.Ack{} }

func silent(context.Context, string) (handlers.Ack, bool) { return handlers.Ack{}, true }

func sorryCommand(_ context.Context, sentence string) (handlers.Ack, bool) {
	return handlers.Ack{Payload: map[string]string{"response_type": "ephemeral", "text": sentence}}, true
}

// sorryInteraction answers a submission at its first input, so that the
// person keeps what was typed; a press beside its button; anything else in a
// direct message.
func (r *reception) sorryInteraction(in slack.InteractionCallback) func(context.Context, string) (handlers.Ack, bool) {
	return func(ctx context.Context, sentence string) (handlers.Ack, bool) {
		if in.Type == slack.InteractionTypeViewSubmission {
			return atFirstInput(in.View.Blocks, sentence)
		}
		err := r.tell(ctx, in, sentence)
		if err != nil {
			r.log.WarnContext(ctx, "person not told of trouble", "kind", in.Type, "why", fault(err))
		}
		return handlers.Ack{}, true
	}
}

func (r *reception) tell(ctx context.Context, in slack.InteractionCallback, sentence string) error {
	if in.ResponseURL != "" {
		return r.slack.Respond(ctx, in.ResponseURL, sentence)
	}
	return r.slack.SendDirect(ctx, roster.PersonID(in.User.ID), sentence)
}

func atFirstInput(blocks slack.Blocks, sentence string) (handlers.Ack, bool) {
	for _, b := range blocks.BlockSet {
		if input, ok := b.(*slack.InputBlock); ok {
			return handlers.Ack{Payload: slack.NewErrorsViewSubmissionResponse(
				map[string]string{input.BlockID: sentence})}, true
		}
	}
	return handlers.Ack{}, false
}
