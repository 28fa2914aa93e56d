// Package home is the Home tab, with the absences that people enter and the
// language that they choose there.
package home

import (
	"context"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cleanup"
	"github.com/artra/klachtbot/handlers/consult"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/export"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/handlers/lookup"
	"github.com/artra/klachtbot/handlers/review"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// HomeReader reads what Home shows beside the lists.
type HomeReader interface {
	// Counts returns how many cases stand in the lists of open ones.
	Counts(ctx context.Context, viewer roster.PersonID) (lists.Counts, error)
	// Unannounced lists the numbers of cases that were erased since that day though
	// nobody could be told before; no guarded ones, unless asked for.
	Unannounced(ctx context.Context, since calendar.Date, guarded bool) ([]string, error)
	// Undelivered returns how many messages for the case channel keep failing.
	Undelivered(context.Context) (int, error)
}

// Handler shows the Home tab, and takes absences and the choice of a language there.
type Handler struct {
	*core.Env
	reader   HomeReader
	absences AbsenceKeeper
	language LanguageKeeper
	lists    *lookup.Handler
	cleanup  *cleanup.Handler
	review   *review.Handler
	consult  *consult.Handler
}

func New(e *core.Env, r HomeReader, a AbsenceKeeper, l LanguageKeeper, ls *lookup.Handler, c *cleanup.Handler, q *review.Handler, k *consult.Handler) *Handler {
	return &Handler{e, r, a, l, ls, c, q, k}
}

// Table registers what stands behind the ids of this subject.
func (h *Handler) Table() core.Table {
	all := map[string]core.Screen{
		absenceID:  {Open: h.openAbsence, Submit: h.submitAbsence},
		absenceEnd: {Open: h.endAbsence},
		languageID: {Open: h.chooseLanguage},
	}
	for _, f := range homeFilters() {
		all[homeFilter+string(f)] = core.Screen{Open: h.chooseOnHome}
	}
	return core.Table{Screens: all, Renew: h.renew}
}

// Event answers an event of Slack's that shows something: the Home tab being
// opened. Other events are the bot's.
func (h *Handler) Event(ctx context.Context, e incoming.Event) {
	if e.Type != incoming.HomeOpened || e.Tab == "messages" {
		return
	}
	g := core.Gesture{Name: "home", View: e.View} // with what was chosen before
	err := h.Admit(ctx, &g, roster.PersonID(e.User.ID))
	if err := h.Slack.PublishHome(ctx, g.Who.ID, h.homeView(ctx, g, err)); err != nil {
		h.Log.WarnContext(ctx, "home not published", "error", err)
	}
}

// homeView is the Home tab of a member; of anybody else, or when the person
// could not be looked up, the sentence that says so.
func (h *Handler) homeView(ctx context.Context, g core.Gesture, err error) slack.HomeTabViewRequest {
	var blocks []slack.Block
	if err != nil {
		blocks = []slack.Block{kit.Section(kit.Escape(h.Why(ctx, g, err)), nil)}
	} else {
		blocks = slices.Concat(h.welcome(g), h.consult.HomeSection(ctx, g), h.undelivered(ctx, g), h.unannounced(ctx, g), h.cleanup.HomeSection(ctx, g), h.review.HomeSection(ctx, g), h.homeAbsence(ctx, g), h.homeCases(ctx, g), h.homeLanguage(g))
	}
	core.Prompt(g.Speak, blocks)
	return slack.HomeTabViewRequest{
		Type: slack.VTHomeTab, PrivateMetadata: kit.Metadata{Filter: g.Metadata().Filter}.String(),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
}

// chooseOnHome shows another list on the Home tab. What is chosen lies in the
// view alone.
func (h *Handler) chooseOnHome(ctx context.Context, g core.Gesture) error {
	g.View.PrivateMetadata = kit.Metadata{Filter: lists.Filter(strings.TrimPrefix(g.Name, homeFilter))}.String()
	return h.Slack.PublishHome(ctx, g.Who.ID, h.homeView(ctx, g, nil))
}

func (h *Handler) welcome(g core.Gesture) []slack.Block {
	ways := []slack.BlockElement{
		kit.Button(string(workflow.ActionFile), "", g.Speak.Say("home.log"), slack.StylePrimary),
		kit.Button(lookup.ListOpen, "", g.Speak.Say("home.list"), ""),
	}
	if outbox.MayHave(h.Policy.Roster, g.Who.ID, outbox.DocumentOverview) {
		ways = append(ways, kit.Button(export.RegisterExport, "", g.Speak.Say("register_export.title"), ""))
	}
	return []slack.Block{
		kit.Header(g.Speak.Say("home.greeting", texts.Args{"Name": g.Who.Name})),
		kit.Section(g.Speak.Say("home.intro"), nil),
		kit.Buttons("", ways...),
		slack.NewDividerBlock(),
	}
}

// undelivered warns officers that messages don't arrive, so that nothing is
// dropped silently (design section 3).
func (h *Handler) undelivered(ctx context.Context, g core.Gesture) []slack.Block {
	if !h.Policy.Roster.IsOfficer(g.Who.ID) {
		return nil
	}
	n, err := h.reader.Undelivered(ctx)
	if err != nil || n == 0 { // the list below says that the register is lost
		return nil
	}
	return []slack.Block{kit.Section(g.Speak.Say("home.undelivered", texts.Args{"Count": n}), nil)}
}

// unannounced tells officers and directors for a while of what was erased though
// nobody could be told before (R10).
func (h *Handler) unannounced(ctx context.Context, g core.Gesture) []slack.Block {
	if !h.Policy.Roster.Has(g.Who.ID) {
		return nil
	}
	numbers, err := h.reader.Unannounced(ctx, h.Today().AddDays(-workflow.UnannouncedShown), false)
	if err != nil || len(numbers) == 0 {
		return nil
	}
	shown := strings.Join(numbers[:min(len(numbers), numbersShown)], ", ")
	if len(numbers) > numbersShown {
		shown += ", …"
	}
	return []slack.Block{kit.Section(g.Speak.Say("home.unannounced", texts.Args{"Count": len(numbers), "Numbers": shown}), nil)}
}

// numbersShown is how many numbers a sentence of Home lists.
const numbersShown = 20
