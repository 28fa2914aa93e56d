package casework

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// noticeDays is how long after what was promised the outcome is expected, as
// the form of a progress notice proposes it.
const noticeDays = 14

// openProgress shows the notice that the outcome will be later: why, until
// when, and the letter around it.
func (h *Handler) openProgress(ctx context.Context, g core.Gesture) error {
	reading, cancel := context.WithTimeout(ctx, core.ReadTime)
	defer cancel()
	c, err := h.OfferedCase(reading, g, workflow.ActionProgress)
	if err != nil {
		return err
	}
	f := letterForm{action: workflow.ActionProgress, kind: letters.Progress}
	view, err := h.letterView(g, &c, f, h.letterData(reading, &c))
	if err != nil {
		return err
	}
	asked := []slack.Block{
		kit.Input{
			ID: "reason", Label: g.Speak.Say("action.reason"), Hint: g.Speak.Say("action.progress.reason.hint"),
			Element: kit.Area(h.Texts.In(c.Facts.Language).Say("action.progress.reason")),
		}.Block(),
		cases.Field(g, "expected_date", kit.Day(h.expected(&c))),
	}
	at := len(cases.Line(&c)) + 1 // below the introduction
	set := view.Blocks.BlockSet
	view.Blocks.BlockSet = append(append(append([]slack.Block{}, set[:at]...), asked...), set[at:]...)
	return h.Show(ctx, g, view)
}

// expected is the date that the form proposes: two weeks after what was
// promised, or from today when that is past already, as far as a notice may
// reach.
func (h *Handler) expected(c *workflow.Complaint) calendar.Date {
	from := h.Today()
	for _, kind := range []workflow.PromiseKind{workflow.PromiseOutcome, workflow.PromiseProgress} {
		if p, ok := c.Promise(kind); ok && p.Due.After(from) {
			from = p.Due
		}
	}
	day, last := from.AddDays(noticeDays), h.Today().AddMonths(workflow.NoticeMonths)
	if day.After(last) {
		day = last
	}
	return h.Policy.Calendar.Target(day)
}

// submitProgress records the notice, with the letter as it left.
func (h *Handler) submitProgress(ctx context.Context, g core.Gesture) core.Ack {
	v := g.Values()
	notice := workflow.Progress{Sent: filledIn(h.letters, v, letters.Progress), Reason: kit.Typed(v, "reason"), Expected: v.Date("expected_date")}
	c, err := h.OfficersCase(ctx, g)
	switch {
	case workflow.Refused(err) != nil:
		return h.CarryOut(ctx, g, notice)
	case err != nil:
		return h.Failed(ctx, g, err)
	}
	if !notice.Reason.Blank() && !notice.Expected.IsZero() { // else the rules refuse it
		data := asSent(h.Policy, &c, letters.Progress, h.letterData(ctx, &c), notice.Date, notice.Way)
		data.Reason, data.Expected = notice.Reason, notice.Expected
		text, err := h.letters.Compose(letters.Progress, c.Facts.Language, data, notice.Body.Reveal())
		if err != nil {
			return h.Failed(ctx, g, err)
		}
		notice.Letter = workflow.Confidential(text)
	}
	return h.CarryOut(ctx, g, notice)
}
