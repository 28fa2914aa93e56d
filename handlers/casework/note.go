package casework

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/handlers/story"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// openNote asks for a note to the dossier.
func (h *Handler) openNote(ctx context.Context, g core.Gesture) error {
	c, err := h.OfferedCase(ctx, g, workflow.ActionNote)
	if err != nil {
		return err
	}
	return h.Show(ctx, g, h.noteForm(g, &c, story.Story{}))
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
	return h.Show(ctx, g, h.noteForm(g, &c, h.StoryOf(ctx, g)))
}

func (h *Handler) submitNote(ctx context.Context, g core.Gesture) core.Ack {
	v := g.Values()
	return h.CarryOut(ctx, g, workflow.Note{Text: kit.Typed(v, "note"), Attachments: append(v.Files("attachments"), v.Ticked(story.FilesID)...)})
}

// noteForm asks for a note and the files that go with it, filled in with what a
// message tells.
func (h *Handler) noteForm(g core.Gesture, c *workflow.Complaint, from story.Story) slack.ModalViewRequest {
	text, rest := kit.Split(from.Text, kit.MaxTyped)
	blocks := from.Remarks(g.Speak)
	if rest != "" {
		blocks = append(blocks, kit.Section(g.Speak.Say("story.cut", texts.Args{"Max": kit.MaxTyped}), nil))
	}
	attached := kit.Input{ID: "attachments", Label: g.Speak.Say("file.label"), Element: kit.Files(), Optional: true}
	blocks = append(blocks, cases.Hinted(g, "note", kit.Area(text)), attached.Block())
	return h.Form(g, c, workflow.ActionNote, append(blocks, from.Offer(g.Speak)...)...)
}
