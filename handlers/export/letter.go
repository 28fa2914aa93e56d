package export

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/letters/paper"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// beginLetter makes a PDF for the post of a letter that was recorded: like the
// dossier's, encrypted, with a line in the journal first. Where there is no address
// to print, or one that does not fit, it is asked for first.
func (h *Handler) beginLetter(ctx context.Context, g core.Gesture) (func(context.Context), error) {
	if g.View.Type != slack.VTModal || g.View.ID == "" {
		return nil, core.ErrUnknown
	}
	recording, cancel := context.WithTimeout(ctx, core.ReadTime)
	defer cancel()
	c, err := h.OfficersCase(recording, g)
	if err != nil {
		return nil, err
	}
	key := cases.LetterKeyOf(g.Value)
	if why := h.noAddress(&c, c.Particulars.Address); why != "" {
		return nil, h.Slack.UpdateView(ctx, g.View.ID, h.addressForm(g, &c, key, why))
	}
	c, repeated, err := h.leaves(recording, g, g.ID)
	switch {
	case err != nil:
		return nil, err
	case repeated:
		return nil, h.Slack.SendDirect(ctx, g.Who.ID, kit.Escape(g.Speak.Say("post.pdf.repeated", Numbered(&c))))
	}
	if err := h.Slack.UpdateView(ctx, g.View.ID, letterMaking(g, &c)); err != nil {
		return nil, err
	}
	return h.finishLetter(g, &c, key), nil
}

func letterMaking(g core.Gesture, c *workflow.Complaint) slack.ModalViewRequest {
	return letterModal(g, kit.Section(kit.Escape(g.Speak.Say("post.pdf.making", Numbered(c))), nil))
}

func letterModal(g core.Gesture, blocks ...slack.Block) slack.ModalViewRequest {
	return kit.Modal(string(cases.LetterPDF), g.Speak.Say("post.pdf.title"), "", g.Speak.Say("common.close"), kit.Metadata{}, blocks...)
}

func (h *Handler) finishLetter(g core.Gesture, c *workflow.Complaint, key string) func(context.Context) {
	return func(ctx context.Context) {
		Finish(ctx, h.Env, g, h.handOutLetter(ctx, g, c, key), g.Speak.Say("post.pdf.not_shown", Numbered(c)))
	}
}

// handOutLetter prints the letter and has it sent.
func (h *Handler) handOutLetter(ctx context.Context, g core.Gesture, c *workflow.Complaint, key string) error {
	r, err := h.letterOf(ctx, c.ID, key)
	if err != nil {
		return err
	}
	printed, err := h.printed(c, r)
	if err != nil {
		return err
	}
	name := g.Speak.Say("post.pdf.file") + "-" + c.Number + "-" + r.Date.String() + ".pdf"
	d := outbox.Document{Case: c.ID, To: g.Who.ID, Name: name, Content: printed.PDF}
	return h.send(ctx, g, d, func(passphrase workflow.Confidential) slack.ModalViewRequest {
		return letterReady(g, name, passphrase, printed.Replaced)
	})
}

// letterOf is the letter of that key in a case's dossier.
func (h *Handler) letterOf(ctx context.Context, id workflow.CaseID, key string) (found workflow.Record, err error) {
	records, err := h.contents.Dossier(ctx, id)
	if err != nil {
		return workflow.Record{}, err
	}
	err = core.ErrUnknown
	for _, r := range records {
		if cases.LetterKey(r.Kind, r.At) == key && !r.Texts["letter"].Blank() {
			found, err = r, nil
		}
	}
	return found, err
}

// printed is a letter on paper, in the case's language, to where the complainant
// lives now.
func (h *Handler) printed(c *workflow.Complaint, r workflow.Record) (paper.Printed, error) {
	return paper.Print(paper.Letter{
		Firm: h.Firm, Logo: h.logo, To: letters.Addressee(c.Particulars.Name, c.Particulars.Address),
		Number: c.Number, Date: r.Date, Text: r.Texts["letter"].Reveal(),
		Speaker: h.Texts.In(c.Facts.Language), Made: h.Now(), Faces: h.Faces,
	})
}

func letterReady(g core.Gesture, name string, passphrase workflow.Confidential, replaced bool) slack.ModalViewRequest {
	sp := g.Speak
	blocks := []slack.Block{
		kit.Section(sp.Say("post.pdf.passphrase"), nil),
		PassphraseLine(passphrase),
		kit.Section(sp.Say("post.pdf.sent", texts.Args{"Name": name}), nil),
	}
	if replaced {
		blocks = append(blocks, kit.Section(sp.Say("post.pdf.replaced"), nil))
	}
	return letterModal(g, append(blocks, kit.Remark(sp.Say("post.pdf.kept")))...)
}
