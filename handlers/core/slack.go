package core

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow/roster"
)

// Slack is what the gestures ask of Slack directly, outside the outbox:
// answers to the person who is looking at the screen.
type Slack interface {
	// OpenView returns the view's id; "" when a gesture that came twice has
	// opened it before.
	OpenView(ctx context.Context, triggerID string, view slack.ModalViewRequest) (viewID string, err error)
	UpdateView(ctx context.Context, viewID string, view slack.ModalViewRequest) error
	PublishHome(ctx context.Context, who roster.PersonID, view slack.HomeTabViewRequest) error
	// Respond answers through a response_url.
	Respond(ctx context.Context, responseURL string, r Response) error
	// SendDirect sends a direct message (mrkdwn), for gestures without a
	// response_url: a global shortcut, a button on the Home tab.
	SendDirect(ctx context.Context, who roster.PersonID, text string) error
}

// Response is an answer to a press. The text is mrkdwn, seen only by the person who
// pressed, beside what is there; with Replace, these blocks take the place of the
// message in which they pressed, for all, and the text is its fallback.
type Response struct {
	Text    string
	Replace []slack.Block
}

// People knows who somebody is, from a cache; a person not yet cached costs
// one users.info.
type People interface {
	Person(context.Context, roster.PersonID) (roster.Person, error)
}
