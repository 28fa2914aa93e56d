package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/artra/klachtbot/slacksim"
)

// limited has Slack refuse a post for a second.
func (s *session) limited(ctx context.Context) error {
	s.Faults().RateLimit("chat.postMessage", time.Second, 1)
	view, err := s.form(ctx)
	if err != nil {
		return err
	}
	if err := s.anna.CloseView(ctx, view.ID); err != nil {
		return err
	}
	return s.awaitClosed(ctx, 2)
}

// lost has a post end in an answer that says nothing; nothing was posted.
func (s *session) lost(ctx context.Context) error {
	s.Faults().Status("chat.postMessage", http.StatusBadGateway, 1)
	view, err := s.form(ctx)
	if err != nil {
		return err
	}
	if err := s.anna.CloseView(ctx, view.ID); err != nil {
		return err
	}
	return s.awaitClosed(ctx, 3)
}

// awaitClosed waits until the app has posted so often that the modal was closed.
func (s *session) awaitClosed(ctx context.Context, times int) error {
	n := 0
	_, err := s.AwaitMessage(ctx, room, func(m slacksim.Message) bool {
		if m.Text == "closed kept" {
			n++
		}
		return n >= times
	})
	if err != nil {
		return fmt.Errorf("posted %d times of %d: %w", n, times, err)
	}
	return nil
}

// refreshed has Slack ask for another socket, in each of its ways.
func (s *session) refreshed(ctx context.Context) error {
	for _, reason := range []string{"warning", "refresh_requested"} {
		opened := s.opened()
		s.Faults().Refresh(reason)
		if err := s.Workspace().Await(ctx, "another socket", func() bool { return s.opened() > opened && s.Connections() == 1 }); err != nil {
			return fmt.Errorf("%s: %w", reason, err)
		}
		if err := s.answer(ctx); err != nil {
			return fmt.Errorf("%s: %w", reason, err)
		}
	}
	return nil
}

// opened is how often the app asked where to connect.
func (s *session) opened() int {
	n := 0
	for _, c := range s.Calls() {
		if c.Method == "apps.connections.open" {
			n++
		}
	}
	return n
}
