package handlers

import (
	"context"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow"
)

// simpleForm is the modal of an action that asks a few questions and is carried
// out with the answers: what it asks, and what the answers mean.
type simpleForm struct {
	name workflow.ActionName
	ask  func(context.Context, gesture, *workflow.Complaint) []slack.Block
	read func(values) workflow.Action
}

func (h *caseworkHandler) simpleScreen(f simpleForm) screen {
	return screen{
		open: func(ctx context.Context, g gesture) error {
			c, err := h.offeredCase(ctx, g, f.name)
			if err != nil {
				return err
			}
			view := h.form(g, &c, f.name, f.ask(ctx, g, &c)...)
			if !asks(view) {
				view.Submit = nil
			}
			return h.show(ctx, g, view)
		},
		submit: func(ctx context.Context, g gesture) Ack { return h.carryOut(ctx, g, f.read(g.values())) },
	}
}

// asks reports whether there is anything to fill in: else there is nothing to
// submit either.
func asks(view slack.ModalViewRequest) bool {
	return slices.ContainsFunc(view.Blocks.BlockSet, func(b slack.Block) bool { return b.BlockType() == slack.MBTInput })
}
