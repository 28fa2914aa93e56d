package export

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// RegisterExport is the callback id of the form that asks for the register as a
// file, and the action id of the buttons that open it. A button's value may be
// the period that it stands on.
const RegisterExport = "register_export"

// The block ids of the form.
const (
	blockFormat   = "format"
	blockPeriod   = "period"
	blockIdentity = "identity" // for officers
)

// The formats of the register.
const (
	formatXLSX = "xlsx"
	formatCSV  = "csv"
)

// identityAsked is the value of the choice to have identity included.
const identityAsked = "included"

// everyPeriod is the value of the period without limits: the zero one.
const everyPeriod = "all"

// parsePeriod reads a period: all, a year, or a quarter.
func parsePeriod(text string) (p roster.Period, ok bool) {
	if text == everyPeriod {
		return roster.Period{}, true
	}
	if q, err := calendar.ParseQuarter(text); err == nil {
		return roster.Period{From: q.First(), Until: q.Last()}, true
	}
	year, err := strconv.Atoi(text)
	if err != nil || len(text) != 4 || year < 1 {
		return roster.Period{}, false
	}
	return roster.Period{From: calendar.NewDate(year, 1, 1), Until: calendar.NewDate(year, 12, 31)}, true
}

// periods offers everything, as many years as a case is kept, and as many
// quarters as figures go back. Another that a button asks for is offered too.
func (h *Handler) periods(sp texts.Speaker, asked string) []kit.Option {
	all := []kit.Option{{Value: everyPeriod, Label: sp.Say("register_export.all")}}
	today := h.Today()
	for back := range 1 + cases.MonthsBack/12 {
		year := fmt.Sprintf("%04d", today.Year-back)
		all = append(all, kit.Option{Value: year, Label: year})
	}
	q := calendar.QuarterOf(today)
	for range 8 {
		all = append(all, kit.Option{Value: q.String(), Label: q.String()})
		q = q.Previous()
	}
	for _, o := range all {
		if o.Value == asked {
			return all
		}
	}
	if _, ok := parsePeriod(asked); ok {
		all = append(all, kit.Option{Value: asked, Label: asked})
	}
	return all
}

func (h *Handler) registerForm(g core.Gesture) slack.ModalViewRequest {
	sp := g.Speak
	asked := everyPeriod
	if _, ok := parsePeriod(g.Value); ok {
		asked = g.Value
	}
	intro := "register_export.intro"
	if !h.Policy.Roster.IsOfficer(g.Who.ID) {
		intro = "register_export.intro_director"
	}
	blocks := []slack.Block{
		kit.Section(sp.Say(intro), nil),
		kit.Input{ID: blockFormat, Label: sp.Say("register_export.format"), Element: kit.Radio(formatXLSX, []kit.Option{
			{Value: formatXLSX, Label: sp.Say("register_export.xlsx")}, {Value: formatCSV, Label: sp.Say("register_export.csv")},
		})}.Block(),
		kit.Input{ID: blockPeriod, Label: sp.Say("register_export.period"), Element: kit.Choose(asked, h.periods(sp, asked))}.Block(),
	}
	if outbox.MayHave(h.Policy.Roster, g.Who.ID, outbox.DocumentIdentity) {
		blocks = append(blocks, kit.Input{
			ID: blockIdentity, Optional: true, Label: sp.Say("register_export.identity"), Hint: sp.Say("register_export.identity.hint"),
			Element: kit.Checks(kit.Option{Value: identityAsked, Label: sp.Say("register_export.include")}),
		}.Block())
	}
	return kit.Modal(RegisterExport, sp.Say("register_export.title"), sp.Say("register_export.submit"), sp.Say("common.cancel"),
		kit.Metadata{Nonce: h.Nonce()}, blocks...)
}

// registerAsked is what somebody asked for.
type registerAsked struct {
	format   string
	period   roster.Period // of receipt; zero for all
	identity bool
}

func (a registerAsked) holds(c *workflow.Complaint) bool {
	return a.period == roster.Period{} || a.period.Holds(c.Facts.Received)
}

// askedIn reads the form. Who complains leaves encrypted only, which CSV can't
// be.
func askedIn(v kit.Values) (registerAsked, error) {
	a := registerAsked{format: v.Choice(blockFormat), identity: slices.Contains(v.Choices(blockIdentity), identityAsked)}
	var wrong workflow.Refusals
	period, ok := parsePeriod(v.Choice(blockPeriod))
	if a.period = period; !ok {
		wrong = append(wrong, workflow.Refusal{Field: blockPeriod, Code: workflow.CodeUnknownChoice})
	}
	switch {
	case a.format != formatXLSX && a.format != formatCSV:
		wrong = append(wrong, workflow.Refusal{Field: blockFormat, Code: workflow.CodeUnknownChoice})
	case a.identity && a.format == formatCSV:
		wrong = append(wrong, workflow.Refusal{Field: blockFormat, Code: workflow.CodeUnprotected})
	}
	if len(wrong) > 0 {
		return a, wrong
	}
	return a, nil
}
