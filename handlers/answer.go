package handlers

import (
	"context"

	"github.com/artra/klachtbot/workflow"
)

// openAnswer asks what the complainant answered.
func (h *caseworkHandler) openAnswer(ctx context.Context, g gesture) error {
	c, err := h.offeredCase(ctx, g, workflow.ActionAnswer)
	if err != nil {
		return err
	}
	ways, way := spokenWays(&c)
	blocks := append(h.dateAndWay(g, "date", "way", ways, way), field(g, "answer", area("")))
	return h.show(ctx, g, h.form(g, &c, workflow.ActionAnswer, blocks...))
}

func (h *caseworkHandler) submitAnswer(ctx context.Context, g gesture) Ack {
	return h.carryOut(ctx, g, answerOf(g.values()))
}

func answerOf(v values) workflow.Answer {
	return workflow.Answer{Date: v.date("date"), Way: workflow.Way(v.choice("way")), Text: typed(v, "answer")}
}
