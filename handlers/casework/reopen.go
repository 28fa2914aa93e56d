package casework

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// reopening asks why a case is taken up again.
func (h *Handler) reopening() simpleForm {
	return simpleForm{workflow.ActionReopen, h.askReopen, func(v kit.Values) workflow.Action {
		return workflow.Reopen{Reason: kit.Typed(v, "reason")}
	}}
}

func (h *Handler) askReopen(_ context.Context, g core.Gesture, _ *workflow.Complaint) []slack.Block {
	return []slack.Block{
		kit.Section(g.Speak.Say("action.reopen.intro", texts.Args{"Months": g.Speak.Months(h.Policy.Terms.OutcomeMonths)}), nil),
		cases.Hinted(g, "reason", kit.Area("")),
	}
}
