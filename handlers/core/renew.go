package core

import (
	"context"
	"encoding/json"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/kit"
)

// Pick is that somebody chose from a select in a message, a modal or a Home tab.
// Slack keeps the option on the screen, and sends nothing when it is picked again,
// until the block of the select has another id.
type Pick struct {
	Block  string          // block id of the select
	Text   string          // of the message
	Blocks json.RawMessage // of the message; nil for a pick elsewhere
}

// Renewer shows anew where somebody picked from a select, and reports whether that
// place is its own. A modal needs none: what is picked there changes the modal.
type Renewer func(context.Context, Gesture) (mine bool, err error)

// renew shows the place of a pick anew, so that the same option can be picked once
// more, whatever became of the first time. When the register can't say what a
// message is to show, it is shown as it stood.
func (r *Router) renew(ctx context.Context, g Gesture) {
	for _, renew := range r.renewers {
		mine, err := attempt(ctx, renew, g)
		if !mine {
			continue
		}
		if err != nil {
			r.Log.WarnContext(ctx, "not shown anew from the register", "gesture", g.Name, "case", g.Ref.Case, "error", err)
			err = r.showAsItStood(ctx, g)
		}
		if err != nil {
			r.Log.WarnContext(ctx, "not shown anew", "gesture", g.Name, "case", g.Ref.Case, "error", err)
		}
		return
	}
}

// renewTries is how often the register is asked to have something shown anew, and
// renewPause the time between: a message that is being sent is settled soon.
const (
	renewTries = 4
	renewPause = 300 * time.Millisecond
)

func attempt(ctx context.Context, renew Renewer, g Gesture) (mine bool, err error) {
	for try := range renewTries {
		if try > 0 {
			select {
			case <-time.After(renewPause):
			case <-ctx.Done():
				return mine, err
			}
		}
		if mine, err = once(ctx, renew, g); !mine || err == nil {
			break
		}
	}
	return mine, err
}

func once(ctx context.Context, renew Renewer, g Gesture) (mine bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, ReadTime)
	defer cancel()
	return renew(ctx, g)
}

// showAsItStood puts the message back in which somebody picked, with another block
// id for the select.
func (r *Router) showAsItStood(ctx context.Context, g Gesture) error {
	var blocks slack.Blocks
	if err := json.Unmarshal(g.Pick.Blocks, &blocks); err != nil {
		return err
	}
	for _, b := range blocks.BlockSet {
		if row, ok := b.(*slack.ActionBlock); ok && row.BlockID == g.Pick.Block {
			row.BlockID = g.Ref.Row(r.Nonce())
		}
	}
	return r.Slack.Respond(ctx, g.ResponseURL, Response{Text: g.Pick.Text, Replace: blocks.BlockSet})
}

// InMessage reports whether the pick was in a message about a case.
func (g Gesture) InMessage() bool {
	return g.Pick != nil && g.View.ID == "" && g.Ref != (kit.Ref{}) && g.ResponseURL != ""
}

// then is what is left to be done, with something more behind it.
func then(first, second func(context.Context)) func(context.Context) {
	if first == nil {
		return second
	}
	return func(ctx context.Context) {
		first(ctx)
		second(ctx)
	}
}
