package handlers

import (
	"context"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/outbox"
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
// knows: what happened, and what to do. The address is not in it. ok is false
// for every other line.
func (h *Handler) mailMessage(sp texts.Speaker, c *workflow.Complaint, d outbox.Delivery) (m Message, ok bool) {
	name, about, _ := strings.Cut(d.What, " ")
	var next []slack.BlockElement
	switch workflow.ActionName(name) {
	case workflow.ActionMailWaits:
	case workflow.ActionMailDoubt:
		if version, err := strconv.Atoi(about); err == nil {
			value := ref{c.ID, version}.String()
			next = append(next, button(resend, value, sp.Say("case.button."+resend), slack.StyleDefault))
		}
	case workflow.ActionMailFailed:
		next = h.afterFailure(sp, c, workflow.RecordKind(about))
	default:
		return Message{}, false
	}
	what, advice := sp.Say("case.did."+name), sp.Say("case.mail."+name)
	blocks := paragraph(bold(what), words("\n"+advice))
	if len(next) > 0 {
		blocks = append(blocks, buttons(refTo(c).String(), next...))
	}
	return Message{Text: fallback(sp, c, what), Blocks: blocks}, true
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
