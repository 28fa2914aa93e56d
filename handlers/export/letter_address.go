package export

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/letters/paper"
	"github.com/artra/klachtbot/workflow"
)

// noAddress is why a letter can't go to that address, as the catalogue names it; ""
// where it can.
func (h *Handler) noAddress(c *workflow.Complaint, address workflow.Confidential) string {
	switch {
	case address.Blank():
		return "missing"
	case !paper.Fits(letters.Addressee(c.Particulars.Name, address), h.Faces, h.Texts.In(c.Facts.Language)):
		return "long"
	}
	return ""
}

// addressForm asks for the address. It shows nothing of who complains: nobody has
// looked yet.
func (h *Handler) addressForm(g core.Gesture, c *workflow.Complaint, key, why string) slack.ModalViewRequest {
	sp := g.Speak
	m := kit.Metadata{Case: c.ID, Version: c.Version, Nonce: h.Nonce(), Letter: key}
	blocks := append(cases.Line(c), kit.Section(sp.Say("post.address."+why), nil), kit.Input{
		ID: "address", Label: sp.Say("post.address"), Hint: sp.Say("post.address.hint"), Element: kit.Area(""),
	}.Block())
	return kit.Modal(string(cases.LetterPDF), sp.Say("post.pdf.title"), sp.Say("post.make"), sp.Say("common.cancel"), m, blocks...)
}

// submitAddress corrects the case's address, and goes on to make the PDF.
func (h *Handler) submitAddress(ctx context.Context, g core.Gesture) core.Ack {
	c, err := h.OfficersCase(ctx, g)
	if err != nil {
		return h.Failed(ctx, g, err)
	}
	address := kit.Typed(g.Values(), "address")
	switch h.noAddress(&c, address) {
	case "missing":
		return h.Failed(ctx, g, workflow.Refusals{{Field: "address", Code: workflow.CodeRequired}})
	case "long":
		return core.FieldError("address", g.Speak.Say("post.address.does_not_fit"))
	}
	correction := workflow.Correct{
		File:   workflow.File{Facts: c.Facts, Particulars: c.Particulars},
		Reason: workflow.Confidential(h.Texts.In(h.Language).Say("post.address.reason")),
	}
	correction.Particulars.Address = address
	if _, err := h.Register.Apply(ctx, cases.Command(g, correction)); err != nil {
		return h.Failed(ctx, g, err)
	}
	c, repeated, err := h.leaves(ctx, g, core.Identity(g.ID, string(workflow.ActionExport)))
	switch {
	case err != nil:
		return h.Failed(ctx, g, err)
	case repeated:
		return core.Update(h.Notice(g.Speak, g.Speak.Say("post.pdf.repeated", Numbered(&c))))
	}
	ack := core.Update(letterMaking(g, &c))
	ack.Then = h.finishLetter(g, &c, g.Metadata().Letter)
	return ack
}

// LettersRow is the button below each letter of the dossier; nil for what is none.
func LettersRow(g core.Gesture, c *workflow.Complaint, r workflow.Record) []slack.Block {
	if r.Texts["letter"].Blank() {
		return nil
	}
	return []slack.Block{kit.Buttons("", cases.LetterButton(g.Speak, c, r.Kind, r.At))}
}
