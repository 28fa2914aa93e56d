package handlers

import (
	"context"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// command answers what asks for the figures of a quarter.
func (h *reviewHandler) command(text string) opener {
	verb, rest, _ := strings.Cut(text, " ")
	if verb != "kwartaal" && verb != "quarter" {
		return nil
	}
	return func(ctx context.Context, g gesture) (func(context.Context), error) {
		return h.beginQuarterText(ctx, g, rest)
	}
}

// beginQuarterText shows the quarter that was typed; without one, the last that
// ended.
func (h *reviewHandler) beginQuarterText(ctx context.Context, g gesture, text string) (func(context.Context), error) {
	t := scope{Quarter: calendar.QuarterOf(h.today()).Previous()}
	if text != "" {
		if t = parseScope(strings.ReplaceAll(text, "|", "?")); t.Quarter.IsZero() {
			return nil, refusalKey("quarter.unknown")
		}
	}
	return h.showQuarter(ctx, g, t)
}

// beginQuarter shows the quarter of a button.
func (h *reviewHandler) beginQuarter(ctx context.Context, g gesture) (func(context.Context), error) {
	t := parseScope(g.value)
	if t.Quarter.IsZero() {
		return nil, errUnknown
	}
	return h.showQuarter(ctx, g, t)
}

// showQuarter shows the figures of a quarter: those that the button was about
// when the person may see them, else the person's own.
func (h *reviewHandler) showQuarter(ctx context.Context, g gesture, t scope) (func(context.Context), error) {
	roster := h.Policy.Roster
	switch {
	case !roster.Has(g.who.ID):
		return nil, refusalKey("quarter.forbidden")
	case t.Quarter.First().After(h.today()):
		return nil, refusalKey("quarter.not_begun")
	}
	return h.afterwards(ctx, g, t, func(ctx context.Context, g gesture) (slack.ModalViewRequest, error) {
		f, err := h.figuresSeen(ctx, t, g.who.ID)
		if err != nil {
			return slack.ModalViewRequest{}, err
		}
		return h.quarterView(ctx, g, f)
	})
}

// figuresSeen are those of all directors for a director who pressed where all
// of them read.
func (h *reviewHandler) figuresSeen(ctx context.Context, t scope, who roster.PersonID) (f figures, err error) {
	if t.Audience == review.AudienceShared && h.Policy.Roster.IsDirector(who) {
		f, err = h.figuresOf(ctx, t)
	} else {
		f, err = h.figuresFor(ctx, t.Quarter, who)
	}
	if err == nil && !f.kept && !f.review.Quarter.IsZero() {
		h.keepFigures(ctx, f.review)
	}
	return f, err
}

// afterwards shows at once that the figures are being made, and returns the
// making of what comes in the place of that: it takes longer than a gesture
// may.
func (h *reviewHandler) afterwards(ctx context.Context, g gesture, t scope, view func(context.Context, gesture) (slack.ModalViewRequest, error)) (func(context.Context), error) {
	making := h.quarterModal(g, section(g.speak.Say("quarter.making", named(t.Quarter)), nil))
	id := g.view.ID
	var err error
	if g.view.Type == slack.VTModal {
		err = h.Slack.UpdateView(ctx, id, making)
	} else {
		id, err = h.Slack.OpenView(ctx, g.trigger, making)
	}
	if err != nil || id == "" { // a click that came twice: it is being made
		return nil, err
	}
	g.view, g.responseURL = slack.View{ID: id, Type: slack.VTModal}, "" // what goes wrong is told there
	return func(ctx context.Context) {
		v, err := view(ctx, g)
		if err == nil {
			err = h.Slack.UpdateView(ctx, id, v)
		}
		if err != nil {
			h.explain(ctx, g, err)
		}
	}, nil
}

func (h *reviewHandler) quarterModal(g gesture, blocks ...slack.Block) slack.ModalViewRequest {
	return modal("quarter", g.speak.Say("quarter.title"), "", g.speak.Say("common.close"), metadata{}, blocks...)
}

// quarterView is the figures with, for a director, what comes of them.
func (h *reviewHandler) quarterView(ctx context.Context, g gesture, f figures) (slack.ModalViewRequest, error) {
	blocks, err := h.summaryBlocks(ctx, g.speak, f, g.who.ID)
	if err != nil {
		return slack.ModalViewRequest{}, err
	}
	updates, err := h.recommendationButtons(ctx, g, f)
	if err != nil {
		return slack.ModalViewRequest{}, err
	}
	blocks = append(blocks, updates...)
	deal := []slack.BlockElement{download(g.speak)}
	if h.Policy.Roster.IsDirector(g.who.ID) {
		deal = h.dealing(g.speak, f)
	}
	blocks = append(blocks, buttons("", deal...))
	return h.quarterModal(g, append(blocks, h.neighbours(g, f.scope))...), nil
}

// neighbours leads to the quarters before and after.
func (h *reviewHandler) neighbours(g gesture, t scope) slack.Block {
	before, after := scope{Quarter: t.Quarter.Previous()}, scope{Quarter: t.Quarter.Next()}
	var all []slack.BlockElement
	if before.Quarter.Year >= firstYear {
		all = append(all, button(quarterEarly, before.String(), "‹ "+before.Quarter.String(), slack.StyleDefault))
	}
	if !after.Quarter.First().After(h.today()) {
		all = append(all, button(quarterLater, after.String(), after.Quarter.String()+" ›", slack.StyleDefault))
	}
	return buttons("", all...)
}
