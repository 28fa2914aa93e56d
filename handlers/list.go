package handlers

import (
	"context"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
)

// The action ids of the list: show it, turn its page, show another list, show
// what was closed in a month.
const (
	listOpen   = "list"
	listMore   = "list_more"
	listFilter = "list_filter"
	listMonth  = "list_month"
)

// pageSize is how many cases a page shows: a modal has room for 100 blocks.
const pageSize = 20

// caseLister reads the lists and searches of the register, as somebody may see
// them.
type caseLister interface {
	// List returns a page of a list or a search; workflow.CodeForbidden when
	// the viewer may not have it.
	List(context.Context, lists.Query) (lists.Page, error)
}

// listsHandler shows lists of cases, searches them, and finds one by its number.
type listsHandler struct {
	*caseForms
	Lister  caseLister
	dossier *dossierHandler
}

func newLists(f *caseForms, l caseLister, d *dossierHandler) *listsHandler {
	return &listsHandler{f, l, d}
}

// Table registers what stands behind the ids of this subject.
func (h *listsHandler) Table() table {
	return table{Screens: map[string]screen{
		listOpen:   {open: h.openList},
		listMore:   {open: h.turnPage},
		listFilter: {open: h.turnPage},
		listMonth:  {open: h.turnPage},
	}, Command: h.command}
}

func (h *listsHandler) command(text string) opener {
	if number, ok := caseNumber(text); ok {
		return opens(func(ctx context.Context, g gesture) error { return h.openNumber(ctx, g, number) })
	}
	if wanted, ok := searchText(text); ok {
		return opens(func(ctx context.Context, g gesture) error { return h.openSearch(ctx, g, wanted) })
	}
	if text == "lijst" || text == "list" {
		return opens(h.openList)
	}
	return nil
}

// openList shows the cases that the person may know of.
func (h *listsHandler) openList(ctx context.Context, g gesture) error {
	return h.openListing(ctx, g, listing{})
}

// turnPage shows what a button or an option leads to, in the same modal.
func (h *listsHandler) turnPage(ctx context.Context, g gesture) error {
	return h.openListing(ctx, g, parseListing(g.value))
}

func (h *listsHandler) openListing(ctx context.Context, g gesture, s listing) error {
	page, err := h.page(ctx, s.query(g.who.ID, pageSize))
	if err != nil {
		return err
	}
	return h.show(ctx, g, h.listView(ctx, g, s, page))
}

// page reads cases as the person may see them.
func (h *listsHandler) page(ctx context.Context, q lists.Query) (lists.Page, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	return h.Lister.List(ctx, q)
}

func (h *listsHandler) listView(ctx context.Context, g gesture, s listing, page lists.Page) slack.ModalViewRequest {
	sp := g.speak
	var blocks []slack.Block
	if s.Kind == "" {
		blocks = h.choiceOfList(g, s)
	}
	blocks = append(blocks, h.listBlocks(ctx, g, s, page)...)
	return modal(listOpen, sp.Say("list.title"), "", sp.Say("common.close"), metadata{}, blocks...)
}

// choiceOfList leads to the other lists, for who has more than one.
func (h *listsHandler) choiceOfList(g gesture, s listing) []slack.Block {
	var options []option
	for _, f := range lists.Filters(h.Policy.Roster, g.who.ID) {
		if f != lists.FilterClosed {
			options = append(options, option{listing{Filter: f}.String(), g.speak.Say("list.filter." + string(f))})
		}
	}
	if len(options) < 2 {
		return nil
	}
	first := s.Filter
	if first == "" {
		first = lists.Filters(h.Policy.Roster, g.who.ID)[0]
	}
	which := choose(listing{Filter: first}.String(), options)
	which.ActionID, which.Placeholder = listFilter, plain(g.speak.Say("list.choose"))
	return append([]slack.Block{section(g.speak.Say("list.which"), which)}, h.choiceOfMonth(g, s)...)
}

