package handlers

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
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
func (h *Handler) askToSend(g gesture, c *workflow.Complaint, way workflow.Way) []slack.Block {
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

// resend is the action that the line about a letter in doubt offers.
const resend = string(workflow.ActionMailAgain)

// mailMessage is the line about a letter that did not leave, or of which nobody
// knows: what happened, and what to do next. The address is not in it.
func mailMessage(sp texts.Speaker, c *workflow.Complaint, name workflow.ActionName, next ...slack.BlockElement) Message {
	what, advice := sp.Say("case.did."+string(name)), sp.Say("case.mail."+string(name))
	blocks := paragraph(bold(what), words("\n"+advice))
	if len(next) > 0 {
		blocks = append(blocks, buttons(refTo(c).String(), next...))
	}
	return Message{Text: fallback(sp, c, what), Blocks: blocks}
}

// resendButton sends the letter of that version of the case once more.
func resendButton(sp texts.Speaker, c *workflow.Complaint, version int) slack.BlockElement {
	return button(resend, ref{c.ID, version}.String(), sp.Say("case.button."+resend), slack.StyleDefault)
}

// afterFailure are the buttons below a letter that did not arrive: to send it
// again, as long as that is possible.
func (h *Handler) afterFailure(sp texts.Speaker, c *workflow.Complaint, kind workflow.RecordKind) []slack.BlockElement {
	name, ok := map[workflow.RecordKind]workflow.ActionName{
		workflow.RecordAcknowledgement: workflow.ActionAcknowledge,
		workflow.RecordQuestion:        workflow.ActionQuestion,
		workflow.RecordProgress:        workflow.ActionProgress,
		workflow.RecordConfirmation:    workflow.ActionConfirm,
	}[kind]
	if !ok {
		return nil
	}
	for _, offered := range h.Policy.OnMessage(c, h.today()) {
		if offered == name {
			return []slack.BlockElement{actionButton(sp, c, name, true)}
		}
	}
	return nil
}

// mailAgain sends a letter once more and says so beside the button. The
// version of the button is that of the letter.
func (h *Handler) mailAgain(ctx context.Context, g gesture) error {
	done, err := h.Register.Apply(ctx, command(g, workflow.MailAgain{Version: g.ref.Version}))
	if err != nil || done.Repeated {
		return err
	}
	return h.Slack.Respond(ctx, g.reply, g.speak.Say("case.mail.again"))
}
