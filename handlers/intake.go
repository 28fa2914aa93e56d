package handlers

import (
	"context"

	"github.com/artra/klachtbot/workflow"
)

// filingFromMessage is the callback id of the message shortcut.
const filingFromMessage = "log_complaint_from_message"

// intakeHandler answers the gestures with which a complaint comes in and is
// corrected.
type intakeHandler struct{ *caseForms }

func newIntake(f *caseForms) *intakeHandler { return &intakeHandler{f} }

// Table registers what stands behind the ids of this subject.
func (h *intakeHandler) Table() table {
	return table{Screens: map[string]screen{
		string(workflow.ActionFile):    {open: h.openFiling, submit: h.submitFiling},
		filingFromMessage:              {open: h.openFilingFromMessage},
		string(workflow.ActionCorrect): {open: h.openCorrect, submit: h.submitCorrect},
	}, Command: h.command}
}

func (h *intakeHandler) command(text string) opener {
	if text == "" {
		return opens(h.openFiling)
	}
	return nil
}

// openFiling shows the empty log modal. Nothing is read before it opens.
func (h *intakeHandler) openFiling(ctx context.Context, g gesture) error {
	return h.show(ctx, g, h.filingView(g.speak, h.newComplaint()))
}

// openFilingFromMessage shows the log modal with the story filled in from a
// message.
func (h *intakeHandler) openFilingFromMessage(ctx context.Context, g gesture) error {
	p := h.newComplaint()
	p.storyFields = storyOfMessage(g.message)
	return h.show(ctx, g, h.filingView(g.speak, p))
}

// submitFiling registers the complaint and shows in the same modal what staff
// can tell the caller.
func (h *intakeHandler) submitFiling(ctx context.Context, g gesture) Ack {
	action := filingOf(g.values())
	if err := h.refusal(ctx, g, action); err != nil {
		return h.failed(ctx, g, err)
	}
	done, err := h.Register.Apply(ctx, workflow.Command{Action: action, By: g.who.ID, Gesture: g.id})
	if err != nil {
		return h.failed(ctx, g, err)
	}
	return update(h.filedView(ctx, g, &done.Complaint, action.Particulars.Concerns))
}

// refusal asks what the rules can't know, whether the person concerned works
// here. Of who doesn't, nothing goes to the register: the rules are asked here
// instead, so that all mistakes show at once.
func (h *intakeHandler) refusal(ctx context.Context, g gesture, a workflow.File) error {
	refused := h.checkColleague(ctx, a.Particulars.Concerns)
	if workflow.Refused(refused) == nil {
		return refused
	}
	_, err := h.Policy.Step(workflow.Complaint{}, a, g.who.ID, h.Now())
	return append(workflow.Refused(err), workflow.Refused(refused)...)
}

// codeNotColleague: the person concerned is a guest, a bot, or not of here.
const codeNotColleague workflow.Code = "not_colleague"
