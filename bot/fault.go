package bot

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
	faultLimited  = "ratelimited" // Slack's own word too
	faultTimeout  = "timeout"
	faultNoAnswer = "no_answer" // the connection was cut
	faultMoot     = "moot"      // lost its reason before it left
	faultRoot     = "root_gone"
	faultRender   = "render"
	faultPublic   = "channel_public" // nothing is shown where everybody reads it
	faultShared   = "channel_shared"
	faultUnseen   = "channel_unseen" // nobody could look yet who reads it
	faultNoRoom   = "no_channel"     // none is set for that lane
	faultInHand   = "in_hand"        // this process is at work on it already

	faultTooLarge  = "too_large" // a file
	faultElsewhere = "elsewhere" // a file that Slack does not keep itself
)

// fault returns one word for an error, safe to log and to keep: errors of the
// HTTP client can quote a URL, and a response URL is a secret.
func fault(err error) string {
	var (
		limited *slack.RateLimitedError
		status  slack.StatusCodeError
		network net.Error
	)
	switch {
	case err == nil:
		return "none"
	case slackCode(err) != "":
		return slackCode(err)
	case errors.As(err, &limited):
		return faultLimited
	case errors.As(err, &status):
		return "http_" + strconv.Itoa(status.Code)
	case errors.Is(err, errReconnect):
		return "reconnect"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return faultTimeout
	}
	return faultNoAnswer
}
