// Package amend is how an officer puts a recorded step right, or takes it back.
package amend

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// StepReader reads the steps that were recorded in a case.
type StepReader interface {
	// Dossier returns the entries of a case, oldest first.
	Dossier(context.Context, workflow.CaseID) ([]workflow.Record, error)
}

// Handler asks which recorded step is wrong, and what is right.
type Handler struct {
	*cases.Forms
	records StepReader
}

func New(f *cases.Forms, r StepReader) *Handler { return &Handler{f, r} }

// Table registers what stands behind the ids of this subject.
func (h *Handler) Table() core.Table {
	return core.Table{Screens: map[string]core.Screen{
		string(workflow.ActionAmend): {Open: h.open, Submit: h.submit},
	}}
}

// maxEntries is how many options a select takes (slack-facts.md).
const maxEntries = 100

// retract is the value of the box that takes the step back.
const retract = "retract"

func (h *Handler) open(ctx context.Context, g core.Gesture) error {
	reading, cancel := context.WithTimeout(ctx, core.ReadTime)
	defer cancel()
	c, err := h.OfferedCase(reading, g, workflow.ActionAmend)
	if err != nil {
		return err
	}
	records, err := h.records.Dossier(reading, c.ID)
	if err != nil {
		return err
	}
	return h.Show(ctx, g, h.view(g, &c, h.Policy.Entries(records, g.Who.ID)))
}

// view stands on what the person recorded last. What is right is left open: with
// the date of one step filled in, whoever picks another would change that one's.
func (h *Handler) view(g core.Gesture, c *workflow.Complaint, entries []workflow.Entry) slack.ModalViewRequest {
	if len(entries) == 0 {
		view := h.Form(g, c, workflow.ActionAmend, kit.Section(g.Speak.Say("action.amend.nothing"), nil))
		view.Submit = nil
		return view
	}
	entries = entries[:min(len(entries), maxEntries)]
	say := func(id string) string { return g.Speak.Say("action.amend." + id) }
	optional := func(id, hint string, e slack.BlockElement) slack.Block {
		return kit.Input{ID: id, Label: say(id), Hint: hint, Element: e, Optional: true}.Block()
	}
	blocks := []slack.Block{
		kit.Section(say("intro"), nil),
		kit.Input{ID: "entry", Label: say("entry"), Element: kit.Choose(entries[0].ID, h.options(g.Speak, entries))}.Block(),
		optional("date", say("date.hint"), kit.Day(calendar.Date{})),
		optional("way", "", kit.Choose("", kit.Choices(g.Speak, "way", workflow.ContactWays()))),
	}
	if hasNotice(entries) {
		blocks = append(blocks, optional("expected_date", say("expected_date.hint"), kit.Day(calendar.Date{})))
	}
	blocks = append(blocks,
		optional(retract, say("retract.hint"), kit.Checks(kit.Option{Value: retract, Label: say("retract.yes")})),
		cases.Hinted(g, "reason", kit.Area("")))
	return h.Form(g, c, workflow.ActionAmend, blocks...)
}

func hasNotice(entries []workflow.Entry) bool {
	for _, e := range entries {
		if e.Kind == workflow.RecordProgress {
			return true
		}
	}
	return false
}

// options name each entry with its date and way; those that would read the same
// with when they were recorded too.
func (h *Handler) options(sp texts.Speaker, entries []workflow.Entry) []kit.Option {
	all, seen := make([]kit.Option, len(entries)), map[string]int{}
	for i, e := range entries {
		label := entryName(sp, e.Kind, e.Part) + " · " + sp.Date(e.Date)
		if e.Way != "" {
			label += " · " + kit.Choice(sp, "way", e.Way)
		}
		seen[label]++
		all[i] = kit.Option{Value: e.ID, Label: label}
	}
	for i, e := range entries {
		if seen[all[i].Label] > 1 {
			when := sp.Say("action.amend.recorded", texts.Args{"When": sp.Instant(e.At, h.Policy.Calendar.Location)})
			all[i].Label = entryName(sp, e.Kind, e.Part) + " · " + when
		}
	}
	return all
}

// entryName is what was recorded, or which date of it. The date of a decision is
// that of the contact about it.
func entryName(sp texts.Speaker, kind workflow.RecordKind, part string) string {
	switch {
	case part != "":
		return sp.Say("dossier.text." + part)
	case kind == workflow.RecordDecision:
		return sp.Say("action.amend.contact")
	}
	return sp.Say("dossier.record." + string(kind))
}

// submit carries the amendment out: what the rules refuse stands at its field, and
// the person keeps what they typed.
func (h *Handler) submit(ctx context.Context, g core.Gesture) core.Ack {
	v := g.Values()
	return h.CarryOut(ctx, g, workflow.Amend{
		Entry: v.Choice("entry"), Date: v.Date("date"), Way: workflow.Way(v.Choice("way")), Expected: v.Date("expected_date"),
		Retract: len(v.Choices(retract)) > 0, Reason: kit.Typed(v, "reason"),
	})
}
