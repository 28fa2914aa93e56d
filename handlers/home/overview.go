package home

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/handlers/lookup"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/lists"
)

// How many cases the Home tab shows of the list that was chosen, and of each
// list above the others; the modal has the rest.
const (
	homeSize    = 10
	sectionSize = 5
)

// homeFilter begins the action ids of the buttons that choose a list; alone it
// is the overview.
const homeFilter = "home_filter_"

// homeFilters are the choices on an officer's Home tab; "" is the overview.
func homeFilters() []lists.Filter {
	return []lists.Filter{"", lists.FilterOverdue, lists.FilterToday, lists.FilterWaiting, lists.FilterOpen}
}

// homeCases is what somebody's roles show them: officers their work, directors
// what is overdue and what they handle, everybody else what they logged.
func (h *Handler) homeCases(ctx context.Context, g core.Gesture) []slack.Block {
	var blocks []slack.Block
	var err error
	switch there := h.Policy.Roster; {
	case there.IsOfficer(g.Who.ID):
		blocks, err = h.officersHome(ctx, g)
	case there.IsDirector(g.Who.ID):
		blocks, err = h.directorsHome(ctx, g)
	default:
		var page lists.Page
		if page, err = h.homePage(ctx, g, lists.FilterLogged, homeSize); err == nil {
			blocks = h.lists.ListBlocks(ctx, g, lookup.Listing{Filter: lists.FilterLogged}, page)
		}
	}
	if err != nil {
		return append(blocks, kit.Section(kit.Escape(h.Why(ctx, g, err)), nil))
	}
	return blocks
}

func (h *Handler) homePage(ctx context.Context, g core.Gesture, f lists.Filter, limit int) (lists.Page, error) {
	return h.lists.Page(ctx, lists.Query{Viewer: g.Who.ID, Filter: f, Limit: limit})
}

// officersHome is the buttons that choose a list, with counts, the list that
// was chosen or the overview, and the way to what is closed.
func (h *Handler) officersHome(ctx context.Context, g core.Gesture) ([]slack.Block, error) {
	reading, cancel := context.WithTimeout(ctx, core.ReadTime)
	defer cancel()
	counts, err := h.reader.Counts(reading, g.Who.ID)
	if err != nil {
		return nil, err
	}
	chosen := g.Metadata().Filter
	if !slices.Contains(homeFilters(), chosen) {
		chosen = ""
	}
	blocks := []slack.Block{filterRow(g, chosen, counts)}
	var shown []slack.Block
	if chosen == "" {
		shown, err = h.overview(ctx, g, counts)
	} else {
		var page lists.Page
		page, err = h.homePage(ctx, g, chosen, homeSize)
		shown = h.lists.ListBlocks(ctx, g, lookup.Listing{Filter: chosen}, page)
	}
	if err != nil {
		return blocks, err
	}
	return slices.Concat(blocks, shown, []slack.Block{slack.NewDividerBlock()}, h.lists.ChoiceOfMonth(g, lookup.Listing{})), nil
}

// filterRow marks what was chosen with a sign as well as a colour.
func filterRow(g core.Gesture, chosen lists.Filter, counts lists.Counts) *slack.ActionBlock {
	var elements []slack.BlockElement
	for _, f := range homeFilters() {
		label, style := g.Speak.Say("home.overview"), slack.StyleDefault
		if f != "" {
			label = g.Speak.Say("home.filter."+string(f), texts.Args{"N": counted(counts[f])})
		}
		if f == chosen {
			label, style = "✓ "+label, slack.StylePrimary
		}
		elements = append(elements, kit.Button(homeFilter+string(f), "", label, style))
	}
	return kit.Buttons("", elements...)
}

// counted is a count as people read it: counting stops at workflow.MaxCount.
func counted(n int) string {
	if n >= lists.MaxCount {
		return fmt.Sprintf("%d+", lists.MaxCount-1)
	}
	return fmt.Sprint(n)
}

