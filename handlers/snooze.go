package handlers

import (
	"context"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// openSnooze asks why a reminder can wait, and until when: tomorrow's working
// day stands there, or the promise's date when that is sooner.
func (h *caseworkHandler) openSnooze(ctx context.Context, g gesture) error {
	c, err := h.officersCase(ctx, g)
	if err != nil {
		return err
	}
	kind := workflow.WatchKind(g.value)
	w, ok := h.Policy.Watched(&c, kind, h.today())
	switch {
	case !ok || !w.Promised():
		return workflow.Refusals{{Code: workflow.CodeNotNow, Args: workflow.Args{Performed: c.Last}}}
	case !w.Due.After(h.today()):
		return workflow.Refusals{{Code: workflow.CodeSnoozeOverdue}}
	}
	until := h.Policy.Calendar.NextWorkingDay(h.today())
	if until.After(w.Due) {
		until = w.Due
	}
	view := h.form(g, &c, workflow.ActionSnooze,
		section(g.speak.Say("action.snooze.intro", texts.Args{
			"What": g.speak.Say("common.promise_name." + string(kind)), "Date": g.speak.Date(w.Due),
		}), nil),
		field(g, "reason", area("")), field(g, "until", day(until)))
	m := metadataOf(view.PrivateMetadata)
	m.What = kind
	view.PrivateMetadata = m.String()
	return h.show(ctx, g, view)
}

func (h *caseworkHandler) submitSnooze(ctx context.Context, g gesture) Ack {
	v := g.values()
	return h.carryOut(ctx, g, workflow.Snooze{What: g.metadata().What, Reason: typed(v, "reason"), Until: v.date("until")})
}
