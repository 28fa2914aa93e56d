package handlers

import (
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// resend is the action that the line about a letter in doubt offers.
const resend = string(workflow.ActionMailAgain)

// mailMessage is the line about a letter that did not leave, or of which nobody
// knows: what happened, and what to do next. The address is not in it.
func mailMessage(sp texts.Speaker, c *workflow.Complaint, name workflow.ActionName, next ...slack.BlockElement) Message {
	what, todo := sp.Say("case.did."+string(name)), sp.Say("case.mail."+string(name))
	blocks := paragraph(bold(what), words("\n"+todo))
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
func (h *noticesHandler) afterFailure(sp texts.Speaker, c *workflow.Complaint, kind workflow.RecordKind) []slack.BlockElement {
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
