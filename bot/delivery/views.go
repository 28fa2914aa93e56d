package delivery

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
)

// The view follows the register (design section 3): what open cases show is compared
// with what stands in Slack, a page of a conversation at a time. Nothing is posted
// here. A case message that a page does not show is edited, and Slack's answer to
// that decides: one that is merely old is hidden on some plans, and stands.

// checking is how far a look through the conversations has come. A process that
// takes it over begins again: all that a look asks for it asks for once.
type checking struct {
	mu     sync.Mutex
	asked  int             // the version of the look
	done   map[string]bool // conversations
	before string          // in the one that is looked through: how far, by timestamp
}

// begin returns the conversations that are still to be looked through.
func (c *checking) begin(asked int, all []string) []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.asked != asked || c.done == nil {
		c.asked, c.done, c.before = asked, map[string]bool{}, ""
	}
	return slices.DeleteFunc(slices.Clone(all), func(channel string) bool { return c.done[channel] })
}

func (c *checking) reached() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.before
}

func (c *checking) reach(ts string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.before = ts
}

func (c *checking) end(channel string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done[channel], c.before = true, ""
}

// checkViews looks whether the case messages of all open cases still stand, with
// what the bot wrote below them. It goes on where an earlier attempt ended.
func (m *messages) checkViews(ctx context.Context, d outbox.Delivery) error {
	all, err := m.views.ShownIn(ctx)
	if err != nil {
		return err
	}
	for _, channel := range m.checking.begin(d.Version, all) {
		err := m.checkConversation(ctx, d, channel)
		if slackapi.Refused(err) { // what is wrong with a channel the monitor says
			m.log.WarnContext(ctx, "conversation not looked through", "fault", slackapi.Fault(err))
			err = nil
		}
		if err != nil {
			return err
		}
		m.checking.end(channel)
	}
	return nil
}

// checkConversation looks through one of them, from the newest case message back. A
// stretch in which no open case stands is not read.
func (m *messages) checkConversation(ctx context.Context, d outbox.Delivery, channel string) error {
	for ctx.Err() == nil {
		roots, err := m.views.Roots(ctx, channel, m.checking.reached(), slackapi.PageSize)
		if err != nil || len(roots) == 0 {
			return err
		}
		if err := m.comparePage(ctx, d, channel, roots); err != nil {
			return err
		}
	}
	return slackapi.ErrNotBegun
}

// comparePage compares case messages with the page of their conversation that begins
// at the first. Those that stand in a channel that is not the cases' any more are
// posted anew.
func (m *messages) comparePage(ctx context.Context, d outbox.Delivery, channel string, roots []outbox.Root) error {
	page, next, elsewhere := []slackapi.Message(nil), "", m.elsewhere(roots[0])
	if !elsewhere {
		var err error
		page, next, err = m.calls.Messages(ctx, d.Lane, slackapi.MessageRef{Channel: channel},
			slackapi.Page{Latest: roots[0].TS, Limit: slackapi.PageSize})
		if err != nil {
			return err
		}
	}
	for i, r := range roots {
		if i > 0 && next != "" && r.TS < oldest(page) {
			break
		}
		if err := m.compare(ctx, d, r, page); err != nil {
			return err
		}
		m.checking.reach(r.TS)
	}
	return nil
}

// elsewhere reports whether a case message stands where its lane does not lead any
// more.
func (m *messages) elsewhere(r outbox.Root) bool {
	channel := m.channels.ChannelOf(r.Lane)
	return channel != "" && channel != r.Channel
}

// oldest is the timestamp of the last message of a page.
func oldest(page []slackapi.Message) string {
	if len(page) == 0 {
		return ""
	}
	return page[len(page)-1].TS
}

// compare compares a case message with the page that must show it.
func (m *messages) compare(ctx context.Context, d outbox.Delivery, r outbox.Root, page []slackapi.Message) error {
	i := slices.IndexFunc(page, func(one slackapi.Message) bool { return one.TS == r.TS && one.Subtype != tombstone })
	switch {
	case i < 0:
		return m.views.Renew(ctx, r.Case)
	case page[i].Replies < r.Replies, page[i].Replies == 0 && r.Replies == 0 && r.Unnamed > 0:
		return m.refill(ctx, d, r)
	}
	return nil
}

// tombstone is the subtype of what stays of a message that was deleted above its
// replies.
const tombstone = "tombstone"

// refill has what is gone below a case message said again.
func (m *messages) refill(ctx context.Context, d outbox.Delivery, was outbox.Root) error {
	r, ok, err := m.views.Root(ctx, was.Case)
	if err != nil || !ok || r.TS != was.TS {
		return err
	}
	replies, err := m.thread(ctx, d.Lane, slackapi.MessageRef{Channel: r.Channel, TS: r.TS})
	if err != nil {
		return err
	}
	var standing []string
	for i := range replies {
		if replies[i].Ours() {
			standing = append(standing, replies[i].TS)
		}
	}
	return m.views.Refill(ctx, r, standing)
}

// checkCase looks whether one case message still stands, with its thread.
func (m *messages) checkCase(ctx context.Context, d outbox.Delivery) error {
	r, ok, err := m.views.Root(ctx, d.Case)
	if err != nil || !ok {
		return err
	}
	at := slackapi.MessageRef{Channel: r.Channel, TS: r.TS}
	m.roots.forget(at)
	if !m.elsewhere(r) {
		if err = m.checkRoot(ctx, d.Lane, at, m.now()); err == nil {
			return m.refill(ctx, d, r)
		}
	}
	if err == nil || errors.Is(err, slackapi.ErrThreadGone) {
		return m.views.Renew(ctx, r.Case)
	}
	return err
}
