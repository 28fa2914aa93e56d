package handlers

import (
	"context"

	"github.com/slack-go/slack"

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
func (h *caseworkHandler) askToSend(g gesture, c *workflow.Complaint, way workflow.Way) []slack.Block {
	if !h.Mails || c.Particulars.Email.Blank() {
		return nil
	}
	initial := sendNow
	if way != workflow.WayEmail {
		initial = sendNever
	}
	return []slack.Block{field(g, sendID, radio(initial, []option{
		{sendNow, g.speak.Say("action.send.now")}, {sendNever, g.speak.Say("action.send.already")},
	}))}
}

// mailAgain sends a letter once more and says so beside the button. The
// version of the button is that of the letter.
func (h *caseworkHandler) mailAgain(ctx context.Context, g gesture) error {
	done, err := h.Register.Apply(ctx, command(g, workflow.MailAgain{Version: g.ref.Version}))
	if err != nil || done.Repeated {
		return err
	}
	return h.Slack.Respond(ctx, g.responseURL, g.speak.Say("case.mail.again"))
}
