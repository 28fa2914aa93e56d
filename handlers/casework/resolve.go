package casework

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// maxAck bounds a view that goes along with an ack, in bytes of JSON:
// slack-go refuses acks of 20,480 bytes (slack-facts.md), the envelope's id
// included.
const maxAck = 19000

// openResolve asks for the decision and for the contact that the regulation
// promises about it.
func (h *Handler) openResolve(ctx context.Context, g core.Gesture) error {
	c, err := h.OfferedCase(ctx, g, workflow.ActionResolve)
	if err != nil {
		return err
	}
	return h.Show(ctx, g, h.resolveView(g, &c))
}

// resolveView leaves verdict and cause open: nobody should decide a complaint
// by a default.
func (h *Handler) resolveView(g core.Gesture, c *workflow.Complaint) slack.ModalViewRequest {
	blocks := []slack.Block{
		cases.Field(g, "verdict", kit.Choose("", kit.Choices(g.Speak, "verdict", workflow.Verdicts()))),
		cases.Hinted(g, "outcome", kit.Area("")),
	}
	blocks = append(blocks, askRemedy(g, c)...)
	blocks = append(blocks,
		cases.Field(g, "cause", kit.Choose("", kit.Choices(g.Speak, "cause", workflow.Causes()))),
		kit.Input{
			ID: "lesson", Label: g.Speak.Say("action.lesson"), Hint: g.Speak.Say("action.lesson.hint"), Element: kit.Area(""), Optional: true,
		}.Block())
	contact := h.DateAndWay(g, "contact_date", "contact_way", workflow.ContactWays(), c.Facts.Preferred.Way())
	blocks = append(blocks, kit.Section(g.Speak.Say("action.contact"), nil))
	blocks = append(blocks, contact...)
	blocks = append(blocks, cases.Hinted(g, "contact_reaction", kit.Area("")))
	return h.Form(g, c, workflow.ActionResolve, blocks...)
}

// submitResolve records the decision and goes on to its confirmation.
func (h *Handler) submitResolve(ctx context.Context, g core.Gesture) core.Ack {
	action := resolveOf(g.Values())
	if err := h.maySeeTo(ctx, action.Promised); err != nil {
		return h.Failed(ctx, g, err)
	}
	return h.decide(ctx, g, action, action.Outcome, action.Remedy)
}

// decide records an end of the case and goes on, in the same modal, to the
// letter that confirms it; leaving it there is allowed, the promise stays open.
func (h *Handler) decide(ctx context.Context, g core.Gesture, a workflow.Action, outcome, remedy workflow.Confidential) core.Ack {
	done, err := h.Register.Apply(ctx, cases.Command(g, a))
	if err != nil {
		return h.Failed(ctx, g, err)
	}
	c := done.Complaint
	if c.Access(h.Policy.Roster, g.Who.ID) < workflow.AccessFull ||
		!slices.Contains(h.Policy.OnMessage(&c, h.Today()), workflow.ActionConfirm) {
		return core.Ack{} // sent again after it was confirmed, or no longer theirs
	}
	data := h.letterData(ctx, &c)
	data.Outcome, data.Remedy = outcome, remedy
	view, err := h.letterView(g, &c, confirmation, data)
	if err != nil {
		h.Log.ErrorContext(ctx, "no confirmation to show", "case", c.ID, "error", err)
		return core.Ack{}
	}
	view.Close = kit.Plain(g.Speak.Say("action.later"))
	return h.goOn(g, &c, "action.decided", view)
}

// goOn replaces the submitted modal by the next. A view that is too large for
// an ack stands behind a button, below what is said there: a click may be answered
// by views.update.
func (h *Handler) goOn(g core.Gesture, c *workflow.Complaint, said string, view slack.ModalViewRequest) core.Ack {
	ack := core.Update(view)
	if b, err := json.Marshal(ack.Payload); err == nil && len(b) <= maxAck {
		return ack
	}
	say := "action." + view.CallbackID
	blocks := append(cases.Line(c), kit.Section(g.Speak.Say(said), nil),
		kit.Buttons(kit.RefTo(c).String(), cases.ActionButton(g.Speak, c, workflow.ActionName(view.CallbackID), true)))
	return core.Update(kit.Modal("notice", g.Speak.Say(say+".title"), "", g.Speak.Say("action.later"), kit.Metadata{}, blocks...))
}

