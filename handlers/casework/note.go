package casework

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow"
)

// openNote asks for a note to the dossier.
func (h *Handler) openNote(ctx context.Context, g core.Gesture) error {
	c, err := h.OfferedCase(ctx, g, workflow.ActionNote)
	if err != nil {
		return err
	}
	return h.Show(ctx, g, h.noteForm(g, &c, ""))
}

// noteFromMessage is the message shortcut that turns a reply into a note.
const noteFromMessage = "note_from_message"

// errNoThread refuses a message that stands in no case's thread, as far as the
// person may know.
const errNoThread = core.RefusalKey("refusal.no_thread")

// openNoteFromMessage asks for a note to the dossier of the case in whose
// thread the message stands, filled in with the message.
func (h *Handler) openNoteFromMessage(ctx context.Context, g core.Gesture) error {
	c, err := h.OfferedCase(ctx, g, workflow.ActionNote)
	if workflow.Refused(err).Has(workflow.CodeNoSuchCase) {
		return errNoThread
	}
	if err != nil {
		return err
	}
	text, _ := kit.Split(contact.Clean(kit.Readable(g.Message)), kit.MaxTyped)
	return h.Show(ctx, g, h.noteForm(g, &c, text))
}

func (h *Handler) submitNote(ctx context.Context, g core.Gesture) core.Ack {
	v := g.Values()
	return h.CarryOut(ctx, g, workflow.Note{Text: kit.Typed(v, "note"), Attachments: v.Files("attachments")})
}

// noteForm asks for a note and the files that go with it.
func (h *Handler) noteForm(g core.Gesture, c *workflow.Complaint, text string) slack.ModalViewRequest {
	attached := kit.Input{ID: "attachments", Label: g.Speak.Say("file.label"), Element: kit.Files(), Optional: true}
	return h.Form(g, c, workflow.ActionNote, cases.Hinted(g, "note", kit.Area(text)), attached.Block())
}
