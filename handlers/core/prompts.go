package core

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
)

// prompted is a view in which every field that stands on nothing says what is wanted
// there, in the language of who reads it.
func prompted(sp texts.Speaker, view slack.ModalViewRequest) slack.ModalViewRequest {
	Prompt(sp, view.Blocks.BlockSet)
	return view
}

// Prompt does so for blocks that are no modal of Show or Update.
func Prompt(sp texts.Speaker, blocks []slack.Block) {
	kit.Prompts{Option: sp.Say("common.choose"), Person: sp.Say("common.choose_person"), Day: sp.Say("common.choose_day")}.Prompt(blocks)
}

// prompted is an ack whose modal says so.
func (a Ack) prompted(sp texts.Speaker) Ack {
	if response, ok := a.Payload.(*slack.ViewSubmissionResponse); ok && response.View != nil {
		Prompt(sp, response.View.Blocks.BlockSet)
	}
	return a
}

// Replace puts a modal in the place of another one.
func (e *Env) Replace(ctx context.Context, g Gesture, id string, view slack.ModalViewRequest) error {
	return e.Slack.UpdateView(ctx, id, prompted(g.Speak, view))
}
