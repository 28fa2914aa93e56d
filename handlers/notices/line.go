package notices

import (
	"context"
	"fmt"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// lineMessage is a line in the thread: what was done, by whom, when; names
// without mentions, but for a new handler.
func (h *Handler) lineMessage(ctx context.Context, sp texts.Speaker, c *workflow.Complaint, d outbox.Delivery) (core.Message, error) {
	performed, err := h.source.Performed(ctx, c.ID, d.Version)
	if err != nil {
		return core.Message{}, fmt.Errorf("render %s: %w", d.Kind(), err)
	}
	what := sp.Say("case.did." + string(lineOf(d, performed)))
	by := h.RecordedBy(ctx, sp, performed.By, performed.At)
	blocks := kit.Paragraph(kit.Bold(what), kit.Words("\n"+by))
	if handsOver(performed.Action) {
		blocks = append(blocks, h.handover(sp, c)...)
	}
	switch lineOf(d, performed) {
	case workflow.ActionRemedyChanged, workflow.ActionRemedyDropped:
		blocks = append(blocks, kit.Buttons(kit.RefTo(c).String(), cases.ActionButton(sp, c, workflow.ActionRemedyLetter, true)))
	}
	return core.Message{Text: cases.Fallback(sp, c, what), Blocks: blocks}, nil
}

// lineOf is what a line says was done: of a remedy, also what became of it.
func lineOf(d outbox.Delivery, performed workflow.Performed) workflow.ActionName {
	if line, ok := d.Payload.(outbox.Line); ok && performed.Action == workflow.ActionRemedy {
		return line.Action
	}
	return performed.Action
}
