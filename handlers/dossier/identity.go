package dossier

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// recordLook records that somebody looks at what is sealed, before they see
// anything of it (design section 4), and returns the case.
func (h *Handler) recordLook(ctx context.Context, g core.Gesture, a workflow.Action) (workflow.Complaint, error) {
	done, err := h.Register.Apply(ctx, cases.Command(g, a))
	c := done.Complaint
	switch {
	case err != nil:
		return workflow.Complaint{}, err
	case c.Access(h.Roster(ctx), g.Who.ID) < workflow.AccessFull:
		return workflow.Complaint{}, workflow.Refusals{{Code: workflow.CodeForbidden}}
	case !h.MayRead(ctx, &c, g.Who.ID): // of a look that was recorded before
		return workflow.Complaint{}, workflow.Refusals{{Code: workflow.CodeTermRead}}
	}
	return c, nil
}

// lookKept says that the look was recorded, and past the term what it is for.
func (h *Handler) lookKept(sp texts.Speaker, c *workflow.Complaint) slack.Block {
	if h.Policy.PastTerm(c, h.Today()) {
		return kit.Remark(sp.Say("dossier.term_over"))
	}
	return kit.Remark(sp.Say("dossier.look_kept"))
}

// openIdentity shows who complains, and about whom.
func (h *Handler) openIdentity(ctx context.Context, g core.Gesture) error {
	reading, cancel := context.WithTimeout(ctx, core.ReadTime)
	defer cancel()
	c, err := h.recordLook(reading, g, workflow.LookIdentity{})
	if err != nil {
		return err
	}
	return h.Show(ctx, g, h.identityView(reading, g, &c))
}

func (h *Handler) identityView(ctx context.Context, g core.Gesture, c *workflow.Complaint) slack.ModalViewRequest {
	sp, p, f := g.Speak, c.Particulars, c.Facts
	blocks := cases.Line(c)
	blocks = append(blocks, kit.Rows(
		kit.Row{Label: sp.Say("dossier.name"), Text: p.Name.Reveal()},
		kit.Row{Label: sp.Say("dossier.on_behalf_of"), Text: p.OnBehalfOf.Reveal()},
		kit.Row{Label: sp.Say("dossier.kind"), Text: cases.Chosen(sp, "complainant_kind", f.ComplainantKind)},
		kit.Row{Label: sp.Say("dossier.email"), Text: p.Email.Reveal()},
		kit.Row{Label: sp.Say("dossier.phone"), Text: p.Phone.Reveal()},
		kit.Row{Label: sp.Say("dossier.preferred"), Text: kit.Choice(sp, "contact", f.Preferred)},
		kit.Row{Label: sp.Say("dossier.concerns"), Text: h.concerned(ctx, sp, c)},
	)...)
	if !p.Address.Blank() {
		blocks = append(blocks, kit.Prose(sp.Say("dossier.address"), p.Address.Reveal())...)
	}
	blocks = append(blocks, h.lookKept(sp, c))
	return kit.Modal(string(workflow.ActionIdentity), sp.Say("dossier.identity_title"), "", sp.Say("common.close"), kit.Metadata{}, blocks...)
}

// concerned names whom the complaint concerns, "" when nobody of the firm.
func (h *Handler) concerned(ctx context.Context, sp texts.Speaker, c *workflow.Complaint) string {
	if c.Particulars.Concerns == "" {
		return ""
	}
	return h.Name(ctx, sp, c.Particulars.Concerns)
}
