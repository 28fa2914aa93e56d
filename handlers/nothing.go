package handlers

import (
	"context"

	"github.com/slack-go/slack"
)

// openNothing asks whether a quarter is really dealt with without a
// recommendation. Of one that was dealt with it says by whom, and offers to add
// one.
func (h *reviewHandler) openNothing(ctx context.Context, g gesture) error {
	t := parseScope(g.value)
	if err := h.mayDeal(g.who.ID, t); err != nil {
		return err
	}
	reading, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	r, err := h.Figures.Review(reading, t.Quarter, t.Audience)
	switch {
	case err != nil:
		return err
	case !r.Quarter.IsZero():
		return h.show(ctx, g, h.dealtView(g, t, h.dealtWith(ctx, g.speak, r)))
	}
	m := metadata{Nonce: h.Nonce(), Scope: t.String(), Reply: g.responseURL}
	return h.show(ctx, g, modal(nothingID, g.speak.Say("quarter.title"), g.speak.Say("action.submit"), g.speak.Say("common.cancel"), m,
		section(g.speak.Say("quarter.nothing.sure", named(t.Quarter)), nil)))
}

// submitNothing records that the directors have nothing to recommend. When
// somebody was first, the person reads who.
func (h *reviewHandler) submitNothing(ctx context.Context, g gesture) Ack {
	t := parseScope(g.metadata().Scope)
	if err := h.mayDeal(g.who.ID, t); err != nil {
		return h.failed(ctx, g, err)
	}
	rest, err := h.deal(ctx, g, t, nil)
	if err != nil {
		return h.failed(ctx, g, err)
	}
	r, err := h.Figures.Review(ctx, t.Quarter, t.Audience)
	if err != nil {
		return h.failed(ctx, g, err)
	}
	ack := update(h.dealtView(g, t, h.dealtWith(ctx, g.speak, r)))
	ack.Then = h.respondThere(g, t, rest)
	return ack
}

// dealtView says that a quarter is dealt with, and how to go on.
func (h *reviewHandler) dealtView(g gesture, t scope, how string) slack.ModalViewRequest {
	return modal("dealt", g.speak.Say("quarter.title"), "", g.speak.Say("common.close"), metadata{},
		section(strong(g.speak.Say("quarter.name", named(t.Quarter))), nil),
		section(how, nil),
		remark(g.speak.Say("quarter.dealt.more")),
		buttons("",
			button(recommendID, t.String(), g.speak.Say("quarter.recommend"), slack.StyleDefault),
			button(quarterOpen, t.String(), g.speak.Say("quarter.back"), slack.StyleDefault)))
}
