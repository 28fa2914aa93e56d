package handlers

import (
	"github.com/slack-go/slack"

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
func (h *Handler) handover(sp texts.Speaker, c *workflow.Complaint) []slack.Block {
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
