package handlers

import (
	"context"
	"fmt"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// fileBlocks lists the files of a case: name, what became of it, size, and who
// sent it in. An officer gets the content with the dossier as a document.
func (h *Handler) fileBlocks(ctx context.Context, sp texts.Speaker, files []workflow.Attachment) []slack.Block {
	if len(files) == 0 {
		return nil
	}
	blocks := []slack.Block{header(sp.Say("file.label"))}
	for _, f := range files {
		about := sp.Say("file.state." + string(f.State))
		if f.Held() {
			about = sp.Say("file.sized", texts.Args{"What": about, "Size": fileSize(sp, f.Size)})
		}
		by := sp.Say("case.recorded", texts.Args{
			"Who": h.name(ctx, sp, f.By), "When": sp.Instant(f.At, h.Policy.Calendar.Location),
		})
		blocks = append(blocks, paragraph(bold(f.Name.Reveal()), words("\n"+about+"\n"+by))...)
	}
	return blocks
}

// fileSize is a size as people know them from their own folders: kilobytes,
// or megabytes with one digit behind the comma.
func fileSize(sp texts.Speaker, bytes int) string {
	if kilos := (bytes + 999) / 1000; kilos < 1000 {
		return sp.Say("file.kilobytes", texts.Args{"Size": kilos})
	}
	tenths := (bytes + 50_000) / 100_000
	return sp.Say("file.megabytes", texts.Args{"Whole": tenths / 10, "Tenth": tenths % 10})
}

// removalMessage asks whoever sent files in with one form to remove what Slack
// did not let the bot delete, in their own language. It names the case's
// number and no file. For whom the case does not exist by now, or who left, it
// has lost its reason.
func (h *Handler) removalMessage(ctx context.Context, c *workflow.Complaint, p outbox.FileRemoval) (Message, error) {
	if c.Access(h.Policy.Roster, p.To) == workflow.AccessNone {
		return Message{}, ErrMoot
	}
	who, err := h.People.Person(ctx, p.To)
	if err != nil {
		return Message{}, fmt.Errorf("render %s: %w", p.Kind(), err)
	}
	files, err := h.Source.Attachments(ctx, c.ID)
	if err != nil {
		return Message{}, fmt.Errorf("render %s: %w", p.Kind(), err)
	}
	count := 0
	for _, f := range files {
		if f.Line == p.Line && f.State == workflow.AttachmentAsked {
			count++
		}
	}
	if count == 0 || who.Standing != roster.StandingMember {
		return Message{}, ErrMoot
	}
	text := h.Texts.In(who.Language).Say("file.remove", texts.Args{"Count": count, "Number": c.Number})
	return Message{Text: text, Blocks: paragraph(words(text))}, nil
}
