package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow/roster"
)

// newWeb returns the HTTP client for all of Slack: its calls never hang, and
// its connections are its own, so that stopping can close them.
func newWeb(patience time.Duration) *http.Client {
	return &http.Client{
		Timeout: patience,
		Transport: &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			ForceAttemptHTTP2:   true,
			MaxIdleConnsPerHost: 32,
			IdleConnTimeout:     90 * time.Second,
			TLSHandshakeTimeout: httpTimeout,
		},
	}
}

// newAPI returns a Web API client with the bot's token. Slack-go's own
// repetitions stay off: after an answer that was lost they would post twice.
func newAPI(c Config, web *http.Client) *slack.Client {
	return slack.New(c.BotToken,
		slack.OptionAppLevelToken(c.AppToken),
		slack.OptionAPIURL(c.APIURL),
		slack.OptionHTTPClient(web),
		slack.OptionLog(log.New(io.Discard, "", 0)))
}

// bare strips the URL from an error of the HTTP client; a response URL is a
// secret, and the error ends in a log.
func bare(err error) error {
	var at *url.Error
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// screen is what the person who makes a gesture sees at once, outside the
// outbox. It implements handlers.Slack.
type screen struct {
	api    *slack.Client
	web    *http.Client
	direct *directs
}

// OpenView implements handlers.Slack. A trigger that was exchanged already is
// that of a gesture which came twice: its modal is open.
func (s *screen) OpenView(ctx context.Context, triggerID string, view slack.ModalViewRequest) (viewID string, err error) {
	opened, err := s.api.OpenViewContext(ctx, triggerID, view)
	switch {
	case slackCode(err) == "exchanged_trigger_id":
		return "", nil
	case err != nil:
		return "", said("open view", err)
	}
	return opened.ID, nil
}

// UpdateView implements handlers.Slack.
func (s *screen) UpdateView(ctx context.Context, viewID string, view slack.ModalViewRequest) error {
	_, err := s.api.UpdateViewContext(ctx, view, "", "", viewID)
	return said("update view", err)
}

// PublishHome implements handlers.Slack.
func (s *screen) PublishHome(ctx context.Context, who roster.PersonID, view slack.HomeTabViewRequest) error {
	_, err := s.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: string(who), View: view})
	return said("publish home", err)
}

// Respond implements handlers.Slack.
func (s *screen) Respond(ctx context.Context, responseURL, text string) error {
	err := slack.PostWebhookCustomHTTPContext(ctx, responseURL, s.web, &slack.WebhookMessage{
		Text: text, ResponseType: slack.ResponseTypeEphemeral, ReplaceOriginal: false,
	})
	return said("respond", err)
}

// SendDirect implements handlers.Slack.
func (s *screen) SendDirect(ctx context.Context, who roster.PersonID, text string) error {
	channel, err := s.direct.open(ctx, who)
	if err == nil {
		_, _, err = s.api.PostMessageContext(ctx, channel, slack.MsgOptionText(text, false),
			slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl())
	}
	return said("tell", err)
}

func said(what string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", what, bare(err))
	}
	return nil
}

// directs knows the ids (D…) of the direct messages with people. They are
// opened before the first message, so that their history can be read.
type directs struct {
	api *slack.Client
	mu  sync.Mutex
	ids map[roster.PersonID]string
}

func newDirects(api *slack.Client) *directs {
	return &directs{api: api, ids: map[roster.PersonID]string{}}
}

func (d *directs) open(ctx context.Context, who roster.PersonID) (string, error) {
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
		return "", bare(err)
	}
	if channel == nil || channel.ID == "" {
		return "", errNoID
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ids[who] = channel.ID
	return channel.ID, nil
}

// errNoID is an answer of Slack's that says ok and lacks what was asked for.
var errNoID = errors.New("answer without an id")
