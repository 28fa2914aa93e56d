// Package remedy is what becomes of a remedy: the officer's form, the message and
// form of whoever sees to one, and the news of it.
package remedy

import (
	"cmp"
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// Reader reads what was promised.
type Reader interface {
	// Remedy returns what whoever sees to a remedy reads of its case; for others it
	// is refused with workflow.CodeNoSuchCase.
	Remedy(ctx context.Context, id workflow.CaseID, number int, who roster.PersonID) (workflow.RemedyTask, error)
	// Case returns a case with its Particulars, whoever asks.
	Case(context.Context, workflow.CaseID) (workflow.Complaint, error)
}

// LetterWriter goes on, in the same modal, to the letter that tells the
// complainant what became of a remedy.
type LetterWriter interface {
	RemedyLetter(context.Context, core.Gesture, *workflow.Complaint) core.Ack
}

// Handler answers what is done with remedies.
type Handler struct {
	*cases.Forms
	reader  Reader
	letters LetterWriter
}

func New(f *cases.Forms, r Reader, l LetterWriter) *Handler { return &Handler{f, r, l} }

// Table registers what stands behind the ids of this subject.
func (h *Handler) Table() core.Table {
	return core.Table{
		Screens: map[string]core.Screen{
			string(workflow.ActionRemedy):     {Open: h.openSettle, Submit: h.submitSettle},
			string(workflow.ActionRemedyDone): {Open: h.openReport, Submit: h.submitReport},
		},
		Messages: map[outbox.Kind]core.Renderer{
			outbox.KindRemedy: h.task, outbox.KindRemedyNews: h.news,
		},
	}
}

// openSettle asks what became of a remedy: which, where several are open. It
// stands on done, today.
func (h *Handler) openSettle(ctx context.Context, g core.Gesture) error {
	c, err := h.OfferedCase(ctx, g, workflow.ActionRemedy)
	if err != nil {
		return err
	}
	open := c.OpenRemedies()
	asked := open[0].Number
	if n := workflow.WatchKind(g.Value).Remedy(); n > 0 {
		asked = n
	}
	blocks := h.standing(ctx, g, &c, open)
	if len(open) > 1 {
		blocks = append(blocks, cases.Field(g, "remedy_entry", kit.Choose(entry(asked), h.entries(g.Speak, open))))
	}
	blocks = append(blocks,
		cases.Field(g, "result", kit.Radio(string(workflow.RemedyDone), kit.Choices(g.Speak, "remedy_result", workflow.RemedyResults()))),
		hinted(g, "date", "done_on", kit.Day(h.Today())),
		hinted(g, "new_date", "new_date", kit.Day(zeroDate)),
		hinted(g, "reason", "reason", kit.Area("")))
	return h.Show(ctx, g, h.Form(g, &c, workflow.ActionRemedy, blocks...))
}

// standing says of each open remedy what kind it is, by when, who sees to it, and
// whether it is said to be done. What was promised in words stands in the dossier.
func (h *Handler) standing(ctx context.Context, g core.Gesture, c *workflow.Complaint, open []workflow.Remedy) []slack.Block {
	var blocks []slack.Block
	for _, r := range open {
		rows := []kit.Row{
			{Label: kit.Choice(g.Speak, "remedy_kind", r.Subject), Text: g.Speak.Say("common.promise.open", texts.Args{"Date": g.Speak.Date(r.Due)})},
			{Label: g.Speak.Say("remedy.handler"), Text: h.Name(ctx, g.Speak, cmp.Or(r.Handler, c.Owner))},
		}
		if !r.Reported.IsZero() {
			rows = append(rows, kit.Row{Label: g.Speak.Say("remedy.reported"), Text: g.Speak.Date(r.Reported)})
		}
		blocks = append(blocks, kit.Rows(rows...)...)
	}
	return blocks
}

// entries names the open remedies, each by kind and date.
func (h *Handler) entries(sp texts.Speaker, open []workflow.Remedy) []kit.Option {
	all := make([]kit.Option, len(open))
	for i, r := range open {
		all[i] = kit.Option{Value: entry(r.Number), Label: sp.Say("remedy.entry", texts.Args{
			"Kind": kit.Choice(sp, "remedy_kind", r.Subject), "Date": sp.Date(r.Due),
		})}
	}
	return all
}

// submitSettle records it. Of another day, and of none, the complainant is told:
// the letter is next.
func (h *Handler) submitSettle(ctx context.Context, g core.Gesture) core.Ack {
	v := g.Values()
	a := workflow.SettleRemedy{
		Entry: number(v.Choice("remedy_entry")), Result: workflow.RemedyResult(v.Choice("result")),
		Date: v.Date("date"), New: v.Date("new_date"), Reason: kit.Typed(v, "reason"),
	}
	done, err := h.Register.Apply(ctx, cases.Command(g, a))
	c := done.Complaint
	switch {
	case err != nil:
		return h.Failed(ctx, g, err)
	case a.Result == workflow.RemedyDone, c.Access(h.Policy.Roster, g.Who.ID) < workflow.AccessFull:
		return core.Ack{}
	}
	return h.letters.RemedyLetter(ctx, g, &c)
}

// hinted is an input that may stay empty, with words of this subject.
func hinted(g core.Gesture, id, words string, e slack.BlockElement) *slack.InputBlock {
	label, hint := g.Speak.Say("remedy."+words), g.Speak.Say("remedy."+words+".hint")
	return kit.Input{ID: id, Label: label, Hint: hint, Element: e, Optional: true}.Block()
}
