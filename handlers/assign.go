package handlers

import (
	"cmp"
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// assignment asks who is to have the case.
func (h *caseworkHandler) assignment() simpleForm {
	return simpleForm{workflow.ActionAssign, h.askAssign, func(v values) workflow.Action {
		return workflow.Assign{Owner: ownerOf(v)}
	}}
}

// askAssign offers who may handle the case, by name; the next deputy stands
// there already.
func (h *caseworkHandler) askAssign(ctx context.Context, g gesture, c *workflow.Complaint) []slack.Block {
	var people []option
	roster := h.roster(ctx)
	for _, who := range roster.Eligible(c.Particulars.Concerns) {
		if who != c.Owner {
			people = append(people, option{string(who), h.name(ctx, g.speak, who)})
		}
	}
	if len(people) == 0 {
		return []slack.Block{section(g.speak.Say("action.assign.nobody"), nil)}
	}
	return []slack.Block{
		section(g.speak.Say("action.assign.intro"), nil),
		field(g, "owner", choose(string(c.Deputy(roster, h.today())), people)),
	}
}

// ownerOf is who is to have the case: chosen from the form's own list, or from
// everybody.
func ownerOf(v values) roster.PersonID {
	return cmp.Or(roster.PersonID(v.choice("owner")), v.person("owner"))
}
