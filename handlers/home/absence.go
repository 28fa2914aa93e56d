package home

import (
	"context"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// AbsenceKeeper is where people on the roster enter that they are away.
type AbsenceKeeper interface {
	// SetAbsence refuses, with workflow.Refusals at from and until, a period
	// that can't be an absence. The same one twice changes nothing.
	SetAbsence(context.Context, roster.PersonID, roster.Period) error
	// EndAbsence takes back the absence that begins on that day.
	EndAbsence(ctx context.Context, who roster.PersonID, from calendar.Date) error
}

const (
	absenceID  = "absence"     // the button and the form
	absenceEnd = "absence_end" // its value is the absence's first day
)

// absencesShown is how many absences of a person Home shows, the first first.
const absencesShown = 5

// homeAbsence shows those who may handle complaints whether they are there and
// who stands in, and takes absences. When the register is lost, the list below
// says so.
func (h *Handler) homeAbsence(ctx context.Context, g core.Gesture) []slack.Block {
	if !h.Policy.Roster.Has(g.Who.ID) {
		return nil
	}
	presence, err := h.Presence.Presence(ctx)
	if err != nil {
		return nil
	}
	there := h.Policy.With(presence).Roster
	periods := slices.SortedFunc(slices.Values(presence.Away[g.Who.ID]), func(a, b roster.Period) int {
		return a.From.Compare(b.From)
	})
	var blocks []slack.Block
	for _, p := range periods[:min(len(periods), absencesShown)] {
		blocks = append(blocks, h.absenceLine(ctx, g, there, p))
	}
	key := "absence.here"
	if there.Absent(g.Who.ID, h.Today()) {
		key = "absence.more"
	}
	enter := kit.Button(absenceID, "", g.Speak.Say("absence.enter"), "")
	return append(blocks, kit.Section(g.Speak.Say(key), enter), slack.NewDividerBlock())
}

// absenceLine is one absence: until when, who stands in, and the way to end it.
func (h *Handler) absenceLine(ctx context.Context, g core.Gesture, roster roster.Roster, p roster.Period) slack.Block {
	key, end := "absence.planned", "absence.cancel"
	if p.Holds(h.Today()) {
		key, end = "absence.away", "absence.back"
	}
	said := g.Speak.Say(key, texts.Args{"From": g.Speak.Date(p.From), "Until": g.Speak.Date(p.Until)})
	return kit.Section(said+"\n"+h.coverLine(ctx, g, roster, p), kit.Button(absenceEnd, p.From.String(), g.Speak.Say(end), ""))
}

// coverLine says who stands in, or warns of the first day without anybody.
func (h *Handler) coverLine(ctx context.Context, g core.Gesture, roster roster.Roster, p roster.Period) string {
	if bare, ok := roster.Uncovered(g.Who.ID, p, h.Today()); ok {
		return g.Speak.Say("absence.nobody", texts.Args{"Date": g.Speak.Date(bare)})
	}
	from := p.From
	if p.Holds(h.Today()) {
		from = h.Today()
	}
	return g.Speak.Say("absence.cover", texts.Args{"Who": kit.Escape(h.Name(ctx, g.Speak, roster.StandIn(g.Who.ID, from)))})
}

// openAbsence asks from when until when; it stands on today.
func (h *Handler) openAbsence(ctx context.Context, g core.Gesture) error {
	if !h.Policy.Roster.Has(g.Who.ID) {
		return workflow.Refusals{{Code: workflow.CodeForbidden}}
	}
	sp := g.Speak
	return h.Show(ctx, g, kit.Modal(absenceID, sp.Say("absence.title"), sp.Say("action.submit"), sp.Say("common.cancel"), kit.Metadata{Nonce: h.Nonce()},
		kit.Section(sp.Say("absence.intro"), nil),
		kit.Input{ID: "from", Label: sp.Say("absence.from"), Element: kit.Day(h.Today())}.Block(),
		kit.Input{ID: "until", Label: sp.Say("absence.until"), Hint: sp.Say("absence.until.hint"), Element: kit.Day(h.Today())}.Block()))
}

func (h *Handler) submitAbsence(ctx context.Context, g core.Gesture) core.Ack {
	v := g.Values()
	if err := h.absences.SetAbsence(ctx, g.Who.ID, roster.Period{From: v.Date("from"), Until: v.Date("until")}); err != nil {
		return h.Failed(ctx, g, err)
	}
	h.showHome(ctx, g)
	return core.Ack{}
}

// endAbsence takes an absence back. A forged button ends none.
func (h *Handler) endAbsence(ctx context.Context, g core.Gesture) error {
	from, err := calendar.ParseDate(g.Value)
	if err != nil {
		return core.ErrUnknown
	}
	if err := h.absences.EndAbsence(ctx, g.Who.ID, from); err != nil {
		return err
	}
	h.showHome(ctx, g)
	return nil
}

// showHome shows a person's Home as it is now. What they did is done; that
// Slack is slow must not keep their answer.
func (h *Handler) showHome(ctx context.Context, g core.Gesture) {
	ctx, cancel := context.WithTimeout(ctx, core.ReadTime)
	defer cancel()
	if err := h.Slack.PublishHome(ctx, g.Who.ID, h.homeView(ctx, g, nil)); err != nil {
		h.Log.WarnContext(ctx, "home not published", "error", err)
	}
}
