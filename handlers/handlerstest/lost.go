package handlerstest

import (
	"context"
	"errors"
	"iter"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
	wfreview "github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// ErrLost is what a lost register answers.
var ErrLost = errors.New("connection refused")

// LostRegister refuses to carry out and to find anything, as a lost database
// does, and has nothing to report of its own accord.
type LostRegister struct{ storage.Rooms }

func (LostRegister) Apply(context.Context, workflow.Command) (workflow.Result, error) {
	return workflow.Result{}, ErrLost
}

func (LostRegister) Find(context.Context, workflow.Lookup, roster.PersonID) (workflow.Complaint, workflow.Access, error) {
	return workflow.Complaint{}, workflow.AccessNone, ErrLost
}

func (LostRegister) Dossier(context.Context, workflow.CaseID) ([]workflow.Record, error) {
	return nil, ErrLost
}

func (LostRegister) Related(context.Context, workflow.CaseID, roster.PersonID) (workflow.Related, error) {
	return workflow.Related{}, ErrLost
}

func (LostRegister) Counts(context.Context, roster.PersonID) (lists.Counts, error) {
	return nil, ErrLost
}

func (LostRegister) Undelivered(context.Context) (int, error) { return 0, ErrLost }

func (LostRegister) Unannounced(context.Context, calendar.Date, bool) ([]string, error) {
	return nil, ErrLost
}

func (LostRegister) List(context.Context, lists.Query) (lists.Page, error) {
	return lists.Page{}, ErrLost
}

func (LostRegister) Case(context.Context, workflow.CaseID) (workflow.Complaint, error) {
	return workflow.Complaint{}, ErrLost
}

func (LostRegister) Performed(context.Context, workflow.CaseID, int) (workflow.Performed, error) {
	return workflow.Performed{}, ErrLost
}

func (LostRegister) Attachments(context.Context, workflow.CaseID) ([]workflow.Attachment, error) {
	return nil, ErrLost
}

func (LostRegister) Presence(context.Context) (roster.Presence, error) {
	return roster.Presence{}, ErrLost
}

func (LostRegister) Remedy(context.Context, workflow.CaseID, int, roster.PersonID) (workflow.RemedyTask, error) {
	return workflow.RemedyTask{}, ErrLost
}

func (LostRegister) Consultation(context.Context, workflow.CaseID, int, roster.PersonID) (workflow.Consulted, error) {
	return workflow.Consulted{}, ErrLost
}

func (LostRegister) Asked(context.Context, roster.PersonID) ([]workflow.Consulted, error) {
	return nil, ErrLost
}

func (LostRegister) Refunds(context.Context, calendar.Quarter, []roster.PersonID) (wfreview.Refunds, error) {
	return wfreview.Refunds{}, ErrLost
}

func (LostRegister) UndeletableList(context.Context, roster.PersonID) (outbox.UndeletableList, error) {
	return outbox.UndeletableList{}, nil
}

func (LostRegister) CheckUndeletables(context.Context, roster.PersonID) error { return nil }

func (LostRegister) DigestItems(context.Context, outbox.Delivery) iter.Seq2[outbox.DigestItem, error] {
	return func(func(outbox.DigestItem, error) bool) {}
}

func (LostRegister) DigestCases(context.Context, outbox.Delivery) (int, error) { return 0, nil }

func (LostRegister) Repeats(context.Context, workflow.CaseID, roster.PersonID) (workflow.Repeats, error) {
	return workflow.Repeats{}, nil
}

func (LostRegister) Waiting(context.Context, wfreview.Audience) ([]calendar.Quarter, error) {
	return nil, nil
}

func (LostRegister) Outage(context.Context) (workflow.Outage, error) { return workflow.Outage{}, nil }

func (LostRegister) RenewCaseMessage(context.Context, workflow.CaseID) error { return ErrLost }

// Language is what somebody chose while the register was there.
func (LostRegister) Language(who roster.PersonID) string {
	return LanguageOf(who)
}

func (LostRegister) Choose(context.Context, roster.PersonID, string, int64) error { return ErrLost }
