package handlerstest

import (
	"context"
	"errors"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/workflow/roster"
)

// ScreenSlack is Slack's side of the handlers: it keeps what it was asked to
// show, in order.
type ScreenSlack struct {
	Modals     []slack.ModalViewRequest // opened or updated
	Homes      []slack.HomeTabViewRequest
	Ephemerals []string        // ephemerals through a response_url
	Replaced   []core.Response // messages in which somebody pressed, replaced
	Direct     []string        // direct messages
	Err        error           // what every call answers
}

func (s *ScreenSlack) OpenView(_ context.Context, trigger string, v slack.ModalViewRequest) (string, error) {
	if trigger == "" {
		return "", errors.New("invalid_trigger_id")
	}
	s.Modals = append(s.Modals, v)
	return "V0TEST", s.Err
}

func (s *ScreenSlack) UpdateView(_ context.Context, id string, v slack.ModalViewRequest) error {
	if id == "" {
		return errors.New("not_found")
	}
	s.Modals = append(s.Modals, v)
	return s.Err
}

func (s *ScreenSlack) PublishHome(_ context.Context, _ roster.PersonID, v slack.HomeTabViewRequest) error {
	s.Homes = append(s.Homes, v)
	return s.Err
}

func (s *ScreenSlack) Respond(_ context.Context, _ string, r core.Response) error {
	if r.Replace != nil {
		s.Replaced = append(s.Replaced, r)
		return s.Err
	}
	s.Ephemerals = append(s.Ephemerals, r.Text)
	return s.Err
}

func (s *ScreenSlack) SendDirect(_ context.Context, _ roster.PersonID, text string) error {
	s.Direct = append(s.Direct, text)
	return s.Err
}

// LastModal is what is on the screen.
func (s *ScreenSlack) LastModal(t *testing.T) slack.ModalViewRequest {
	t.Helper()
	if len(s.Modals) == 0 {
		t.Fatal("no modal was shown")
	}
	return s.Modals[len(s.Modals)-1]
}

// Closing is a Slack in which the person closes the modal after some updates.
type Closing struct {
	*ScreenSlack
	After int
}

func (c *Closing) UpdateView(ctx context.Context, id string, v slack.ModalViewRequest) error {
	if c.After--; c.After < 0 {
		return errors.New("not_found")
	}
	return c.ScreenSlack.UpdateView(ctx, id, v)
}
