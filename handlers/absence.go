package handlers

import (
	"context"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// absenceKeeper is where people on the roster enter that they are away.
type absenceKeeper interface {
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

// homeAbsence tells who may handle complaints whether they are there, who
// stands in, and takes absences. When the register is away, the list below says
// so.
func (h *homeHandler) homeAbsence(ctx context.Context, g gesture) []slack.Block {
	if !h.Policy.Roster.Has(g.who.ID) {
		return nil
	}
	presence, err := h.Presence.Presence(ctx)
	if err != nil {
		return nil
	}
	there := h.Policy.With(presence).Roster
	periods := slices.SortedFunc(slices.Values(presence.Away[g.who.ID]), func(a, b roster.Period) int {
		return a.From.Compare(b.From)
	})
	var blocks []slack.Block
	for _, p := range periods[:min(len(periods), absencesShown)] {
		blocks = append(blocks, h.absenceLine(ctx, g, there, p))
	}
	key := "absence.here"
	if there.Absent(g.who.ID, h.today()) {
		key = "absence.more"
	}
	enter := button(absenceID, "", g.speak.Say("absence.enter"), "")
	return append(blocks, section(g.speak.Say(key), enter), slack.NewDividerBlock())
}

// absenceLine tells of one absence: until when, who stands in, and the way to
// end it.
func (h *homeHandler) absenceLine(ctx context.Context, g gesture, roster roster.Roster, p roster.Period) slack.Block {
	key, end := "absence.planned", "absence.cancel"
	if p.Holds(h.today()) {
		key, end = "absence.away", "absence.back"
	}
	said := g.speak.Say(key, texts.Args{"From": g.speak.Date(p.From), "Until": g.speak.Date(p.Until)})
	return section(said+"\n"+h.coverLine(ctx, g, roster, p), button(absenceEnd, p.From.String(), g.speak.Say(end), ""))
}

// coverLine tells who stands in, or warns of the first day without anybody.
func (h *homeHandler) coverLine(ctx context.Context, g gesture, roster roster.Roster, p roster.Period) string {
	if bare, ok := roster.Uncovered(g.who.ID, p, h.today()); ok {
		return g.speak.Say("absence.nobody", texts.Args{"Date": g.speak.Date(bare)})
	}
	from := p.From
	if p.Holds(h.today()) {
		from = h.today()
	}
	return g.speak.Say("absence.cover", texts.Args{"Who": escape(h.name(ctx, g.speak, roster.StandIn(g.who.ID, from)))})
}

// openAbsence asks from when until when; it stands on today.
func (h *homeHandler) openAbsence(ctx context.Context, g gesture) error {
	if !h.Policy.Roster.Has(g.who.ID) {
		return workflow.Refusals{{Code: workflow.CodeForbidden}}
	}
	sp := g.speak
	return h.show(ctx, g, modal(absenceID, sp.Say("absence.title"), sp.Say("action.submit"), sp.Say("common.cancel"), metadata{Nonce: h.Nonce()},
		section(sp.Say("absence.intro"), nil),
		input{ID: "from", Label: sp.Say("absence.from"), Element: day(h.today())}.block(),
		input{ID: "until", Label: sp.Say("absence.until"), Hint: sp.Say("absence.until.hint"), Element: day(h.today())}.block()))
}

func (h *homeHandler) submitAbsence(ctx context.Context, g gesture) Ack {
	v := g.values()
	if err := h.Absences.SetAbsence(ctx, g.who.ID, roster.Period{From: v.date("from"), Until: v.date("until")}); err != nil {
		return h.failed(ctx, g, err)
	}
	h.showHome(ctx, g)
	return Ack{}
}

// endAbsence takes an absence back. A button that nobody of ours made ends
// none.
func (h *homeHandler) endAbsence(ctx context.Context, g gesture) error {
	from, err := calendar.ParseDate(g.value)
	if err != nil {
		return errUnknown
	}
	if err := h.Absences.EndAbsence(ctx, g.who.ID, from); err != nil {
		return err
	}
	h.showHome(ctx, g)
	return nil
}

// showHome shows a person's Home as it is now. What they did is done; that
// Slack is slow must not keep their answer.
func (h *homeHandler) showHome(ctx context.Context, g gesture) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	if err := h.Slack.PublishHome(ctx, g.who.ID, h.homeView(ctx, g, nil)); err != nil {
		h.Log.WarnContext(ctx, "home not published", "error", err)
	}
}
