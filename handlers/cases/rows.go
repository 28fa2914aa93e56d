package cases

import (
	"context"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// Line names a case above what is asked or said about it.
func Line(c *workflow.Complaint) []slack.Block {
	runs := []slack.RichTextSectionElement{kit.Bold(c.Number)}
	if c.Facts.OfferingName != "" {
		runs = append(runs, kit.Words(" · "+c.Facts.OfferingName))
	}
	return kit.Paragraph(runs...)
}

// AboutRows say what the complaint is about without naming anybody.
func AboutRows(sp texts.Speaker, c *workflow.Complaint) []kit.Row {
	f := c.Facts
	about := kit.Row{Label: sp.Say("case.about"), Text: f.OfferingName}
	if f.OfferingKind != "" {
		about.Label = kit.Choice(sp, "offering_kind", f.OfferingKind)
	}
	rows := []kit.Row{
		about,
		{Label: sp.Say("case.category"), Text: Chosen(sp, "category", f.Category)},
		{Label: sp.Say("case.received"), Text: sp.Say("case.date_and_way", texts.Args{
			"Date": sp.Date(f.Received), "Way": kit.Choice(sp, "way", f.ReceivedVia),
		})},
	}
	if f.Urgent != "" {
		rows = append(rows, kit.Row{Label: sp.Say("urgent.row"), Text: urgentText(sp, c)})
	}
	return rows
}

// Chosen is how people read what may not have been chosen yet.
func Chosen[T ~string](sp texts.Speaker, list string, v T) string {
	if v == "" {
		return sp.Say("case.not_chosen")
	}
	return kit.Choice(sp, list, v)
}

// urgentText is why a complaint is urgent, and, for who may know it, whether somebody
// saw that.
func urgentText(sp texts.Speaker, c *workflow.Complaint) string {
	why, round := sp.Urgent(c.Facts.Urgent), c.Calls.Round()
	switch {
	case len(round) == 0, !c.State.Undecided():
		return why
	case round[0].SeenBy != "":
		return sp.Say("urgent.row.seen", texts.Args{"Why": why})
	}
	return sp.Say("urgent.row.unseen", texts.Args{"Why": why})
}

func PromiseRow(sp texts.Speaker, p workflow.Promise) kit.Row {
	key := "case.promise." + string(p.Kind)
	if p.Kind == workflow.PromiseRemedy {
		return remedyRow(sp, p)
	}
	if p.Open() {
		return kit.Row{Label: sp.Say(key + ".due"), Text: sp.Date(p.Due)}
	}
	if ShowsEnd(p) {
		return endedRow(sp, p)
	}
	if p.Kept.At.IsZero() {
		return kit.Row{Label: sp.Say(key + ".due"), Text: sp.Say("case.lapsed", texts.Args{"Due": sp.Date(p.Due), "Date": sp.Date(p.Lapsed)})}
	}
	text := sp.Date(p.Kept.Entered)
	if p.Kept.Way != "" {
		text = sp.Say("case.date_and_way", texts.Args{"Date": text, "Way": kit.Choice(sp, "way", p.Kept.Way)})
	}
	if p.Kept.On != p.Kept.Entered {
		text += sp.Say("case.counts_on", texts.Args{"Date": sp.Date(p.Kept.On)})
	}
	if !p.InTime() {
		text += sp.Say("case.too_late", texts.Args{"Date": sp.Date(p.Due)})
	}
	return kit.Row{Label: sp.Say(key + ".kept"), Text: text}
}

// remedyRow is a remedy by its kind, with its date or what became of it.
func remedyRow(sp texts.Speaker, p workflow.Promise) kit.Row {
	row := kit.Row{Label: DueLabel(sp, p), Text: sp.Say("common.promise.open", texts.Args{"Date": sp.Date(p.Due)})}
	switch {
	case p.Open() && !p.Reported.IsZero():
		row.Text += sp.Say("remedy.row.reported", texts.Args{"Date": sp.Date(p.Reported)})
	case p.Open():
	case p.Kept.At.IsZero():
		row.Text = sp.Say("common.promise." + string(p.Ended))
	default:
		row.Text = sp.Say("remedy.row.done", texts.Args{"Date": sp.Date(p.Kept.On)})
		if !p.InTime() {
			row.Text += sp.Say("case.too_late", texts.Args{"Date": sp.Date(p.Due)})
		}
	}
	return row
}

// Remarks are what is remarkable about how the case came in and was recorded;
// complainDays is the time that there is for a complaint (R1).
func Remarks(sp texts.Speaker, c *workflow.Complaint, complainDays int) []string {
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

// DueRows say what is promised by when, and who handles the case.
func (f *Forms) DueRows(ctx context.Context, sp texts.Speaker, c *workflow.Complaint) []kit.Row {
	var all []kit.Row
	for _, p := range c.Current() {
		all = append(all, kit.Row{Label: DueLabel(sp, p), Text: f.dueText(sp, p)})
	}
	if c.Owner != "" {
		all = append(all, kit.Row{Label: sp.Say("common.owner"), Text: f.Name(ctx, sp, c.Owner)})
	}
	return all
}

// DueLabel names a promise above its date: a remedy by its kind too.
func DueLabel(sp texts.Speaker, p workflow.Promise) string {
	label := sp.Say("common.due." + string(p.Kind))
	if p.Kind == workflow.PromiseRemedy {
		label = sp.Say("remedy.label", texts.Args{"Label": label, "Kind": kit.Choice(sp, "remedy_kind", p.Subject)})
	}
	return label
}

// dueText is the due date of a promise, and how it stands.
func (f *Forms) dueText(sp texts.Speaker, p workflow.Promise) string {
	args := texts.Args{"Date": sp.Date(p.Due), "Kept": sp.Date(p.Kept.On)}
	switch {
	case p.Overdue(f.Today()):
		return sp.Say("common.promise.overdue", args)
	case p.Open():
		return sp.Say("common.promise.open", args)
	case ShowsEnd(p):
		return endedRow(sp, p).Text
	case p.Ended == workflow.EndDropped, p.Ended == workflow.EndNotKept:
		return sp.Say("common.promise." + string(p.Ended))
	}
	return sp.Say("common.promise.kept", args)
}

// Fallback is what a notification shows: the number and what happened,
// nothing else (design section 4).
func Fallback(sp texts.Speaker, c *workflow.Complaint, what string) string {
	return sp.Say("case.fallback", texts.Args{"Number": c.Number, "What": what})
}
