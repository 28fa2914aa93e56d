package casework

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow"
)

// The question whether the bot mails the letter, and its answers.
const (
	sendID    = "send"
	sendNow   = "now"
	sendNever = "already"
)

// askToSend asks in a letter's form who sends it, where the bot can and an
// address is known. The bot does unless the letter goes another way.
func (h *Handler) askToSend(g core.Gesture, c *workflow.Complaint, way workflow.Way) []slack.Block {
	if !h.mails || c.Particulars.Email.Blank() {
		return nil
	}
	initial := sendNow
	if way != workflow.WayEmail {
		initial = sendNever
	}
	return []slack.Block{cases.Field(g, sendID, kit.Radio(initial, []kit.Option{
		{Value: sendNow, Label: g.Speak.Say("action.send.now")}, {Value: sendNever, Label: g.Speak.Say("action.send.already")},
	}))}
}

// mailSelf records that the officer sent a letter that waits, and says so beside
// the button. The version of the button is that of the letter.
func (h *Handler) mailSelf(ctx context.Context, g core.Gesture) error {
	done, err := h.Register.Apply(ctx, cases.Command(g, workflow.MailSelf{Version: g.Ref.Version}))
	if err != nil || done.Repeated {
		return err
	}
	return h.Slack.Respond(ctx, g.ResponseURL, core.Response{Text: g.Speak.Say("case.mail.self")})
}

// mailAgain sends a letter once more and says so beside the button. The
// version of the button is that of the letter.
func (h *Handler) mailAgain(ctx context.Context, g core.Gesture) error {
	done, err := h.Register.Apply(ctx, cases.Command(g, workflow.MailAgain{Version: g.Ref.Version}))
	if err != nil || done.Repeated {
		return err
	}
	return h.Slack.Respond(ctx, g.ResponseURL, core.Response{Text: g.Speak.Say("case.mail.again")})
}
