package handlers

import (
	"context"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// dossierBlocks is everything that is known of a case, in order: facts,
// promises with their evidence, decision, story, wish, attachments, and what
// was recorded since, with the texts in full. Who complains is not in it:
// that has a button, and a line in the journal, of its own.
func (h *dossierHandler) dossierBlocks(ctx context.Context, sp texts.Speaker, c *workflow.Complaint, files []workflow.Attachment, records []workflow.Record) []slack.Block {
	p := c.Particulars
	blocks := rows(h.factRows(ctx, sp, c)...)
	if all := caseRemarks(sp, c, h.Policy.Terms.ComplainDays); len(all) > 0 {
		blocks = append(blocks, remark(strings.Join(all, " · ")))
	}
	blocks = append(blocks, header(sp.Say("dossier.promises")))
	for _, promise := range c.Promises {
		blocks = append(blocks, h.promiseEntry(ctx, sp, promise)...)
	}
	blocks = append(blocks, decisionRows(sp, c)...)
	blocks = append(blocks, header(sp.Say("dossier.complaint")))
	blocks = append(blocks, prose(sp.Say("case.story"), p.Story.Reveal())...)
	blocks = append(blocks, prose(sp.Say("case.wish"), p.Wish.Reveal())...)
	blocks = append(blocks, h.fileBlocks(ctx, sp, files)...)
	for _, r := range records {
		blocks = append(blocks, h.recordEntry(ctx, sp, r)...)
	}
	return blocks
}

func (h *dossierHandler) factRows(ctx context.Context, sp texts.Speaker, c *workflow.Complaint) []row {
	loc, f := h.Policy.Calendar.Location, c.Facts
	all := []row{{sp.Say("dossier.state"), choice(sp, "state", c.State)}}
	all = append(all, aboutRows(sp, c)...)
	if !f.Incident.IsZero() {
		all = append(all, row{sp.Say("dossier.incident"), sp.Date(f.Incident)})
	}
	all = append(all,
		row{sp.Say("dossier.kind"), choice(sp, "complainant_kind", f.ComplainantKind)},
		row{sp.Say("dossier.preferred"), choice(sp, "contact", f.Preferred)},
		row{sp.Say("dossier.concerns"), h.concerned(ctx, sp, c)},
		row{sp.Say("dossier.language"), choice(sp, "language", f.Language)},
		row{sp.Say("dossier.owner"), h.name(ctx, sp, c.Owner)},
		row{sp.Say("dossier.logged"), sp.Say("dossier.by_at", texts.Args{
			"Who": h.name(ctx, sp, c.LoggedBy), "When": sp.Instant(c.LoggedAt, loc),
		})},
	)
	return append(all, h.courseRows(sp, c)...)
}

// courseRows are how the case has fared: whether its outcome came in time
// (R4), the dispute committee (R8), and until when it is kept (R10).
func (h *dossierHandler) courseRows(sp texts.Speaker, c *workflow.Complaint) []row {
	var all []row
	if class := c.Class(h.today()); class != workflow.ClassOpen {
		all = append(all, row{sp.Say("dossier.class"), choice(sp, "class", class)})
	}
	if d, ok := h.Policy.FourWeeks(c); ok {
		all = append(all, row{sp.Say("case.four_weeks"), sp.Date(d)})
	}
	if !c.Dispute.On.IsZero() {
		all = append(all, row{sp.Say("dossier.disputed"), sp.Date(c.Dispute.On)})
	}
	if !c.HoldReview.IsZero() {
		all = append(all, row{sp.Say("dossier.held"), sp.Date(c.HoldReview)})
	}
	return all
}

// promiseEntry is a promise with its evidence: who recorded that it was kept,
// and when; of an open one, until when nobody is reminded of it.
func (h *dossierHandler) promiseEntry(ctx context.Context, sp texts.Speaker, p workflow.Promise) []slack.Block {
	r := promiseRow(sp, p)
	switch {
	case p.Open() && p.Snoozed.After(h.today()):
		return rows(r, row{sp.Say("dossier.snoozed"), sp.Date(p.Snoozed)})
	case p.Kept.At.IsZero():
		return rows(r)
	}
	return rows(r, row{sp.Say("dossier.recorded"), sp.Say("dossier.by_at", texts.Args{
		"Who":  h.name(ctx, sp, p.Kept.By),
		"When": sp.Instant(p.Kept.At, h.Policy.Calendar.Location),
	})})
}

func decisionRows(sp texts.Speaker, c *workflow.Complaint) []slack.Block {
	d := c.Decision
	if d.Verdict == "" {
		return nil
	}
	all := []row{{sp.Say("case.verdict"), choice(sp, "verdict", d.Verdict)}}
	if d.Cause != "" {
		all = append(all, row{sp.Say("dossier.cause"), choice(sp, "cause", d.Cause)})
	}
	return append(rows(all...), prose(sp.Say("dossier.lesson"), d.Lesson)...)
}
