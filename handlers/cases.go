package handlers

import (
	"context"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow"
)

// readTime is how long a modal on a case may take to prepare: a trigger lives
// three seconds (design section 3).
const readTime = time.Second

// officersCase returns the case of a button for somebody with an officer's
// rights on it, and refuses everybody else: a case that does not exist for
// them as such, a case that they may only see with CodeForbidden.
func (h *Handler) officersCase(ctx context.Context, g gesture) (workflow.Complaint, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	c, access, err := h.Register.Find(ctx, g.key(), g.who.ID)
	if err != nil {
		return workflow.Complaint{}, err
	}
	if access < workflow.AccessFull {
		return workflow.Complaint{}, workflow.Refusals{{Code: workflow.CodeForbidden}}
	}
	return c, nil
}

// offeredCase is officersCase for an action that the state must allow: a
// button of an old message reads who did what and when.
func (h *Handler) offeredCase(ctx context.Context, g gesture, name workflow.ActionName) (workflow.Complaint, error) {
	c, err := h.officersCase(ctx, g)
	if err != nil {
		return workflow.Complaint{}, err
	}
	for _, offered := range h.Policy.OnMessage(&c, h.today()) {
		if offered == name {
			return c, nil
		}
	}
	return workflow.Complaint{}, workflow.Refusals{{Code: workflow.CodeNotNow, Args: workflow.Args{Performed: c.Last}}}
}

// show puts a modal on the screen of who pressed: in the place of the modal
// in which they pressed, else as a new one.
func (h *Handler) show(ctx context.Context, g gesture, view slack.ModalViewRequest) error {
	if g.view.Type == slack.VTModal && g.view.ID != "" {
		return h.Slack.UpdateView(ctx, g.view.ID, view)
	}
	_, err := h.Slack.OpenView(ctx, g.trigger, view)
	return err
}
