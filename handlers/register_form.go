package handlers

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// registerExport is the callback id of the form that asks for the register as a
// file, and the action id of the buttons that open it. A button's value may be
// the period that it stands on.
const registerExport = "register_export"

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
func (h *exportHandler) periods(sp texts.Speaker, asked string) []option {
	all := []option{{everyPeriod, sp.Say("register_export.all")}}
	today := h.today()
	for back := range 1 + monthsBack/12 {
		year := fmt.Sprintf("%04d", today.Year-back)
		all = append(all, option{year, year})
	}
	q := calendar.QuarterOf(today)
	for range 8 {
		all = append(all, option{q.String(), q.String()})
		q = q.Previous()
	}
	for _, o := range all {
		if o.Value == asked {
			return all
		}
	}
	if _, ok := parsePeriod(asked); ok {
		all = append(all, option{asked, asked})
	}
	return all
}

func (h *exportHandler) registerForm(g gesture) slack.ModalViewRequest {
	sp := g.speak
	asked := everyPeriod
	if _, ok := parsePeriod(g.value); ok {
		asked = g.value
	}
	intro := "register_export.intro"
	if !h.Policy.Roster.IsOfficer(g.who.ID) {
		intro = "register_export.intro_director"
	}
	blocks := []slack.Block{
		section(sp.Say(intro), nil),
		input{ID: blockFormat, Label: sp.Say("register_export.format"), Element: radio(formatXLSX, []option{
			{formatXLSX, sp.Say("register_export.xlsx")}, {formatCSV, sp.Say("register_export.csv")},
		})}.block(),
		input{ID: blockPeriod, Label: sp.Say("register_export.period"), Element: choose(asked, h.periods(sp, asked))}.block(),
	}
	if outbox.MayHave(h.Policy.Roster, g.who.ID, outbox.DocumentIdentity) {
		blocks = append(blocks, input{
			ID: blockIdentity, Optional: true, Label: sp.Say("register_export.identity"), Hint: sp.Say("register_export.identity.hint"),
			Element: checks(option{identityAsked, sp.Say("register_export.include")}),
		}.block())
	}
	return modal(registerExport, sp.Say("register_export.title"), sp.Say("register_export.submit"), sp.Say("common.cancel"),
		metadata{Nonce: h.Nonce()}, blocks...)
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
func askedIn(v values) (registerAsked, error) {
	a := registerAsked{format: v.choice(blockFormat), identity: slices.Contains(v.choices(blockIdentity), identityAsked)}
	var wrong workflow.Refusals
	period, ok := parsePeriod(v.choice(blockPeriod))
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
