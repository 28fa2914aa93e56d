package handlers

import (
	"context"
	"errors"
	"fmt"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// outgoingMessage is a document on its way to somebody, or back out of Slack,
// with what the person reads when that is impossible. Who has no rights on the
// case any more gets no document of it; one that an earlier attempt may have
// brought is looked for, so that it can be taken back.
func (h *Handler) outgoingMessage(ctx context.Context, d workflow.Delivery) (Message, int, error) {
	o, err := h.Exports.Outgoing(ctx, d.What)
	if workflow.Refused(err).Has(workflow.CodeNoSuchCase) {
		return Message{}, 0, ErrMoot
	}
	if err != nil {
		return Message{}, 0, fmt.Errorf("render %s: %w", d.Surface, err)
	}
	told, withheld := "export.failed", false
	switch {
	case d.Surface == workflow.SurfaceRecall:
		told = "export.not_taken_back"
	case o.Content == nil:
		told = "export.late"
	default:
		err := h.mayHave(ctx, o)
		if withheld = errors.Is(err, ErrMoot) && d.Attempts > 1; withheld {
			o.Content, err = nil, nil
		}
		if err != nil {
			return Message{}, 0, err
		}
	}
	sp := h.Texts.In(h.Language)
	text := sp.Say(told, texts.Args{"Name": o.Name})
	return Message{Text: text, Blocks: prose("", text), Document: &Document{
		Name: o.Name, Content: o.Content, Comment: sp.Say("export.comment"), ID: o.File, Withheld: withheld,
	}}, d.Version, nil
}

// mayHave asks the roster again at the moment of sending.
func (h *Handler) mayHave(ctx context.Context, o workflow.Outgoing) error {
	c, err := h.Source.Case(ctx, o.Case)
	switch {
	case workflow.Refused(err).Has(workflow.CodeNoSuchCase):
		return ErrMoot
	case err != nil:
		return fmt.Errorf("case of document: %w", err)
	case h.roster(ctx).Access(&c, o.To) < workflow.AccessFull:
		return ErrMoot
	}
	return nil
}
