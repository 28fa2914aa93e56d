package casework

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow"
)

// satisfying asks how the complainant found the handling (R16).
func satisfying() simpleForm {
	return simpleForm{workflow.ActionSatisfaction, askSatisfaction, func(v kit.Values) workflow.Action {
		return workflow.RecordHandling{Answer: workflow.Satisfaction(v.Choice("satisfaction")), Note: kit.Typed(v, "note")}
	}}
}

// askSatisfaction has no answer chosen: a press would count as what the complainant
// said. Of an answer that is on record it says that there is one.
func askSatisfaction(_ context.Context, g core.Gesture, c *workflow.Complaint) []slack.Block {
	intro := "action.satisfaction.intro"
	if c.Satisfaction != "" {
		intro = "action.satisfaction.again"
	}
	note := kit.Input{ID: "note", Label: g.Speak.Say("action.satisfaction.note"), Hint: g.Speak.Say("action.satisfaction.note.hint"), Element: kit.Area(""), Optional: true}
	return []slack.Block{
		kit.Section(g.Speak.Say(intro), nil),
		cases.Field(g, "satisfaction", kit.Radio("", kit.Choices(g.Speak, "satisfaction", workflow.Satisfactions()))),
		note.Block(),
	}
}
