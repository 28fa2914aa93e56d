// Package dossier shows all that is kept on a case, who complains, and the other
// cases of the same complainant. Each look is recorded before anything shows.
package dossier

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/export"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/handlers/subject"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// The action ids of the dossier's pages. The look was recorded when the
// dossier was opened; turning a page adds nothing to it.
const (
	dossierNext     workflow.ActionName = "dossier_next"
	dossierPrevious workflow.ActionName = "dossier_previous"
)

// repost is the action id of the button that has the case message posted anew
// where it is gone.
const repost workflow.ActionName = "repost"

// One page of the dossier: well within Slack's 100 blocks and 250 kB a view,
// and short enough to leaf through on a phone.
const (
	maxPageBlocks = 80
	maxPageBytes  = 60000
)

// DossierReader reads all that is kept on a case.
type DossierReader interface {
	// Dossier returns the entries of a case, oldest first.
	Dossier(context.Context, workflow.CaseID) ([]workflow.Record, error)
	// Attachments lists the files of a case, without their content.
	Attachments(context.Context, workflow.CaseID) ([]workflow.Attachment, error)
	// Related returns the other cases that are, or may be, of the same
	// complainant, as far as viewer has an officer's rights on them and on
	// this one.
	Related(ctx context.Context, id workflow.CaseID, viewer roster.PersonID) (workflow.Related, error)
}

// ViewChecker has the bot look whether what a case shows in Slack still stands.
type ViewChecker interface {
	// CheckCase has it look at one case, and post anew what is gone.
	CheckCase(context.Context, workflow.CaseID) error
}

// Handler shows who complains and all that is known of a case. That
// somebody looked is recorded before they see anything.
type Handler struct {
	*cases.Forms
	dossiers DossierReader
	views    ViewChecker
}

func New(f *cases.Forms, r DossierReader, v ViewChecker) *Handler { return &Handler{f, r, v} }

// Table registers what stands behind the ids of this subject.
func (h *Handler) Table() core.Table {
	return core.Table{Screens: map[string]core.Screen{
		string(workflow.ActionIdentity): {Open: h.openIdentity},
		string(workflow.ActionDossier):  {Open: h.OpenDossier},
		string(workflow.ActionLink):     {Open: h.link},
		string(dossierNext):             {Open: h.turnDossier},
		string(dossierPrevious):         {Open: h.turnDossier},
		string(repost):                  {Open: h.repost},
	}}
}

// OpenDossier shows everything that is known of a case, from the first page.
func (h *Handler) OpenDossier(ctx context.Context, g core.Gesture) error {
	return h.showDossier(ctx, g, 0, func(ctx context.Context) (workflow.Complaint, error) {
		return h.recordLook(ctx, g, workflow.LookDossier{})
	})
}

// turnDossier shows the page that the button names, of the case that the
// modal is about.
func (h *Handler) turnDossier(ctx context.Context, g core.Gesture) error {
	page, err := strconv.Atoi(g.Value)
	if err != nil {
		return core.ErrUnknown
	}
	g.Ref = kit.Ref{Case: g.Metadata().Case, Version: g.Metadata().Version}
	return h.showDossier(ctx, g, page, func(ctx context.Context) (workflow.Complaint, error) {
		return h.OfficersCase(ctx, g)
	})
}

func (h *Handler) showDossier(ctx context.Context, g core.Gesture, page int, read func(context.Context) (workflow.Complaint, error)) error {
	reading, cancel := context.WithTimeout(ctx, core.ReadTime)
	defer cancel()
	c, err := read(reading)
	if err != nil {
		return err
	}
	records, err := h.dossiers.Dossier(reading, c.ID)
	if err != nil {
		return err
	}
	files, err := h.dossiers.Attachments(reading, c.ID)
	if err != nil {
		return err
	}
	related, records, err := h.related(reading, g, &c, records)
	if err != nil {
		return err
	}
	pages := paged(append(related, h.dossierBlocks(reading, g, &c, files, records)...))
	return h.Show(ctx, g, h.dossierView(g, &c, pages, page))
}

