package review

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
)

// openNothing asks whether a quarter is really dealt with without a
// recommendation. Of one that was dealt with it says by whom, and offers to add
// one.
func (h *Handler) openNothing(ctx context.Context, g core.Gesture) error {
	t := parseScope(g.Value)
	if err := h.mayDeal(g.Who.ID, t); err != nil {
		return err
	}
	reading, cancel := context.WithTimeout(ctx, core.ReadTime)
	defer cancel()
	r, err := h.figures.Review(reading, t.Quarter, t.Audience)
	switch {
	case err != nil:
		return err
	case !r.Quarter.IsZero():
		how, err := h.dealtWith(reading, g.Speak, r)
		if err != nil {
			return err
		}
		return h.Show(ctx, g, h.dealtView(g, t, how))
	}
	m := kit.Metadata{Nonce: h.Nonce(), Scope: t.String(), Reply: g.ResponseURL}
	return h.Show(ctx, g, kit.Modal(nothingID, g.Speak.Say("quarter.title"), g.Speak.Say("action.submit"), g.Speak.Say("common.cancel"), m,
		kit.Section(g.Speak.Say("quarter.nothing.sure", named(t.Quarter)), nil)))
}

// submitNothing records that the directors have nothing to recommend. When
// somebody was first, the person reads who.
func (h *Handler) submitNothing(ctx context.Context, g core.Gesture) core.Ack {
	t := parseScope(g.Metadata().Scope)
	if err := h.mayDeal(g.Who.ID, t); err != nil {
		return h.Failed(ctx, g, err)
	}
	rest, err := h.deal(ctx, g, t, nil)
	if err != nil {
		return h.Failed(ctx, g, err)
	}
	how, err := h.howDealt(ctx, g.Speak, t)
	if err != nil {
		return h.Failed(ctx, g, err)
	}
	ack := core.Update(h.dealtView(g, t, how))
	ack.Then = h.respondThere(g, t, rest)
	return ack
}

// howDealt says how a quarter was dealt with for an audience.
func (h *figuresReader) howDealt(ctx context.Context, sp texts.Speaker, t scope) (string, error) {
	r, err := h.figures.Review(ctx, t.Quarter, t.Audience)
	if err != nil {
		return "", err
	}
	return h.dealtWith(ctx, sp, r)
}

// dealtView says that a quarter is dealt with, and how to go on.
func (h *Handler) dealtView(g core.Gesture, t scope, how string) slack.ModalViewRequest {
	return kit.Modal("dealt", g.Speak.Say("quarter.title"), "", g.Speak.Say("common.close"), kit.Metadata{},
		kit.Section(kit.Strong(g.Speak.Say("quarter.name", named(t.Quarter))), nil),
		kit.Section(how, nil),
		kit.Remark(g.Speak.Say("quarter.dealt.more")),
		kit.Buttons("",
			kit.Button(recommendID, t.String(), g.Speak.Say("quarter.recommend"), slack.StyleDefault),
			kit.Button(quarterOpen, t.String(), g.Speak.Say("quarter.back"), slack.StyleDefault)))
}