func resolveOf(v kit.Values) workflow.Resolve {
	return workflow.Resolve{
		Verdict:  workflow.Verdict(v.Choice("verdict")),
		Outcome:  kit.Typed(v, "outcome"),
		Remedy:   kit.Typed(v, "remedy"),
		Promised: remedyTermsOf(v),
		Cause:    v.Choice("cause"),
		Lesson:   kit.Typed(v, "lesson").Reveal(),
		Contact:  v.Date("contact_date"),
		Way:      workflow.Way(v.Choice("contact_way")),
		Reaction: kit.Typed(v, "contact_reaction"),
	}
}

// askRemedy asks what the decision promises (R14): what in the officer's words, of
// which kind, by when, and who sees to it. With no kind, nothing is promised.
func askRemedy(g core.Gesture, c *workflow.Complaint) []slack.Block {
	optional := func(id, hint string, e slack.BlockElement) *slack.InputBlock {
		if hint != "" {
			hint = g.Speak.Say(hint)
		}
		return kit.Input{ID: id, Label: g.Speak.Say("action." + id), Hint: hint, Element: e, Optional: true}.Block()
	}
	return []slack.Block{
		optional("remedy", "", kit.Area("")),
		cases.Hinted(g, "remedy_kind", kit.Choose(workflow.RemedyNone, kit.Choices(g.Speak, "remedy_kind", workflow.RemedyKinds()))),
		optional("remedy_date", "action.remedy_date.hint", kit.Day(calendar.Date{})),
		optional("remedy_owner", "action.remedy_owner.hint", kit.Colleague(c.Owner)),
		optional("remedy_amount", "action.remedy_amount.hint", kit.Line("", maxAmount)),
	}
}

// maxAmount is how long an amount may be as it is typed.
const maxAmount = 30

func remedyTermsOf(v kit.Values) workflow.RemedyTerms {
	return workflow.RemedyTerms{
		Kind: v.Choice("remedy_kind"), Due: v.Date("remedy_date"),
		Handler: v.Person("remedy_owner"), Amount: kit.Typed(v, "remedy_amount"),
	}
}

// maySeeTo refuses who can't read a direct message of the bot as a colleague: a
// guest, a bot, or an account that was closed.
func (h *Handler) maySeeTo(ctx context.Context, t workflow.RemedyTerms) error {
	if !t.Some() || t.Handler == "" {
		return nil
	}
	p, err := h.People.Person(ctx, t.Handler)
	if err != nil {
		return err
	}
	if p.Standing != roster.StandingMember {
		return workflow.Refusals{{Field: "remedy_owner", Code: workflow.CodeNotMember}}
	}
	return nil
}

// remedyForm is the letter that tells the complainant of another day for a remedy,
// or that it does not come.
var remedyForm = letterForm{workflow.ActionRemedyLetter, letters.Remedy, workflow.RecordRemedyLetter,
	func(s workflow.Sent) workflow.Action { return workflow.RemedyLetter{Sent: s} }, nil}

// RemedyLetter goes on to that letter in the same modal; leaving it there is
// allowed, a line in the thread offers it.
func (h *Handler) RemedyLetter(ctx context.Context, g core.Gesture, c *workflow.Complaint) core.Ack {
	data := h.letterData(ctx, c)
	err := h.addRemedy(ctx, c, &data)
	var view slack.ModalViewRequest
	if err == nil {
		view, err = h.letterView(g, c, remedyForm, data)
	}
	if err != nil {
		h.Log.ErrorContext(ctx, "no letter on a remedy to show", "case", c.ID, "error", err)
		return core.Ack{}
	}
	view.Close = kit.Plain(g.Speak.Say("action.later"))
	return h.goOn(g, c, "action.remedy_letter.later", view)
}

// addRemedy adds what that letter may name: what was promised, why it changes, and
// the new day, zero when there is none.
func (h *Handler) addRemedy(ctx context.Context, c *workflow.Complaint, d *letters.Data) error {
	records, err := h.records.Dossier(ctx, c.ID)
	if err != nil {
		return err
	}
	for _, r := range slices.Backward(records) {
		result := workflow.RemedyResult(r.Texts["result"].Reveal())
		if r.Kind != workflow.RecordRemedy || result != workflow.RemedyMoved && result != workflow.RemedyDropped {
			continue
		}
		d.Verdict = "" // that of today may be of another decision
		d.Remedy, d.Reason = workflow.RemedyIn(records, workflow.RemedyEntry(r)).Text, r.Texts["reason"]
		if result == workflow.RemedyMoved {
			d.RemedyBy, err = calendar.ParseDate(r.Texts["new_date"].Reveal())
		}
		return err
	}
	return workflow.Refusals{{Code: workflow.CodeNotNow, Args: workflow.Args{Performed: c.Last}}}
}
