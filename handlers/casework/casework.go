// Package casework is what an officer does with a case, from the acknowledgement
// to the confirmation: one file an action.
package casework

import (
	"context"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/workflow"
)

// RecordReader reads what was recorded in a case.
type RecordReader interface {
	// Dossier returns the entries of a case, oldest first.
	Dossier(context.Context, workflow.CaseID) ([]workflow.Record, error)
}

// Handler answers what an officer does with a case.
type Handler struct {
	*cases.Forms
	records RecordReader
	letters *letters.Letters
	mails   bool // letters can be sent from here
}

func New(f *cases.Forms, records RecordReader, l *letters.Letters, mails bool) *Handler {
	return &Handler{f, records, l, mails}
}

// Table registers what stands behind the ids of this subject.
func (h *Handler) Table() core.Table {
	all := map[string]core.Screen{
		noteFromMessage:                  {Open: h.openNoteFromMessage},
		string(workflow.ActionAnswer):    {Open: h.openAnswer, Submit: h.submitAnswer},
		string(workflow.ActionResolve):   {Open: h.openResolve, Submit: h.submitResolve},
		string(workflow.ActionMailAgain): {Open: h.mailAgain},
		string(workflow.ActionMailSelf):  {Open: h.mailSelf},
		string(workflow.ActionNote):      {Open: h.openNote, Submit: h.submitNote},
		string(cases.ShowLetter):         {Open: h.showLetter},
		letterRecorded:                   {Submit: closeModal},
		string(workflow.ActionWithdraw):  {Open: h.openWithdraw, Submit: h.submitWithdraw},
		string(workflow.ActionSnooze):    {Open: h.openSnooze, Submit: h.submitSnooze},
	}
	for _, f := range letterForms {
		all[string(f.action)] = h.letterScreen(f)
	}
	for _, f := range []simpleForm{h.reopening(), h.assignment(), h.holding(), satisfying()} {
		all[string(f.name)] = h.simpleScreen(f)
	}
	return core.Table{Screens: all}
}
