package notices

import (
	"context"
	"fmt"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// erasureAsk asks the second person: number, who asks, when, and until when.
// Why stands behind the button.
func (h *Handler) erasureAsk(ctx context.Context, sp texts.Speaker, r reminder) core.Message {
	text := sp.Say("reminder.line.erasure", texts.Args{
		"Who": "<@" + string(r.to) + ">", "Number": r.c.Number, "Asker": kit.Escape(h.Name(ctx, sp, r.c.Erasure.By)),
		"On": sp.Date(r.c.Erasure.On), "Date": sp.Date(r.Due),
	})
	blocks := []slack.Block{kit.Section(text, nil), kit.Buttons(kit.RefTo(r.c).String(), cases.DecisionButtons(sp, r.c)...)}
	if !r.full {
		blocks = append(blocks, kit.Remark(sp.Say("erase.as_director")))
	}
	return core.Message{Text: cases.Fallback(sp, r.c, sp.Say("reminder."+string(r.Kind))), Blocks: blocks}
}

// erasureOutcome says to whoever asked what became of the request.
func (h *Handler) erasureOutcome(ctx context.Context, sp texts.Speaker, c *workflow.Complaint, p outbox.ErasureOutcome, version int) (core.Message, error) {
	performed, err := h.source.Performed(ctx, c.ID, version)
	if err != nil {
		return core.Message{}, fmt.Errorf("render %s: %w", p.Kind(), err)
	}
	args := texts.Args{
		"Number": c.Number, "Who": kit.Escape(h.Name(ctx, sp, performed.By)), "When": sp.Instant(performed.At, h.Policy.Calendar.Location),
	}
	key := "erase.declined"
	switch {
	case p.How == workflow.ErasureLapsed && performed.By == roster.Clock:
		key = "erase.lapsed"
	case p.How == workflow.ErasureLapsed:
		key, args["What"] = "erase.lapsed_since", sp.Say("refusal.deed."+string(performed.Action))
	}
	return core.Message{Text: cases.Fallback(sp, c, sp.Say("erase.not_erased")), Blocks: []slack.Block{kit.Section(sp.Say(key, args), nil)}}, nil
}

// erasedMessage says to whoever asked that the case is gone: its number is all
// that is known of it.
func (h *Handler) erasedMessage(_ context.Context, d outbox.Delivery) (core.Message, int, error) {
	p, ok := d.Payload.(outbox.Erased)
	if !ok {
		return core.Message{}, 0, fmt.Errorf("%w: %q", core.ErrNoRenderer, d.Kind())
	}
	sp := h.SpeakIn(d.Lane)
	text := sp.Say("erase.gone", texts.Args{"Number": p.Number})
	return core.Message{Text: text, Blocks: []slack.Block{kit.Section(text, nil)}}, d.Version, nil
}
