package casework

import (
	"context"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// askRemedy asks what the decision promises (R14): what in the officer's words, of
// which kind, by when, and who sees to it. With no kind, nothing is promised.
func askRemedy(g core.Gesture, c *workflow.Complaint) []slack.Block {
	optional := func(id string, e slack.BlockElement) *slack.InputBlock {
		label, hint := g.Speak.Say("action."+id), g.Speak.Say("action."+id+".hint")
		return kit.Input{ID: id, Label: label, Hint: hint, Element: e, Optional: true}.Block()
	}
	return []slack.Block{
		optional("remedy", kit.Area("")),
		cases.Hinted(g, "remedy_kind", kit.Choose(workflow.RemedyNone, kit.Choices(g.Speak, "remedy_kind", workflow.RemedyKinds()))),
		optional("remedy_date", kit.Day(calendar.Date{})),
		optional("remedy_owner", kit.Colleague(c.Owner)),
		optional("remedy_amount", kit.Line("", maxAmount)),
	}
}

// maxAmount is how long an amount may be as it is typed.
const maxAmount = 30

func remedyTermsOf(v kit.Values) workflow.RemedyTerms {
	return workflow.RemedyTerms{
		Kind: v.Choice("remedy_kind"), Due: v.Date("remedy_date"),
		Handler: v.Person("remedy_owner"), Amount: kit.Typed(v, "remedy_amount"),
	}
}

// maySeeTo refuses who can't read a direct message of the bot as a colleague: a
// guest, a bot, or an account that was closed.
func (h *Handler) maySeeTo(ctx context.Context, t workflow.RemedyTerms) error {
	if !t.Some() || t.Handler == "" {
		return nil
	}
	p, err := h.People.Person(ctx, t.Handler)
	if err != nil {
		return err
	}
	if p.Standing != roster.StandingMember {
		return workflow.Refusals{{Field: "remedy_owner", Code: workflow.CodeNotMember}}
	}
	return nil
}

// remedyForm is the letter that tells the complainant of another day for a remedy,
// or that it does not come.
var remedyForm = letterForm{workflow.ActionRemedyLetter, letters.Remedy, workflow.RecordRemedyLetter,
	func(s workflow.Sent, _ kit.Values) workflow.Action { return workflow.RemedyLetter{Sent: s} }, nil}

// RemedyLetter goes on to that letter in the same modal; leaving it there is
// allowed, a line in the thread offers it.
func (h *Handler) RemedyLetter(ctx context.Context, g core.Gesture, c *workflow.Complaint) core.Ack {
	view, err := h.remedyView(ctx, g, c)
	if err != nil {
		h.Log.ErrorContext(ctx, "no letter on a remedy to show", "case", c.ID, "error", err)
		return core.Ack{}
	}
	view.Close = kit.Plain(g.Speak.Say("action.later"))
	return h.goOn(g, c, "action.remedy_letter.later", view)
}

func (h *Handler) remedyView(ctx context.Context, g core.Gesture, c *workflow.Complaint) (slack.ModalViewRequest, error) {
	data, err := writing{h, remedyForm}.data(ctx, c, nil)
	if err != nil {
		return slack.ModalViewRequest{}, err
	}
	return h.letterView(g, c, remedyForm, data)
}

// addRemedy adds what the letter may name of it: what was promised, for how much and
// by when, why it changes, and the new day, zero when there is none.
func (h *Handler) addRemedy(ctx context.Context, c *workflow.Complaint, d *letters.Data) error {
	records, err := h.records.Dossier(ctx, c.ID)
	if err != nil {
		return err
	}
	for _, r := range slices.Backward(records) {
		result := workflow.RemedyResult(r.Texts["result"].Reveal())
		if r.Kind != workflow.RecordRemedy || result != workflow.RemedyMoved && result != workflow.RemedyDropped {
			continue
		}
		d.Verdict = "" // that of today may be of another decision
		entry := workflow.RemedyEntry(r)
		said := workflow.RemedyIn(records, entry)
		d.Remedy, d.RemedyAmount, d.Reason = said.Text, said.Amount, r.Texts["reason"]
		if result == workflow.RemedyDropped {
			dropped, _ := c.Remedy(entry)
			d.RemedyWas = dropped.Due
			return nil
		}
		if d.RemedyWas, err = calendar.ParseDate(r.Texts["old_date"].Reveal()); err != nil {
			return err
		}
		d.RemedyBy, err = calendar.ParseDate(r.Texts["new_date"].Reveal())
		return err
	}
	return workflow.Refusals{{Code: workflow.CodeNotNow, Args: workflow.Args{Performed: c.Last}}}
}
