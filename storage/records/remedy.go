package records

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// Remedy returns what whoever sees to a remedy reads of its case. For others there
// is no such case.
func (r *Records) Remedy(ctx context.Context, id workflow.CaseID, number int, who roster.PersonID) (workflow.RemedyTask, error) {
	c, all, err := r.task(ctx, id, workflow.PromiseRemedy, number, who)
	if err != nil {
		return workflow.RemedyTask{}, err
	}
	remedy, _ := c.Remedy(number)
	return workflow.RemedyTask{Case: c.Number, Remedy: remedy, PromisedRemedy: workflow.RemedyIn(all, number)}, nil
}

// Consultation returns what whoever was asked something reads of the case, as long as
// they can answer it: after that, and for others, there is no such case.
func (r *Records) Consultation(ctx context.Context, id workflow.CaseID, number int, who roster.PersonID) (workflow.Consulted, error) {
	c, all, err := r.task(ctx, id, workflow.PromiseConsultation, number, who)
	if err != nil {
		return workflow.Consulted{}, err
	}
	q, _ := c.Consultation(number)
	if !q.Open() {
		return workflow.Consulted{}, workflow.Refusals{{Code: workflow.CodeConsultOver}}
	}
	asked := workflow.ConsultedIn(all, number)
	asked.ID, asked.Case, asked.Consultation = id, c.Number, q
	return asked, nil
}

// askedOf lists cases in which somebody was asked something: as many as Home shows.
const askedOf = `SELECT DISTINCT complaint FROM promises
	WHERE kind = 'consultation' AND kept_at IS NULL AND lapsed = '' AND handler = $1 ORDER BY complaint LIMIT 20`

// Asked lists what somebody was asked and can still answer, by number and date only; the
// one that is due first in front.
func (r *Records) Asked(ctx context.Context, who roster.PersonID) ([]workflow.Consulted, error) {
	var ids []workflow.CaseID
	if err := r.Read.All(ctx, &ids, askedOf, who); err != nil {
		return nil, engine.Explain(ctx, fmt.Errorf("questions to a colleague: %w", err))
	}
	var all []workflow.Consulted
	for _, id := range ids {
		s, err := r.cases.Load(ctx, r.Read, cases.ByID, id)
		if err != nil {
			return nil, engine.Explain(ctx, cases.Missing(err))
		}
		c := &s.Complaint
		for _, q := range c.Consultations() {
			if q.Open() && c.MayReport(workflow.PromiseConsultation, who, q.Number) {
				all = append(all, workflow.Consulted{ID: id, Case: c.Number, Consultation: q})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b workflow.Consulted) int { return a.Due.Compare(b.Due) })
	return all, nil
}

// task returns the case of something that somebody without a right on it sees to, with
// its entries. It is refused to everybody else.
func (r *Records) task(ctx context.Context, id workflow.CaseID, kind workflow.PromiseKind, number int, who roster.PersonID) (*workflow.Complaint, []workflow.Record, error) {
	s, err := r.cases.Load(ctx, r.Read, cases.ByID, id)
	if err != nil {
		return nil, nil, engine.Explain(ctx, cases.Missing(err))
	}
	if !s.Complaint.MayReport(kind, who, number) {
		return nil, nil, workflow.Refusals{{Code: workflow.CodeNoSuchCase}}
	}
	all, err := opened(ctx, r.Read, s.Key, id, 0, math.MaxInt32)
	if err != nil {
		return nil, nil, engine.Explain(ctx, err)
	}
	return &s.Complaint, all, nil
}
