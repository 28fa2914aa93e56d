package handlers

import (
	"context"
	"strings"
	"unicode"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/roster"
)

// Command answers /klacht. What shows a case shows it in a modal; a refusal
// is the text of the answer.
func (r *router) Command(ctx context.Context, cmd slack.SlashCommand) Ack {
	g := gesture{
		id:      identity("command", cmd.UserID, cmd.TriggerID),
		name:    cmd.Command,
		trigger: cmd.TriggerID,
		typed:   cmd.Text,
	}
	if err := r.admit(ctx, &g, roster.PersonID(cmd.UserID)); err != nil {
		return say(escape(r.why(ctx, g, err)))
	}
	text := squeeze(cmd.Text)
	if help[text] {
		return say(g.speak.Say("common.help"))
	}
	ask := r.asked(text)
	if ask == nil {
		return say(g.speak.Say("common.unknown_command", texts.Args{"Text": escape(cut(text, maxLabel))}))
	}
	rest, err := ask(ctx, g)
	if err != nil {
		return say(escape(r.why(ctx, g, err)))
	}
	return Ack{Then: rest}
}

// help are the words that ask for an explanation, in both languages.
var help = map[string]bool{"help": true, "hulp": true, "?": true}

// asked returns what answers the text behind /klacht; nil when nothing does.
func (r *router) asked(text string) opener {
	for _, command := range r.commands {
		if a := command(text); a != nil {
			return a
		}
	}
	return nil
}

// squeeze brings what was typed to lower case, without control characters
// and with single spaces.
func squeeze(text string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || !unicode.IsPrint(r)
	}), " "))
}
