package notices

import (
	"context"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// caseMessage is the root of a case's thread: what the table of design
// section 4 allows in it, dates instead of days left, which would go stale,
// and the buttons that the state allows. It alone mentions the owner, unless it was
// posted anew: then the name is enough.
func (h *Handler) caseMessage(ctx context.Context, sp texts.Speaker, c *workflow.Complaint, reposted bool) core.Message {
	state := kit.Choice(sp, "state", c.State)
	blocks := []slack.Block{kit.Header(sp.Say("case.header", texts.Args{"Number": c.Number, "State": state}))}
	blocks = append(blocks, kit.Rows(cases.AboutRows(sp, c)...)...)
	switch {
	case c.Owner != "" && reposted:
		label, name := sp.Say("dossier.owner"), h.Name(ctx, sp, c.Owner)
		blocks = append(blocks, kit.Rows(kit.Row{Label: label, Text: name})...)
	case c.Owner != "":
		blocks = append(blocks, kit.Section(sp.Say("case.owner", texts.Args{"Owner": "<@" + string(c.Owner) + ">"}), nil))
	}
	blocks = append(blocks, kit.Rows(h.dateRows(sp, c)...)...)
	if all := append(cases.Remarks(sp, c, h.Policy.Terms.ComplainDays), courseRemarks(sp, c)...); len(all) > 0 {
		blocks = append(blocks, kit.Remark(strings.Join(all, " · ")))
	}
	blocks = append(blocks, cases.ActionRow(sp, c, h.Policy.OnMessage(c, h.Today()), h.Nonce()))
	return core.Message{Text: cases.Fallback(sp, c, sp.Say("case.did."+string(c.Last.Action))), Blocks: blocks}
}

// dateRows are the promises that were not given up, with the date by which they
// are due or on which they were kept, when it was decided and how, and the four
// weeks of R8. A remedy that was not kept stays among them.
func (h *Handler) dateRows(sp texts.Speaker, c *workflow.Complaint) []kit.Row {
	var all []kit.Row
	for _, p := range c.Current() {
		if p.Lapsed.IsZero() || p.Ended == workflow.EndNotKept || cases.ShowsEnd(p) {
			all = append(all, cases.PromiseRow(sp, p))
		}
	}
	if c.Decision.Verdict != "" && !c.State.Undecided() {
		all = append(all, cases.DecidedRow(sp, c), kit.Row{Label: sp.Say("case.verdict"), Text: kit.Choice(sp, "verdict", c.Decision.Verdict)})
	}
	if c.AtCommittee() && !c.Dispute.Hearing.IsZero() {
		all = append(all, kit.Row{Label: sp.Say("case.hearing"), Text: sp.Date(c.Dispute.Hearing)})
	}
	if d, ok := h.Policy.FourWeeks(c); ok {
		all = append(all, kit.Row{Label: sp.Say("case.four_weeks"), Text: sp.Date(d)})
	}
	return all
}

// courseRemarks are where else the case is, or was, by date: at the dispute
// committee, and kept longer. Why stays in the dossier.
func courseRemarks(sp texts.Speaker, c *workflow.Complaint) []string {
	var all []string
	if line := sp.Dispute(c); line != "" {
		all = append(all, line)
	}
	if c.Resting() {
		all = append(all, sp.Say("dispute.resting"))
	}
	if !c.HoldReview.IsZero() {
		all = append(all, sp.Say("case.mark.held", texts.Args{"Date": sp.Date(c.HoldReview)}))
	}
	return all
}
