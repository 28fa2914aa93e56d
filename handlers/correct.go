package handlers

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// openCorrect shows the log modal again, filled in, and asks why.
func (h *intakeHandler) openCorrect(ctx context.Context, g gesture) error {
	c, err := h.offeredCase(ctx, g, workflow.ActionCorrect)
	if err != nil {
		return err
	}
	blocks := []slack.Block{
		section(g.speak.Say("action.correct.intro"), nil),
		hinted(g, "reason", area("")),
	}
	if prefillOf(&c).Cut {
		blocks = append(blocks, section(g.speak.Say("action.correct.cut"), nil))
	}
	for _, in := range h.filingInputs(g.speak, prefillOf(&c)) {
		if in.ID == "attachments" {
			continue
		}
		in.Label = g.speak.Say("log." + in.ID + ".label")
		blocks = append(blocks, in.block())
	}
	return h.show(ctx, g, h.form(g, &c, workflow.ActionCorrect, blocks...))
}

// submitCorrect carries the correction out. Who pressed reads where a case went
// that moved away, or, when it turns out to be about them, that it is somebody
// else's now, and nothing more of it.
func (h *intakeHandler) submitCorrect(ctx context.Context, g gesture) Ack {
	v := g.values()
	action := workflow.Correct{File: filingOf(v), Reason: typed(v, "reason")}
	c, err := h.officersCase(ctx, g)
	switch {
	case workflow.Refused(err) != nil:
		return h.carryOut(ctx, g, action)
	case err != nil:
		return h.failed(ctx, g, err)
	}
	action.Particulars = untouched(v, &c, action.Particulars)
	if action.Particulars.Concerns != c.Particulars.Concerns {
		if err := h.checkColleague(ctx, action.Particulars.Concerns); err != nil {
			return h.failed(ctx, g, err)
		}
	}
	done, err := h.Register.Apply(ctx, command(g, action))
	if err != nil {
		return h.failed(ctx, g, err)
	}
	return h.corrected(ctx, g, &c, &done.Complaint)
}

// corrected answers a correction: what was one case may be another now.
func (h *intakeHandler) corrected(ctx context.Context, g gesture, was, is *workflow.Complaint) Ack {
	sp := g.speak
	switch {
	case is.Access(h.Policy.Roster, g.who.ID) < workflow.AccessFull:
		return update(h.notice(sp, sp.Say("action.correct.yours_no_more")))
	case is.Number == was.Number && is.Owner == was.Owner:
		return Ack{}
	}
	return update(h.notice(sp, sp.Say("action.correct.moved", texts.Args{
		"Number": is.Number, "Who": h.name(ctx, sp, is.Owner),
	})))
}

// untouched keeps the texts that stand in the form as it showed them: a text
// that does not fit there was cut, and is whole in the register.
func untouched(v values, c *workflow.Complaint, p workflow.Particulars) workflow.Particulars {
	shown, stored := prefillOf(c), c.Particulars
	as := func(block, text string, limit int) bool {
		return typed(v, block).Reveal() == workflow.Clean(cut(text, limit))
	}
	if as("description", shown.Story, maxTyped) && as("description_more", shown.More, maxTyped) {
		p.Story = stored.Story
	}
	for _, f := range []struct {
		block string
		kept  workflow.Confidential
		into  *workflow.Confidential
		limit int
	}{
		{"complainant_name", stored.Name, &p.Name, maxLine},
		{"address", stored.Address, &p.Address, maxAddress},
		{"desired_outcome", stored.Wish, &p.Wish, maxTyped},
	} {
		if as(f.block, f.kept.Reveal(), f.limit) {
			*f.into = f.kept
		}
	}
	return p
}

// checkColleague refuses a person concerned who doesn't work here.
func (h *intakeHandler) checkColleague(ctx context.Context, who roster.PersonID) error {
	if who == "" {
		return nil
	}
	p, err := h.People.Person(ctx, who)
	if err == nil && p.Standing != roster.StandingMember {
		err = workflow.Refusals{{Field: "concerns_user", Code: codeNotColleague}}
	}
	return err
}

// prefillOf fills the log modal in with what is known.
func prefillOf(c *workflow.Complaint) prefill {
	t := divided(c.Particulars.Story.Reveal())
	return prefill{storyFields: t, Facts: c.Facts, Particulars: c.Particulars}
}
