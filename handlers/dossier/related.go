package dossier

import (
	"context"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// The cases of one complainant. Everything here is as the viewer may see it: a
// case that is kept from them shows in no sentence, and neither does a link
// with it.

// related returns what a dossier begins with, the other cases of the complainant,
// and the entries that this viewer may read.
func (h *Handler) related(ctx context.Context, g core.Gesture, c *workflow.Complaint, records []workflow.Record) ([]slack.Block, []workflow.Record, error) {
	related, err := h.dossiers.Related(ctx, c.ID, g.Who.ID)
	if err != nil {
		return nil, nil, err
	}
	records, err = h.withLinks(ctx, g.Who.ID, records)
	return relatedBlocks(g.Speak, c, related), records, err
}

// relatedBlocks is a sentence for each case: those that were linked with a way to
// their dossier, the others with a way to link them.
func relatedBlocks(sp texts.Speaker, c *workflow.Complaint, related workflow.Related) []slack.Block {
	var blocks []slack.Block
	for _, r := range related.Linked {
		open := kit.Button(string(workflow.ActionDossier), kit.Ref{Case: r.ID}.String(), sp.Say("related.open"), slack.StyleDefault)
		blocks = append(blocks, kit.Section(sp.Say("related.linked", texts.Args{"Number": r.Number}), open))
	}
	for _, r := range related.Candidates {
		link := kit.Button(string(workflow.ActionLink), pair{kit.RefTo(c), r.ID}.String(), sp.Say("related.link"), slack.StyleDefault)
		blocks = append(blocks, kit.Section(sp.Say("related.perhaps", texts.Args{"Number": r.Number}), link))
	}
	return blocks
}

// withLinks puts the number that the other case has now into the entries about
// links, and leaves out those about a case that the viewer may not see.
func (h *Handler) withLinks(ctx context.Context, viewer roster.PersonID, records []workflow.Record) ([]workflow.Record, error) {
	var all []workflow.Record
	for _, r := range records {
		if r.Kind == workflow.RecordLink {
			other, err := h.Other(ctx, workflow.CaseID(r.Texts["linked"].Reveal()), viewer)
			switch {
			case len(workflow.Refused(err)) > 0:
				continue
			case err != nil:
				return nil, err
			}
			r.Texts = map[string]workflow.Confidential{"linked": workflow.Confidential(other.Number)}
		}
		all = append(all, r)
	}
	return all, nil
}

// link links the two cases that the button names, and shows the dossier with
// the other one in it. The look at it was recorded when it was opened.
func (h *Handler) link(ctx context.Context, g core.Gesture) error {
	p, ok := parsePair(g.Value)
	if !ok {
		return core.ErrUnknown
	}
	g.Ref = p.this
	return h.showDossier(ctx, g, 0, nil, func(ctx context.Context) (workflow.Complaint, error) {
		if err := h.linkWith(ctx, g, p.other); err != nil {
			return workflow.Complaint{}, err
		}
		return h.OfficersCase(ctx, g)
	})
}

// linkWith commits the link, unless there is one already: a second officer's
// click adds nothing.
func (h *Handler) linkWith(ctx context.Context, g core.Gesture, id workflow.CaseID) error {
	other, err := h.Other(ctx, id, g.Who.ID)
	if err != nil {
		return err
	}
	related, err := h.dossiers.Related(ctx, g.Ref.Case, g.Who.ID)
	if err != nil || slices.ContainsFunc(related.Linked, func(r workflow.RelatedCase) bool { return r.ID == other.ID }) {
		return err
	}
	_, err = h.Register.Apply(ctx, cases.Command(g, workflow.Link{Other: other.ID}))
	return err
}

// pair is how a button says which two cases it is about: the one whose dossier
// it stands in, and the other one.
type pair struct {
	this  kit.Ref
	other workflow.CaseID
}

func (p pair) String() string { return p.this.String() + "/" + string(p.other) }

// parsePair reads what String wrote; ok is false for anything else.
func parsePair(s string) (p pair, ok bool) {
	this, other, found := strings.Cut(s, "/")
	p.this, ok = kit.ParseRef(this)
	p.other = workflow.CaseID(other)
	return p, ok && found && other != ""
}
