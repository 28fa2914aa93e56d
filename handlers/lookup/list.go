// Package lookup finds cases: lists, searches, and one by its number.
package lookup

import (
	"context"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/dossier"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
)

// The action ids of the list: show it, turn its page, show another list, show
// what was closed in a month.
const (
	ListOpen   = "list"
	ListMore   = "list_more"
	listFilter = "list_filter"
	listMonth  = "list_month"
)

// pageSize is how many cases a page shows: a modal has room for 100 blocks.
const pageSize = 20

// CaseLister reads the lists and searches of the register, as somebody may see
// them.
type CaseLister interface {
	// List returns a page of a list or a search; workflow.CodeForbidden when
	// the viewer may not have it.
	List(context.Context, lists.Query) (lists.Page, error)
}

// Handler shows lists of cases, searches them, and finds one by its number.
type Handler struct {
	*cases.Forms
	lister  CaseLister
	dossier *dossier.Handler
}

func New(f *cases.Forms, l CaseLister, d *dossier.Handler) *Handler {
	return &Handler{f, l, d}
}

// Table registers what stands behind the ids of this subject.
func (h *Handler) Table() core.Table {
	return core.Table{Screens: map[string]core.Screen{
		ListOpen:   {Open: h.openList},
		ListMore:   {Open: h.turnPage},
		listFilter: {Open: h.turnPage},
		listMonth:  {Open: h.turnPage},
	}, Command: h.command}
}

func (h *Handler) command(text string) core.Opener {
	if number, ok := caseNumber(text); ok {
		return core.Opens(func(ctx context.Context, g core.Gesture) error { return h.openNumber(ctx, g, number) })
	}
	if wanted, ok := searchText(text); ok {
		return core.Opens(func(ctx context.Context, g core.Gesture) error { return h.openSearch(ctx, g, wanted) })
	}
	if text == "lijst" || text == "list" {
		return core.Opens(h.openList)
	}
	return nil
}

// openList shows the cases that the person may know of.
func (h *Handler) openList(ctx context.Context, g core.Gesture) error {
	return h.openListing(ctx, g, Listing{})
}

// turnPage shows what a button or an option leads to, in the same modal.
func (h *Handler) turnPage(ctx context.Context, g core.Gesture) error {
	return h.openListing(ctx, g, parseListing(g.Value))
}

func (h *Handler) openListing(ctx context.Context, g core.Gesture, s Listing) error {
	page, err := h.Page(ctx, s.query(g.Who.ID, pageSize))
	if err != nil {
		return err
	}
	return h.Show(ctx, g, h.listView(ctx, g, s, page))
}

// Page reads cases as the person may see them.
func (h *Handler) Page(ctx context.Context, q lists.Query) (lists.Page, error) {
	ctx, cancel := context.WithTimeout(ctx, core.ReadTime)
	defer cancel()
	return h.lister.List(ctx, q)
}

func (h *Handler) listView(ctx context.Context, g core.Gesture, s Listing, page lists.Page) slack.ModalViewRequest {
	sp := g.Speak
	var blocks []slack.Block
	if s.Kind == "" {
		blocks = h.choiceOfList(g, s)
	}
	blocks = append(blocks, h.ListBlocks(ctx, g, s, page)...)
	return kit.Modal(ListOpen, sp.Say("list.title"), "", sp.Say("common.close"), kit.Metadata{}, blocks...)
}

// choiceOfList leads to the other lists, for who has more than one.
func (h *Handler) choiceOfList(g core.Gesture, s Listing) []slack.Block {
	var options []kit.Option
	for _, f := range lists.Filters(h.Policy.Roster, g.Who.ID) {
		if f != lists.FilterClosed {
			options = append(options, kit.Option{Value: Listing{Filter: f}.String(), Label: g.Speak.Say("list.filter." + string(f))})
		}
	}
	if len(options) < 2 {
		return nil
	}
	which := kit.Choose(Listing{Filter: h.filter(g, s)}.String(), options)
	which.ActionID, which.Placeholder = listFilter, kit.Plain(g.Speak.Say("list.choose"))
	return append([]slack.Block{kit.Picking(g.Speak.Say("list.which"), which, h.Nonce())}, h.ChoiceOfMonth(g, s)...)
}

// ChoiceOfMonth leads to the cases that were closed in a month.
func (h *Handler) ChoiceOfMonth(g core.Gesture, s Listing) []slack.Block {
	if !lists.MayList(h.Policy.Roster, g.Who.ID, lists.FilterClosed) {
		return nil
	}
	var options []kit.Option
	for back := range cases.MonthsBack + 1 {
		d := h.Today().AddMonths(-back)
		options = append(options, kit.Option{Value: monthListing(d).String(), Label: g.Speak.Month(d)})
	}
	months := kit.Choose(Listing{Filter: s.Filter, Month: s.Month}.String(), options)
	months.ActionID, months.Placeholder = listMonth, kit.Plain(g.Speak.Say("list.choose_month"))
	return []slack.Block{kit.Picking(g.Speak.Say("list.closed_in"), months, h.Nonce())}
}

