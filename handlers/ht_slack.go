package handlers

import (
	"context"
	"errors"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow/roster"
)

// screenSlack is Slack's side of the handlers: it keeps what it was asked to
// show, in order.
type screenSlack struct {
	modals []slack.ModalViewRequest // opened or updated
	homes  []slack.HomeTabViewRequest
	asides []string // ephemerals through a response_url
	direct []string // direct messages
	err    error    // what every call answers
}

func (s *screenSlack) OpenView(_ context.Context, trigger string, v slack.ModalViewRequest) (string, error) {
	if trigger == "" {
		return "", errors.New("invalid_trigger_id")
	}
	s.modals = append(s.modals, v)
	return "V0TEST", s.err
}

func (s *screenSlack) UpdateView(_ context.Context, id string, v slack.ModalViewRequest) error {
	if id == "" {
		return errors.New("not_found")
	}
	s.modals = append(s.modals, v)
	return s.err
}

func (s *screenSlack) PublishHome(_ context.Context, _ roster.PersonID, v slack.HomeTabViewRequest) error {
	s.homes = append(s.homes, v)
	return s.err
}

func (s *screenSlack) Respond(_ context.Context, _, text string) error {
	s.asides = append(s.asides, text)
	return s.err
}

func (s *screenSlack) SendDirect(_ context.Context, _ roster.PersonID, text string) error {
	s.direct = append(s.direct, text)
	return s.err
}

// lastModal is what is on the screen.
func (s *screenSlack) lastModal(t *testing.T) slack.ModalViewRequest {
	t.Helper()
	if len(s.modals) == 0 {
		t.Fatal("no modal was shown")
	}
	return s.modals[len(s.modals)-1]
}

// closing is a Slack in which the person closes the modal after some updates.
type closing struct {
	*screenSlack
	after int
}

func (c *closing) UpdateView(ctx context.Context, id string, v slack.ModalViewRequest) error {
	if c.after--; c.after < 0 {
		return errors.New("not_found")
	}
	return c.screenSlack.UpdateView(ctx, id, v)
}
