package intake

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// What the tests of this package reach.
var (
	FilingOf = filingOf
	Divided  = divided
)

// StoryFields is a story over the two fields that it has.
type StoryFields = storyFields

func (h *Handler) FiledView(ctx context.Context, g core.Gesture, c *workflow.Complaint, filed workflow.File) slack.ModalViewRequest {
	return h.filedView(ctx, g, c, filed)
}

func (h *Handler) FilingView(sp texts.Speaker, p prefill) slack.ModalViewRequest {
	return h.filingView(sp, p)
}

func (h *Handler) NewComplaint() prefill {
	return h.newComplaint()
}
