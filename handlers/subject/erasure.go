package subject

import (
	"context"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/export"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// Erasure before the term, on request: one officer asks from the dossier,
// another person reads why and confirms, or declines.

// agreeID is the block id of the box that the second person ticks.
const agreeID = "agree"

// WithErasure adds what the dossier offers about an erasure: to ask for one, to
// decide on one, or to take back one's own.
func WithErasure(row *slack.ActionBlock, g core.Gesture, c *workflow.Complaint) *slack.ActionBlock {
	add := func(all ...slack.BlockElement) {
		row.Elements.ElementSet = append(row.Elements.ElementSet, all...)
	}
	switch {
	case c.Erasure.By == g.Who.ID:
		add(kit.Button(string(workflow.ActionEraseDecline), kit.RefTo(c).String(), g.Speak.Say("erase.take_back"), slack.StyleDefault))
	case c.Erasure.Stands():
		add(cases.DecisionButtons(g.Speak, c)...)
	case c.Unerasable() == workflow.CodeNone:
		add(cases.ActionButton(g.Speak, c, workflow.ActionErase, false))
	}
	return row
}

// openErase asks why, and says what will be gone and who is asked to confirm.
// What the rules would refuse is refused before anybody has typed.
func (h *Handler) openErase(ctx context.Context, g core.Gesture) error {
	c, err := h.OfficersCase(ctx, g)
	if err != nil {
		return err
	}
	second := c.Confirmers(h.Roster(ctx), g.Who.ID, h.Today())
	switch why := c.Unerasable(); {
	case why != workflow.CodeNone:
		return workflow.Refusals{{Code: why}}
	case c.Erasure.Stands():
		return workflow.Refusals{{Code: workflow.CodeEraseAsked}}
	case len(second) == 0:
		return workflow.Refusals{{Code: workflow.CodeEraseNobody}}
	}
	blocks := append([]slack.Block{kit.Section(g.Speak.Say("action.erase.intro"), nil)}, whatGoes(g.Speak)...)
	asked := g.Speak.Say("action.erase.second", texts.Args{"Who": kit.Escape(h.Name(ctx, g.Speak, second[0]))}) + h.heardLater(g.Speak)
	reason := kit.Input{
		ID: "reason", Label: g.Speak.Say("action.reason"), Hint: g.Speak.Say("action.erase.hint"), Element: kit.Area(""),
	}
	blocks = append(blocks, kit.Section(asked, nil), reason.Block())
	return h.Show(ctx, g, h.erasureForm(g, &c, workflow.ActionErase, blocks...))
}

// erasureForm is form with a button that says what it does.
func (h *Handler) erasureForm(g core.Gesture, c *workflow.Complaint, name workflow.ActionName, blocks ...slack.Block) slack.ModalViewRequest {
	view := h.Form(g, c, name, blocks...)
	view.Submit = kit.Plain(g.Speak.Say("action." + string(name) + ".submit"))
	return view
}

// whatGoes says what an erasure takes away and what it leaves.
func whatGoes(sp texts.Speaker) []slack.Block {
	return []slack.Block{kit.Section(sp.Say("erase.goes"), nil), kit.Section(sp.Say("erase.stays"), nil)}
}

func (h *Handler) submitErase(ctx context.Context, g core.Gesture) core.Ack {
	done, err := h.Register.Apply(ctx, cases.Command(g, workflow.RequestErasure{Reason: kit.Typed(g.Values(), "reason")}))
	if err != nil {
		return h.Failed(ctx, g, err)
	}
	who := h.Name(ctx, g.Speak, done.Complaint.Erasure.Asked())
	asked := g.Speak.Say("erase.asked", texts.Args{"Number": done.Complaint.Number, "Who": who})
	return core.Update(h.Notice(g.Speak, asked+h.heardLater(g.Speak)))
}

// heardLater says when the second person hears of a request that is made outside the
// hours in which people are reminded; "" within them.
func (h *Handler) heardLater(sp texts.Speaker) string {
	at := h.Policy.Calendar.NextWindow(h.Now(), h.Today())
	if !at.After(h.Now()) {
		return ""
	}
	later := sp.Say("erase.later", texts.Args{"When": sp.Instant(at, h.Policy.Calendar.Location)})
	return " " + later
}

// openEraseConfirm shows who asks and why, to who may decide. That they looked
// is in the journal before they see anything.
func (h *Handler) openEraseConfirm(ctx context.Context, g core.Gesture) error {
	reading, cancel := context.WithTimeout(ctx, core.ReadTime)
	defer cancel()
	done, err := h.Register.Apply(reading, cases.Command(g, workflow.LookErasure{}))
	c := done.Complaint
	switch {
	case err != nil:
		return err
	case c.Erasure.By == g.Who.ID:
		return workflow.Refusals{{Code: workflow.CodeEraseSelf}}
	case !h.mayDecide(reading, &c, g.Who.ID):
		return workflow.Refusals{{Code: workflow.CodeForbidden}}
	}
	records, err := h.holdings.Dossier(reading, c.ID)
	if err != nil {
		return err
	}
	return h.Show(ctx, g, h.eraseConfirmView(reading, g, &c, reasonOf(records)))
}

// mayDecide asks the roster with who is there: a click that came twice was
// asked about the first time only.
func (h *Handler) mayDecide(ctx context.Context, c *workflow.Complaint, who roster.PersonID) bool {
	p := *h.Policy
	p.Roster = h.Roster(ctx)
	return c.Erasure.Stands() && p.MayDecide(c, who, h.Today())
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

func (h *Handler) eraseConfirmView(ctx context.Context, g core.Gesture, c *workflow.Complaint, reason workflow.Confidential) slack.ModalViewRequest {
	asked := g.Speak.Say("action.erase_confirm.intro", texts.Args{
		"Who": kit.Escape(h.Name(ctx, g.Speak, c.Erasure.By)), "Date": g.Speak.Date(c.Erasure.On),
	})
	blocks := append([]slack.Block{kit.Section(asked, nil)}, kit.Prose(g.Speak.Say("dossier.text.reason"), reason.Reveal())...)
	blocks = append(blocks, whatGoes(g.Speak)...)
	blocks = append(blocks, cases.Field(g, agreeID, tick(g.Speak.Say("action.agree.tick"))), kit.Remark(g.Speak.Say("dossier.look_kept")))
	return h.erasureForm(g, c, workflow.ActionEraseConfirm, blocks...)
}

// tick is one box to tick.
func tick(label string) *slack.CheckboxGroupsBlockElement {
	return slack.NewCheckboxGroupsBlockElement(kit.ValueID, kit.Option{Value: agreeID, Label: label}.Object())
}

func (h *Handler) submitEraseConfirm(ctx context.Context, g core.Gesture) core.Ack {
	if len(g.Values()[agreeID][kit.ValueID].Options) == 0 {
		return h.Failed(ctx, g, workflow.Refusals{{Field: agreeID, Code: workflow.CodeRequired}})
	}
	done, err := h.Register.Apply(ctx, cases.Command(g, workflow.ConfirmErasure{}))
	if err != nil {
		return h.Failed(ctx, g, err)
	}
	return core.Update(h.Notice(g.Speak, g.Speak.Say("erase.done", export.Numbered(&done.Complaint))))
}

// openEraseDecline asks why not, which may stay empty; who asked takes it back
// with the same.
func (h *Handler) openEraseDecline(ctx context.Context, g core.Gesture) error {
	reading, cancel := context.WithTimeout(ctx, core.ReadTime)
	defer cancel()
	c, access, err := h.Register.Find(reading, g.Key(), g.Who.ID)
	switch {
	case err != nil:
		return err
	case access < workflow.AccessOverview:
		return workflow.Refusals{{Code: workflow.CodeForbidden}}
	case !c.Erasure.Stands():
		return workflow.Refusals{{Code: workflow.CodeEraseNone}}
	}
	intro := "action.erase_decline.intro"
	if c.Erasure.By == g.Who.ID {
		intro = "action.erase_decline.own"
	}
	return h.Show(ctx, g, h.erasureForm(g, &c, workflow.ActionEraseDecline,
		kit.Section(g.Speak.Say(intro), nil), cases.Hinted(g, "reason", kit.Area("")).WithOptional(true)))
}

func (h *Handler) submitEraseDecline(ctx context.Context, g core.Gesture) core.Ack {
	return h.CarryOut(ctx, g, workflow.DeclineErasure{Reason: kit.Typed(g.Values(), "reason")})
}
