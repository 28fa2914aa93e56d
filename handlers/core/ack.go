package core

import (
	"context"

	"github.com/slack-go/slack"
)

// Ack is the answer to a gesture, sent back on the socket: nothing (nil), the
// text of a command's answer, or the response to a submission.
type Ack struct {
	Payload any
	// Then is what remains to be done once the gesture was answered; nil for
	// nothing. The person's next gesture waits for it.
	Then func(context.Context)
}

// Update replaces the submitted modal by another.
func Update(view slack.ModalViewRequest) Ack {
	return Ack{Payload: slack.NewUpdateViewSubmissionResponse(&view)}
}

// FieldError answers a submission with a sentence at one field.
func FieldError(field, text string) Ack {
	return Ack{Payload: slack.NewErrorsViewSubmissionResponse(map[string]string{field: text})}
}

// reply is the answer to a command, seen only by who typed it.
type reply struct {
	ResponseType string `json:"response_type"`
	Text         string `json:"text"`
}

// say answers a command with mrkdwn.
func say(text string) Ack { return Ack{Payload: reply{slack.ResponseTypeEphemeral, text}} }
