package notices_test

import (
	"context"
	"fmt"
	"iter"
	"testing"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// caseRegister is a NoticeSource and RoundsReader with several cases: the
// register at the moment of sending.
type caseRegister struct {
	handlerstest.LostRegister
	cases    map[workflow.CaseID]workflow.Complaint
	items    []outbox.DigestItem
	read     int // items that were asked for
	presence roster.Presence
	outage   workflow.Outage
}

func (r *caseRegister) Case(_ context.Context, id workflow.CaseID) (workflow.Complaint, error) {
	c, ok := r.cases[id]
	if !ok {
		return c, workflow.Refusals{{Code: workflow.CodeNoSuchCase}}
	}
	return c, nil
}

func (r *caseRegister) Presence(context.Context) (roster.Presence, error) { return r.presence, nil }

func (r *caseRegister) Outage(context.Context) (workflow.Outage, error) { return r.outage, nil }

func (r *caseRegister) DigestItems(context.Context, outbox.Delivery) iter.Seq2[outbox.DigestItem, error] {
	return func(yield func(outbox.DigestItem, error) bool) {
		for _, item := range r.items {
			if r.read++; !yield(item, nil) {
				return
			}
		}
	}
}

func (r *caseRegister) DigestCases(context.Context, outbox.Delivery) (int, error) {
	cases := map[workflow.CaseID]bool{}
	for _, item := range r.items {
		cases[item.Case] = true
	}
	return len(cases), nil
}

// add adds a case with what is watched on it.
func (r *caseRegister) add(t *testing.T, p *workflow.Policy, kinds []workflow.WatchKind, steps ...handlerstest.Step) {
	t.Helper()
	n := len(r.cases) + 1
	c := handlerstest.Life(t, p, steps...)
	c.ID, c.Number = workflow.CaseID(fmt.Sprintf("case%d", n)), fmt.Sprintf("%s-2026-%04d", c.Series, n)
	r.cases[c.ID] = c
	for _, kind := range kinds {
		r.items = append(r.items, outbox.DigestItem{Case: c.ID, Watch: kind})
	}
}

const (
	ack     = handlerstest.Acknowledging
	outcome = handlerstest.Outcome
)

// lostCases is a caseRegister whose database goes away between two reads.
type lostCases struct{ *caseRegister }

func (lostCases) Case(context.Context, workflow.CaseID) (workflow.Complaint, error) {
	return workflow.Complaint{}, handlerstest.ErrLost
}

// readable is what somebody may read of a case beside number, promise and dates: a
// director, what it is about (design section 4).
func readable(who roster.PersonID) []string {
	if who == handlerstest.Director {
		return []string{"Timemanagement", "Locatie"}
	}
	return nil
}
