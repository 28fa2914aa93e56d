package reviews

import (
	"context"
	"fmt"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

const (
	// refundCases are those of a quarter in which money was promised. Whom a case
	// concerns is added by withoutConcerns.
	refundCases = `SELECT c.id, c.promised, k.wrapped FROM complaints c JOIN case_keys k ON k.complaint = c.id
		WHERE c.received >= $1 AND c.received <= $2 AND c.state <> 'erased'
		AND EXISTS (SELECT 1 FROM promises p WHERE p.complaint = c.id AND p.kind = 'remedy' AND p.subject = 'refund')`

	decisions = `SELECT line, ordinal, sealed FROM records WHERE complaint = $1 AND kind = 'decision' ORDER BY line, ordinal`
)

// Refunds adds up what the complainants of a quarter were promised in money. The
// amounts are sealed: only cases with a refund are opened. Those that concern one
// of these people are left out, as in Quarterly.
func (g *Figures) Refunds(ctx context.Context, quarter calendar.Quarter, without []roster.PersonID) (sum review.Refunds, err error) {
	query, args, err := g.withoutConcerns(ctx, refundCases, []any{quarter.First(), quarter.Last()}, without)
	if err != nil {
		return sum, engine.Explain(ctx, err)
	}
	var all []refundCase
	if err := g.Read.All(ctx, &all, query, args...); err != nil {
		return sum, engine.Explain(ctx, fmt.Errorf("refunds: %w", err))
	}
	for _, c := range all {
		if err := g.addRefunds(ctx, c, &sum); err != nil {
			return sum, engine.Explain(ctx, fmt.Errorf("refunds of case %s: %w", c.ID, err))
		}
	}
	return sum, nil
}

// refundCase is a row of refundCases.
type refundCase struct {
	ID       workflow.CaseID `db:"id"`
	Promised string          `db:"promised"`
	Wrapped  []byte          `db:"wrapped"`
}

func (g *Figures) addRefunds(ctx context.Context, c refundCase, sum *review.Refunds) error {
	promises, err := cases.DecodePromises(nil, c.Promised)
	if err != nil {
		return err
	}
	said, err := g.decisions(ctx, c)
	if err != nil {
		return err
	}
	of := workflow.Complaint{Promises: promises}
	for _, r := range of.Remedies() {
		if r.Subject == workflow.RemedyRefund {
			sum.Add(r.Promise, workflow.RemedyIn(said, r.Number).Amount)
		}
	}
	return nil
}

// decisions are the entries that say what was promised.
func (g *Figures) decisions(ctx context.Context, c refundCase) (all []workflow.Record, err error) {
	key, err := g.Keys.Unwrap(c.ID, c.Wrapped)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		Line    int    `db:"line"`
		Ordinal int    `db:"ordinal"`
		Sealed  []byte `db:"sealed"`
	}
	if err := g.Read.All(ctx, &rows, decisions, c.ID); err != nil {
		return nil, err
	}
	for _, row := range rows {
		texts, err := cases.OpenTexts(key, cases.PurposeRecord(row.Line, row.Ordinal), row.Sealed)
		if err != nil {
			return nil, err
		}
		all = append(all, workflow.Record{Kind: workflow.RecordDecision, Texts: texts})
	}
	return all, nil
}
