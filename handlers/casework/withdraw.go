package casework

import (
	"context"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/workflow"
)

// openWithdraw asks what the complainant said, with the usual words filled in.
func (h *Handler) openWithdraw(ctx context.Context, g core.Gesture) error {
	c, err := h.OfferedCase(ctx, g, workflow.ActionWithdraw)
	if err != nil {
		return err
	}
	return h.Show(ctx, g, h.Form(g, &c, workflow.ActionWithdraw,
		kit.Section(g.Speak.Say("action.withdraw.intro"), nil),
		cases.Hinted(g, "reason", kit.Area(g.Speak.Say("action.withdraw.reason"))),
	))
}

// submitWithdraw records the withdrawal and goes on to the letter that confirms
// it.
func (h *Handler) submitWithdraw(ctx context.Context, g core.Gesture) core.Ack {
	nothing := func(*letters.Data) {}
	return h.decide(ctx, g, workflow.Withdraw{Reason: kit.Typed(g.Values(), "reason")}, nothing)
}
