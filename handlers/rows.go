package handlers

import (
	"context"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// caseLine names a case above what is asked or said about it.
func caseLine(c *workflow.Complaint) []slack.Block {
	runs := []slack.RichTextSectionElement{bold(c.Number)}
	if c.Facts.OfferingName != "" {
		runs = append(runs, words(" · "+c.Facts.OfferingName))
	}
	return paragraph(runs...)
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

// caseRemarks are what is remarkable about how the case came in and was recorded;
// complainDays is the time that there is for a complaint (R1).
func caseRemarks(sp texts.Speaker, c *workflow.Complaint, complainDays int) []string {
	var all []string
	if c.LateLogged {
		all = append(all, sp.Say("case.mark.late_logged"))
	}
	if c.OutOfTime {
		all = append(all, sp.Say("case.mark.out_of_time", texts.Args{"Count": complainDays}))
	}
	if slices.ContainsFunc(c.Promises, func(p workflow.Promise) bool { return p.Kept.Later }) {
		all = append(all, sp.Say("case.mark.recorded_later"))
	}
	return all
}

// dueRows tell by when what is promised, and who handles the case.
func (f *caseForms) dueRows(ctx context.Context, sp texts.Speaker, c *workflow.Complaint) []row {
	var all []row
	for _, kind := range workflow.PromiseKinds() {
		if p, ok := c.Promise(kind); ok {
			all = append(all, row{sp.Say("common.due." + string(kind)), f.dueText(sp, p)})
		}
	}
	if c.Owner != "" {
		all = append(all, row{sp.Say("common.owner"), f.name(ctx, sp, c.Owner)})
	}
	return all
}

// dueText tells the due date of a promise, and how it stands.
func (f *caseForms) dueText(sp texts.Speaker, p workflow.Promise) string {
	args := texts.Args{"Date": sp.Date(p.Due), "Kept": sp.Date(p.Kept.On)}
	switch {
	case p.Overdue(f.today()):
		return sp.Say("common.promise.overdue", args)
	case p.Open():
		return sp.Say("common.promise.open", args)
	}
	return sp.Say("common.promise.kept", args)
}

// fallback is what a notification shows: the number and what happened,
// nothing else (design section 4).
func fallback(sp texts.Speaker, c *workflow.Complaint, what string) string {
	return sp.Say("case.fallback", texts.Args{"Number": c.Number, "What": what})
}
