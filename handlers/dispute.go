package handlers

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow"
)

// disputeScreen asks about a dispute, and offers the dossier once there is one.
func (h *caseworkHandler) disputeScreen() screen {
	s := h.simpleScreen(simpleForm{workflow.ActionDispute, h.askDispute, disputeOf})
	s.submit = h.submitDispute
	return s
}

// askDispute asks for the way to the committee, and on a disputed case for its
// ruling.
func (h *caseworkHandler) askDispute(_ context.Context, g gesture, c *workflow.Complaint) []slack.Block {
	ruled := c.State == workflow.StateDisputed
	intro := "action.dispute.intro"
	if ruled {
		intro = "action.dispute.again"
	}
	blocks := []slack.Block{
		section(g.speak.Say(intro), nil),
		field(g, "date", day(h.today())),
		field(g, "reference", line("", maxLine)).WithOptional(true),
	}
	if ruled {
		return append(blocks, field(g, "ruling", area("")))
	}
	return append(blocks, hinted(g, "ruling", area("")).WithOptional(true))
}

func disputeOf(v values) workflow.Action {
	return workflow.Dispute{Date: v.date("date"), Reference: typed(v, "reference"), Ruling: typed(v, "ruling")}
}

// submitDispute records a dispute, and offers what the committee will ask for:
// the dossier. After its ruling there is nothing to offer.
func (h *caseworkHandler) submitDispute(ctx context.Context, g gesture) Ack {
	done, err := h.Register.Apply(ctx, command(g, disputeOf(g.values())))
	c := done.Complaint
	switch {
	case err != nil:
		return h.failed(ctx, g, err)
	case c.State != workflow.StateDisputed:
		return Ack{}
	}
	blocks := append(caseLine(&c), section(g.speak.Say("export.offer"), nil), exportRow(g.speak, &c))
	return update(exportView(g, blocks...))
}
