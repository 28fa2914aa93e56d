package slackapi

import (
	"context"
	"errors"
	"net"
	"strconv"

	"github.com/slack-go/slack"
)

// Words of ours for what went wrong, beside Slack's error names. They stand
// in the outbox, in logs and in doctor.
const (
	FaultLimited  = "ratelimited" // Slack's own word too
	FaultTimeout  = "timeout"
	FaultNoAnswer = "no_answer"      // the connection was cut
	FaultPublic   = "channel_public" // nothing is shown where everybody reads it
	FaultShared   = "channel_shared"
	FaultUnseen   = "channel_unseen" // nobody could check yet who reads it
)

// Fault returns one word for an error, safe to log and to keep: errors of the
// HTTP client can quote a URL, and a response URL is a secret.
func Fault(err error) string {
	var (
		limited *slack.RateLimitedError
		status  slack.StatusCodeError
		network net.Error
	)
	switch {
	case err == nil:
		return "none"
	case Code(err) != "":
		return Code(err)
	case errors.As(err, &limited):
		return FaultLimited
	case errors.As(err, &status):
		return "http_" + strconv.Itoa(status.Code)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return FaultTimeout
	}
	return FaultNoAnswer
}

// Code returns Slack's error name, "" when Slack did not answer with one.
func Code(err error) string {
	var refused slack.SlackErrorResponse
	if errors.As(err, &refused) {
		return refused.Err
	}
	return ""
}
