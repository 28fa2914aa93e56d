package handlers

import (
	"context"
	"slices"
	"strings"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// homeReader reads what Home shows beside the lists.
type homeReader interface {
	// Counts returns how many cases stand in the lists of open ones.
	Counts(ctx context.Context, viewer roster.PersonID) (lists.Counts, error)
	// Undelivered returns how many messages for the case channel keep failing.
	Undelivered(context.Context) (int, error)
}

// homeHandler shows the Home tab, and takes absences there.
type homeHandler struct {
	*Env
	Home     homeReader
	Absences absenceKeeper
	lists    *listsHandler
	cleanup  *cleanupHandler
	review   *reviewHandler
}

func newHome(e *Env, r homeReader, a absenceKeeper, l *listsHandler, c *cleanupHandler, q *reviewHandler) *homeHandler {
	return &homeHandler{e, r, a, l, c, q}
}

// Table registers what stands behind the ids of this subject.
func (h *homeHandler) Table() table {
	all := map[string]screen{
		absenceID:  {open: h.openAbsence, submit: h.submitAbsence},
		absenceEnd: {open: h.endAbsence},
	}
	for _, f := range homeFilters() {
		all[homeFilter+string(f)] = screen{open: h.chooseOnHome}
	}
	return table{Screens: all}
}

// Event answers an event of Slack's that shows something: the Home tab being
// opened. Other events are the bot's.
func (h *homeHandler) Event(ctx context.Context, inner any) {
	e, ok := inner.(*slackevents.AppHomeOpenedEvent)
	if !ok || e.Tab == "messages" {
		return
	}
	g := gesture{name: "home"}
	if e.View != nil { // what was chosen before
		g.view = *e.View
	}
	err := h.admit(ctx, &g, roster.PersonID(e.User))
	if err := h.Slack.PublishHome(ctx, g.who.ID, h.homeView(ctx, g, err)); err != nil {
		h.Log.WarnContext(ctx, "home not published", "error", err)
	}
}

// homeView is the Home tab of a member; of anybody else, or when the person
// could not be looked up, the sentence that says so.
func (h *homeHandler) homeView(ctx context.Context, g gesture, err error) slack.HomeTabViewRequest {
	var blocks []slack.Block
	if err != nil {
		blocks = []slack.Block{section(escape(h.why(ctx, g, err)), nil)}
	} else {
		blocks = slices.Concat(h.welcome(g), h.undelivered(ctx, g), h.cleanup.homeSection(ctx, g), h.review.homeSection(ctx, g), h.homeAbsence(ctx, g), h.homeCases(ctx, g))
	}
	return slack.HomeTabViewRequest{
		Type: slack.VTHomeTab, PrivateMetadata: metadata{Filter: g.metadata().Filter}.String(),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
}

// chooseOnHome shows another list on the Home tab. What is chosen lies in the
// view alone.
func (h *homeHandler) chooseOnHome(ctx context.Context, g gesture) error {
	g.view.PrivateMetadata = metadata{Filter: lists.Filter(strings.TrimPrefix(g.name, homeFilter))}.String()
	return h.Slack.PublishHome(ctx, g.who.ID, h.homeView(ctx, g, nil))
}

func (h *homeHandler) welcome(g gesture) []slack.Block {
	ways := []slack.BlockElement{
		button(string(workflow.ActionFile), "", g.speak.Say("home.log"), slack.StylePrimary),
		button(listOpen, "", g.speak.Say("home.list"), ""),
	}
	if outbox.MayHave(h.Policy.Roster, g.who.ID, outbox.DocumentOverview) {
		ways = append(ways, button(registerExport, "", g.speak.Say("register_export.title"), ""))
	}
	return []slack.Block{
		header(g.speak.Say("home.greeting", texts.Args{"Name": g.who.Name})),
		section(g.speak.Say("home.intro"), nil),
		buttons("", ways...),
		slack.NewDividerBlock(),
	}
}

// undelivered tells officers that messages don't arrive, so that nothing is
// dropped silently (design section 3).
func (h *homeHandler) undelivered(ctx context.Context, g gesture) []slack.Block {
	if !h.Policy.Roster.IsOfficer(g.who.ID) {
		return nil
	}
	n, err := h.Home.Undelivered(ctx)
	if err != nil || n == 0 { // a register that is away shows in the list below
		return nil
	}
	return []slack.Block{section(g.speak.Say("home.undelivered", texts.Args{"Count": n}), nil)}
}
