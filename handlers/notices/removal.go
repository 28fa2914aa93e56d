package notices

import (
	"context"
	"fmt"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// removalMessage asks whoever sent files in with one form to remove what Slack
// did not let the bot delete, in the language that they read. It names the case's
// number and no file. For whom the case does not exist by now, or who left, it
// has lost its reason.
func (h *Handler) removalMessage(ctx context.Context, c *workflow.Complaint, p outbox.FileRemoval) (core.Message, error) {
	if c.Access(h.Policy.Roster, p.To) == workflow.AccessNone {
		return core.Message{}, core.ErrMoot
	}
	who, err := h.People.Person(ctx, p.To)
	if err != nil {
		return core.Message{}, fmt.Errorf("render %s: %w", p.Kind(), err)
	}
	files, err := h.source.Attachments(ctx, c.ID)
	if err != nil {
		return core.Message{}, fmt.Errorf("render %s: %w", p.Kind(), err)
	}
	count := 0
	for _, f := range files {
		if f.Line == p.Line && f.State == workflow.AttachmentAsked {
			count++
		}
	}
	if count == 0 || who.Standing != roster.StandingMember {
		return core.Message{}, core.ErrMoot
	}
	text := h.SpeakTo(p.To).Say("file.remove", texts.Args{"Count": count, "Number": c.Number})
	return core.Message{Text: text, Blocks: kit.Paragraph(kit.Words(text))}, nil
}
