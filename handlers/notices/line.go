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
// without mentions, but for a new handler when it is said for the first time.
func (h *Handler) lineMessage(ctx context.Context, sp texts.Speaker, c *workflow.Complaint, d outbox.Delivery) (core.Message, error) {
	performed, err := h.source.Performed(ctx, c.ID, d.Version)
	if err != nil {
		return core.Message{}, fmt.Errorf("render %s: %w", d.Kind(), err)
	}
	what := sp.Say("case.did." + string(lineAction(performed.Action, d)))
	by := h.RecordedBy(ctx, sp, performed.By, performed.At)
	blocks := kit.Paragraph(kit.Bold(what), kit.Words("\n"+by))
	if handsOver(performed.Action) && !d.Reposted {
		blocks = append(blocks, h.handover(sp, c)...)
	}
	switch lineAction(performed.Action, d) {
	case workflow.ActionRemedyChanged, workflow.ActionRemedyDropped:
		blocks = append(blocks, kit.Buttons(kit.RefTo(c).String(), cases.ActionButton(sp, c, workflow.ActionRemedyLetter, true)))
	}
	return core.Message{Text: cases.Fallback(sp, c, what), Blocks: blocks}, nil
}

// lineAction is what the line says was done. Of a dispute and of a remedy the
// journal says only that something was, and the delivery what; one from before
// says that neither.
func lineAction(performed workflow.ActionName, d outbox.Delivery) workflow.ActionName {
	several := performed == workflow.ActionDispute || performed == workflow.ActionRemedy
	if line, ok := d.Payload.(outbox.Line); ok && several && line.Action != "" {
		return line.Action
	}
	return performed
}