func monthListing(d calendar.Date) Listing {
	return Listing{Filter: lists.FilterClosed, Month: fmt.Sprintf("%04d-%02d", d.Year, d.Month)}
}

// ListBlocks is a heading, a block a case, and the way to the next page; a
// sentence when there is no case.
func (h *Handler) ListBlocks(ctx context.Context, g core.Gesture, s Listing, page lists.Page) []slack.Block {
	heading := kit.Header(h.Heading(g, s))
	if len(page.Cases) == 0 {
		return []slack.Block{heading, kit.Section(g.Speak.Say(h.emptyKey(g, s)), nil)}
	}
	return append([]slack.Block{heading}, h.PageBlocks(ctx, g, s, page)...)
}

// emptyKey is the key of what a list without cases says.
func (h *Handler) emptyKey(g core.Gesture, s Listing) string {
	if s.Kind == "" && h.filter(g, s) == lists.FilterLogged {
		return "list.empty.logged"
	}
	return "list.empty"
}

// filter is the list that is meant: the first one that somebody has, unless they
// chose another.
func (h *Handler) filter(g core.Gesture, s Listing) lists.Filter {
	if s.Filter == "" {
		return lists.Filters(h.Policy.Roster, g.Who.ID)[0]
	}
	return s.Filter
}

func (h *Handler) Heading(g core.Gesture, s Listing) string {
	f := h.filter(g, s)
	switch month, _ := time.Parse(monthForm, s.Month); {
	case s.Kind != "":
		return g.Speak.Say("search.kind." + string(s.Kind))
	case f == lists.FilterClosed:
		return g.Speak.Say("list.closed_heading", texts.Args{"Month": g.Speak.Month(calendar.NewDate(month.Year(), month.Month(), 1))})
	}
	return g.Speak.Say("list.filter." + string(f))
}

// PageBlocks is a block a case and the way to the next page.
func (h *Handler) PageBlocks(ctx context.Context, g core.Gesture, s Listing, page lists.Page) []slack.Block {
	var blocks []slack.Block
	for i := range page.Cases {
		blocks = append(blocks, h.listedCase(ctx, g, &page.Cases[i]))
	}
	if page.Next != "" {
		s.After = page.Next
		blocks = append(blocks, kit.Buttons("", kit.Button(ListMore, s.String(), g.Speak.Say("list.more"), "")))
	}
	return blocks
}

// listedCase is one case in a list: who handles it and the way to its dossier for
// an officer, number and promise for a director, number, state and dates for
// who logged it.
func (h *Handler) listedCase(ctx context.Context, g core.Gesture, c *workflow.Complaint) slack.Block {
	sp, access := g.Speak, c.Access(h.Policy.Roster, g.Who.ID)
	args := texts.Args{
		"Number": c.Number, "State": kit.Choice(sp, "state", c.State),
		"Received": sp.Date(c.Facts.Received), "Promise": h.nextPromise(sp, c),
	}
	switch access {
	case workflow.AccessFull:
		args["Owner"] = kit.Escape(h.Name(ctx, sp, c.Owner))
		return kit.Section(sp.Say("list.case.full", args),
			kit.Button(string(workflow.ActionDossier), kit.RefTo(c).String(), sp.Say("list.dossier"), ""))
	case workflow.AccessOverview:
		return kit.Section(sp.Say("list.case.overview", args), nil)
	}
	return kit.Section(sp.Say("list.case.own", args), nil)
}

// nextPromise says which promise is due first, and by when. Days left stand
// beside the date, since a list is rendered anew each time it opens.
func (h *Handler) nextPromise(sp texts.Speaker, c *workflow.Complaint) string {
	if h.Policy.PastTerm(c, h.Today()) {
		return sp.Say("list.term_over")
	}
	owed := c.Owed()
	if len(owed) == 0 {
		return sp.Say("list.nothing_due")
	}
	next := owed[0]
	left := next.Due.DaysSince(h.Today())
	args := texts.Args{"What": cases.PromiseName(sp, c, next.Kind), "Date": sp.Date(next.Due)}
	switch {
	case left < 0:
		args["What"], args["Days"] = sp.Say(lateKey(c, next.Kind), args), sp.Days(-left)
		return sp.Say("list.due.late", args)
	case left == 0:
		return sp.Say("list.due.today", args)
	}
	args["Days"] = sp.Days(left)
	return sp.Say("list.due.left", args)
}

// lateKey is the key of what should have been done by a date that has passed.
func lateKey(c *workflow.Complaint, kind workflow.PromiseKind) string {
	if cases.ToTell(c, kind) {
		return "list.late.tell"
	}
	return "list.late." + string(kind)
}
