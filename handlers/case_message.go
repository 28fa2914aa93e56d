package handlers

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// moreID is the action id of the select that holds the actions without a
// button of their own.
const moreID = "more"

// pressable are the actions with a button; the others are options of "more"
// (design section 5).
var pressable = []workflow.ActionName{
	workflow.ActionAcknowledge, workflow.ActionQuestion, workflow.ActionAnswer, workflow.ActionProgress,
	workflow.ActionResolve, workflow.ActionConfirm, workflow.ActionIdentity, workflow.ActionDossier,
}

// caseMessage is the root of a case's thread: what the table of design
// section 4 allows in it, dates instead of days left, which would go stale,
// and the buttons that the state allows. It alone mentions the owner.
func (h *Handler) caseMessage(sp texts.Speaker, c *workflow.Complaint) Message {
	state := choice(sp, "state", c.State)
	blocks := []slack.Block{header(sp.Say("case.header", texts.Args{"Number": c.Number, "State": state}))}
	blocks = append(blocks, rows(aboutRows(sp, c)...)...)
	if c.Owner != "" {
		blocks = append(blocks, section(sp.Say("case.owner", texts.Args{"Owner": "<@" + string(c.Owner) + ">"}), nil))
	}
	blocks = append(blocks, rows(h.dateRows(sp, c)...)...)
	if marks := append(h.marks(sp, c), courseMarks(sp, c)...); len(marks) > 0 {
		blocks = append(blocks, remark(strings.Join(marks, " · ")))
	}
	blocks = append(blocks, actionRow(sp, c, h.Policy.OnMessage(c, h.today())))
	return Message{Text: fallback(sp, c, sp.Say("case.did."+string(c.Last.Action))), Blocks: blocks}
}

// aboutRows say what the complaint is about without naming anybody.
func aboutRows(sp texts.Speaker, c *workflow.Complaint) []row {
	f := c.Facts
	return []row{
		{choice(sp, "offering_kind", f.OfferingKind), f.OfferingName},
		{sp.Say("case.category"), choice(sp, "category", f.Category)},
		{sp.Say("case.received"), sp.Say("case.date_and_way", texts.Args{
			"Date": sp.Date(f.Received), "Way": choice(sp, "way", f.ReceivedVia),
		})},
	}
}

// dateRows are the promises that were not given up, with the date by which they
// are due or on which they were kept, the verdict, and the four weeks of R8.
func (h *Handler) dateRows(sp texts.Speaker, c *workflow.Complaint) []row {
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

func promiseRow(sp texts.Speaker, p workflow.Promise) row {
	key := "case.promise." + string(p.Kind)
	if p.Open() {
		return row{sp.Say(key + ".due"), sp.Date(p.Due)}
	}
	if p.Kept.At.IsZero() {
		return row{sp.Say(key + ".due"), sp.Say("case.lapsed", texts.Args{"Due": sp.Date(p.Due), "Date": sp.Date(p.Lapsed)})}
	}
	text := sp.Date(p.Kept.Entered)
	if p.Kept.Way != "" && p.Kind != workflow.PromiseOutcome {
		text = sp.Say("case.date_and_way", texts.Args{"Date": text, "Way": choice(sp, "way", p.Kept.Way)})
	}
	if p.Kept.On != p.Kept.Entered {
		text += sp.Say("case.counts_on", texts.Args{"Date": sp.Date(p.Kept.On)})
	}
	if !p.InTime() {
		text += sp.Say("case.too_late", texts.Args{"Date": sp.Date(p.Due)})
	}
	return row{sp.Say(key + ".kept"), text}
}

// marks are what is remarkable about how the case came in and was recorded.
func (h *Handler) marks(sp texts.Speaker, c *workflow.Complaint) []string {
	var all []string
	if c.LateLogged {
		all = append(all, sp.Say("case.mark.late_logged"))
	}
	if c.OutOfTime {
		all = append(all, sp.Say("case.mark.out_of_time", texts.Args{"Count": h.Policy.Terms.ComplainDays}))
	}
	if slices.ContainsFunc(c.Promises, func(p workflow.Promise) bool { return p.Kept.Later }) {
		all = append(all, sp.Say("case.mark.recorded_later"))
	}
	return all
}

// courseMarks are where else the case is, by date: at the dispute committee,
// and kept longer. Why stays in the dossier.
func courseMarks(sp texts.Speaker, c *workflow.Complaint) []string {
	var all []string
	if c.State == workflow.StateDisputed {
		all = append(all, sp.Say("case.mark.disputed", texts.Args{"Date": sp.Date(c.Dispute.On)}))
	}
	if !c.HoldReview.IsZero() {
		all = append(all, sp.Say("case.mark.held", texts.Args{"Date": sp.Date(c.HoldReview)}))
	}
	return all
}

// actionRow is the row of buttons, with the rest in a select. The next
// sensible step stands out.
func actionRow(sp texts.Speaker, c *workflow.Complaint, names []workflow.ActionName) *slack.ActionBlock {
	var elements []slack.BlockElement
	var rest []option
	next := nextStep(names)
	for _, name := range names {
		if !slices.Contains(pressable, name) {
			rest = append(rest, option{string(name), sp.Say("case.button." + string(name))})
			continue
		}
		elements = append(elements, actionButton(sp, c, name, name == next))
	}
	if len(rest) > 0 {
		more := choose("", rest)
		more.ActionID, more.Placeholder = moreID, plain(sp.Say("case.more"))
		elements = append(elements, more)
	}
	return buttons(refTo(c).String(), elements...)
}

func actionButton(sp texts.Speaker, c *workflow.Complaint, name workflow.ActionName, primary bool) *slack.ButtonBlockElement {
	style := slack.StyleDefault
	if primary {
		style = slack.StylePrimary
	}
	return button(string(name), refTo(c).String(), sp.Say("case.button."+string(name)), style)
}

// nextStep is what brings the case on most, "" when nothing does.
func nextStep(names []workflow.ActionName) workflow.ActionName {
	for _, name := range []workflow.ActionName{
		workflow.ActionConfirm, workflow.ActionAcknowledge, workflow.ActionAnswer, workflow.ActionResolve,
	} {
		if slices.Contains(names, name) {
			return name
		}
	}
	return ""
}
