package dossier

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// fileBlocks lists the files of a case: name, what became of it, size, and who
// sent it in. An officer gets the content with the dossier as a document.
func (h *Handler) fileBlocks(ctx context.Context, sp texts.Speaker, files []workflow.Attachment) []slack.Block {
	if len(files) == 0 {
		return nil
	}
	blocks := []slack.Block{kit.Header(sp.Say("file.label"))}
	for _, f := range files {
		about := sp.Say("file.state." + string(f.State))
		if f.Held() {
			about = sp.Say("file.sized", texts.Args{"What": about, "Size": fileSize(sp, f.Size)})
		}
		by := sp.Say("case.recorded", texts.Args{
			"Who": h.Name(ctx, sp, f.By), "When": sp.Instant(f.At, h.Policy.Calendar.Location),
		})
		blocks = append(blocks, kit.Paragraph(kit.Bold(f.Name.Reveal()), kit.Words("\n"+about+"\n"+by))...)
	}
	return blocks
}

// fileSize is a size as people know it from their own folders: kilobytes, or
// megabytes with one decimal.
func fileSize(sp texts.Speaker, bytes int) string {
	if kilos := (bytes + 999) / 1000; kilos < 1000 {
		return sp.Say("file.kilobytes", texts.Args{"Size": kilos})
	}
	tenths := (bytes + 50_000) / 100_000
	return sp.Say("file.megabytes", texts.Args{"Whole": tenths / 10, "Tenth": tenths % 10})
}
