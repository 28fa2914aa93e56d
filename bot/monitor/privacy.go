package monitor

import (
	"context"
	"sync"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/slackapi"
)

// privacy is whether people who do not belong there can read a channel. As
// long as they can, or Slack gave no answer yet, nothing is shown there:
// confidentiality comes before convenience. Deliveries wait, as if Slack
// refused the channel. When Slack does answer but won't say, the officers are
// alarmed and the cases go on: withheld for good, a complaint would be
// forgotten.
type privacy struct {
	mu      sync.Mutex
	code    string        // slackapi.FaultUnseen, slackapi.FaultPublic, slackapi.FaultShared, or "" for none
	checked chan struct{} // closed once the channel was checked, or that failed
}

func newPrivacy() *privacy {
	return &privacy{code: slackapi.FaultUnseen, checked: make(chan struct{})}
}

// learn takes what a check of the channel itself found (inspector.itself). A
// check that failed says nothing new.
func (p *privacy) learn(findings []Finding) {
	p.mu.Lock()
	defer p.mu.Unlock()
	code, failed := "", false
	for _, f := range findings {
		switch f.Code {
		case slackapi.FaultPublic, slackapi.FaultShared:
			code = f.Code
		case codeUnreachable:
			failed = true
		}
	}
	if !failed {
		p.code = code
	}
	select {
	case <-p.checked:
	default:
		close(p.checked)
	}
}

// seen reports whether a check of the channel ever succeeded.
func (p *privacy) seen() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.code != slackapi.FaultUnseen
}

// refuses returns an error when others can read the channel, of the kind that
// Slack's refusal of a channel is. It waits for the first check.
func (p *privacy) refuses(ctx context.Context, method string) error {
	select {
	case <-p.checked:
	case <-ctx.Done():
		return slackapi.ErrNotBegun
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.code == "" {
		return nil
	}
	return &slackapi.CallError{Method: method, Err: slack.SlackErrorResponse{Err: p.code}}
}
