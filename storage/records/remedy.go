package records

import (
	"context"
	"math"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// Remedy returns what whoever sees to a remedy reads of its case. For others there
// is no such case.
func (r *Records) Remedy(ctx context.Context, id workflow.CaseID, number int, who roster.PersonID) (workflow.RemedyTask, error) {
	s, err := r.cases.Load(ctx, r.Read, cases.ByID, id)
	if err != nil {
		return workflow.RemedyTask{}, engine.Explain(ctx, cases.Missing(err))
	}
	c := &s.Complaint
	if !c.MayReport(who, number) {
		return workflow.RemedyTask{}, workflow.Refusals{{Code: workflow.CodeNoSuchCase}}
	}
	all, err := opened(ctx, r.Read, s.Key, id, 0, math.MaxInt32)
	if err != nil {
		return workflow.RemedyTask{}, engine.Explain(ctx, err)
	}
	remedy, _ := c.Remedy(number)
	return workflow.RemedyTask{Case: c.Number, Remedy: remedy, PromisedRemedy: workflow.RemedyIn(all, number)}, nil
}
