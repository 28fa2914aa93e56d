package slacksim

import (
	"errors"
	"time"
)

// outerEvent wraps an event as the Events API does.
func (w *workspace) outerEvent(inner map[string]any) map[string]any {
	at := w.now()
	if _, ok := inner["event_ts"]; !ok {
		inner["event_ts"] = formatTS(at.UnixMicro())
	}
	return map[string]any{
		"token": verification, "team_id": w.team.ID, "api_app_id": appID, "event": inner,
		"type": "event_callback", "event_id": w.id("Ev"), "event_time": at.Unix(),
		"authorizations": []map[string]any{{"enterprise_id": nil, "team_id": w.team.ID, "user_id": botUserID,
			"is_bot": true, "is_enterprise_install": false}},
		"is_ext_shared_channel": false, "event_context": "4-" + upper36(w.serial),
	}
}

// emit sends events that the manifest subscribes to, each on its own and without
// waiting; unacknowledged ones are retried. Sim.mu is not held.
func (s *Sim) emit(events ...map[string]any) {
	for _, inner := range events {
		name, ok := inner["type"].(string)
		if !ok || !s.w.app.subscribed(name) {
			continue
		}
		s.mu.Lock()
		outer := s.w.outerEvent(inner)
		s.mu.Unlock()
		if !s.start(func() { s.deliverEvent(name, outer) }) {
			return
		}
	}
}

func (s *Sim) deliverEvent(name string, outer map[string]any) {
	reason := ""
	for attempt := 0; attempt <= len(s.cfg.EventRetries); attempt++ {
		if attempt > 0 && !s.pause(s.cfg.EventRetries[attempt-1]) {
			return
		}
		e := envelope{Type: "events_api", Payload: outer, retry: &retry{Attempt: attempt, Reason: reason}}
		_, err := s.sockets.deliver(s.ctx, "event "+name, e)
		if err == nil || errors.Is(err, ErrClosed) {
			return
		}
		reason = "timeout"
	}
	s.cfg.Log.Debug("event given up", "event", name)
}

// start runs f on a goroutine that Close waits for; false when already closed.
func (s *Sim) start(f func()) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ctx.Err() != nil {
		return false
	}
	s.wg.Go(f)
	return true
}

// pause waits in real time; false when the simulator was closed meanwhile.
func (s *Sim) pause(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-s.ctx.Done():
		return false
	}
}
