package slackapi

import (
	"context"
	"strings"
	"sync"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow/roster"
)

// Directs knows the ids (D…) of the direct messages with people. They are
// opened before the first message, so that their history can be read.
type Directs struct {
	api *Client
	mu  sync.Mutex
	ids map[roster.PersonID]string
}

// NewDirects knows nobody yet.
func NewDirects(api *Client) *Directs {
	return &Directs{api: api, ids: map[roster.PersonID]string{}}
}

// Open returns the channel of the direct messages with somebody.
func (d *Directs) Open(ctx context.Context, who roster.PersonID) (string, error) {
	d.mu.Lock()
	id := d.ids[who]
	d.mu.Unlock()
	if id != "" {
		return id, nil
	}
	channel, _, _, err := d.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{
		Users: []string{string(who)}, ReturnIM: true,
	})
	if err != nil {
		return "", Bare(err)
	}
	if channel == nil || channel.ID == "" {
		return "", ErrNoID
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ids[who] = channel.ID
	return channel.ID, nil
}

// IsDirect reports whether a channel is somebody's direct messages; their ids,
// unlike those of other channels, never change.
func IsDirect(channel string) bool { return strings.HasPrefix(channel, "D") }
