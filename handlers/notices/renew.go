package notices

import (
	"context"
	"errors"
	"strings"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

// handoverRow begins what marks the row of a handover's message as one of several
// showings.
const handoverRow = "handover-"

// renew shows a message anew in which somebody picked from "more". The case message
// goes by way of the outbox, in order with what else changes it; a handover's
// message is nowhere else changed.
func (h *Handler) renew(ctx context.Context, g core.Gesture) (mine bool, err error) {
	if !g.InMessage() {
		return false, nil
	}
	if !strings.HasPrefix(strings.TrimPrefix(g.Pick.Block, g.Ref.Row("")), handoverRow) {
		return true, h.shown.RenewCaseMessage(ctx, g.Ref.Case)
	}
	return true, h.renewHandover(ctx, g)
}

// renewHandover leaves the message alone once somebody else has the case.
func (h *Handler) renewHandover(ctx context.Context, g core.Gesture) error {
	c, err := h.source.Case(ctx, g.Ref.Case)
	if workflow.Refused(err).Has(workflow.CodeNoSuchCase) {
		return nil
	}
	if err != nil {
		return err
	}
	m, err := h.handoverMessage(h.SpeakTo(g.Who.ID), &c, outbox.Handover{To: g.Who.ID})
	if errors.Is(err, core.ErrMoot) || errors.Is(err, errNotTheirs) {
		return nil
	}
	return h.Slack.Respond(ctx, g.ResponseURL, core.Response{Text: m.Text, Replace: m.Blocks})
}
