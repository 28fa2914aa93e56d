package handlers

import (
	"context"

	"github.com/artra/klachtbot/workflow"
)

// logFromMessage is the callback id of the message shortcut.
const logFromMessage = "log_complaint_from_message"

// intakeHandler answers the gestures with which a complaint comes in and is
// corrected.
type intakeHandler struct{ *caseForms }

func newIntake(f *caseForms) *intakeHandler { return &intakeHandler{f} }

// Table registers what stands behind the ids of this subject.
func (h *intakeHandler) Table() table {
	return table{Screens: map[string]screen{
		string(workflow.ActionFile):    {open: h.openLog, submit: h.submitLog},
		logFromMessage:                 {open: h.openLogFromMessage},
		string(workflow.ActionCorrect): {open: h.openCorrect, submit: h.submitCorrect},
	}, Command: h.command}
}

func (h *intakeHandler) command(text string) opener {
	if text == "" {
		return opens(h.openLog)
	}
	return nil
}

// openLog shows the empty log modal. Nothing is read before it opens.
func (h *intakeHandler) openLog(ctx context.Context, g gesture) error {
	return h.show(ctx, g, h.logView(g.speak, h.fresh()))
}

// openLogFromMessage shows the log modal with the story filled in from a
// message.
func (h *intakeHandler) openLogFromMessage(ctx context.Context, g gesture) error {
	p := h.fresh()
	p.told = prefilled(g.message)
	return h.show(ctx, g, h.logView(g.speak, p))
}

// submitLog registers the complaint and shows in the same modal what staff
// can tell the caller.
func (h *intakeHandler) submitLog(ctx context.Context, g gesture) Ack {
	action := logOf(g.values())
	if err := h.refusal(ctx, g, action); err != nil {
		return h.failed(ctx, g, err)
	}
	done, err := h.Register.Apply(ctx, workflow.Command{Action: action, By: g.who.ID, Gesture: g.id})
	if err != nil {
		return h.failed(ctx, g, err)
	}
	return update(h.loggedView(ctx, g, &done.Complaint, action.Particulars.Concerns))
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