// overview begins with what is overdue, due soon and waiting; the open cases that are
// none of these follow, so that each stands there once, also where a section shows
// only its first cases.
func (h *Handler) overview(ctx context.Context, g core.Gesture, counts lists.Counts) ([]slack.Block, error) {
	var blocks []slack.Block
	shown := map[workflow.CaseID]bool{}
	for _, f := range []lists.Filter{lists.FilterOverdue, lists.FilterToday, lists.FilterWaiting} {
		if counts[f] == 0 {
			continue
		}
		page, err := h.homePage(ctx, g, f, sectionSize)
		if err != nil {
			return blocks, err
		}
		page.Cases = slices.DeleteFunc(page.Cases, func(c workflow.Complaint) bool { return shown[c.ID] })
		for _, c := range page.Cases {
			shown[c.ID] = true
		}
		if len(page.Cases) > 0 || page.Next != "" {
			blocks = append(blocks, kit.Header(h.lists.Heading(g, lookup.Listing{Filter: f})))
			blocks = append(blocks, h.lists.PageBlocks(ctx, g, lookup.Listing{Filter: f}, page)...)
		}
	}
	rest, err := h.homePage(ctx, g, lists.FilterLater, homeSize)
	if err != nil {
		return blocks, err
	}
	return append(blocks, h.others(ctx, g, rest, len(shown) > 0)...), nil
}

// others are the open cases that stand in no section above.
func (h *Handler) others(ctx context.Context, g core.Gesture, page lists.Page, above bool) []slack.Block {
	heading := g.Speak.Say("list.filter.open")
	if above {
		heading = g.Speak.Say("list.filter.later")
	}
	switch {
	case len(page.Cases) == 0 && above:
		return nil
	case len(page.Cases) == 0:
		return []slack.Block{kit.Header(heading), kit.Section(g.Speak.Say("home.nothing"), nil)}
	}
	more := page.Next != ""
	page.Next = ""
	blocks := append([]slack.Block{kit.Header(heading)}, h.lists.PageBlocks(ctx, g, lookup.Listing{}, page)...)
	if more {
		blocks = append(blocks, kit.Remark(g.Speak.Say("home.more")))
	}
	return blocks
}

// directorsHome is each overdue case with what it is about and how late its promises
// are, and nothing else; what the director handles; what the director logged.
func (h *Handler) directorsHome(ctx context.Context, g core.Gesture) ([]slack.Block, error) {
	overdue, err := h.homePage(ctx, g, lists.FilterOverdue, homeSize)
	if err != nil {
		return nil, err
	}
	blocks := append([]slack.Block{kit.Header(g.Speak.Say("list.filter.overdue"))}, h.overduePromises(g, overdue)...)
	for _, f := range []lists.Filter{lists.FilterHandled, lists.FilterLogged} {
		page, err := h.homePage(ctx, g, f, homeSize)
		if err != nil {
			return blocks, err
		}
		if len(page.Cases) > 0 {
			blocks = append(blocks, h.lists.ListBlocks(ctx, g, lookup.Listing{Filter: f}, page)...)
		}
	}
	return blocks, nil
}

func (h *Handler) overduePromises(g core.Gesture, page lists.Page) []slack.Block {
	var blocks []slack.Block
	for _, c := range page.Cases {
		if lines := h.overdueLines(g, &c); len(lines) > 0 {
			blocks = append(blocks, kit.Section(strings.Join(lines, "\n"), nil))
		}
	}
	if len(blocks) == 0 {
		return []slack.Block{kit.Section(g.Speak.Say("home.nothing_overdue"), nil)}
	}
	if page.Next != "" {
		next := lookup.Listing{Filter: lists.FilterOverdue, After: page.Next}
		blocks = append(blocks, kit.Buttons("", kit.Button(lookup.ListMore, next.String(), g.Speak.Say("list.more"), "")))
	}
	return blocks
}

// overdueLines are a line for each overdue promise of a case, and what the case is
// about.
func (h *Handler) overdueLines(g core.Gesture, c *workflow.Complaint) (lines []string) {
	for _, p := range workflow.Overdue(c, h.Today()) {
		lines = append(lines, g.Speak.Say("home.overdue_promise", texts.Args{
			"Number": c.Number, "What": cases.PromiseName(g.Speak, c, p.Kind), "Days": g.Speak.Days(h.Today().DaysSince(p.Due)),
		}))
	}
	if about := cases.About(g.Speak, c); about != "" && len(lines) > 0 && !h.Policy.PastTerm(c, h.Today()) {
		lines = append(lines, about)
	}
	return lines
}
