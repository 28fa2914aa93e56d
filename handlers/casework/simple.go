package casework

import (
	"context"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow"
)

// simpleForm is the modal of an action that asks a few questions and is carried
// out with the answers: what it asks, and what the answers mean.
type simpleForm struct {
	name workflow.ActionName
	ask  func(context.Context, core.Gesture, *workflow.Complaint) []slack.Block
	read func(kit.Values) workflow.Action
}

func (h *Handler) simpleScreen(f simpleForm) core.Screen {
	return core.Screen{
		Open: func(ctx context.Context, g core.Gesture) error {
			c, err := h.OfferedCase(ctx, g, f.name)
			if err != nil {
				return err
			}
			view := h.Form(g, &c, f.name, f.ask(ctx, g, &c)...)
			if !asks(view) {
				view.Submit = nil
			}
			return h.Show(ctx, g, view)
		},
		Submit: func(ctx context.Context, g core.Gesture) core.Ack { return h.CarryOut(ctx, g, f.read(g.Values())) },
	}
}

// asks reports whether there is anything to fill in: else there is nothing to
// submit either.
func asks(view slack.ModalViewRequest) bool {
	return slices.ContainsFunc(view.Blocks.BlockSet, func(b slack.Block) bool { return b.BlockType() == slack.MBTInput })
}
