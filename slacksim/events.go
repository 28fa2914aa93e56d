package slacksim

import (
	"errors"
	"log/slog"
	"time"

	"github.com/artra/klachtbot/slacksim/socket"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// events sends the app the events that the manifest subscribes to.
type events struct {
	w       *workspace.Workspace
	hub     *socket.Hub
	work    *work
	retries []time.Duration // the pauses before the retries of an unacknowledged one
	log     *slog.Logger
}

// Emit sends events that the manifest subscribes to, each on its own and without
// waiting; unacknowledged ones are retried. The workspace is not locked.
func (e *events) Emit(list ...map[string]any) {
	for _, inner := range list {
		name, ok := inner["type"].(string)
		if !ok || !e.w.App.Subscribed(name) {
			continue
		}
		outer := workspace.Locked(e.w, func() map[string]any { return e.w.OuterEvent(inner) })
		if !e.work.start(func() { e.deliver(name, outer) }) {
			return
		}
	}
}

func (e *events) deliver(name string, outer map[string]any) {
	reason := ""
	for attempt := 0; attempt <= len(e.retries); attempt++ {
		if attempt > 0 && !e.work.pause(e.retries[attempt-1]) {
			return
		}
		sent := socket.Envelope{Type: "events_api", Payload: outer, Retry: &socket.Retry{Attempt: attempt, Reason: reason}}
		_, err := e.hub.Deliver(e.work.ctx, "event "+name, sent)
		if err == nil || errors.Is(err, ErrClosed) {
			return
		}
		reason = "timeout"
	}
	e.log.Debug("event given up", "event", name)
}
