package casework

import (
	"context"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// openSnooze asks why a reminder can wait, and until when: the next working day
// is proposed, or the promise's date when that is sooner.
func (h *Handler) openSnooze(ctx context.Context, g core.Gesture) error {
	c, err := h.OfficersCase(ctx, g)
	if err != nil {
		return err
	}
	kind := workflow.WatchKind(g.Value)
	w, ok := h.Policy.Watched(&c, kind, h.Today())
	switch {
	case !ok || !w.Promised():
		return workflow.Refusals{{Code: workflow.CodeNotNow, Args: workflow.Args{Performed: c.Last}}}
	case !w.Due.After(h.Today()):
		return workflow.Refusals{{Code: workflow.CodeSnoozeOverdue}}
	}
	until := h.Policy.Calendar.NextWorkingDay(h.Today())
	if until.After(w.Due) {
		until = w.Due
	}
	view := h.Form(g, &c, workflow.ActionSnooze,
		kit.Section(g.Speak.Say("action.snooze.intro", texts.Args{
			"What": g.Speak.Say("common.promise_name." + string(kind.Base())), "Date": g.Speak.Date(w.Due),
		}), nil),
		cases.Field(g, "reason", kit.Area("")), cases.Field(g, "until", kit.Day(until)))
	m := kit.MetadataOf(view.PrivateMetadata)
	m.What = kind
	view.PrivateMetadata = m.String()
	return h.Show(ctx, g, view)
}

func (h *Handler) submitSnooze(ctx context.Context, g core.Gesture) core.Ack {
	v := g.Values()
	return h.CarryOut(ctx, g, workflow.Snooze{What: g.Metadata().What, Reason: kit.Typed(v, "reason"), Until: v.Date("until")})
}
