package bot

import (
	"context"
	"sync"

	"github.com/slack-go/slack"
)

// exposure is whether people who do not belong there can read a channel. As
// long as they can, or Slack gave no answer yet, nothing is shown there:
// confidentiality comes before convenience. Deliveries wait, as if Slack
// refused the channel. When Slack does answer but won't tell, the officers are
// alarmed and the cases go on: withheld for good, a complaint would be
// forgotten.
type exposure struct {
	mu     sync.Mutex
	code   string        // faultUnseen, faultPublic, faultShared, or "" for none
	looked chan struct{} // closed once the channel was looked at, or that failed
}

func newExposure() *exposure {
	return &exposure{code: faultUnseen, looked: make(chan struct{})}
}

// learn takes what a look at the channel itself found (inspector.itself). A
// look that failed says nothing new.
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

// seen reports whether a look at the channel ever succeeded.
func (e *exposure) seen() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.code != faultUnseen
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
