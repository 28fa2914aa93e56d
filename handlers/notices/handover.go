package notices

import (
	"fmt"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// handsOver reports whether an action gives the case another handler, for whom
// its line is meant.
func handsOver(name workflow.ActionName) bool {
	return name == workflow.ActionAssign || name == workflow.ActionTick
}

// handover shows the new handler what they take over: the line mentions them
// and says what is promised by when.
func (h *Handler) handover(sp texts.Speaker, c *workflow.Complaint) []slack.Block {
	if c.Owner == "" {
		return nil
	}
	blocks := []slack.Block{kit.Section(sp.Say("handover.owner", texts.Args{"Owner": "<@" + string(c.Owner) + ">"}), nil)}
	var due []kit.Row
	for _, w := range h.Policy.Watches(c, h.Today()) {
		if w.Promised() {
			due = append(due, cases.DueRow(sp, c, workflow.PromiseKind(w.Kind.Base()), w.Due))
		}
	}
	return append(blocks, kit.Rows(due...)...)
}

// handoverMessage is for a handler who does not read the case channel: what the
// case message says, with the same buttons. Once somebody else has the case it
// is moot; somebody who lost the role waits until it is.
func (h *Handler) handoverMessage(sp texts.Speaker, c *workflow.Complaint, p outbox.Handover) (core.Message, error) {
	switch {
	case c.Owner != p.To:
		return core.Message{}, core.ErrMoot
	case c.Access(h.Policy.Roster, p.To) < workflow.AccessFull:
		return core.Message{}, fmt.Errorf("render %s: %w", p.Kind(), errNotTheirs)
	}
	blocks := append(cases.Line(c), h.handover(sp, c)...)
	blocks = append(blocks, kit.Rows(cases.AboutRows(sp, c)...)...)
	blocks = append(blocks, kit.Remark(sp.Say("handover.direct")), cases.ActionRow(sp, c, h.Policy.OnMessage(c, h.Today()), handoverRow+h.Nonce()))
	return core.Message{Text: cases.Fallback(sp, c, sp.Say("case.did."+string(workflow.ActionAssign))), Blocks: blocks}, nil
}
