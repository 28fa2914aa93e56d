package handlers

import (
	"fmt"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// handsOver reports whether an action gives the case another handler, for whom
// its line is meant.
func handsOver(name workflow.ActionName) bool {
	return name == workflow.ActionAssign || name == workflow.ActionTick
}

// handover tells the new handler what they take over: the line mentions them
// and says what is promised by when.
func (h *noticesHandler) handover(sp texts.Speaker, c *workflow.Complaint) []slack.Block {
	if c.Owner == "" {
		return nil
	}
	blocks := []slack.Block{section(sp.Say("handover.owner", texts.Args{"Owner": "<@" + string(c.Owner) + ">"}), nil)}
	var due []row
	for _, w := range h.Policy.Watches(c, h.today()) {
		if w.Promised() {
			due = append(due, row{sp.Say("case.promise." + string(w.Kind) + ".due"), sp.Date(w.Due)})
		}
	}
	return append(blocks, rows(due...)...)
}

// handoverMessage is for a handler who does not read the case channel: what the
// case message says, with the same buttons. Once somebody else has the case it
// is moot; somebody who lost the role waits until it is.
func (h *noticesHandler) handoverMessage(sp texts.Speaker, c *workflow.Complaint, p outbox.Handover) (Message, error) {
	switch {
	case c.Owner != p.To:
		return Message{}, ErrMoot
	case c.Access(h.Policy.Roster, p.To) < workflow.AccessFull:
		return Message{}, fmt.Errorf("render %s: %w", p.Kind(), errNotTheirs)
	}
	blocks := append(caseLine(c), h.handover(sp, c)...)
	blocks = append(blocks, rows(aboutRows(sp, c)...)...)
	blocks = append(blocks, remark(sp.Say("handover.direct")), actionRow(sp, c, h.Policy.OnMessage(c, h.today())))
	return Message{Text: fallback(sp, c, sp.Say("case.did."+string(workflow.ActionAssign))), Blocks: blocks}, nil
}
