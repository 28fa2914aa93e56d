// Package urgent is what tells people that a complaint can't wait until tomorrow, and
// the button with which they say that they saw it.
package urgent

import (
	"context"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/urgency"
)

// CaseSource reads a case for the bot, whoever asks.
type CaseSource interface {
	Case(context.Context, workflow.CaseID) (workflow.Complaint, error)
}

// Handler shows what is urgent, and takes in that it was seen.
type Handler struct {
	*cases.Forms
	source CaseSource
}

func New(f *cases.Forms, s CaseSource) *Handler { return &Handler{f, s} }

// Table registers what stands behind the ids of this subject.
func (h *Handler) Table() core.Table {
	return core.Table{
		Screens:  map[string]core.Screen{string(workflow.ActionUrgentSeen): {Open: h.seen}},
		Messages: map[outbox.Kind]core.Renderer{outbox.KindUrgent: h.message},
	}
}

// seen records that somebody saw it; the messages that told of it say so then.
func (h *Handler) seen(ctx context.Context, g core.Gesture) error {
	ctx, cancel := context.WithTimeout(ctx, core.ReadTime)
	defer cancel()
	_, err := h.Register.Apply(ctx, cases.Command(g, workflow.SeeUrgent{}))
	return err
}

// message tells somebody, by the number alone, that a complaint can't wait. Once that
// was seen, or is over, the message says so; one that was never posted is moot then.
func (h *Handler) message(ctx context.Context, d outbox.Delivery) (core.Message, int, error) {
	p := d.Payload.(outbox.Urgent)
	c, err := cases.CaseOf(ctx, h.source.Case, d)
	if err != nil {
		return core.Message{}, 0, err
	}
	sp := h.SpeakIn(d.Lane)
	call, known := c.Calls.Numbered(p.Call)
	hidden := !known || c.Access(h.Roster(ctx), p.To) < workflow.AccessOverview
	live := !hidden && !call.Over && call.SeenBy == "" && c.Facts.Urgent != ""
	switch {
	case live && !replaced(&c, p):
		return h.ask(sp, &c, call), c.Version, nil
	case d.TS == "" && d.Attempts <= 1: // an earlier attempt may have arrived, and is looked for
		return core.Message{}, 0, core.ErrMoot
	}
	what := sp.Say("urgent.over")
	if !hidden && !call.Over && call.SeenBy != "" {
		what = sp.Say("urgent.seen", texts.Args{
			"Who": h.Name(ctx, sp, call.SeenBy), "When": sp.Instant(call.SeenAt, h.Policy.Calendar.Location),
		})
	}
	text := cases.Fallback(sp, &c, what)
	return core.Message{Text: text, Blocks: kit.Paragraph(kit.Words(text))}, c.Version, nil
}

// replaced reports whether the same person was told once more since, or the case was
// decided before anybody read of it.
func replaced(c *workflow.Complaint, p outbox.Urgent) bool {
	return !c.State.Undecided() || slices.ContainsFunc(c.Calls.Round(), func(later urgency.Call) bool {
		return later.Number > p.Call && slices.Contains(later.To, p.To)
	})
}

func (h *Handler) ask(sp texts.Speaker, c *workflow.Complaint, call urgency.Call) core.Message {
	key := "urgent.today"
	switch {
	case call.Again:
		key = "urgent.again"
	case c.Facts.Urgent.Has(urgency.Safety):
		key = "urgent.now"
	}
	button := kit.Button(string(workflow.ActionUrgentSeen), kit.RefTo(c).String(), sp.Say("urgent.button"), slack.StylePrimary)
	return core.Message{
		Text: cases.Fallback(sp, c, sp.Say("urgent.fallback")),
		Blocks: []slack.Block{
			kit.Section(sp.Say(key, texts.Args{"Number": c.Number}), nil), kit.Buttons(kit.RefTo(c).String(), button),
		},
	}
}
