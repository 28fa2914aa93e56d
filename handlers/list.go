package handlers

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// The action ids of the list: show it, and turn its page.
const (
	listOpen = "list"
	listMore = "list_more"
)

// pageSize is how many cases a page shows: a modal has room for 100 blocks.
const pageSize = 20

// openList shows the cases that the person may know of.
func (h *Handler) openList(ctx context.Context, g gesture) error {
	return h.openPage(ctx, g, "")
}

// openNextPage turns the page in the same modal.
func (h *Handler) openNextPage(ctx context.Context, g gesture) error {
	return h.openPage(ctx, g, g.value)
}

func (h *Handler) openPage(ctx context.Context, g gesture, after string) error {
	page, err := h.page(ctx, g.who.ID, after, pageSize)
	if err != nil {
		return err
	}
	return h.show(ctx, g, h.listView(ctx, g, page))
}

// page reads cases as the person may see them: those under way for officers
// and directors, what they logged for staff. What is kept from somebody is
// not among them.
func (h *Handler) page(ctx context.Context, who workflow.PersonID, after string, limit int) (workflow.Page, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	return h.Register.List(ctx, workflow.Query{
		Viewer: who, After: after, Limit: limit,
	})
}

// oversees reports whether the person sees cases that others logged.
func (h *Handler) oversees(who workflow.PersonID) bool {
	return h.Policy.Roster.IsOfficer(who) || h.Policy.Roster.IsDirector(who)
}

func (h *Handler) listView(ctx context.Context, g gesture, page workflow.Page) slack.ModalViewRequest {
	sp := g.speak
	blocks := h.listBlocks(ctx, g, page)
	if page.Next != "" {
		blocks = append(blocks, buttons("", button(listMore, page.Next, sp.Say("list.more"), "")))
	}
	return modal(listOpen, sp.Say("list.title"), "", sp.Say("common.close"), memo{}, blocks...)
}

// listBlocks is a heading and a block a case; a sentence when there is none.
func (h *Handler) listBlocks(ctx context.Context, g gesture, page workflow.Page) []slack.Block {
	heading, empty := "list.all", "list.empty"
	if !h.oversees(g.who.ID) {
		heading, empty = "list.mine", "list.mine_empty"
	}
	if len(page.Cases) == 0 {
		return []slack.Block{section(g.speak.Say(empty), nil)}
	}
	blocks := []slack.Block{header(g.speak.Say(heading))}
	for i := range page.Cases {
		blocks = append(blocks, h.listed(ctx, g, &page.Cases[i]))
	}
	return blocks
}

// listed is one case in a list: who handles it and the way to its dossier for
// an officer, number and promise for a director, number, state and dates for
// who logged it.
func (h *Handler) listed(ctx context.Context, g gesture, c *workflow.Complaint) slack.Block {
	sp, access := g.speak, h.Policy.Roster.Access(c, g.who.ID)
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
func (h *Handler) nextPromise(sp texts.Speaker, c *workflow.Complaint) string {
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
