package handlers

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow"
)

// holding asks why a case is kept longer, and when to look at it again.
func (h *caseworkHandler) holding() simpleForm {
	return simpleForm{workflow.ActionHold, h.askHold, func(v values) workflow.Action {
		return workflow.Hold{Reason: typed(v, "reason"), Review: v.date("review_date")}
	}}
}

// holdMonths is the review date that a hold stands on.
const holdMonths = 3

func (h *caseworkHandler) askHold(_ context.Context, g gesture, c *workflow.Complaint) []slack.Block {
	intro, optional := "action.hold.intro", false
	if !c.HoldReview.IsZero() {
		intro, optional = "action.hold.again", true
	}
	return []slack.Block{
		section(g.speak.Say(intro), nil),
		hinted(g, "reason", area("")),
		field(g, "review_date", day(h.today().AddMonths(holdMonths))).WithOptional(optional),
	}
}
