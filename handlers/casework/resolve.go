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
	verdict := kit.Choose("", kit.Choices(g.Speak, "verdict", workflow.Verdicts()))
	kit.Focus(verdict)
	blocks := []slack.Block{cases.Field(g, "verdict", verdict), cases.Hinted(g, "outcome", kit.Area(""))}
	blocks = append(blocks, askRemedy(g, c)...)
	blocks = append(blocks, leftOpen(g, c.Facts)...)
	blocks = append(blocks,
		cases.Field(g, "cause", kit.Choose("", kit.Choices(g.Speak, "cause", workflow.Causes()))),
		kit.Input{
			ID: "lesson", Label: g.Speak.Say("action.lesson"), Hint: g.Speak.Say("action.lesson.hint"), Element: kit.Area(""), Optional: true,
		}.Block(),
		cases.Field(g, "decided_date", kit.Day(h.Today())))
	contact := h.SentOn(g, "contact_date", "contact_way", workflow.ContactWays(), c.Facts.Preferred.Way())
	blocks = append(blocks, kit.Section(g.Speak.Say("action.contact"), nil))
	blocks = append(blocks, contact...)
	blocks = append(blocks, cases.Hinted(g, "contact_reaction", kit.Area("")))
	return h.Form(g, c, workflow.ActionResolve, blocks...)
}

// leftOpen asks what intake left open, and a decision needs.
func leftOpen(g core.Gesture, f workflow.Facts) []slack.Block {
	var blocks []slack.Block
	ask := func(id string, options []kit.Option) {
		in := kit.Input{ID: id, Label: g.Speak.Say("filing." + id + ".label"), Hint: g.Speak.Say("action.left_open"), Element: kit.Choose("", options)}
		blocks = append(blocks, in.Block())
	}
	if f.OfferingKind == "" {
		ask("offering_kind", kit.Choices(g.Speak, "offering_kind", workflow.OfferingKinds()))
	}
	if f.Category == "" {
		ask("category", kit.Choices(g.Speak, "category", workflow.Categories()))
	}
	return blocks
}

// submitResolve records the decision and goes on to its confirmation.
func (h *Handler) submitResolve(ctx context.Context, g core.Gesture) core.Ack {
	action := resolveOf(g.Values())
	if err := h.maySeeTo(ctx, action.Promised); err != nil {
		return h.Failed(ctx, g, err)
	}
	return h.decide(ctx, g, action, func(d *letters.Data) {
		d.Outcome, d.Remedy = action.Outcome, action.Remedy
		d.RemedyBy, d.RemedyAmount = action.Promised.Owed()
	})
}

// decide records an end of the case and goes on, in the same modal, to the
// letter that confirms it, to which tell adds what was decided; leaving it there is
// allowed, the promise stays open.
func (h *Handler) decide(ctx context.Context, g core.Gesture, a workflow.Action, tell func(*letters.Data)) core.Ack {
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
	tell(&data)
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
		Offering: v.Choice("offering_kind"),
		Category: v.Choice("category"),
		Verdict:  workflow.Verdict(v.Choice("verdict")),
		Outcome:  kit.Typed(v, "outcome"),
		Remedy:   kit.Typed(v, "remedy"),
		Promised: remedyTermsOf(v),
		Cause:    v.Choice("cause"),
		Lesson:   kit.Typed(v, "lesson").Reveal(),
		Decided:  v.Date("decided_date"),
		Contact:  v.Date("contact_date"),
		Way:      workflow.Way(v.Choice("contact_way")),
		Reaction: kit.Typed(v, "contact_reaction"),
	}
}
