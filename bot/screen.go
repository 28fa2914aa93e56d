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
// outbox. It is the handlers.Slack of the handlers.
type screen struct {
	api     *slackapi.Client
	account slackapi.Account
	web     *http.Client
	direct  *slackapi.Directs
}

// OpenView opens a modal. A trigger that was exchanged already is that of a
// gesture which came twice: its modal is open.
func (s *screen) OpenView(ctx context.Context, triggerID string, view slack.ModalViewRequest) (viewID string, err error) {
	opened, err := s.api.Do(ctx, slackapi.OpenView(triggerID, view))
	switch {
	case slackapi.Code(err) == "exchanged_trigger_id":
		return "", nil
	case err != nil:
		return "", failed("open view", err)
	}
	return opened.View.ID, nil
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

func failed(what string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", what, slackapi.Bare(err))
	}
	return nil
}
