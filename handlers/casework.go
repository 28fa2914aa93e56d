package handlers

import (
	"context"

	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/workflow"
)

// recordReader reads what was recorded in a case.
type recordReader interface {
	// Dossier returns the entries of a case, oldest first.
	Dossier(context.Context, workflow.CaseID) ([]workflow.Record, error)
}

// caseworkHandler answers what an officer does with a case.
type caseworkHandler struct {
	*caseForms
	Records recordReader
	Letters *letters.Letters
	Mails   bool // letters can be sent from here
}

func newCasework(f *caseForms, records recordReader, l *letters.Letters, mails bool) *caseworkHandler {
	return &caseworkHandler{f, records, l, mails}
}

// Table registers what stands behind the ids of this subject.
func (h *caseworkHandler) Table() table {
	all := map[string]screen{
		noteFromMessage:                  {open: h.openNoteFromMessage},
		string(workflow.ActionAnswer):    {open: h.openAnswer, submit: h.submitAnswer},
		string(workflow.ActionResolve):   {open: h.openResolve, submit: h.submitResolve},
		string(workflow.ActionMailAgain): {open: h.mailAgain},
		string(workflow.ActionNote):      {open: h.openNote, submit: h.submitNote},
		string(workflow.ActionProgress):  {open: h.openProgress, submit: h.submitProgress},
		string(workflow.ActionWithdraw):  {open: h.openWithdraw, submit: h.submitWithdraw},
		string(workflow.ActionSnooze):    {open: h.openSnooze, submit: h.submitSnooze},
	}
	for _, f := range []letterForm{acknowledgement, question, confirmation} {
		all[string(f.action)] = h.letterScreen(f)
	}
	for _, f := range []simpleForm{h.reopening(), h.assignment(), h.holding()} {
		all[string(f.name)] = h.simpleScreen(f)
	}
	all[string(workflow.ActionDispute)] = h.disputeScreen()
	return table{Screens: all}
}
