package handlers

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow"
)

// The screens beside the main road: handing over, keeping longer, the dispute
// committee, withdrawal and reopening. Each asks a few questions and carries
// out one action.

// simpleForm is the modal of such an action: what it asks, and what its answers
// mean.
type simpleForm struct {
	name workflow.ActionName
	ask  func(gesture, *workflow.Complaint) []slack.Block
	read func(values) workflow.Action
}

func (h *Handler) simpleScreen(f simpleForm) screen {
	return screen{
		open: func(ctx context.Context, g gesture) error {
			c, err := h.offeredCase(ctx, g, f.name)
			if err != nil {
				return err
			}
			return h.show(ctx, g, h.form(g, &c, f.name, f.ask(g, &c)...))
		},
		submit: func(ctx context.Context, g gesture) Ack { return h.carryOut(ctx, g, f.read(g.values())) },
	}
}

// sideRoads is their table.
func (h *Handler) sideRoads() []simpleForm {
	return []simpleForm{
		{workflow.ActionWithdraw, h.askWithdraw, func(v values) workflow.Action {
			return workflow.Withdraw{Reason: typed(v, "reason")}
		}},
		{workflow.ActionReopen, h.askReopen, func(v values) workflow.Action {
			return workflow.Reopen{Reason: typed(v, "reason")}
		}},
		{workflow.ActionAssign, h.askAssign, func(v values) workflow.Action {
			return workflow.Assign{Owner: workflow.PersonID(v.choice("owner"))}
		}},
		{workflow.ActionHold, h.askHold, func(v values) workflow.Action {
			return workflow.Hold{Reason: typed(v, "reason"), Review: v.date("review_date")}
		}},
		{workflow.ActionDispute, h.askDispute, disputeOf},
	}
}

func disputeOf(v values) workflow.Action {
	return workflow.Dispute{Date: v.date("date"), Reference: typed(v, "reference"), Ruling: typed(v, "ruling")}
}

func (h *Handler) askWithdraw(g gesture, _ *workflow.Complaint) []slack.Block {
	return []slack.Block{
		section(g.speak.Say("action.withdraw.intro"), nil),
		field(g, "reason", area(g.speak.Say("action.withdraw.reason"))),
	}
}

func (h *Handler) askReopen(g gesture, _ *workflow.Complaint) []slack.Block {
	return []slack.Block{
		section(g.speak.Say("action.reopen.intro"), nil),
		field(g, "reason", area("")),
	}
}

// askAssign offers who may handle the case, by name; the next deputy stands
// there already.
func (h *Handler) askAssign(g gesture, c *workflow.Complaint) []slack.Block {
	var people []option
	roster := h.roster(context.Background())
	for _, who := range roster.Eligible(c.Particulars.Concerns) {
		if who != c.Owner {
			people = append(people, option{string(who), h.name(context.Background(), g.speak, who)})
		}
	}
	if len(people) == 0 {
		return []slack.Block{section(g.speak.Say("action.assign.nobody"), nil)}
	}
	return []slack.Block{
		section(g.speak.Say("action.assign.intro"), nil),
		field(g, "owner", choose(string(roster.Deputy(c, h.today())), people)),
	}
}

// holdMonths is the review date that a hold stands on.
const holdMonths = 3

func (h *Handler) askHold(g gesture, c *workflow.Complaint) []slack.Block {
	intro, optional := "action.hold.intro", false
	if !c.HoldReview.IsZero() {
		intro, optional = "action.hold.again", true
	}
	return []slack.Block{
		section(g.speak.Say(intro), nil),
		field(g, "reason", area("")),
		field(g, "review_date", day(h.today().AddMonths(holdMonths))).WithOptional(optional),
	}
}

// askDispute asks for the way to the committee, and on a disputed case for its
// ruling.
func (h *Handler) askDispute(g gesture, c *workflow.Complaint) []slack.Block {
	ruled := c.State == workflow.StateDisputed
	intro := "action.dispute.intro"
	if ruled {
		intro = "action.dispute.again"
	}
	blocks := []slack.Block{
		section(g.speak.Say(intro), nil),
		field(g, "date", day(h.today())),
		field(g, "reference", line("", maxLine)).WithOptional(true),
	}
	return append(blocks, field(g, "ruling", area("")).WithOptional(!ruled))
}
