package consult

import (
	"context"
	"fmt"
	"strconv"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// task shows whoever is asked the number, the question, who asks and by when, and
// nothing else of the case.
func (h *Handler) task(ctx context.Context, d outbox.Delivery) (core.Message, int, error) {
	p := d.Payload.(outbox.Consultation)
	c, err := cases.CaseOf(ctx, h.reader.Case, d)
	if err != nil {
		return core.Message{}, 0, err
	}
	sp := h.SpeakIn(d.Lane)
	q, err := h.reader.Consultation(ctx, d.Case, p.Consultation, p.To)
	if err != nil && workflow.Refused(err) == nil {
		return core.Message{}, 0, fmt.Errorf("render %s: %w", d.Kind(), err)
	}
	t := cases.Task{Over: over(sp, &c, p)}
	if err == nil && !h.Roster(ctx).Presence.Gone[p.To] {
		t.Show = func() core.Message { return h.taskMessage(ctx, sp, &c, q) }
	}
	return t.Message(sp, &c, d)
}

// over is what is left of a question: that it was answered, or that it needs no answer.
func over(sp texts.Speaker, c *workflow.Complaint, p outbox.Consultation) string {
	q, _ := c.Consultation(p.Consultation)
	if c.MayReport(workflow.PromiseConsultation, p.To, p.Consultation) && !q.Kept.At.IsZero() {
		return sp.Say("consult.task.answered", texts.Args{"Date": sp.Date(q.Kept.On)})
	}
	return sp.Say("consult.task.over")
}

func (h *Handler) taskMessage(ctx context.Context, sp texts.Speaker, c *workflow.Complaint, q workflow.Consulted) core.Message {
	blocks := append(h.asked(ctx, sp, q), kit.Remark(sp.Say("consult.task.secret")),
		kit.Buttons(kit.RefTo(c).String(), cases.ConsultAnswerButton(sp, q.Number)))
	return core.Message{Text: cases.Fallback(sp, c, sp.Say("consult.task.fallback")), Blocks: blocks}
}

// asked is what somebody is asked, by whom, and by when.
func (h *Handler) asked(ctx context.Context, sp texts.Speaker, q workflow.Consulted) []slack.Block {
	title := sp.Say("consult.task."+string(q.Purpose), texts.Args{"Number": q.Case})
	blocks := append([]slack.Block{kit.Section(kit.Strong(title), nil)}, kit.Rows(
		kit.Row{Label: sp.Say("consult.by"), Text: h.Name(ctx, sp, q.By)},
		kit.Row{Label: sp.Say("consult.answer_by"), Text: sp.Date(q.Due)},
	)...)
	return append(blocks, kit.Prose(sp.Say("dossier.text.question"), q.Question.Reveal())...)
}

// openAnswer asks for the answer, below what was asked.
func (h *Handler) openAnswer(ctx context.Context, g core.Gesture) error {
	reading, cancel := context.WithTimeout(ctx, core.ReadTime)
	defer cancel()
	what := workflow.WatchKind(g.Value)
	q, err := h.reader.Consultation(reading, g.Ref.Case, what.Consultation(), g.Who.ID)
	if err != nil {
		return err
	}
	m := kit.Metadata{Case: g.Ref.Case, Version: g.Ref.Version, Nonce: h.Nonce(), What: what}
	answer := kit.Input{ID: "answer", Label: g.Speak.Say("consult.answer"), Hint: g.Speak.Say("consult.answer.hint"), Element: kit.Area("")}
	return h.Show(ctx, g, kit.Modal(string(workflow.ActionConsultAnswer), g.Speak.Say("action.consult_answer.title"),
		g.Speak.Say("consult.send"), g.Speak.Say("common.cancel"), m, append(h.asked(ctx, g.Speak, q), answer.Block())...))
}

func (h *Handler) submitAnswer(ctx context.Context, g core.Gesture) core.Ack {
	return h.CarryOut(ctx, g, workflow.AnswerConsult{
		Entry: g.Metadata().What.Consultation(), Answer: kit.Typed(g.Values(), "answer"),
	})
}

// HomeSection lists on Home what somebody was asked and did not answer yet: number,
// date and the way to it, and nothing else of the case.
func (h *Handler) HomeSection(ctx context.Context, g core.Gesture) []slack.Block {
	all, err := h.reader.Asked(ctx, g.Who.ID)
	if err != nil || len(all) == 0 { // the list below says that the register is lost
		return nil
	}
	sp := g.Speak
	blocks := []slack.Block{kit.Section(kit.Strong(sp.Say("consult.home", texts.Args{"Count": len(all)})), nil)}
	for _, q := range all {
		c := workflow.Complaint{ID: q.ID}
		blocks = append(blocks,
			kit.Section(sp.Say("consult.home.line", texts.Args{"Number": q.Case, "Date": sp.Date(q.Due)}), nil),
			kit.Buttons(kit.RefTo(&c).Row(strconv.Itoa(q.Number)), cases.ConsultAnswerButton(sp, q.Number)))
	}
	return append(blocks, slack.NewDividerBlock())
}
