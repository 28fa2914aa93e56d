package handlers

import (
	"context"
	"fmt"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// lineMessage is a line in the thread: what was done, by whom, when; names
// without mentions, but for a new handler.
func (h *noticesHandler) lineMessage(ctx context.Context, sp texts.Speaker, c *workflow.Complaint, d outbox.Delivery) (Message, error) {
	performed, err := h.Source.Performed(ctx, c.ID, d.Version)
	if err != nil {
		return Message{}, fmt.Errorf("render %s: %w", d.Kind(), err)
	}
	what := sp.Say("case.did." + string(performed.Action))
	by := h.recordedBy(ctx, sp, performed.By, performed.At)
	blocks := paragraph(bold(what), words("\n"+by))
	if handsOver(performed.Action) {
		blocks = append(blocks, h.handover(sp, c)...)
	}
	return Message{Text: fallback(sp, c, what), Blocks: blocks}, nil
}
