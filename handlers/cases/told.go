package cases

import (
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// ToTell reports whether that promise waits for the complainant to be told what was
// decided (R13).
func ToTell(c *workflow.Complaint, kind workflow.PromiseKind) bool {
	return c.Untold() && (kind == workflow.PromiseOutcome || kind == workflow.PromiseProgress)
}

// PromiseName is what is promised, as far as it is still to be done.
func PromiseName(sp texts.Speaker, c *workflow.Complaint, kind workflow.PromiseKind) string {
	if ToTell(c, kind) {
		return sp.Say("told.promise_name")
	}
	return sp.Say("common.promise_name." + string(kind))
}

// openLabel names a promise that stands above its date.
func openLabel(sp texts.Speaker, c *workflow.Complaint, p workflow.Promise) string {
	if ToTell(c, p.Kind) {
		return sp.Say("told.by." + string(p.Kind))
	}
	return sp.Say("case.promise." + string(p.Kind) + ".due")
}

// keptLabel names a promise that was kept: that of a notice which the outcome itself
// kept is not called a notice.
func keptLabel(sp texts.Speaker, c *workflow.Complaint, p workflow.Promise) string {
	if p.KeptByOutcome(c) {
		return sp.Say("told.kept")
	}
	return sp.Say("case.promise." + string(p.Kind) + ".kept")
}

// DueRow is something that is still owed, with its date.
func DueRow(sp texts.Speaker, c *workflow.Complaint, kind workflow.PromiseKind, due calendar.Date) kit.Row {
	return kit.Row{Label: openLabel(sp, c, workflow.Promise{Kind: kind}), Text: sp.Date(due)}
}

// ShowsEnd reports whether a promise that was not kept is shown with why it ended.
func ShowsEnd(p workflow.Promise) bool {
	return p.Kind == workflow.PromiseOutcome && (p.Ended == workflow.EndUnreachable || p.Ended == workflow.EndWithdrawn)
}

// endedRow is a promise that was not kept, and why it is owed no more.
func endedRow(sp texts.Speaker, p workflow.Promise) kit.Row {
	return kit.Row{Label: sp.Say("common.due." + string(p.Kind)), Text: sp.Say("told.ended", texts.Args{
		"Why": kit.Choice(sp, "ending", p.Ended), "Date": sp.Date(p.Lapsed),
	})}
}

// DecidedRow is when the case was decided, beside when the complainant was told.
func DecidedRow(sp texts.Speaker, c *workflow.Complaint) kit.Row {
	return kit.Row{Label: sp.Say("told.decided"), Text: sp.Date(c.Decision.On)}
}

// ReactedRow is whether the complainant heard something within four weeks (R4a); ok
// is false where the register does not know, or nobody could be told.
func (f *Forms) ReactedRow(sp texts.Speaker, c *workflow.Complaint) (row kit.Row, ok bool) {
	first, class := c.Reacted(f.Today())
	row.Label = sp.Say("told.reacted")
	switch {
	case class == workflow.ClassUnreachable:
		return row, false
	case class == workflow.ClassOpen:
		row.Text = sp.Say("told.reacted.open", texts.Args{"Date": sp.Date(c.Facts.Received.AddDays(workflow.ReactDays))})
	case first.IsZero():
		row.Text = sp.Say("told.reacted.never")
	default:
		row.Text = sp.Say("told.reacted."+string(class), texts.Args{"Date": sp.Date(first)})
	}
	return row, true
}

// SentOn are the two questions about something that goes to the complainant, with
// the day from which it counts (R18).
func (f *Forms) SentOn(g core.Gesture, date, way string, ways []workflow.Way, initial workflow.Way) []slack.Block {
	hint := g.Speak.Say("told.post", texts.Args{"Date": g.Speak.Date(f.Policy.Calendar.Delivered(f.Today()))})
	return []slack.Block{
		Field(g, date, kit.Day(f.Today())),
		kit.Input{
			ID: way, Label: g.Speak.Say("action." + way), Hint: hint,
			Element: kit.Choose(string(initial), kit.Choices(g.Speak, "way", ways)),
		}.Block(),
	}
}
