package export

import (
	"context"
	"io"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/dossier"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/workflow"
)

// What the tests of this package reach.
const (
	DossierPDF  = dossierPDF
	ErrTooLarge = errTooLarge
	MaxFile     = maxFile
)

// Bounded takes so many bytes and no more.
func Bounded(w io.Writer, left int) io.Writer { return &bounded{w: w, left: left} }

func (h *Handler) Enclosures(ctx context.Context, id workflow.CaseID, records []workflow.Record) ([]dossier.File, error) {
	return h.enclosures(ctx, id, records)
}

func (h *Handler) RegisterForm(g core.Gesture) slack.ModalViewRequest {
	return h.registerForm(g)
}

func (h *Handler) RegisterView(g core.Gesture, name string, passphrase workflow.Confidential) slack.ModalViewRequest {
	return h.registerView(g, name, passphrase)
}
