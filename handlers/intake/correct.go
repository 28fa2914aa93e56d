package intake

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// openCorrect shows the filing form again, filled in, and asks why.
func (h *Handler) openCorrect(ctx context.Context, g core.Gesture) error {
	c, err := h.OfferedCase(ctx, g, workflow.ActionCorrect)
	if err != nil {
		return err
	}
	reason := kit.Area("")
	kit.Focus(reason)
	blocks := []slack.Block{kit.Section(g.Speak.Say("action.correct.intro"), nil), cases.Hinted(g, "reason", reason)}
	if prefillOf(&c).Cut {
		blocks = append(blocks, kit.Section(g.Speak.Say("action.correct.cut"), nil))
	}
	for _, in := range h.filingInputs(g.Speak, prefillOf(&c)) {
		if in.ID == "attachments" {
			continue
		}
		in.Label = g.Speak.Say("filing." + in.ID + ".label")
		blocks = append(blocks, in.Block())
	}
	return h.Show(ctx, g, h.Form(g, &c, workflow.ActionCorrect, blocks...))
}

// submitCorrect carries the correction out. Who pressed reads where a case went
// that moved away, or, when it turns out to be about them, that it is somebody
// else's now, and nothing more of it.
func (h *Handler) submitCorrect(ctx context.Context, g core.Gesture) core.Ack {
	v := g.Values()
	action := workflow.Correct{File: filingOf(v), Reason: kit.Typed(v, "reason")}
	c, err := h.OfficersCase(ctx, g)
	switch {
	case workflow.Refused(err) != nil:
		return h.CarryOut(ctx, g, action)
	case err != nil:
		return h.Failed(ctx, g, err)
	}
	action.Particulars = untouched(v, &c, action.Particulars)
	if action.Particulars.Concerns != c.Particulars.Concerns {
		if err := h.checkColleague(ctx, action.Particulars.Concerns); err != nil {
			return h.Failed(ctx, g, err)
		}
	}
	done, err := h.Register.Apply(ctx, cases.Command(g, action))
	if err != nil {
		return h.Failed(ctx, g, err)
	}
	return h.corrected(ctx, g, &c, &done.Complaint)
}

// corrected answers a correction: what was one case may be another now.
func (h *Handler) corrected(ctx context.Context, g core.Gesture, was, is *workflow.Complaint) core.Ack {
	sp := g.Speak
	switch {
	case is.Access(h.Policy.Roster, g.Who.ID) < workflow.AccessFull:
		return core.Update(h.Notice(sp, sp.Say("action.correct.yours_no_more")))
	case is.Number == was.Number && is.Owner == was.Owner:
		return core.Ack{}
	}
	return core.Update(h.Notice(sp, sp.Say("action.correct.moved", texts.Args{
		"Number": is.Number, "Who": h.Name(ctx, sp, is.Owner),
	})))
}

// untouched keeps the texts that stand in the form as it showed them: a text
// that does not fit there was cut, and is whole in the register.
func untouched(v kit.Values, c *workflow.Complaint, p workflow.Particulars) workflow.Particulars {
	shown, stored := prefillOf(c), c.Particulars
	as := func(block, text string, limit int) bool {
		return kit.Typed(v, block).Reveal() == contact.Clean(kit.Cut(text, limit))
	}
	if as("description", shown.First, kit.MaxTyped) && as("description_more", shown.More, kit.MaxTyped) {
		p.Story = stored.Story
	}
	for _, f := range []struct {
		block string
		kept  workflow.Confidential
		into  *workflow.Confidential
		limit int
	}{
		{"complainant_name", stored.Name, &p.Name, kit.MaxLine},
		{"on_behalf_of", stored.OnBehalfOf, &p.OnBehalfOf, kit.MaxLine},
		{"address", stored.Address, &p.Address, maxAddress},
		{"desired_outcome", stored.Wish, &p.Wish, kit.MaxTyped},
	} {
		if as(f.block, f.kept.Reveal(), f.limit) {
			*f.into = f.kept
		}
	}
	return p
}

// checkColleague refuses a person concerned who doesn't work here.
func (h *Handler) checkColleague(ctx context.Context, who roster.PersonID) error {
	if who == "" {
		return nil
	}
	p, err := h.People.Person(ctx, who)
	if err == nil && p.Standing != roster.StandingMember {
		err = workflow.Refusals{{Field: "concerns_user", Code: codeNotColleague}}
	}
	return err
}

// prefillOf fills the filing form in with what is known.
func prefillOf(c *workflow.Complaint) prefill {
	t := divided(c.Particulars.Story.Reveal())
	return prefill{storyFields: t, Facts: c.Facts, Particulars: c.Particulars}
}
