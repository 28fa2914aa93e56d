package handlers

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow"
)

// reopening asks why a case is taken up again.
func (h *caseworkHandler) reopening() simpleForm {
	return simpleForm{workflow.ActionReopen, h.askReopen, func(v values) workflow.Action {
		return workflow.Reopen{Reason: typed(v, "reason")}
	}}
}

func (h *caseworkHandler) askReopen(_ context.Context, g gesture, _ *workflow.Complaint) []slack.Block {
	return []slack.Block{
		section(g.speak.Say("action.reopen.intro"), nil),
		hinted(g, "reason", area("")),
	}
}
