package handlers

import (
	"context"

	"github.com/artra/klachtbot/workflow"
)

// openWithdraw asks what the complainant said; the usual words stand there.
func (h *caseworkHandler) openWithdraw(ctx context.Context, g gesture) error {
	c, err := h.offeredCase(ctx, g, workflow.ActionWithdraw)
	if err != nil {
		return err
	}
	return h.show(ctx, g, h.form(g, &c, workflow.ActionWithdraw,
		section(g.speak.Say("action.withdraw.intro"), nil),
		hinted(g, "reason", area(g.speak.Say("action.withdraw.reason"))),
	))
}

// submitWithdraw records the withdrawal and goes on to the letter that confirms
// it.
func (h *caseworkHandler) submitWithdraw(ctx context.Context, g gesture) Ack {
	return h.decide(ctx, g, workflow.Withdraw{Reason: typed(g.values(), "reason")}, "", "")
}
