package lookup

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// What the tests of this package reach.
const (
	PageSize = pageSize
)

var (
	CaseNumber       = caseNumber
	LooksLikeContact = looksLikeContact
	ParseListing     = parseListing
	SearchText       = searchText
)

func (s Listing) Query(who roster.PersonID, limit int) lists.Query {
	return s.query(who, limit)
}

func (h *Handler) CardView(ctx context.Context, sp texts.Speaker, c *workflow.Complaint, who roster.PersonID) slack.ModalViewRequest {
	return h.cardView(ctx, sp, c, who)
}

func (h *Handler) ListView(ctx context.Context, g core.Gesture, s Listing, page lists.Page) slack.ModalViewRequest {
	return h.listView(ctx, g, s, page)
}

func (h *Handler) DuePromises(sp texts.Speaker, c *workflow.Complaint) string {
	return h.duePromises(sp, c)
}
