package intake

import (
	"context"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
	"github.com/artra/klachtbot/workflow/urgency"
)

// ring says of a complaint that can't wait whom to call now, and for unwanted conduct
// whom the complainant may talk to in confidence: nobody else tells that person.
func (h *Handler) ring(ctx context.Context, g core.Gesture, c *workflow.Complaint) []slack.Block {
	sp, urgent := g.Speak, c.Facts.Urgent
	var blocks []slack.Block
	if urgent.Has(urgency.Safety) {
		blocks = append(blocks, kit.Section(sp.Say("urgent.danger"), nil))
	}
	if urgent != "" {
		blocks = append(blocks, h.whom(ctx, g, c)...)
	}
	switch {
	case !urgent.Has(urgency.Conduct):
	case h.Firm.Confidant == "":
		blocks = append(blocks, kit.Section(sp.Say("urgent.confidant_none"), nil))
	default:
		blocks = append(blocks, kit.Rows(kit.Row{Label: sp.Say("urgent.confidant"), Text: h.Firm.Confidant})...)
		blocks = append(blocks, kit.Remark(sp.Say("urgent.confidant_untold")))
	}
	return blocks
}

// whom names who is to be called, other than who reads it, with the telephone number
// that stands in their profile.
func (h *Handler) whom(ctx context.Context, g core.Gesture, c *workflow.Complaint) []slack.Block {
	p := *h.Policy
	p.Roster = h.Roster(ctx)
	all := slices.DeleteFunc(workflow.UrgentFor(&p, c, h.Now()), func(who roster.PersonID) bool { return who == g.Who.ID })
	if len(all) == 0 {
		return nil
	}
	names := make([]string, len(all))
	for i, who := range all {
		names[i] = h.Name(ctx, g.Speak, who)
		if known, err := h.People.Person(ctx, who); err == nil && known.Phone != "" {
			names[i] = g.Speak.Say("urgent.ring.phone", texts.Args{"Name": names[i], "Phone": known.Phone})
		}
	}
	told := "urgent.ring.told_later"
	if len(c.Calls.Round()) > 0 {
		told = "urgent.ring.told"
	}
	row := kit.Row{Label: g.Speak.Say("urgent.ring"), Text: strings.Join(names, g.Speak.Say("urgent.ring.or"))}
	return append(kit.Rows(row), kit.Remark(g.Speak.Say(told)))
}
