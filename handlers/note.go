package handlers

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow"
)

// openNote asks for a note to the dossier.
func (h *caseworkHandler) openNote(ctx context.Context, g gesture) error {
	c, err := h.offeredCase(ctx, g, workflow.ActionNote)
	if err != nil {
		return err
	}
	return h.show(ctx, g, h.noteForm(g, &c, ""))
}

// noteFromMessage is the message shortcut that turns a reply into a note.
const noteFromMessage = "note_from_message"

// errNoThread is a message that stands in no case's thread, as far as the
// person may know.
const errNoThread = refusalKey("refusal.no_thread")

// openNoteFromMessage asks for a note to the dossier of the case in whose
// thread the message stands, filled in with the message.
func (h *caseworkHandler) openNoteFromMessage(ctx context.Context, g gesture) error {
	c, err := h.offeredCase(ctx, g, workflow.ActionNote)
	if workflow.Refused(err).Has(workflow.CodeNoSuchCase) {
		return errNoThread
	}
	if err != nil {
		return err
	}
	text, _ := split(workflow.Clean(readable(g.message)), maxTyped)
	return h.show(ctx, g, h.noteForm(g, &c, text))
}

func (h *caseworkHandler) submitNote(ctx context.Context, g gesture) Ack {
	v := g.values()
	return h.carryOut(ctx, g, workflow.Note{Text: typed(v, "note"), Attachments: v.files("attachments")})
}

// noteForm asks for a note and the files that go with it.
func (h *caseworkHandler) noteForm(g gesture, c *workflow.Complaint, text string) slack.ModalViewRequest {
	attached := input{ID: "attachments", Label: g.speak.Say("file.label"), Element: files(), Optional: true}
	return h.form(g, c, workflow.ActionNote, hinted(g, "note", area(text)), attached.block())
}
