package slacksim

import (
	"context"
	"fmt"
	"slices"
)

// wait waits for the next change; what is for the error.
func (s *Sim) wait(ctx context.Context, what string, changed <-chan struct{}) error {
	select {
	case <-changed:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for %s: %w", what, ctx.Err())
	case <-s.ctx.Done():
		return ErrClosed
	}
}

// await waits until look is satisfied, and looks again after every change. look
// runs while Sim.mu is held.
func (s *Sim) await(ctx context.Context, what string, look func(w *workspace) bool) error {
	for {
		s.mu.Lock()
		found, changed := look(s.w), s.w.subscribers.changed
		s.mu.Unlock()
		if found {
			return nil
		}
		if err := s.wait(ctx, what, changed); err != nil {
			return err
		}
	}
}

// awaited waits until match approves one of what look finds. look runs while
// Sim.mu is held, match does not: it may call the simulator.
func awaited[T any](ctx context.Context, s *Sim, what string, look func(w *workspace) []T, match func(T) bool) (T, error) {
	for {
		s.mu.Lock()
		candidates, changed := look(s.w), s.w.subscribers.changed
		s.mu.Unlock()
		if i := slices.IndexFunc(candidates, match); i >= 0 {
			return candidates[i], nil
		}
		if err := s.wait(ctx, what, changed); err != nil {
			var none T
			return none, err
		}
	}
}

// AwaitMessage waits for a message in a channel (or direct-message id) that match
// approves, thread replies included; one that is there already counts. match is
// asked once about each message, and again when that message was edited or its
// replies became more or fewer; no other change makes it be asked. It gets a copy
// and may call the simulator.
func (s *Sim) AwaitMessage(ctx context.Context, channel string, match func(Message) bool) (Message, error) {
	q := locked(s, func(w *workspace) *queue { return w.newQueue(channel) })
	defer locked(s, func(w *workspace) bool { return w.dropQueue(q) })
	for {
		s.mu.Lock()
		m, more := s.w.next(q)
		changed := s.w.subscribers.changed
		s.mu.Unlock()
		if more && match(m) {
			return m, nil
		}
		if more {
			continue
		}
		if err := s.wait(ctx, "a message", changed); err != nil {
			return Message{}, err
		}
	}
}

// queue is the messages of a channel that one AwaitMessage has still to judge.
type queue struct {
	channel string
	pending []*Message
}

// newQueue starts with what is in the channel: roots, each with its replies.
func (w *workspace) newQueue(channel string) *queue {
	q := &queue{channel: channel}
	if c := w.channels[channel]; c != nil {
		for _, m := range c.top {
			if c.isReply(m) && c.reachable(m) {
				continue // it comes with its root
			}
			q.pending = append(append(q.pending, m), c.replies[m.TS]...)
		}
	}
	w.queues[q] = struct{}{}
	return q
}

// dropQueue ends a queue.
func (w *workspace) dropQueue(q *queue) bool {
	_, known := w.queues[q]
	delete(w.queues, q)
	return known
}

// next takes a copy of the first message that is still there.
func (w *workspace) next(q *queue) (Message, bool) {
	for len(q.pending) > 0 {
		m := q.pending[0]
		q.pending = q.pending[1:]
		if c := w.channels[q.channel]; c.byTS[m.TS] == m && c.reachable(m) {
			return c.copyOf(m), true
		}
	}
	return Message{}, false
}

// isReply tells whether a message was written in a thread.
func (c *channel) isReply(m *Message) bool { return m.ThreadTS != "" && m.ThreadTS != m.TS }

// reachable tells whether a message can be read in the channel: not a reply whose
// root is gone without a trace, unless it was sent to the channel as well.
func (c *channel) reachable(m *Message) bool {
	return !c.isReply(m) || m.Subtype == broadcast || c.byTS[m.ThreadTS] != nil
}

// messagesChanged says that messages of a channel are new, edited or gone, or that their
// threads are; nil ones are skipped.
func (w *workspace) messagesChanged(c *channel, messages ...*Message) {
	for q := range w.queues {
		for _, m := range messages {
			if q.channel == c.ID && m != nil && !slices.Contains(q.pending, m) {
				q.pending = append(q.pending, m)
			}
		}
	}
	w.notify(ChangeMessage, "", c.ID)
}
