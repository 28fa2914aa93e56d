// Package dispute is what an officer records of a case at the dispute committee.
package dispute

import (
	"context"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/export"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// Handler answers what an officer records of a dispute.
type Handler struct{ *cases.Forms }

func New(f *cases.Forms) *Handler { return &Handler{f} }

// Table registers what stands behind the ids of this subject.
func (h *Handler) Table() core.Table {
	return core.Table{Screens: map[string]core.Screen{
		string(workflow.ActionDispute): {Open: h.openDispute, Submit: h.submitDispute},
	}}
}

// openDispute asks for the way to the committee, or shows what is known of it. The
// form remembers the dates that it was filled in with, so that what somebody else
// changes meanwhile stays.
func (h *Handler) openDispute(ctx context.Context, g core.Gesture) error {
	c, err := h.OfferedCase(ctx, g, workflow.ActionDispute)
	if err != nil {
		return err
	}
	m := kit.Metadata{Case: c.ID, Version: c.Version, Nonce: h.Nonce()}
	blocks := askBegun(g, h.Today())
	if c.AtCommittee() {
		known := c.DisputeDates()
		m.Dates = datesWord(known)
		blocks = askGoing(g, &c, known, h.Today())
	}
	view := h.Form(g, &c, workflow.ActionDispute, blocks...)
	view.PrivateMetadata = m.String()
	return h.Show(ctx, g, view)
}

// askBegun is the form of a dispute that nobody recorded before.
func askBegun(g core.Gesture, today calendar.Date) []slack.Block {
	blocks := []slack.Block{
		kit.Section(g.Speak.Say("action.dispute.intro"), nil),
		day(g, "action.dispute.when_begun", "", today),
		reference(g, ""),
	}
	blocks = append(blocks, askDates(g, workflow.DisputeDates{})...)
	return append(append(blocks, kit.Section(g.Speak.Say("action.dispute.over"), nil)), askEnd(g)...)
}

// askGoing is the form of a dispute that goes on: its dates, and how it ended.
func askGoing(g core.Gesture, c *workflow.Complaint, known workflow.DisputeDates, today calendar.Date) []slack.Block {
	blocks := []slack.Block{kit.Section(kit.Escape(g.Speak.Say("action.dispute.again", texts.Args{"Stage": g.Speak.Dispute(c)})), nil)}
	blocks = append(append(blocks, askDates(g, known)...), reference(g, g.Speak.Say("action.reference.hint")),
		kit.Section(g.Speak.Say("action.dispute.over"), nil),
		day(g, "action.dispute.when_over", g.Speak.Say("action.dispute.when_over.hint"), today))
	return append(blocks, askEnd(g)...)
}

func day(g core.Gesture, label, hint string, today calendar.Date) slack.Block {
	return kit.Input{ID: "date", Label: g.Speak.Say(label), Hint: hint, Element: kit.Day(today)}.Block()
}

func reference(g core.Gesture, hint string) slack.Block {
	return kit.Input{
		ID: "reference", Label: g.Speak.Say("action.reference"), Hint: hint, Element: kit.Line("", kit.MaxLine), Optional: true,
	}.Block()
}

func askDates(g core.Gesture, known workflow.DisputeDates) []slack.Block {
	return []slack.Block{
		cases.Hinted(g, "defence_date", kit.Day(known.Defence)).WithOptional(true),
		cases.Field(g, "defence_sent", kit.Day(known.Sent)).WithOptional(true),
		cases.Field(g, "hearing_date", kit.Day(known.Hearing)).WithOptional(true),
	}
}

func askEnd(g core.Gesture) []slack.Block {
	endings := kit.Choices(g.Speak, "dispute_end", workflow.DisputeEndings())
	verdicts := kit.Choices(g.Speak, "ruling_verdict", workflow.RulingVerdicts())
	return []slack.Block{
		cases.Field(g, "ended", kit.Choose("", endings)).WithOptional(true),
		cases.Field(g, "ruling_verdict", kit.Choose("", verdicts)).WithOptional(true),
		cases.Hinted(g, "ruling", kit.Area("")).WithOptional(true),
		cases.Hinted(g, "ruling_due", kit.Day(calendar.Date{})).WithOptional(true),
	}
}

func disputeOf(v kit.Values, shown workflow.DisputeDates) workflow.Dispute {
	return workflow.Dispute{
		Date: v.Date("date"), Reference: kit.Typed(v, "reference"), Shown: shown,
		Dates:  workflow.DisputeDates{Defence: v.Date("defence_date"), Sent: v.Date("defence_sent"), Hearing: v.Date("hearing_date")},
		Ended:  workflow.Ending(v.Choice("ended")),
		Ruling: kit.Typed(v, "ruling"), Verdict: workflow.RulingVerdict(v.Choice("ruling_verdict")), RulingDue: v.Date("ruling_due"),
	}
}

// submitDispute records a dispute or what became of it, and offers what the
// committee asks for at its beginning: the dossier.
func (h *Handler) submitDispute(ctx context.Context, g core.Gesture) core.Ack {
	shown := g.Metadata().Dates
	done, err := h.Register.Apply(ctx, cases.Command(g, disputeOf(g.Values(), datesOf(shown))))
	c := done.Complaint
	switch {
	case err != nil:
		return h.Failed(ctx, g, err)
	case shown != "" || c.State != workflow.StateDisputed:
		return core.Ack{}
	}
	blocks := append(cases.Line(&c), kit.Section(g.Speak.Say("export.offer"), nil), export.ExportRow(g.Speak, &c))
	return core.Update(export.ExportView(g, blocks...))
}

// datesWord writes dates into a form's metadata; never "".
func datesWord(d workflow.DisputeDates) string {
	return strings.Join([]string{d.Defence.String(), d.Sent.String(), d.Hearing.String()}, ",")
}

// datesOf reads what datesWord wrote; no dates when it is anything else.
func datesOf(word string) workflow.DisputeDates {
	parts := strings.Split(word, ",")
	if len(parts) != 3 {
		return workflow.DisputeDates{}
	}
	at := func(i int) calendar.Date {
		d, err := calendar.ParseDate(parts[i])
		if err != nil {
			return calendar.Date{}
		}
		return d
	}
	return workflow.DisputeDates{Defence: at(0), Sent: at(1), Hearing: at(2)}
}
