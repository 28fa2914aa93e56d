package handlers

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow"
)

// maxAck bounds a view that goes along with an ack, in bytes of JSON:
// slack-go refuses acks of 20,480 bytes (slack-facts.md), the envelope's id
// included.
const maxAck = 19000

// openResolve asks for the decision and for the contact that the regulation
// promises about it.
func (h *caseworkHandler) openResolve(ctx context.Context, g gesture) error {
	c, err := h.offeredCase(ctx, g, workflow.ActionResolve)
	if err != nil {
		return err
	}
	return h.show(ctx, g, h.resolveView(g, &c))
}

// resolveView leaves verdict and cause open: nobody should decide a complaint
// by a default.
func (h *caseworkHandler) resolveView(g gesture, c *workflow.Complaint) slack.ModalViewRequest {
	optional := func(id string, e slack.BlockElement, hint string) *slack.InputBlock {
		return input{ID: id, Label: g.speak.Say("action." + id), Hint: hint, Element: e, Optional: true}.block()
	}
	blocks := []slack.Block{
		field(g, "verdict", choose("", choices(g.speak, "verdict", workflow.Verdicts()))),
		hinted(g, "outcome", area("")),
		optional("remedy", area(""), ""),
		field(g, "cause", choose("", choices(g.speak, "cause", workflow.Causes()))),
		optional("lesson", area(""), g.speak.Say("action.lesson.hint")),
	}
	contact := h.dateAndWay(g, "contact_date", "contact_way", workflow.ContactWays(), c.Facts.Preferred.Way())
	blocks = append(blocks, section(g.speak.Say("action.contact"), nil))
	blocks = append(blocks, contact...)
	blocks = append(blocks, hinted(g, "contact_reaction", area("")))
	return h.form(g, c, workflow.ActionResolve, blocks...)
}

// submitResolve records the decision and goes on to its confirmation.
func (h *caseworkHandler) submitResolve(ctx context.Context, g gesture) Ack {
	action := resolveOf(g.values())
	return h.decide(ctx, g, action, action.Outcome, action.Remedy)
}

// decide records an end of the case and goes on, in the same modal, to the
// letter that confirms it; leaving it there is allowed, the promise stays open.
func (h *caseworkHandler) decide(ctx context.Context, g gesture, a workflow.Action, outcome, remedy workflow.Confidential) Ack {
	done, err := h.Register.Apply(ctx, command(g, a))
	if err != nil {
		return h.failed(ctx, g, err)
	}
	c := done.Complaint
	if c.Access(h.Policy.Roster, g.who.ID) < workflow.AccessFull ||
		!slices.Contains(h.Policy.OnMessage(&c, h.today()), workflow.ActionConfirm) {
		return Ack{} // sent again after it was confirmed, or is theirs no more
	}
	data := h.letterData(ctx, &c)
	data.Outcome, data.Remedy = outcome, remedy
	view, err := h.letterView(g, &c, confirmation, data)
	if err != nil {
		h.Log.ErrorContext(ctx, "no confirmation to show", "case", c.ID, "error", err)
		return Ack{}
	}
	view.Close = plain(g.speak.Say("action.later"))
	return h.goOn(g, &c, view)
}

// goOn replaces the submitted modal by the next. A view that is too large for
// an ack stands behind a button: a click may be answered by views.update.
func (h *caseworkHandler) goOn(g gesture, c *workflow.Complaint, view slack.ModalViewRequest) Ack {
	ack := update(view)
	if b, err := json.Marshal(ack.Payload); err == nil && len(b) <= maxAck {
		return ack
	}
	say := "action." + view.CallbackID
	blocks := append(caseLine(c), section(g.speak.Say("action.decided"), nil),
		buttons(refTo(c).String(), actionButton(g.speak, c, workflow.ActionName(view.CallbackID), true)))
	return update(modal("notice", g.speak.Say(say+".title"), "", g.speak.Say("action.later"), metadata{}, blocks...))
}

func resolveOf(v values) workflow.Resolve {
	return workflow.Resolve{
		Verdict:  workflow.Verdict(v.choice("verdict")),
		Outcome:  typed(v, "outcome"),
		Remedy:   typed(v, "remedy"),
		Cause:    v.choice("cause"),
		Lesson:   typed(v, "lesson").Reveal(),
		Contact:  v.date("contact_date"),
		Way:      workflow.Way(v.choice("contact_way")),
		Reaction: typed(v, "contact_reaction"),
	}
}
