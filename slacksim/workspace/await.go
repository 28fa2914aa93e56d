package workspace

import (
	"context"
	"slices"
)

// Await waits until found is satisfied, and asks again after every change. found
// runs while the workspace is locked.
func (w *Workspace) Await(ctx context.Context, what string, found func() bool) error {
	_, err := AwaitOne(ctx, w, what, func() []struct{} {
		if found() {
			return []struct{}{{}}
		}
		return nil
	}, func(struct{}) bool { return true })
	return err
}

// AwaitOne waits until match approves one of the candidates. candidates runs
// while the workspace is locked, match does not: it may call the simulator.
func AwaitOne[T any](ctx context.Context, w *Workspace, what string, candidates func() []T, match func(T) bool) (T, error) {
	for {
		w.Lock()
		list, changed := candidates(), w.changed
		w.Unlock()
		if i := slices.IndexFunc(list, match); i >= 0 {
			return list[i], nil
		}
		if err := w.wait(ctx, what, changed); err != nil {
			var none T
			return none, err
		}
	}
}

// awaitMessage waits for a message in a channel that match approves, as
// Reader.AwaitMessage says.
func (w *Workspace) awaitMessage(ctx context.Context, channel string, match func(Message) bool) (Message, error) {
	q := Locked(w, func() *queue { return w.Channels.newQueue(channel) })
	defer Locked(w, func() bool { return w.Channels.dropQueue(q) })
	for {
		w.Lock()
		m, more := w.Channels.next(q)
		changed := w.changed
		w.Unlock()
		if more && match(m) {
			return m, nil
		}
		if more {
			continue
		}
		if err := w.wait(ctx, "a message", changed); err != nil {
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
func (cs *Channels) newQueue(channel string) *queue {
	q := &queue{channel: channel}
	if c := cs.byID[channel]; c != nil {
		for _, m := range c.top {
			if c.isReply(m) && c.reachable(m) {
				continue // it comes with its root
			}
			q.pending = append(append(q.pending, m), c.replies[m.TS]...)
		}
	}
	cs.queues[q] = struct{}{}
	return q
}

// dropQueue ends a queue.
func (cs *Channels) dropQueue(q *queue) bool {
	_, known := cs.queues[q]
	delete(cs.queues, q)
	return known
}

// next takes a copy of the first message that is still there.
func (cs *Channels) next(q *queue) (Message, bool) {
	for len(q.pending) > 0 {
		m := q.pending[0]
		q.pending = q.pending[1:]
		if c := cs.byID[q.channel]; c.byTS[m.TS] == m && c.reachable(m) {
			return c.copyOf(m), true
		}
	}
	return Message{}, false
}
