package notices

import (
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// resend is the action that the line about a letter in doubt offers.
const resend = string(workflow.ActionMailAgain)

// sentMyself is the action that the line about a letter that waits offers.
const sentMyself = string(workflow.ActionMailSelf)

// What may have become of a letter, as the catalogue names it.
const (
	mailWaits   = string(workflow.ActionMailWaits)
	mailFailed  = string(workflow.ActionMailFailed)
	mailExpired = "mail_expired"
	mailDoubt   = string(workflow.ActionMailDoubt)
)

// mailMessage is the line about a letter that did not leave, or of which nobody
// knows: what happened, and what to do next. The address is not in it.
func mailMessage(sp texts.Speaker, c *workflow.Complaint, name string, next ...slack.BlockElement) core.Message {
	what, todo := sp.Say("case.did."+name), sp.Say("case.mail."+name)
	blocks := kit.Paragraph(kit.Bold(what), kit.Words("\n"+todo))
	if len(next) > 0 {
		blocks = append(blocks, kit.Buttons(kit.RefTo(c).String(), next...))
	}
	return core.Message{Text: cases.Fallback(sp, c, what), Blocks: blocks}
}

// resendButton sends the letter of that version of the case once more.
func resendButton(sp texts.Speaker, c *workflow.Complaint, version int) slack.BlockElement {
	return kit.Button(resend, kit.Ref{Case: c.ID, Version: version}.String(), sp.Say("case.button."+resend), slack.StyleDefault)
}

// ownButton says that the officer sent the letter of that version of the case
// themselves.
func ownButton(sp texts.Speaker, c *workflow.Complaint, version int) slack.BlockElement {
	return kit.Button(sentMyself, kit.Ref{Case: c.ID, Version: version}.String(), sp.Say("case.button."+sentMyself), slack.StyleDefault)
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
	for _, offered := range h.Policy.OnMessage(c, h.Today()) {
		if offered == name {
			return []slack.BlockElement{cases.ActionButton(sp, c, name, true)}
		}
	}
	return nil
}
