package subject

import (
	"context"

	"github.com/artra/klachtbot/dossier"
	"github.com/artra/klachtbot/workflow"
)

// What the tests of this package reach.
const (
	AccessJSON  = accessJSON
	AccessPDF   = accessPDF
	AgreeID     = agreeID
	FewestChars = fewestChars
)

var (
	IdentifiersOf = identifiersOf
	LettersIn     = lettersIn
)

func (h *Handler) Held(ctx context.Context, c workflow.Complaint, room *int) (dossier.Held, error) {
	return h.held(ctx, c, room)
}
