package handlers

import (
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// caseMessage is the root of a case's thread: what the table of design
// section 4 allows in it, dates instead of days left, which would go stale,
// and the buttons that the state allows. It alone mentions the owner.
func (h *noticesHandler) caseMessage(sp texts.Speaker, c *workflow.Complaint) Message {
	state := choice(sp, "state", c.State)
	blocks := []slack.Block{header(sp.Say("case.header", texts.Args{"Number": c.Number, "State": state}))}
	blocks = append(blocks, rows(aboutRows(sp, c)...)...)
	if c.Owner != "" {
		blocks = append(blocks, section(sp.Say("case.owner", texts.Args{"Owner": "<@" + string(c.Owner) + ">"}), nil))
	}
	blocks = append(blocks, rows(h.dateRows(sp, c)...)...)
	if all := append(caseRemarks(sp, c, h.Policy.Terms.ComplainDays), courseRemarks(sp, c)...); len(all) > 0 {
		blocks = append(blocks, remark(strings.Join(all, " · ")))
	}
	blocks = append(blocks, actionRow(sp, c, h.Policy.OnMessage(c, h.today())))
	return Message{Text: fallback(sp, c, sp.Say("case.did."+string(c.Last.Action))), Blocks: blocks}
}

// dateRows are the promises that were not given up, with the date by which they
// are due or on which they were kept, the verdict, and the four weeks of R8.
func (h *noticesHandler) dateRows(sp texts.Speaker, c *workflow.Complaint) []row {
	var all []row
	for _, kind := range workflow.PromiseKinds() {
		if p, ok := c.Promise(kind); ok && p.Lapsed.IsZero() {
			all = append(all, promiseRow(sp, p))
		}
	}
	if c.Decision.Verdict != "" && !c.State.Undecided() {
		all = append(all, row{sp.Say("case.verdict"), choice(sp, "verdict", c.Decision.Verdict)})
	}
	if d, ok := h.Policy.FourWeeks(c); ok {
		all = append(all, row{sp.Say("case.four_weeks"), sp.Date(d)})
	}
	return all
}

// courseRemarks are where else the case is, by date: at the dispute committee,
// and kept longer. Why stays in the dossier.
func courseRemarks(sp texts.Speaker, c *workflow.Complaint) []string {
	var all []string
	if c.State == workflow.StateDisputed {
		all = append(all, sp.Say("case.mark.disputed", texts.Args{"Date": sp.Date(c.Dispute.On)}))
	}
	if !c.HoldReview.IsZero() {
		all = append(all, sp.Say("case.mark.held", texts.Args{"Date": sp.Date(c.HoldReview)}))
	}
	return all
}
