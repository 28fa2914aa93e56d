package dossier

import (
	"context"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/export"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// dossierBlocks is everything that is known of a case, in order: facts,
// promises with their evidence, decision, story, wish, attachments, and what
// was recorded since, with the texts in full. Who complains is not in it:
// that has a button, and a line in the journal, of its own.
func (h *Handler) dossierBlocks(ctx context.Context, g core.Gesture, c *workflow.Complaint, files []workflow.Attachment, records []workflow.Record) []slack.Block {
	sp, p := g.Speak, c.Particulars
	blocks := kit.Rows(h.factRows(ctx, sp, c)...)
	if all := cases.Remarks(sp, c, h.Policy.Terms.ComplainDays); len(all) > 0 {
		blocks = append(blocks, kit.Remark(strings.Join(all, " · ")))
	}
	blocks = append(blocks, kit.Header(sp.Say("dossier.promises")))
	for _, promise := range c.Promises {
		blocks = append(blocks, h.promiseEntry(ctx, sp, promise)...)
	}
	blocks = append(blocks, decisionRows(sp, c)...)
	blocks = append(blocks, kit.Header(sp.Say("dossier.complaint")))
	blocks = append(blocks, kit.Prose(sp.Say("case.story"), p.Story.Reveal())...)
	blocks = append(blocks, kit.Prose(sp.Say("case.wish"), p.Wish.Reveal())...)
	blocks = append(blocks, h.fileBlocks(ctx, sp, files)...)
	for _, r := range records {
		blocks = append(blocks, h.recordEntry(ctx, sp, records, r)...)
		blocks = append(blocks, export.LettersRow(g, c, r)...)
	}
	return blocks
}

func (h *Handler) factRows(ctx context.Context, sp texts.Speaker, c *workflow.Complaint) []kit.Row {
	loc, f := h.Policy.Calendar.Location, c.Facts
	all := []kit.Row{{Label: sp.Say("dossier.state"), Text: kit.Choice(sp, "state", c.State)}}
	all = append(all, cases.AboutRows(sp, c)...)
	all = append(all, h.callRows(ctx, sp, c)...)
	if !f.Incident.IsZero() {
		all = append(all, kit.Row{Label: sp.Say("dossier.incident"), Text: sp.Date(f.Incident)})
	}
	all = append(all,
		kit.Row{Label: sp.Say("dossier.kind"), Text: cases.Chosen(sp, "complainant_kind", f.ComplainantKind)},
		kit.Row{Label: sp.Say("dossier.preferred"), Text: kit.Choice(sp, "contact", f.Preferred)},
		kit.Row{Label: sp.Say("dossier.concerns"), Text: h.concerned(ctx, sp, c)},
		kit.Row{Label: sp.Say("dossier.language"), Text: kit.Choice(sp, "language", f.Language)},
		kit.Row{Label: sp.Say("dossier.owner"), Text: h.Name(ctx, sp, c.Owner)},
		kit.Row{Label: sp.Say("dossier.logged"), Text: sp.Say("dossier.by_at", texts.Args{
			"Who": h.Name(ctx, sp, c.LoggedBy), "When": sp.Instant(c.LoggedAt, loc),
		})},
	)
	return append(all, h.courseRows(sp, c)...)
}

// callRows are who was told that the case is urgent, when, and who saw it.
func (h *Handler) callRows(ctx context.Context, sp texts.Speaker, c *workflow.Complaint) []kit.Row {
	var rows []kit.Row
	at := func(t time.Time) string { return sp.Instant(t, h.Policy.Calendar.Location) }
	for _, call := range c.Calls.All() {
		names := make([]string, len(call.To))
		for i, who := range call.To {
			names[i] = h.Name(ctx, sp, who)
		}
		text := sp.Say("urgent.told.call", texts.Args{"Who": strings.Join(names, ", "), "When": at(call.At)})
		if call.SeenBy != "" {
			text = sp.Say("urgent.told.seen", texts.Args{"Call": text, "By": h.Name(ctx, sp, call.SeenBy), "Seen": at(call.SeenAt)})
		}
		rows = append(rows, kit.Row{Label: sp.Say("urgent.told"), Text: text})
	}
	return rows
}

// courseRows are how the case has fared: whether its outcome came in time
// (R4), the dispute committee (R8), and until when it is kept (R10).
func (h *Handler) courseRows(sp texts.Speaker, c *workflow.Complaint) []kit.Row {
	var all []kit.Row
	if class := c.Class(h.Today()); class != workflow.ClassOpen {
		all = append(all, kit.Row{Label: sp.Say("dossier.class"), Text: kit.Choice(sp, "class", class)})
	}
	if reacted, ok := h.ReactedRow(sp, c); ok {
		all = append(all, reacted)
	}
	if d, ok := h.Policy.FourWeeks(c); ok {
		all = append(all, kit.Row{Label: sp.Say("case.four_weeks"), Text: sp.Date(d)})
	}
	if line := sp.Dispute(c); line != "" {
		all = append(all, kit.Row{Label: sp.Say("dossier.dispute"), Text: line})
	}
	if !c.HoldReview.IsZero() {
		all = append(all, kit.Row{Label: sp.Say("dossier.held"), Text: sp.Date(c.HoldReview)})
	}
	if last, ok := h.Policy.RetainUntil(c); ok {
		all = append(all, kit.Row{Label: sp.Say("dossier.retained"), Text: sp.Date(last)})
	}
	return all
}

// promiseEntry is a promise with its evidence: who recorded that it was kept,
// and when; of an open one, until when nobody is reminded of it.
func (h *Handler) promiseEntry(ctx context.Context, sp texts.Speaker, p workflow.Promise) []slack.Block {
	r := cases.PromiseRow(sp, p)
	switch {
	case p.Open() && p.Snoozed.After(h.Today()):
		return kit.Rows(r, kit.Row{Label: sp.Say("dossier.snoozed"), Text: sp.Date(p.Snoozed)})
	case p.Kept.At.IsZero():
		return kit.Rows(r)
	}
	return kit.Rows(r, kit.Row{Label: sp.Say("dossier.recorded"), Text: sp.Say("dossier.by_at", texts.Args{
		"Who":  h.Name(ctx, sp, p.Kept.By),
		"When": sp.Instant(p.Kept.At, h.Policy.Calendar.Location),
	})})
}

func decisionRows(sp texts.Speaker, c *workflow.Complaint) []slack.Block {
	d := c.Decision
	if d.Verdict == "" {
		return nil
	}
	all := []kit.Row{cases.DecidedRow(sp, c), {Label: sp.Say("case.verdict"), Text: kit.Choice(sp, "verdict", d.Verdict)}}
	if d.Cause != "" {
		all = append(all, kit.Row{Label: sp.Say("dossier.cause"), Text: kit.Choice(sp, "cause", d.Cause)})
	}
	return append(kit.Rows(all...), kit.Prose(sp.Say("dossier.lesson"), d.Lesson)...)
}