// choiceOfMonth leads to the cases that were closed in a month.
func (h *listsHandler) choiceOfMonth(g gesture, s listing) []slack.Block {
	if !lists.MayList(h.Policy.Roster, g.who.ID, lists.FilterClosed) {
		return nil
	}
	var options []option
	for back := range monthsBack + 1 {
		d := h.today().AddMonths(-back)
		options = append(options, option{monthListing(d).String(), g.speak.Month(d)})
	}
	months := choose(listing{Filter: s.Filter, Month: s.Month}.String(), options)
	months.ActionID, months.Placeholder = listMonth, plain(g.speak.Say("list.choose_month"))
	return []slack.Block{section(g.speak.Say("list.closed_in"), months)}
}

func monthListing(d calendar.Date) listing {
	return listing{Filter: lists.FilterClosed, Month: fmt.Sprintf("%04d-%02d", d.Year, d.Month)}
}

// listBlocks is a heading, a block a case, and the way to the next page; a
// sentence when there is no case.
func (h *listsHandler) listBlocks(ctx context.Context, g gesture, s listing, page lists.Page) []slack.Block {
	heading := header(h.heading(g, s))
	if len(page.Cases) == 0 {
		return []slack.Block{heading, section(g.speak.Say("list.empty"), nil)}
	}
	return append([]slack.Block{heading}, h.pageBlocks(ctx, g, s, page)...)
}

func (h *listsHandler) heading(g gesture, s listing) string {
	f := s.Filter
	if f == "" {
		f = lists.Filters(h.Policy.Roster, g.who.ID)[0]
	}
	switch month, _ := time.Parse(monthForm, s.Month); {
	case s.Kind != "":
		return g.speak.Say("search.kind." + string(s.Kind))
	case f == lists.FilterClosed:
		return g.speak.Say("list.closed_heading", texts.Args{"Month": g.speak.Month(calendar.NewDate(month.Year(), month.Month(), 1))})
	}
	return g.speak.Say("list.filter." + string(f))
}

// pageBlocks is a block a case and the way to the next page.
func (h *listsHandler) pageBlocks(ctx context.Context, g gesture, s listing, page lists.Page) []slack.Block {
	var blocks []slack.Block
	for i := range page.Cases {
		blocks = append(blocks, h.listedCase(ctx, g, &page.Cases[i]))
	}
	if page.Next != "" {
		s.After = page.Next
		blocks = append(blocks, buttons("", button(listMore, s.String(), g.speak.Say("list.more"), "")))
	}
	return blocks
}

// listedCase is one case in a list: who handles it and the way to its dossier for
// an officer, number and promise for a director, number, state and dates for
// who logged it.
func (h *listsHandler) listedCase(ctx context.Context, g gesture, c *workflow.Complaint) slack.Block {
	sp, access := g.speak, c.Access(h.Policy.Roster, g.who.ID)
	args := texts.Args{
		"Number": c.Number, "State": choice(sp, "state", c.State),
		"Received": sp.Date(c.Facts.Received), "Promise": h.nextPromise(sp, c),
	}
	switch access {
	case workflow.AccessFull:
		args["Owner"] = escape(h.name(ctx, sp, c.Owner))
		return section(sp.Say("list.case.full", args),
			button(string(workflow.ActionDossier), refTo(c).String(), sp.Say("list.dossier"), ""))
	case workflow.AccessOverview:
		return section(sp.Say("list.case.overview", args), nil)
	}
	return section(sp.Say("list.case.own", args), nil)
}

// nextPromise tells which promise is due first, and by when; days left stand
// beside the date, since this is made anew each time it is looked at.
func (h *listsHandler) nextPromise(sp texts.Speaker, c *workflow.Complaint) string {
	owed := c.Owed()
	if len(owed) == 0 {
		return sp.Say("list.nothing_due")
	}
	next := owed[0]
	left := next.Due.DaysSince(h.today())
	args := texts.Args{"What": sp.Say("common.promise_name." + string(next.Kind)), "Date": sp.Date(next.Due)}
	switch {
	case left < 0:
		args["Days"] = sp.Days(-left)
		return sp.Say("list.due.late", args)
	case left == 0:
		return sp.Say("list.due.today", args)
	}
	args["Days"] = sp.Days(left)
	return sp.Say("list.due.left", args)
}
