package intake

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// What the tests of this package reach.
var (
	FilingOf       = filingOf
	StoryOfMessage = storyOfMessage
)

// StoryFields is a story over the two fields that it has.
type StoryFields = storyFields

func (h *Handler) FiledView(ctx context.Context, g core.Gesture, c *workflow.Complaint, concerns roster.PersonID) slack.ModalViewRequest {
	return h.filedView(ctx, g, c, concerns)
}

func (h *Handler) FilingView(sp texts.Speaker, p prefill) slack.ModalViewRequest {
	return h.filingView(sp, p)
}

func (h *Handler) NewComplaint() prefill {
	return h.newComplaint()
}
