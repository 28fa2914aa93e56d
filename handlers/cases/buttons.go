package cases

import (
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// pressable are the actions with a button; the others are options of "more"
// (design section 5).
var pressable = []workflow.ActionName{
	workflow.ActionAcknowledge, workflow.ActionQuestion, workflow.ActionAnswer, workflow.ActionProgress,
	workflow.ActionResolve, workflow.ActionConfirm, workflow.ActionIdentity, workflow.ActionDossier,
}

// ActionRow is the row of buttons, with the rest in a select. The next
// sensible step stands out; one that closes the case stands in front. showing is
// another one for each time that it is shown.
func ActionRow(sp texts.Speaker, c *workflow.Complaint, names []workflow.ActionName, showing string) *slack.ActionBlock {
	var elements []slack.BlockElement
	next := nextStep(names)
	for _, name := range names {
		if !slices.Contains(pressable, name) {
			continue
		}
		at := len(elements)
		if name == workflow.ActionConfirm {
			at = 0
		}
		elements = slices.Insert(elements, at, slack.BlockElement(ActionButton(sp, c, name, name == next)))
	}
	if rest := grouped(sp, names); len(rest) > 0 {
		more := kit.ChooseGrouped(rest)
		more.ActionID, more.Placeholder = core.MoreID, kit.Plain(sp.Say("case.more"))
		elements = append(elements, more)
	}
	return kit.Buttons(kit.RefTo(c).Row(showing), elements...)
}

// groups are the headings of "more" with the actions below each.
var groups = []struct {
	name    string
	actions []workflow.ActionName
}{
	{"complainant", []workflow.ActionName{
		workflow.ActionRemedy, workflow.ActionSatisfaction, workflow.ActionCorrect, workflow.ActionDispute, workflow.ActionWithdraw, workflow.ActionReopen,
	}},
	{"colleagues", []workflow.ActionName{workflow.ActionConsult, workflow.ActionNote, workflow.ActionAssign}},
	{"terms", []workflow.ActionName{workflow.ActionAmend}},
	{"keeping", []workflow.ActionName{workflow.ActionHold}},
}

// grouped are the actions among these that have no button, below their headings. One
// that no heading names stands below the first, so that none is lost.
func grouped(sp texts.Speaker, names []workflow.ActionName) (all []kit.Group) {
	for i, g := range groups {
		one := kit.Group{Label: sp.Say("case.more." + g.name)}
		for _, name := range names {
			group := groupOf(name)
			if group == i || i == 0 && group < 0 && !slices.Contains(pressable, name) {
				one.Options = append(one.Options, kit.Option{Value: string(name), Label: sp.Say("case.button." + string(name))})
			}
		}
		if len(one.Options) > 0 {
			all = append(all, one)
		}
	}
	return all
}

// groupOf is the index of an action's heading, -1 for none.
func groupOf(name workflow.ActionName) int {
	for i, g := range groups {
		if slices.Contains(g.actions, name) {
			return i
		}
	}
	return -1
}

func ActionButton(sp texts.Speaker, c *workflow.Complaint, name workflow.ActionName, primary bool) *slack.ButtonBlockElement {
	style := slack.StyleDefault
	if primary {
		style = slack.StylePrimary
	}
	return kit.Button(string(name), kit.RefTo(c).String(), sp.Say("case.button."+string(name)), style)
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

// MonthsBack is how many months of closed cases are offered: as long as a case
// is kept.
const MonthsBack = 24

func DecisionButtons(sp texts.Speaker, c *workflow.Complaint) []slack.BlockElement {
	return []slack.BlockElement{
		ActionButton(sp, c, workflow.ActionEraseConfirm, true), ActionButton(sp, c, workflow.ActionEraseDecline, false),
	}
}

// RemedyButton opens the officer's form, standing on that remedy. Its block names
// the case.
func RemedyButton(sp texts.Speaker, number int) slack.BlockElement {
	return numberedButton(sp, workflow.ActionRemedy, workflow.RemedyWatch(number))
}

// RemedyDoneButton says, for whoever sees to it, that a remedy is done. Its block
// names the case.
func RemedyDoneButton(sp texts.Speaker, number int) slack.BlockElement {
	return numberedButton(sp, workflow.ActionRemedyDone, workflow.RemedyWatch(number))
}

// ConsultAnswerButton answers, for whoever was asked, that question. Its block names
// the case.
func ConsultAnswerButton(sp texts.Speaker, number int) slack.BlockElement {
	return numberedButton(sp, workflow.ActionConsultAnswer, workflow.ConsultationWatch(number))
}

func numberedButton(sp texts.Speaker, name workflow.ActionName, what workflow.WatchKind) slack.BlockElement {
	return kit.Button(string(name), string(what), sp.Say("case.button."+string(name)), slack.StylePrimary)
}
