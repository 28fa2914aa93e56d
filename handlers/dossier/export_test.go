package dossier

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// What the tests of this package reach.
const (
	DossierNext     = dossierNext
	DossierPrevious = dossierPrevious
	Repost          = repost
)

var (
	FaultKind = faultKind
	FileSize  = fileSize
	ParsePair = parsePair
	TurnRow   = turnRow
)

func (h *Handler) FileBlocks(ctx context.Context, sp texts.Speaker, files []workflow.Attachment) []slack.Block {
	return h.fileBlocks(ctx, sp, files)
}
