package casework

import (
	"context"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow"
)

// openAnswer asks what the complainant answered.
func (h *Handler) openAnswer(ctx context.Context, g core.Gesture) error {
	c, err := h.OfferedCase(ctx, g, workflow.ActionAnswer)
	if err != nil {
		return err
	}
	ways, way := spokenWays(&c)
	blocks := append(h.DateAndWay(g, "date", "way", ways, way), cases.Field(g, "answer", kit.Area("")))
	return h.Show(ctx, g, h.Form(g, &c, workflow.ActionAnswer, blocks...))
}

func (h *Handler) submitAnswer(ctx context.Context, g core.Gesture) core.Ack {
	return h.CarryOut(ctx, g, answerOf(g.Values()))
}

func answerOf(v kit.Values) workflow.Answer {
	return workflow.Answer{Date: v.Date("date"), Way: workflow.Way(v.Choice("way")), Text: kit.Typed(v, "answer")}
}
