package export

import (
	"context"
	"errors"
	"fmt"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// documentMessage is a document on its way to somebody, or back out of Slack,
// with what the person reads when that is impossible. Who has no rights on the
// case, or no role, any more gets no document; one that an earlier attempt may
// have brought is searched for, so that it can be taken back.
func (h *Handler) documentMessage(ctx context.Context, d outbox.Delivery) (core.Message, int, error) {
	o, err := h.documents.Document(ctx, outbox.DocumentOf(d.Payload))
	if workflow.Refused(err).Has(workflow.CodeNoSuchCase) {
		return core.Message{}, 0, core.ErrMoot
	}
	if err != nil {
		return core.Message{}, 0, fmt.Errorf("render %s: %w", d.Kind(), err)
	}
	withheld := false
	if d.Kind() == outbox.KindDocument && (o.Content != nil || o.Withdrawn) {
		err := h.mayHave(ctx, o)
		if withheld = errors.Is(err, core.ErrMoot) && d.Attempts > 1; withheld {
			o.Content, err = nil, nil
		}
		if err != nil {
			return core.Message{}, 0, err
		}
	}
	sp := h.SpeakIn(d.Lane)
	text := sp.Say(textWithoutFile(d, o), texts.Args{"Name": o.Name})
	return core.Message{Text: text, Blocks: kit.Prose("", text), Document: &core.Document{
		Name: o.Name, Content: o.Content, Comment: sp.Say(commentBeside(o)), ID: o.File, Withheld: withheld,
	}}, d.Version, nil
}

// textWithoutFile is the key of what the person reads when there can be no
// file, or when it can't be taken away. Of a case it is a PDF that the dossier
// makes.
func textWithoutFile(d outbox.Delivery, o outbox.Document) string {
	switch {
	case d.Kind() == outbox.KindDocumentRecall:
		return "export.not_taken_back"
	case o.Withdrawn:
		return "document.withdrawn"
	case o.Content == nil && o.Case == "":
		return "document.late"
	case o.Content == nil:
		return "export.late"
	case o.Case == "":
		return "document.failed"
	}
	return "export.failed"
}

// commentBeside is the key of what stands beside the file.
func commentBeside(o outbox.Document) string {
	if o.Case == "" && !o.Kind.Identifies() {
		return "document.comment"
	}
	return "export.comment"
}

// mayHave asks the roster again at the moment of sending.
func (h *Handler) mayHave(ctx context.Context, o outbox.Document) error {
	if o.Case == "" {
		if !outbox.MayHave(h.Roster(ctx), o.To, o.Kind) {
			return core.ErrMoot
		}
		return nil
	}
	c, err := h.contents.Case(ctx, o.Case)
	switch {
	case workflow.Refused(err).Has(workflow.CodeNoSuchCase):
		return core.ErrMoot
	case err != nil:
		return fmt.Errorf("case of document: %w", err)
	case c.Access(h.Roster(ctx), o.To) < workflow.AccessFull, h.Policy.PastTerm(&c, h.Today()):
		return core.ErrMoot
	}
	return nil
}
