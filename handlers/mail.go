package handlers

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

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