// dossierView is one page: what can be done first, on the first, and the way
// to the other pages last.
func (h *Handler) dossierView(g core.Gesture, c *workflow.Complaint, pages [][]slack.Block, page int) slack.ModalViewRequest {
	page = min(max(page, 0), len(pages)-1)
	var blocks []slack.Block
	if page == 0 {
		names := slices.DeleteFunc(h.Policy.OnMessage(c, h.Today()), func(n workflow.ActionName) bool {
			return n == workflow.ActionDossier
		})
		blocks = append(blocks, cases.ActionRow(g.Speak, c, names, h.Nonce()), withRepost(subject.WithErasure(export.ExportRow(g.Speak, c), g, c), g.Speak, c))
	}
	blocks = append(blocks, pages[page]...)
	if len(pages) > 1 {
		blocks = append(blocks, turnRow(g.Speak, page, len(pages)))
	}
	blocks = append(blocks, h.lookKept(g.Speak, c))
	title := g.Speak.Say("dossier.title", texts.Args{"Number": c.Number})
	return kit.Modal(string(workflow.ActionDossier), title, "", g.Speak.Say("common.close"), kit.Metadata{Case: c.ID, Version: c.Version}, blocks...)
}

// withRepost adds the button that has the case message posted anew, where a guarded
// case shows: in direct messages.
func withRepost(row *slack.ActionBlock, sp texts.Speaker, c *workflow.Complaint) *slack.ActionBlock {
	key := "dossier.repost"
	if c.Guarded() {
		key = "dossier.repost_guarded"
	}
	row.Elements.ElementSet = append(row.Elements.ElementSet, kit.Button(string(repost), kit.RefTo(c).String(), sp.Say(key), slack.StyleDefault))
	return row
}

// repost has the bot look whether the case message still stands, which comes a
// moment later, and says so.
func (h *Handler) repost(ctx context.Context, g core.Gesture) error {
	c, err := h.OfficersCase(ctx, g)
	if err != nil {
		return err
	}
	asking, cancel := context.WithTimeout(ctx, core.ReadTime)
	defer cancel()
	if err := h.views.CheckCase(asking, c.ID); err != nil {
		return err
	}
	args, key := texts.Args{"Number": c.Number}, "dossier.reposting"
	if c.Guarded() {
		key = "dossier.reposting_guarded"
	}
	return h.Show(ctx, g, kit.Modal(string(repost), g.Speak.Say("dossier.title", args), "", g.Speak.Say("common.close"),
		kit.Metadata{Case: c.ID, Version: c.Version}, kit.Section(kit.Escape(g.Speak.Say(key, args)), nil)))
}

// turnRow leads to the page before and the page after.
func turnRow(sp texts.Speaker, page, pages int) *slack.ActionBlock {
	turn := func(name workflow.ActionName, to int) slack.BlockElement {
		label := sp.Say("dossier.turn."+string(name), texts.Args{"Page": to + 1, "Pages": pages})
		return kit.Button(string(name), strconv.Itoa(to), label, slack.StyleDefault)
	}
	var elements []slack.BlockElement
	if page > 0 {
		elements = append(elements, turn(dossierPrevious, page-1))
	}
	if page < pages-1 {
		elements = append(elements, turn(dossierNext, page+1))
	}
	return kit.Buttons("", elements...)
}

// paged divides blocks over pages; there is always one.
func paged(blocks []slack.Block) [][]slack.Block {
	pages, bytes := [][]slack.Block{nil}, 0
	for _, b := range blocks {
		size := sizeOf(b)
		last := len(pages) - 1
		if n := len(pages[last]); n > 0 && (n == maxPageBlocks || bytes+size > maxPageBytes) {
			pages, bytes = append(pages, nil), 0
			last++
		}
		pages[last] = append(pages[last], b)
		bytes += size
	}
	return pages
}

// sizeOf is a block's size in a view, in bytes.
func sizeOf(b slack.Block) int {
	encoded, err := json.Marshal(b)
	if err != nil {
		return maxPageBytes
	}
	return len(encoded)
}
