package notices_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// cabinet is a Source and Rounds with several cases: the register at the
// moment of sending.
type cabinet struct {
	handlerstest.LostRegister
	cases    map[workflow.CaseID]workflow.Complaint
	items    []outbox.DigestItem
	presence roster.Presence
	outage   workflow.Outage
}

func (k *cabinet) Case(_ context.Context, id workflow.CaseID) (workflow.Complaint, error) {
	c, ok := k.cases[id]
	if !ok {
		return c, workflow.Refusals{{Code: workflow.CodeNoSuchCase}}
	}
	return c, nil
}

func (k *cabinet) Presence(context.Context) (roster.Presence, error) { return k.presence, nil }

func (k *cabinet) Outage(context.Context) (workflow.Outage, error) { return k.outage, nil }

func (k *cabinet) DigestItems(context.Context, outbox.Delivery) ([]outbox.DigestItem, error) {
	return k.items, nil
}

// put files a case with what is watched on it.
func (k *cabinet) put(t *testing.T, p *workflow.Policy, kinds []workflow.WatchKind, moments ...handlerstest.Moment) {
	t.Helper()
	n := len(k.cases) + 1
	c := handlerstest.Life(t, p, moments...)
	c.ID, c.Number = workflow.CaseID(fmt.Sprintf("case%d", n)), fmt.Sprintf("%s-2026-%04d", c.Series, n)
	k.cases[c.ID] = c
	for _, kind := range kinds {
		k.items = append(k.items, outbox.DigestItem{Case: c.ID, Watch: kind})
	}
}

const (
	ack     = handlerstest.Acknowledging
	outcome = handlerstest.Outcome
)

// lostCases is a cabinet whose database goes away between two looks.
type lostCases struct{ *cabinet }

func (lostCases) Case(context.Context, workflow.CaseID) (workflow.Complaint, error) {
	return workflow.Complaint{}, handlerstest.ErrLost
}
