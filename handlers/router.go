package handlers

import (
	"context"
	"errors"
	"fmt"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow/roster"
)

// router leads a gesture to the screen behind its action id or callback id, a
// command to who answers it, and a delivery to who renders it.
type router struct {
	*Env
	screens  map[string]screen
	commands []func(text string) opener
	messages map[outbox.Kind]renderer
}

// newRouter returns a router over several subjects. Two screens behind one id,
// or two renderers of one kind, are a mistake of ours.
func newRouter(e *Env, subjects ...registrant) *router {
	r := &router{Env: e, screens: map[string]screen{}, messages: map[outbox.Kind]renderer{}}
	for _, s := range subjects {
		t := s.Table()
		for id, behind := range t.Screens {
			if _, taken := r.screens[id]; taken {
				panic("two screens behind " + id)
			}
			r.screens[id] = behind
		}
		for kind, render := range t.Messages {
			if r.messages[kind] != nil {
				panic("two renderers of " + string(kind))
			}
			r.messages[kind] = render
		}
		if t.Command != nil {
			r.commands = append(r.commands, t.Command)
		}
	}
	return r
}

// Interaction answers a shortcut, a click, a submission or a closed view. A
// submission is committed before it returns.
func (r *router) Interaction(ctx context.Context, in slack.InteractionCallback) Ack {
	switch in.Type {
	case slack.InteractionTypeViewSubmission:
		return r.submission(ctx, submissionOf(in), roster.PersonID(in.User.ID))
	case slack.InteractionTypeBlockActions, slack.InteractionTypeShortcut, slack.InteractionTypeMessageAction:
		return r.press(ctx, pressOf(in), roster.PersonID(in.User.ID))
	}
	return Ack{}
}

// press answers a click or a shortcut: what stands behind it opens, or the
// person reads why not.
func (r *router) press(ctx context.Context, g gesture, who roster.PersonID) Ack {
	if g.name == "" {
		return Ack{}
	}
	var rest func(context.Context)
	err := r.admit(ctx, &g, who)
	if err == nil {
		rest, err = r.open(ctx, g)
	}
	if err != nil {
		r.explain(ctx, g, err)
	}
	return Ack{Then: rest}
}

func (r *router) open(ctx context.Context, g gesture) (rest func(context.Context), err error) {
	switch s := r.screens[g.name]; {
	case s.begin != nil:
		return s.begin(ctx, g)
	case s.open != nil:
		return nil, s.open(ctx, g)
	}
	return nil, errUnknown
}

// submission answers a modal that was sent in.
func (r *router) submission(ctx context.Context, g gesture, who roster.PersonID) Ack {
	if err := r.admit(ctx, &g, who); err != nil {
		return r.failed(ctx, g, err)
	}
	s, ok := r.screens[g.name]
	if !ok || s.submit == nil {
		return r.failed(ctx, g, errUnknown)
	}
	return s.submit(ctx, g)
}

// Render makes what a delivery shows from the register as it is now, in the
// language that channels read, and returns the version that it shows: the
// case's, or, of what is of a person and no case, the one that was wanted. The
// error is ErrMoot, a *Later, or one that is worth another attempt.
func (r *router) Render(ctx context.Context, d outbox.Delivery) (Message, int, error) {
	render := r.messages[d.Kind()]
	if render == nil {
		return Message{}, 0, fmt.Errorf("%w: %q", errNoRenderer, d.Kind())
	}
	return render(ctx, d)
}

// errNoRenderer is a payload of which no message is made.
var errNoRenderer = errors.New("nothing to render")
