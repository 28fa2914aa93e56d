package core

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow/roster"
)

// Router leads a gesture to the screen behind its action id or callback id, a
// command to who answers it, and a delivery to who renders it.
type Router struct {
	*Env
	screens  map[string]Screen
	commands []func(text string) Opener
	messages map[outbox.Kind]Renderer
	renewers []Renewer
}

// NewRouter returns a router over several subjects. Two screens behind one id,
// or two renderers of one kind, are a mistake of ours.
func NewRouter(e *Env, subjects ...registrant) *Router {
	r := &Router{Env: e, screens: map[string]Screen{}, messages: map[outbox.Kind]Renderer{}}
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
		if t.Renew != nil {
			r.renewers = append(r.renewers, t.Renew)
		}
		if t.Command != nil {
			r.commands = append(r.commands, t.Command)
		}
	}
	return r
}

// IDs are the action and callback ids behind which something stands, sorted, and
// those among them of a form that can be sent in.
func (r *Router) IDs() (all, forms []string) {
	all = slices.Sorted(maps.Keys(r.screens))
	for _, id := range all {
		if r.screens[id].Submit != nil {
			forms = append(forms, id)
		}
	}
	return all, forms
}

// Interaction answers a shortcut, a click, a submission or a closed view. A
// submission is committed before it returns.
func (r *Router) Interaction(ctx context.Context, in incoming.Interaction) Ack {
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
func (r *Router) press(ctx context.Context, g Gesture, who roster.PersonID) Ack {
	if g.Name == "" {
		return Ack{}
	}
	var rest func(context.Context)
	err := r.Admit(ctx, &g, who)
	if err == nil {
		rest, err = r.open(ctx, g)
	}
	if settle := r.settles(g, err); settle != nil {
		rest, err = settle, nil
	}
	if err != nil {
		r.Explain(ctx, g, err)
	}
	if g.Pick != nil && !errors.As(err, &outsider{}) {
		return Ack{Then: then(rest, func(ctx context.Context) { r.renew(ctx, g) })}
	}
	return Ack{Then: rest}
}

func (r *Router) open(ctx context.Context, g Gesture) (rest func(context.Context), err error) {
	switch s := r.screens[g.Name]; {
	case s.Begin != nil:
		return s.Begin(ctx, g)
	case s.Open != nil:
		return nil, s.Open(ctx, g)
	}
	return nil, ErrUnknown
}

// submission answers a modal that was sent in.
func (r *Router) submission(ctx context.Context, g Gesture, who roster.PersonID) Ack {
	if err := r.Admit(ctx, &g, who); err != nil {
		return r.Failed(ctx, g, err)
	}
	s, ok := r.screens[g.Name]
	if !ok || s.Submit == nil {
		return r.Failed(ctx, g, ErrUnknown)
	}
	return s.Submit(ctx, g).prompted(g.Speak)
}

// Render makes what a delivery shows from the register as it is now, in the
// language of whoever reads its lane, and returns the version that it shows: the
// case's, or, of what is of a person and no case, the one that was wanted. The
// error is ErrMoot, a *Later, or one that is worth another attempt.
func (r *Router) Render(ctx context.Context, d outbox.Delivery) (Message, int, error) {
	render := r.messages[d.Kind()]
	if render == nil {
		return Message{}, 0, fmt.Errorf("%w: %q", ErrNoRenderer, d.Kind())
	}
	return render(ctx, d)
}

// ErrNoRenderer is a payload of which no message is made.
var ErrNoRenderer = errors.New("nothing to render")
