// Package intake is where a complaint comes in: the form that files it, also from
// a message, what the person who filed it reads, and its correction.
package intake

import (
	"context"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/workflow"
)

// filingFromMessage is the callback id of the message shortcut.
const filingFromMessage = "log_complaint_from_message"

// Handler answers the gestures with which a complaint comes in and is
// corrected.
type Handler struct{ *cases.Forms }

func New(f *cases.Forms) *Handler { return &Handler{f} }

// Table registers what stands behind the ids of this subject.
func (h *Handler) Table() core.Table {
	return core.Table{Screens: map[string]core.Screen{
		string(workflow.ActionFile):    {Open: h.openFiling, Submit: h.submitFiling},
		filingFromMessage:              {Open: h.openFilingFromMessage},
		string(workflow.ActionCorrect): {Open: h.openCorrect, Submit: h.submitCorrect},
	}, Command: h.command}
}

func (h *Handler) command(text string) core.Opener {
	if text == "" {
		return core.Opens(h.openFiling)
	}
	return nil
}

// openFiling shows the empty filing form. Nothing is read before it opens.
func (h *Handler) openFiling(ctx context.Context, g core.Gesture) error {
	return h.Show(ctx, g, h.filingView(g.Speak, h.newComplaint()))
}

// openFilingFromMessage shows the filing form with the story filled in from a
// message.
func (h *Handler) openFilingFromMessage(ctx context.Context, g core.Gesture) error {
	p := h.newComplaint()
	p.Story = h.StoryOf(ctx, g)
	p.storyFields = divided(p.Story.Text)
	if g.Channel.Open() {
		p.Source = workflow.Source{Channel: g.Channel.ID, TS: g.Message.TS}
	}
	return h.Show(ctx, g, h.filingView(g.Speak, p))
}

// submitFiling registers the complaint and shows in the same modal what staff
// can tell the caller.
func (h *Handler) submitFiling(ctx context.Context, g core.Gesture) core.Ack {
	action := filingOf(g.Values())
	action.Source = sourceOf(g.Metadata())
	if err := h.refusal(ctx, g, action); err != nil {
		return h.Failed(ctx, g, err)
	}
	done, err := h.Register.Apply(ctx, workflow.Command{Action: action, By: g.Who.ID, Gesture: g.ID})
	if err != nil {
		return h.Failed(ctx, g, err)
	}
	return core.Update(h.filedView(ctx, g, &done.Complaint, action))
}

// refusal checks what the rules can't know: whether the person concerned works
// here. When they don't, nothing goes to the register; the rules are asked here
// instead, so that all mistakes show at once.
func (h *Handler) refusal(ctx context.Context, g core.Gesture, a workflow.File) error {
	refused := h.checkColleague(ctx, a.Particulars.Concerns)
	if workflow.Refused(refused) == nil {
		return refused
	}
	_, err := h.Policy.Step(workflow.Complaint{}, a, g.Who.ID, h.Now())
	return append(workflow.Refused(err), workflow.Refused(refused)...)
}

// codeNotColleague says that the person concerned is a guest, a bot, or from
// elsewhere.
const codeNotColleague workflow.Code = "not_colleague"
