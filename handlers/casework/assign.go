package casework

import (
	"cmp"
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// assignment asks who is to have the case.
func (h *Handler) assignment() simpleForm {
	return simpleForm{workflow.ActionAssign, h.askAssign, func(v kit.Values) workflow.Action {
		return workflow.Assign{Owner: ownerOf(v)}
	}}
}

// askAssign offers who may handle the case, by name; the next deputy is chosen
// beforehand.
func (h *Handler) askAssign(ctx context.Context, g core.Gesture, c *workflow.Complaint) []slack.Block {
	var people []kit.Option
	roster := h.Roster(ctx)
	for _, who := range roster.Eligible(c.Particulars.Concerns) {
		if who != c.Owner {
			people = append(people, kit.Option{Value: string(who), Label: h.Name(ctx, g.Speak, who)})
		}
	}
	if len(people) == 0 {
		return []slack.Block{kit.Section(g.Speak.Say("action.assign.nobody"), nil)}
	}
	return []slack.Block{
		kit.Section(g.Speak.Say("action.assign.intro"), nil),
		cases.Field(g, "owner", kit.Choose(string(c.Deputy(roster, h.Today())), people)),
	}
}

// ownerOf is who is to have the case: chosen from the form's own list, or from
// everybody.
func ownerOf(v kit.Values) roster.PersonID {
	return cmp.Or(roster.PersonID(v.Choice("owner")), v.Person("owner"))
}
