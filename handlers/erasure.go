package handlers

import (
	"context"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// Erasure before the term, on request: one officer asks from the dossier,
// another person reads why and confirms, or declines.

// agreeID is the block id of the box that the second person ticks.
const agreeID = "agree"

// withErasure adds what the dossier offers about an erasure: to ask for one, to
// decide on one, or to take back one's own.
func withErasure(row *slack.ActionBlock, g gesture, c *workflow.Complaint) *slack.ActionBlock {
	add := func(all ...slack.BlockElement) {
		row.Elements.ElementSet = append(row.Elements.ElementSet, all...)
	}
	switch {
	case c.Erasure.By == g.who.ID:
		add(button(string(workflow.ActionEraseDecline), refTo(c).String(), g.speak.Say("erase.take_back"), slack.StyleDefault))
	case c.Erasure.Stands():
		add(decisionButtons(g.speak, c)...)
	case c.Unerasable() == workflow.CodeNone:
		add(actionButton(g.speak, c, workflow.ActionErase, false))
	}
	return row
}

// openErase asks why, and says what will be gone and who is asked to confirm.
// What the rules would refuse is refused before anybody has typed.
func (h *subjectHandler) openErase(ctx context.Context, g gesture) error {
	c, err := h.officersCase(ctx, g)
	if err != nil {
		return err
	}
	second := c.Confirmers(h.roster(ctx), g.who.ID, h.today())
	switch why := c.Unerasable(); {
	case why != workflow.CodeNone:
		return workflow.Refusals{{Code: why}}
	case c.Erasure.Stands():
		return workflow.Refusals{{Code: workflow.CodeEraseAsked}}
	case len(second) == 0:
		return workflow.Refusals{{Code: workflow.CodeEraseNobody}}
	}
	blocks := append([]slack.Block{section(g.speak.Say("action.erase.intro"), nil)}, whatGoes(g.speak)...)
	asked := g.speak.Say("action.erase.second", texts.Args{"Who": escape(h.name(ctx, g.speak, second[0]))})
	reason := input{
		ID: "reason", Label: g.speak.Say("action.reason"), Hint: g.speak.Say("action.erase.hint"), Element: area(""),
	}
	blocks = append(blocks, section(asked, nil), reason.block())
	return h.show(ctx, g, h.erasureForm(g, &c, workflow.ActionErase, blocks...))
}

// erasureForm is form with a button that says what it does.
func (h *subjectHandler) erasureForm(g gesture, c *workflow.Complaint, name workflow.ActionName, blocks ...slack.Block) slack.ModalViewRequest {
	view := h.form(g, c, name, blocks...)
	view.Submit = plain(g.speak.Say("action." + string(name) + ".submit"))
	return view
}

// whatGoes says what an erasure takes away and what it leaves.
func whatGoes(sp texts.Speaker) []slack.Block {
	return []slack.Block{section(sp.Say("erase.goes"), nil), section(sp.Say("erase.stays"), nil)}
}

func (h *subjectHandler) submitErase(ctx context.Context, g gesture) Ack {
	done, err := h.Register.Apply(ctx, command(g, workflow.RequestErasure{Reason: typed(g.values(), "reason")}))
	if err != nil {
		return h.failed(ctx, g, err)
	}
	who := h.name(ctx, g.speak, done.Complaint.Erasure.Asked())
	return update(h.notice(g.speak, g.speak.Say("erase.asked", texts.Args{"Number": done.Complaint.Number, "Who": who})))
}

// openEraseConfirm shows who asks and why, to who may decide. That they looked
// is in the journal before they see anything.
func (h *subjectHandler) openEraseConfirm(ctx context.Context, g gesture) error {
	reading, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	done, err := h.Register.Apply(reading, command(g, workflow.LookErasure{}))
	c := done.Complaint
	switch {
	case err != nil:
		return err
	case c.Erasure.By == g.who.ID:
		return workflow.Refusals{{Code: workflow.CodeEraseSelf}}
	case !h.mayDecide(reading, &c, g.who.ID):
		return workflow.Refusals{{Code: workflow.CodeForbidden}}
	}
	records, err := h.Holdings.Dossier(reading, c.ID)
	if err != nil {
		return err
	}
	return h.show(ctx, g, h.eraseConfirmView(reading, g, &c, reasonOf(records)))
}

// mayDecide asks the roster with who is there: a click that came twice was
// asked about the first time only.
func (h *subjectHandler) mayDecide(ctx context.Context, c *workflow.Complaint, who roster.PersonID) bool {
	p := *h.Policy
	p.Roster = h.roster(ctx)
	return c.Erasure.Stands() && p.MayDecide(c, who, h.today())
}

// reasonOf is why an erasure is asked for.
func reasonOf(records []workflow.Record) workflow.Confidential {
	for _, r := range slices.Backward(records) {
		if r.Kind == workflow.RecordErasure {
			return r.Texts["reason"]
		}
	}
	return ""
}

func (h *subjectHandler) eraseConfirmView(ctx context.Context, g gesture, c *workflow.Complaint, reason workflow.Confidential) slack.ModalViewRequest {
	asked := g.speak.Say("action.erase_confirm.intro", texts.Args{
		"Who": escape(h.name(ctx, g.speak, c.Erasure.By)), "Date": g.speak.Date(c.Erasure.On),
	})
	blocks := append([]slack.Block{section(asked, nil)}, prose(g.speak.Say("dossier.text.reason"), reason.Reveal())...)
	blocks = append(blocks, whatGoes(g.speak)...)
	blocks = append(blocks, field(g, agreeID, tick(g.speak.Say("action.agree.tick"))), remark(g.speak.Say("dossier.look_kept")))
	return h.erasureForm(g, c, workflow.ActionEraseConfirm, blocks...)
}

// tick is one box to tick.
func tick(label string) *slack.CheckboxGroupsBlockElement {
	return slack.NewCheckboxGroupsBlockElement(valueID, option{agreeID, label}.object())
}

func (h *subjectHandler) submitEraseConfirm(ctx context.Context, g gesture) Ack {
	if len(g.values()[agreeID][valueID].SelectedOptions) == 0 {
		return h.failed(ctx, g, workflow.Refusals{{Field: agreeID, Code: workflow.CodeRequired}})
	}
	done, err := h.Register.Apply(ctx, command(g, workflow.ConfirmErasure{}))
	if err != nil {
		return h.failed(ctx, g, err)
	}
	return update(h.notice(g.speak, g.speak.Say("erase.done", numbered(&done.Complaint))))
}

// openEraseDecline asks why not, which may stay empty; who asked takes it back
// with the same.
func (h *subjectHandler) openEraseDecline(ctx context.Context, g gesture) error {
	reading, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	c, access, err := h.Register.Find(reading, g.key(), g.who.ID)
	switch {
	case err != nil:
		return err
	case access < workflow.AccessOverview:
		return workflow.Refusals{{Code: workflow.CodeForbidden}}
	case !c.Erasure.Stands():
		return workflow.Refusals{{Code: workflow.CodeEraseNone}}
	}
	intro := "action.erase_decline.intro"
	if c.Erasure.By == g.who.ID {
		intro = "action.erase_decline.own"
	}
	return h.show(ctx, g, h.erasureForm(g, &c, workflow.ActionEraseDecline,
		section(g.speak.Say(intro), nil), hinted(g, "reason", area("")).WithOptional(true)))
}

func (h *subjectHandler) submitEraseDecline(ctx context.Context, g gesture) Ack {
	return h.carryOut(ctx, g, workflow.DeclineErasure{Reason: typed(g.values(), "reason")})
}
