package handlers

import (
	"cmp"
	"context"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// The screens beside the main road: handing over, keeping longer, the dispute
// committee, withdrawal and reopening. Each asks a few questions and carries
// out one action.

// simpleForm is the modal of such an action: what it asks, and what its answers
// mean.
type simpleForm struct {
	name workflow.ActionName
	ask  func(context.Context, gesture, *workflow.Complaint) []slack.Block
	read func(values) workflow.Action
}

func (h *Handler) simpleScreen(f simpleForm) screen {
	return screen{
		open: func(ctx context.Context, g gesture) error {
			c, err := h.offeredCase(ctx, g, f.name)
			if err != nil {
				return err
			}
			view := h.form(g, &c, f.name, f.ask(ctx, g, &c)...)
			if !asks(view) {
				view.Submit = nil
			}
			return h.show(ctx, g, view)
		},
		submit: func(ctx context.Context, g gesture) Ack { return h.carryOut(ctx, g, f.read(g.values())) },
	}
}

// asks reports whether there is anything to fill in: else there is nothing to
// submit either.
func asks(view slack.ModalViewRequest) bool {
	return slices.ContainsFunc(view.Blocks.BlockSet, func(b slack.Block) bool { return b.BlockType() == slack.MBTInput })
}

// sideRoads is their table.
func (h *Handler) sideRoads() []simpleForm {
	return []simpleForm{
		{workflow.ActionReopen, h.askReopen, func(v values) workflow.Action {
			return workflow.Reopen{Reason: typed(v, "reason")}
		}},
		{workflow.ActionAssign, h.askAssign, func(v values) workflow.Action {
			return workflow.Assign{Owner: ownerOf(v)}
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

// openWithdraw asks what the complainant said; the usual words stand there.
func (h *Handler) openWithdraw(ctx context.Context, g gesture) error {
	c, err := h.offeredCase(ctx, g, workflow.ActionWithdraw)
	if err != nil {
		return err
	}
	return h.show(ctx, g, h.form(g, &c, workflow.ActionWithdraw,
		section(g.speak.Say("action.withdraw.intro"), nil),
		hinted(g, "reason", area(g.speak.Say("action.withdraw.reason"))),
	))
}

// submitWithdraw records the withdrawal and goes on to the letter that confirms
// it.
func (h *Handler) submitWithdraw(ctx context.Context, g gesture) Ack {
	return h.decide(ctx, g, workflow.Withdraw{Reason: typed(g.values(), "reason")}, "", "")
}

// ownerOf is who is to have the case: chosen from the form's own list, or from
// everybody.
func ownerOf(v values) roster.PersonID {
	return cmp.Or(roster.PersonID(v.choice("owner")), v.person("owner"))
}

func (h *Handler) askReopen(_ context.Context, g gesture, _ *workflow.Complaint) []slack.Block {
	return []slack.Block{
		section(g.speak.Say("action.reopen.intro"), nil),
		hinted(g, "reason", area("")),
	}
}

// askAssign offers who may handle the case, by name; the next deputy stands
// there already.
func (h *Handler) askAssign(ctx context.Context, g gesture, c *workflow.Complaint) []slack.Block {
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

// holdMonths is the review date that a hold stands on.
const holdMonths = 3

func (h *Handler) askHold(_ context.Context, g gesture, c *workflow.Complaint) []slack.Block {
	intro, optional := "action.hold.intro", false
	if !c.HoldReview.IsZero() {
		intro, optional = "action.hold.again", true
	}
	return []slack.Block{
		section(g.speak.Say(intro), nil),
		hinted(g, "reason", area("")),
		field(g, "review_date", day(h.today().AddMonths(holdMonths))).WithOptional(optional),
	}
}

// askDispute asks for the way to the committee, and on a disputed case for its
// ruling.
func (h *Handler) askDispute(_ context.Context, g gesture, c *workflow.Complaint) []slack.Block {
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
	if ruled {
		return append(blocks, field(g, "ruling", area("")))
	}
	return append(blocks, hinted(g, "ruling", area("")).WithOptional(true))
}
