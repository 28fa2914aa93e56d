package core

import (
	"context"

	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/roster"
)

// Command answers /klacht. What shows a case shows it in a modal; a refusal
// is the text of the answer.
func (r *Router) Command(ctx context.Context, cmd incoming.Command) Ack {
	g := Gesture{
		ID:      Identity("command", cmd.UserID, cmd.TriggerID),
		Name:    cmd.Command,
		Trigger: cmd.TriggerID,
		Typed:   cmd.Text,
	}
	if err := r.Admit(ctx, &g, roster.PersonID(cmd.UserID)); err != nil {
		return say(kit.Escape(r.Why(ctx, g, err)))
	}
	text := kit.Squeeze(cmd.Text)
	if help[text] {
		return say(g.Speak.Say("common.help"))
	}
	ask := r.asked(text)
	if ask == nil {
		return say(g.Speak.Say("common.unknown_command", texts.Args{"Text": kit.Escape(kit.Cut(text, kit.MaxLabel))}))
	}
	rest, err := ask(ctx, g)
	g.ResponseURL = cmd.ResponseURL
	if settle := r.settles(g, err); settle != nil {
		return Ack{Then: settle}
	}
	if err != nil {
		return say(kit.Escape(r.Why(ctx, g, err)))
	}
	return Ack{Then: rest}
}

// help are the words that ask for an explanation, in both languages.
var help = map[string]bool{"help": true, "hulp": true, "?": true}

// asked returns what answers the text behind /klacht; nil when nothing does.
func (r *Router) asked(text string) Opener {
	for _, command := range r.commands {
		if a := command(text); a != nil {
			return a
		}
	}
	return nil
}
