package casework

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/export"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow"
)

// disputeScreen asks about a dispute, and offers the dossier once there is one.
func (h *Handler) disputeScreen() core.Screen {
	s := h.simpleScreen(simpleForm{workflow.ActionDispute, h.askDispute, disputeOf})
	s.Submit = h.submitDispute
	return s
}

// askDispute asks for the way to the committee, and on a disputed case for its
// ruling.
func (h *Handler) askDispute(_ context.Context, g core.Gesture, c *workflow.Complaint) []slack.Block {
	ruled := c.State == workflow.StateDisputed
	intro := "action.dispute.intro"
	if ruled {
		intro = "action.dispute.again"
	}
	blocks := []slack.Block{
		kit.Section(g.Speak.Say(intro), nil),
		cases.Field(g, "date", kit.Day(h.Today())),
		cases.Field(g, "reference", kit.Line("", kit.MaxLine)).WithOptional(true),
	}
	if ruled {
		return append(blocks, cases.Field(g, "ruling", kit.Area("")))
	}
	return append(blocks, cases.Hinted(g, "ruling", kit.Area("")).WithOptional(true))
}

func disputeOf(v kit.Values) workflow.Action {
	return workflow.Dispute{Date: v.Date("date"), Reference: kit.Typed(v, "reference"), Ruling: kit.Typed(v, "ruling")}
}

// submitDispute records a dispute, and offers what the committee will ask for:
// the dossier. After its ruling there is nothing to offer.
func (h *Handler) submitDispute(ctx context.Context, g core.Gesture) core.Ack {
	done, err := h.Register.Apply(ctx, cases.Command(g, disputeOf(g.Values())))
	c := done.Complaint
	switch {
	case err != nil:
		return h.Failed(ctx, g, err)
	case c.State != workflow.StateDisputed:
		return core.Ack{}
	}
	blocks := append(cases.Line(&c), kit.Section(g.Speak.Say("export.offer"), nil), export.ExportRow(g.Speak, &c))
	return core.Update(export.ExportView(g, blocks...))
}
