package delivery

import (
	"context"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
)

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
	replies, _, err := m.calls.Replies(ctx, lane, slack.GetConversationRepliesParameters{
		ChannelID: root.Channel, Timestamp: root.TS, Limit: 1,
	})
	if err != nil {
		return err
	}
	if len(replies) == 0 || replies[0].Timestamp != root.TS || replies[0].SubType == "tombstone" {
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
