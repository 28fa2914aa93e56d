package delivery

import (
	"context"
	"sync"
	"time"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
)

// What a sender knows of messages in Slack without asking for it again.

const (
	// rootKnown is how long the bot believes that a case message is still
	// there after it saw it.
	rootKnown = 2 * time.Minute
	rootsKept = 4096
)

// checkRoot makes sure that a reply's case message is still there. A reply to
// a deleted message would land loose in the channel; a message that was
// deleted under its replies leaves a tombstone, without buttons.
func (m *messages) checkRoot(ctx context.Context, lane outbox.Lane, root slackapi.MessageRef, now time.Time) error {
	if m.roots.known(root, now) {
		return nil
	}
	replies, _, err := m.calls.Messages(ctx, lane, root, slackapi.Page{Limit: 1})
	if err != nil {
		return err
	}
	if len(replies) == 0 || replies[0].TS != root.TS || replies[0].Subtype == tombstone {
		return slackapi.ErrThreadGone
	}
	m.roots.saw(root, now)
	return nil
}

// roots remembers which case messages were seen a short while ago.
type roots struct {
	mu   sync.Mutex
	seen map[slackapi.MessageRef]time.Time
}

func (r *roots) saw(at slackapi.MessageRef, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.seen == nil || len(r.seen) >= rootsKept {
		r.seen = map[slackapi.MessageRef]time.Time{}
	}
	r.seen[at] = now
}

func (r *roots) known(at slackapi.MessageRef, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	seen, ok := r.seen[at]
	return ok && now.Sub(seen) < rootKnown
}

func (r *roots) forget(at slackapi.MessageRef) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.seen, at)
}

// turn is what a sender has learnt of a lane's messages while it held the lease:
// nobody else posts there meanwhile, and of what others posted before it can be
// certain.
type turn struct {
	mu      sync.Mutex
	roots   map[slackapi.MessageRef]time.Time // case messages that it posted, and when
	looking chan struct{}                     // holds whoever looks through a channel; guards what follows
	scans   map[string]scan                   // of channels
}

// scan is what was found when a channel was looked through for our messages, back
// to an instant.
type scan struct {
	at, since time.Time
	found     map[string]*slackapi.Message // by key
}

// turns are those of the lanes that this process holds.
type turns struct {
	mu   sync.Mutex
	last map[outbox.Lane]*turn
}

func (t *turns) begin(lane outbox.Lane) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.last == nil {
		t.last = map[outbox.Lane]*turn{}
	}
	t.last[lane] = &turn{roots: map[slackapi.MessageRef]time.Time{}, looking: make(chan struct{}, 1), scans: map[string]scan{}}
}

// posted notes a case message that this process posted in the lane.
func (t *turn) posted(at slackapi.MessageRef, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.roots[at] = now
}

// postedSince reports whether this process posted a case message there since then.
func (t *turn) postedSince(at slackapi.MessageRef, then time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	posted, ok := t.roots[at]
	return ok && !posted.Before(then)
}

// of is the turn of a lane. Only who holds the lease uses it.
func (t *turns) of(lane outbox.Lane) *turn {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.last[lane]
}

// find looks for what an earlier attempt posted; nil when it posted nothing.
// After a crash many deliveries of a lane are to be looked for: the channel is
// looked through once for all of them, while the others wait. Below a case message
// that was posted after the last attempt there is nothing to look for.
func (a *attempt) find(ctx context.Context, at slackapi.MessageRef) (*slackapi.Message, error) {
	turn := a.turns.of(a.d.Lane)
	if at.TS != "" {
		if turn.postedSince(at, a.d.Due) {
			return nil, nil
		}
		return a.calls.Find(ctx, a.d.Lane, at, a.d.Key, a.d.FirstTry)
	}
	select { // no mutex is held over a call
	case turn.looking <- struct{}{}:
		defer func() { <-turn.looking }()
	case <-ctx.Done():
		return nil, slackapi.ErrNotBegun
	}
	seen, ok := turn.scans[at.Channel]
	if !ok || !seen.covers(a.d, a.quietUntil(a.d)) {
		seen = scan{at: a.now(), since: a.d.FirstTry, found: map[string]*slackapi.Message{}}
		err := a.calls.Scan(ctx, a.d.Lane, at, a.d.FirstTry, func(m *slackapi.Message) bool {
			if key := m.Key(); key != "" && (seen.found[key] == nil || m.TS > seen.found[key].TS) {
				seen.found[key] = m
			}
			return false
		})
		if err != nil {
			return nil, err
		}
		turn.scans[at.Channel] = seen
	}
	return seen.found[a.d.Key], nil
}

// covers reports whether a delivery would have been found, had any earlier attempt
// at it arrived.
func (s scan) covers(d outbox.Delivery, quiet time.Time) bool {
	return !d.FirstTry.Before(s.since) && !s.at.Before(d.Due) && !s.at.Before(quiet)
}
