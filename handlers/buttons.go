package handlers

import (
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// pressable are the actions with a button; the others are options of "more"
// (design section 5).
var pressable = []workflow.ActionName{
	workflow.ActionAcknowledge, workflow.ActionQuestion, workflow.ActionAnswer, workflow.ActionProgress,
	workflow.ActionResolve, workflow.ActionConfirm, workflow.ActionIdentity, workflow.ActionDossier,
}

// actionRow is the row of buttons, with the rest in a select. The next
// sensible step stands out.
func actionRow(sp texts.Speaker, c *workflow.Complaint, names []workflow.ActionName) *slack.ActionBlock {
	var elements []slack.BlockElement
	var rest []option
	next := nextStep(names)
	for _, name := range names {
		if !slices.Contains(pressable, name) {
			rest = append(rest, option{string(name), sp.Say("case.button." + string(name))})
			continue
		}
		elements = append(elements, actionButton(sp, c, name, name == next))
	}
	if len(rest) > 0 {
		more := choose("", rest)
		more.ActionID, more.Placeholder = moreID, plain(sp.Say("case.more"))
		elements = append(elements, more)
	}
	return buttons(refTo(c).String(), elements...)
}

func actionButton(sp texts.Speaker, c *workflow.Complaint, name workflow.ActionName, primary bool) *slack.ButtonBlockElement {
	style := slack.StyleDefault
	if primary {
		style = slack.StylePrimary
	}
	return button(string(name), refTo(c).String(), sp.Say("case.button."+string(name)), style)
}

// nextStep is what brings the case on most, "" when nothing does.
func nextStep(names []workflow.ActionName) workflow.ActionName {
	for _, name := range []workflow.ActionName{
		workflow.ActionConfirm, workflow.ActionAcknowledge, workflow.ActionAnswer, workflow.ActionResolve,
	} {
		if slices.Contains(names, name) {
			return name
		}
	}
	return ""
}

// monthsBack is how many months of closed cases are offered: as long as a case
// is kept.
const monthsBack = 24

func decisionButtons(sp texts.Speaker, c *workflow.Complaint) []slack.BlockElement {
	return []slack.BlockElement{
		actionButton(sp, c, workflow.ActionEraseConfirm, true), actionButton(sp, c, workflow.ActionEraseDecline, false),
	}
}
