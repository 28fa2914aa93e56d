package handlers

import (
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// nudgeMessage reminds somebody of a promise: which, by when, how long that
// is, and the button that settles it. Whether it may still be said is asked
// of the rules at this moment (deadlines.md, "Nudges").
func (h *Handler) nudgeMessage(sp texts.Speaker, c *workflow.Complaint, d workflow.Delivery) (Message, error) {
	kind := workflow.WatchKind(d.What)
	ok, later := h.Policy.NudgeNow(c, kind, d.To, h.Now())
	w, found := h.Policy.Watched(c, kind, h.today())
	switch {
	case !ok && !later.IsZero():
		return Message{}, &Later{later}
	case !ok || !found:
		return Message{}, ErrMoot
	}
	what := sp.Say("nudge." + string(kind))
	text := sp.Say("nudge.line", texts.Args{
		"Who": "<@" + string(d.To) + ">", "Number": c.Number, "What": what,
		"Date": sp.Date(w.Due), "When": daysLeft(sp, w, h.today()),
	})
	var settlers []slack.BlockElement
	for i, name := range kind.Settlers() {
		settlers = append(settlers, actionButton(sp, c, name, i == 0))
	}
	blocks := []slack.Block{section(text, nil), buttons(refTo(c).String(), settlers...)}
	return Message{Text: fallback(sp, c, what), Blocks: blocks}, nil
}

// daysLeft says how far off the due date is, or how long ago it was.
func daysLeft(sp texts.Speaker, w workflow.Watch, today workflow.Date) string {
	switch left := w.Due.DaysSince(today); {
	case w.Overdue(today):
		return sp.Say("nudge.overdue", texts.Args{"Count": -left})
	case left == 0:
		return sp.Say("nudge.today")
	default:
		return sp.Say("nudge.left", texts.Args{"Count": left})
	}
}
