package handlers

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// recordLook records that somebody looks at what is sealed, before they see
// anything of it (design section 4), and returns the case.
func (h *dossierHandler) recordLook(ctx context.Context, g gesture, a workflow.Action) (workflow.Complaint, error) {
	done, err := h.Register.Apply(ctx, command(g, a))
	c := done.Complaint
	switch {
	case err != nil:
		return workflow.Complaint{}, err
	case c.Access(h.roster(ctx), g.who.ID) < workflow.AccessFull:
		return workflow.Complaint{}, workflow.Refusals{{Code: workflow.CodeForbidden}}
	}
	return c, nil
}

// openIdentity shows who complains, and about whom.
func (h *dossierHandler) openIdentity(ctx context.Context, g gesture) error {
	reading, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	c, err := h.recordLook(reading, g, workflow.LookIdentity{})
	if err != nil {
		return err
	}
	return h.show(ctx, g, h.identityView(reading, g, &c))
}

func (h *dossierHandler) identityView(ctx context.Context, g gesture, c *workflow.Complaint) slack.ModalViewRequest {
	sp, p, f := g.speak, c.Particulars, c.Facts
	blocks := caseLine(c)
	blocks = append(blocks, rows(
		row{sp.Say("dossier.name"), p.Name.Reveal()},
		row{sp.Say("dossier.kind"), choice(sp, "complainant_kind", f.ComplainantKind)},
		row{sp.Say("dossier.email"), p.Email.Reveal()},
		row{sp.Say("dossier.phone"), p.Phone.Reveal()},
		row{sp.Say("dossier.preferred"), choice(sp, "contact", f.Preferred)},
		row{sp.Say("dossier.concerns"), h.concerned(ctx, sp, c)},
	)...)
	if !p.Address.Blank() {
		blocks = append(blocks, prose(sp.Say("dossier.address"), p.Address.Reveal())...)
	}
	blocks = append(blocks, remark(sp.Say("dossier.look_kept")))
	return modal(string(workflow.ActionIdentity), sp.Say("dossier.identity_title"), "", sp.Say("common.close"), metadata{}, blocks...)
}

// concerned names whom the complaint concerns, "" when nobody of the firm.
func (h *dossierHandler) concerned(ctx context.Context, sp texts.Speaker, c *workflow.Complaint) string {
	if c.Particulars.Concerns == "" {
		return ""
	}
	return h.name(ctx, sp, c.Particulars.Concerns)
}
