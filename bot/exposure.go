package bot

import (
	"context"
	"sync"

	"github.com/slack-go/slack"
)

// exposure is whether people who are no officers can read the case channel.
// As long as they can, nothing of a case is shown there: confidentiality
// comes before convenience. Deliveries wait, as if Slack refused the channel.
type exposure struct {
	mu     sync.Mutex
	code   string        // faultPublic, faultShared, or "" for none
	looked chan struct{} // closed once the channel was looked at
}

func newExposure() *exposure { return &exposure{looked: make(chan struct{})} }

// learn takes what a look at the channel found. A look that failed says
// nothing new.
func (e *exposure) learn(findings []Finding) {
	e.mu.Lock()
	defer e.mu.Unlock()
	code, failed := "", false
	for _, f := range findings {
		switch f.Code {
		case faultPublic, faultShared:
			code = f.Code
		case codeUnreachable:
			failed = true
		}
	}
	if !failed {
		e.code = code
	}
	select {
	case <-e.looked:
	default:
		close(e.looked)
	}
}

// refuses returns an error when the channel is exposed, of the kind that
// Slack's refusal of a channel is. It waits for the first look.
func (e *exposure) refuses(ctx context.Context, method string) error {
	select {
	case <-e.looked:
	case <-ctx.Done():
		return errNotBegun
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.code == "" {
		return nil
	}
	return &callError{method, slack.SlackErrorResponse{Err: e.code}}
}
