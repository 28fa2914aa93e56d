package handlers

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow"
)

// openCorrect shows the log modal again, filled in, and asks why.
func (h *Handler) openCorrect(ctx context.Context, g gesture) error {
	c, err := h.offeredCase(ctx, g, workflow.ActionCorrect)
	if err != nil {
		return err
	}
	blocks := []slack.Block{
		section(g.speak.Say("action.correct.intro"), nil),
		hinted(g, "reason", area("")),
	}
	for _, in := range h.logInputs(g.speak, prefillOf(&c)) {
		if in.ID == "attachments" {
			continue
		}
		in.Label = g.speak.Say("log." + in.ID + ".label")
		blocks = append(blocks, in.block())
	}
	return h.show(ctx, g, h.form(g, &c, workflow.ActionCorrect, blocks...))
}

func (h *Handler) submitCorrect(ctx context.Context, g gesture) Ack {
	v := g.values()
	action := workflow.Correct{Log: logOf(v), Reason: typed(v, "reason")}
	if err := h.checkColleague(ctx, action.Particulars.Concerns); err != nil {
		return h.failed(ctx, g, err)
	}
	return h.carryOut(ctx, g, action)
}

// checkColleague refuses a person concerned who doesn't work here.
func (h *Handler) checkColleague(ctx context.Context, who workflow.PersonID) error {
	if who == "" {
		return nil
	}
	p, err := h.People.Person(ctx, who)
	if err == nil && p.Standing != workflow.StandingMember {
		err = workflow.Refusals{{Field: "concerns_user", Code: codeNotColleague}}
	}
	return err
}

// prefillOf fills the log modal in with what is known.
func prefillOf(c *workflow.Complaint) prefill {
	story, more := split(c.Particulars.Story.Reveal(), maxTyped)
	return prefill{told: told{Story: story, More: more}, Facts: c.Facts, Particulars: c.Particulars}
}
