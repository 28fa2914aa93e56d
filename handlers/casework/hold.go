package casework

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow"
)

// holding asks why a case is kept longer, and when to review that.
func (h *Handler) holding() simpleForm {
	return simpleForm{workflow.ActionHold, h.askHold, func(v kit.Values) workflow.Action {
		return workflow.Hold{Reason: kit.Typed(v, "reason"), Review: v.Date("review_date")}
	}}
}

// holdMonths is the review date that a hold stands on.
const holdMonths = 3

func (h *Handler) askHold(_ context.Context, g core.Gesture, c *workflow.Complaint) []slack.Block {
	intro, optional := "action.hold.intro", false
	if !c.HoldReview.IsZero() {
		intro, optional = "action.hold.again", true
	}
	return []slack.Block{
		kit.Section(g.Speak.Say(intro), nil),
		cases.Hinted(g, "reason", kit.Area("")),
		cases.Field(g, "review_date", kit.Day(h.Today().AddMonths(holdMonths))).WithOptional(optional),
	}
}
