package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// drainPace is KLACHTBOT_PACE while a backlog is emptied.
const drainPace = 10 * time.Millisecond

// drain files cases while every post is cut off on its way, kills the program,
// and times how long it takes to post everything once Slack is back. Half of the
// backlog was attempted, so nobody knows whether it stands in Slack; the other
// half are the stories, which wait for their case messages.
func (b *bench) drain(ctx context.Context, c contestant) (err error) {
	cases := b.backlog / 2
	s, err := b.stage(ctx, c, b.people)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if err := s.run(ctx, c.command); err != nil {
		return err
	}
	s.Faults().CutBefore("chat.postMessage", 1<<30)
	if err := s.fileUnposted(ctx, cases); err != nil {
		return fmt.Errorf("%w\n%s", err, tail(s.p))
	}
	if err := s.p.kill(); err != nil {
		return err
	}
	s.p = nil
	if err := s.awaitSilence(ctx); err != nil {
		return err
	}
	s.Faults().Clear()
	down := len(s.Calls())
	if err := s.run(ctx, c.command, "KLACHTBOT_PACE="+drainPace.String()); err != nil {
		return err
	}
	began := time.Now()
	if err := s.posted(ctx); err != nil {
		return fmt.Errorf("%w\n%s", err, tail(s.p))
	}
	s.add("backlog: time ÷ (pace × posts)", time.Since(began).Seconds()/(drainPace.Seconds()*float64(2*cases)))
	s.add("backlog: look-ups in Slack", float64(s.lookups(down)))
	return s.halt(ctx)
}

// fileUnposted files cases until each case message was attempted.
func (s *stage) fileUnposted(ctx context.Context, cases int) error {
	if _, err := s.file(ctx, s.b.people, cases); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for s.attempts() < cases {
		if err := pause(ctx, 100*time.Millisecond); err != nil {
			return fmt.Errorf("%d of %d posts were attempted: %w", s.attempts(), cases, err)
		}
	}
	return nil
}

// attempts counts the posts that the program tried.
func (s *stage) attempts() int { return s.calls(0, "chat.postMessage") }

// lookups counts the calls that read a channel back, after the first calls.
func (s *stage) lookups(after int) int {
	return s.calls(after, "conversations.history") + s.calls(after, "conversations.replies")
}

// calls counts the calls of a method after the first ones.
func (s *stage) calls(after int, method string) int {
	n := 0
	for _, c := range s.Calls()[after:] {
		if c.Method == method {
			n++
		}
	}
	return n
}
