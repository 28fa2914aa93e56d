package handlers

import (
	"context"
	"errors"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
	wfreview "github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// errLost is what a lost register answers.
var errLost = errors.New("connection refused")

// noRegister refuses to carry out and to find anything, as a lost database does,
// and has nothing to tell of its own accord.
type noRegister struct{ *storage.DB }

func (noRegister) Apply(context.Context, workflow.Command) (workflow.Result, error) {
	return workflow.Result{}, errLost
}

func (noRegister) Find(context.Context, workflow.Lookup, roster.PersonID) (workflow.Complaint, workflow.Access, error) {
	return workflow.Complaint{}, workflow.AccessNone, errLost
}

func (noRegister) Dossier(context.Context, workflow.CaseID) ([]workflow.Record, error) {
	return nil, errLost
}

func (noRegister) Related(context.Context, workflow.CaseID, roster.PersonID) (workflow.Related, error) {
	return workflow.Related{}, errLost
}

func (noRegister) Counts(context.Context, roster.PersonID) (lists.Counts, error) {
	return nil, errLost
}

func (noRegister) Undelivered(context.Context) (int, error) { return 0, errLost }

func (noRegister) List(context.Context, lists.Query) (lists.Page, error) {
	return lists.Page{}, errLost
}

func (noRegister) Case(context.Context, workflow.CaseID) (workflow.Complaint, error) {
	return workflow.Complaint{}, errLost
}

func (noRegister) Performed(context.Context, workflow.CaseID, int) (workflow.Performed, error) {
	return workflow.Performed{}, errLost
}

func (noRegister) Attachments(context.Context, workflow.CaseID) ([]workflow.Attachment, error) {
	return nil, errLost
}

func (noRegister) Presence(context.Context) (roster.Presence, error) {
	return roster.Presence{}, errLost
}

func (noRegister) UndeletableList(context.Context, roster.PersonID) (outbox.UndeletableList, error) {
	return outbox.UndeletableList{}, nil
}

func (noRegister) CheckUndeletables(context.Context, roster.PersonID) error { return nil }

func (noRegister) DigestItems(context.Context, outbox.Delivery) ([]outbox.DigestItem, error) {
	return nil, nil
}

func (noRegister) Waiting(context.Context, wfreview.Audience) ([]calendar.Quarter, error) {
	return nil, nil
}

func (noRegister) Outage(context.Context) (workflow.Outage, error) { return workflow.Outage{}, nil }
