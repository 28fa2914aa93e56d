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

// Event answers an event of Slack's that shows something: the Home tab being
// opened. Other events are the bot's.
func (h *Handler) Event(ctx context.Context, inner any) {
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

// chooseOnHome shows another list on the Home tab. What is chosen lies in the
// view alone.
func (h *Handler) chooseOnHome(ctx context.Context, g gesture) error {
	g.view.PrivateMetadata = memo{Filter: lists.Filter(strings.TrimPrefix(g.name, homeFilter))}.String()
	return h.Slack.PublishHome(ctx, g.who.ID, h.homeView(ctx, g, nil))
}

// homeView is the Home tab of a member; of anybody else, or when the person
// could not be looked up, the sentence that says so.
func (h *Handler) homeView(ctx context.Context, g gesture, err error) slack.HomeTabViewRequest {
	var blocks []slack.Block
	if err != nil {
		blocks = []slack.Block{section(escape(h.why(ctx, g, err)), nil)}
	} else {
		blocks = slices.Concat(h.welcome(g), h.homeTrouble(ctx, g), h.homeRemains(ctx, g), h.homeReviews(ctx, g), h.homeAbsence(ctx, g), h.homeCases(ctx, g))
	}
	return slack.HomeTabViewRequest{
		Type: slack.VTHomeTab, PrivateMetadata: memo{Filter: g.memo().Filter}.String(),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
}

func (h *Handler) welcome(g gesture) []slack.Block {
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

// homeTrouble tells officers that messages don't arrive, so that nothing is
// dropped silently (design section 3).
func (h *Handler) homeTrouble(ctx context.Context, g gesture) []slack.Block {
	if !h.Policy.Roster.IsOfficer(g.who.ID) {
		return nil
	}
	n, err := h.Lister.Undelivered(ctx)
	if err != nil || n == 0 { // a register that is away shows in the list below
		return nil
	}
	return []slack.Block{section(g.speak.Say("home.undelivered", texts.Args{"Count": n}), nil)}
}
