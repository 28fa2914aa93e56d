package casework

import (
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

// notice is the form of the notice that the outcome will be later.
var notice = letterForm{workflow.ActionProgress, letters.Progress, workflow.RecordProgress,
	func(s workflow.Sent, v kit.Values) workflow.Action {
		return workflow.Progress{Sent: s, Reason: kit.Typed(v, "reason"), Expected: v.Date("expected_date")}
	}, writing.askProgress}

// askProgress asks why the outcome will be later, and until when.
func (w writing) askProgress(g core.Gesture, c *workflow.Complaint) []slack.Block {
	reason, expected := w.proposed(c)
	return []slack.Block{
		kit.Input{
			ID: "reason", Label: g.Speak.Say("action.reason"), Hint: g.Speak.Say("action.progress.reason.hint"),
			Element: kit.Area(reason.Reveal()),
		}.Block(),
		cases.Field(g, "expected_date", kit.Day(expected)),
	}
}

// proposed are the reason and the date that the form opens with.
func (w writing) proposed(c *workflow.Complaint) (reason workflow.Confidential, expected calendar.Date) {
	return workflow.Confidential(w.Texts.In(c.Facts.Language).Say("action.progress.reason")), w.expected(c)
}

// expected is the date that the form proposes: two weeks after what was
// promised, or from today when that is past already, as far as a notice may
// reach.
func (w writing) expected(c *workflow.Complaint) calendar.Date {
	from := w.Today()
	for _, kind := range []workflow.PromiseKind{workflow.PromiseOutcome, workflow.PromiseProgress} {
		if p, ok := c.Promise(kind); ok && p.Due.After(from) {
			from = p.Due
		}
	}
	day, last := from.AddDays(noticeDays), w.Today().AddMonths(workflow.NoticeMonths)
	if day.After(last) {
		day = last
	}
	return w.Policy.Calendar.Target(day)
}
