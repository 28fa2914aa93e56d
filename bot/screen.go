package bot

import (
	"context"
	"fmt"
	"net/http"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/workflow/roster"
)

// screen is what the person who makes a gesture sees at once, outside the
// outbox, and where a message stands. It is the handlers.Slack and the
// handlers.Links of the handlers.
type screen struct {
	api     *slackapi.Client
	account slackapi.Account
	web     *http.Client
	direct  *slackapi.Directs
}

// UpdateView changes an open modal.
func (s *screen) UpdateView(ctx context.Context, viewID string, view slack.ModalViewRequest) error {
	_, err := s.api.Do(ctx, slackapi.UpdateView(viewID, view))
	return failed("update view", err)
}

// PublishHome shows somebody's Home tab.
func (s *screen) PublishHome(ctx context.Context, who roster.PersonID, view slack.HomeTabViewRequest) error {
	_, err := s.api.Do(ctx, slackapi.PublishView(who, view))
	return failed("publish home", err)
}

// Respond answers through a response URL, which is one of Slack's own.
func (s *screen) Respond(ctx context.Context, responseURL string, r handlers.Response) error {
	if !s.account.TakesAnswers(responseURL) {
		return failed("respond", slackapi.ErrElsewhere)
	}
	m := slack.WebhookMessage{Text: r.Text, ResponseType: slack.ResponseTypeEphemeral}
	if r.Replace != nil {
		m = slack.WebhookMessage{Text: r.Text, Blocks: &slack.Blocks{BlockSet: r.Replace}, ReplaceOriginal: true}
	}
	return failed("respond", slack.PostWebhookCustomHTTPContext(ctx, responseURL, s.web, &m))
}

// SendDirect posts in somebody's direct messages.
func (s *screen) SendDirect(ctx context.Context, who roster.PersonID, text string) error {
	channel, err := s.direct.Open(ctx, who)
	if err == nil {
		_, err = s.api.Do(ctx, slackapi.Post(slackapi.MessageRef{Channel: channel}, slackapi.Content{Text: text}))
	}
	return failed("send direct message", err)
}

// Permalink is Slack's link to a message. Slack tells who asks for it whether
// there is such a message in every open channel; of a channel that the bot can't
// see it says nothing.
func (s *screen) Permalink(ctx context.Context, channel, ts string) (string, error) {
	link, err := s.api.GetPermalinkContext(ctx, &slack.PermalinkParameters{Channel: channel, Ts: ts})
	switch {
	case err == nil:
		return link, nil
	case slackapi.Code(err) == "message_not_found":
		return "", handlers.ErrNoMessage
	case slackapi.FailureOf(err) == slackapi.Unsure:
		return "", failed("permalink", err)
	}
	return "", nil
}

func failed(what string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", what, slackapi.Bare(err))
	}
	return nil
}
