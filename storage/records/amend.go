package records

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
)

// Step asks the rules what becomes of a case. An amendment gets the entries of the
// case, on which they replay it.
func Step(ctx context.Context, tx engine.Runner, p *workflow.Policy, s cases.Stored, cmd workflow.Command, now time.Time) (workflow.Change, error) {
	if amend, ok := cmd.Action.(workflow.Amend); ok {
		var err error
		if amend.Records, err = opened(ctx, tx, s.Key, s.Complaint.ID, 0, math.MaxInt32); err != nil {
			return workflow.Change{}, err
		}
		cmd.Action = amend
	}
	return p.Step(s.Complaint, cmd.Action, cmd.By, now)
}

// LetterQueue is where a letter waits that the bot sends.
type LetterQueue interface {
	EndLetter(ctx context.Context, tx engine.Runner, id workflow.CaseID, version int) error
}

const versionOfLine = `SELECT version FROM journal WHERE complaint = $1 AND line = $2`

// EndLetter takes the letter out of the outbox that somebody sent themselves, or
// that belongs to a step which is taken back. A letter that is leaving at this
// moment is refused; one that left stays in the dossier.
func EndLetter(ctx context.Context, tx engine.Runner, q LetterQueue, cmd workflow.Command) error {
	switch a := cmd.Action.(type) {
	case workflow.MailSelf:
		return q.EndLetter(ctx, tx, cmd.Case, a.Version)
	case workflow.Amend:
		if !a.Retract {
			return nil
		}
		var version int
		if err := tx.Get(ctx, &version, versionOfLine, cmd.Case, a.Line()); err != nil {
			return fmt.Errorf("line of the step: %w", err)
		}
		err := q.EndLetter(ctx, tx, cmd.Case, version)
		if workflow.Refused(err).Has(workflow.CodeMailNotWaits) {
			return nil
		}
		return err
	}
	return nil
}
