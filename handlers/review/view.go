package review

import (
	"context"
	"errors"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// command answers what asks for the figures of a quarter.
func (h *Handler) command(text string) core.Opener {
	verb, rest, _ := strings.Cut(text, " ")
	if verb != "kwartaal" && verb != "quarter" {
		return nil
	}
	return func(ctx context.Context, g core.Gesture) (func(context.Context), error) {
		return h.beginQuarterText(ctx, g, rest)
	}
}

// beginQuarterText shows the quarter that was typed; without one, the last that
// ended.
func (h *Handler) beginQuarterText(ctx context.Context, g core.Gesture, text string) (func(context.Context), error) {
	t := scope{Quarter: calendar.QuarterOf(h.Today()).Previous()}
	if text != "" {
		if t = parseScope(strings.ReplaceAll(text, "|", "?")); t.Quarter.IsZero() {
			return nil, core.RefusalKey("quarter.unknown")
		}
	}
	return h.showQuarter(ctx, g, t)
}

// beginQuarter shows the quarter of a button.
func (h *Handler) beginQuarter(ctx context.Context, g core.Gesture) (func(context.Context), error) {
	t := parseScope(g.Value)
	if t.Quarter.IsZero() {
		return nil, core.ErrUnknown
	}
	return h.showQuarter(ctx, g, t)
}

// showQuarter shows the figures of a quarter: those that the button was about
// when the person may see them, else the person's own.
func (h *Handler) showQuarter(ctx context.Context, g core.Gesture, t scope) (func(context.Context), error) {
	roster := h.Policy.Roster
	switch {
	case !roster.Has(g.Who.ID):
		return nil, core.RefusalKey("quarter.forbidden")
	case t.Quarter.First().After(h.Today()):
		return nil, core.RefusalKey("quarter.not_begun")
	}
	return h.afterwards(ctx, g, t, func(ctx context.Context, g core.Gesture) (slack.ModalViewRequest, error) {
		f, err := h.figuresSeen(ctx, t, g.Who.ID)
		if err != nil {
			return slack.ModalViewRequest{}, err
		}
		return h.quarterView(ctx, g, f)
	})
}

// figuresSeen are those of all directors for a director who pressed where all
// of them read.
func (h *Handler) figuresSeen(ctx context.Context, t scope, who roster.PersonID) (f figures, err error) {
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
func (h *Handler) afterwards(ctx context.Context, g core.Gesture, t scope, view func(context.Context, core.Gesture) (slack.ModalViewRequest, error)) (func(context.Context), error) {
	making := h.quarterModal(g, kit.Section(g.Speak.Say("quarter.making", named(t.Quarter)), nil))
	id := g.View.ID
	var err error
	if g.View.Type == slack.VTModal {
		err = h.Replace(ctx, g, id, making)
	} else {
		id, err = h.Slack.OpenView(ctx, g.Trigger, making)
	}
	var late *core.Unanswered
	switch {
	case errors.As(err, &late):
		return func(ctx context.Context) {
			id, err := late.Settle(ctx)
			if err != nil {
				h.Explain(ctx, g, err)
			} else if id != "" {
				h.fill(ctx, g, id, view)
			}
		}, nil
	case err != nil || id == "": // a click that came twice: it is being made
		return nil, err
	}
	return func(ctx context.Context) { h.fill(ctx, g, id, view) }, nil
}

// fill puts a view in the place of what is open; what goes wrong shows there.
func (h *Handler) fill(ctx context.Context, g core.Gesture, id string, view func(context.Context, core.Gesture) (slack.ModalViewRequest, error)) {
	g.View, g.ResponseURL = incoming.View{ID: id, Type: slack.VTModal}, ""
	v, err := view(ctx, g)
	if err == nil {
		err = h.Replace(ctx, g, id, v)
	}
	if err != nil {
		h.Explain(ctx, g, err)
	}
}

func (h *Handler) quarterModal(g core.Gesture, blocks ...slack.Block) slack.ModalViewRequest {
	return kit.Modal("quarter", g.Speak.Say("quarter.title"), "", g.Speak.Say("common.close"), kit.Metadata{}, blocks...)
}

// quarterView is the figures with, for a director, what comes of them.
func (h *Handler) quarterView(ctx context.Context, g core.Gesture, f figures) (slack.ModalViewRequest, error) {
	blocks, err := h.summaryBlocks(ctx, g.Speak, f, g.Who.ID)
	if err != nil {
		return slack.ModalViewRequest{}, err
	}
	updates, err := h.recommendationButtons(ctx, g, f)
	if err != nil {
		return slack.ModalViewRequest{}, err
	}
	blocks = append(blocks, updates...)
	deal := []slack.BlockElement{download(g.Speak)}
	if h.Policy.Roster.IsDirector(g.Who.ID) {
		deal = h.dealing(g.Speak, f, slack.StylePrimary)
	}
	blocks = append(blocks, kit.Buttons("", deal...))
	return h.quarterModal(g, append(blocks, h.neighbours(g, f.scope))...), nil
}

// neighbours leads to the quarters before and after.
func (h *Handler) neighbours(g core.Gesture, t scope) slack.Block {
	before, after := scope{Quarter: t.Quarter.Previous()}, scope{Quarter: t.Quarter.Next()}
	var all []slack.BlockElement
	if before.Quarter.Year >= firstYear {
		all = append(all, kit.Button(quarterEarly, before.String(), "‹ "+before.Quarter.String(), slack.StyleDefault))
	}
	if !after.Quarter.First().After(h.Today()) {
		all = append(all, kit.Button(quarterLater, after.String(), after.Quarter.String()+" ›", slack.StyleDefault))
	}
	return kit.Buttons("", all...)
}
