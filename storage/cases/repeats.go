package cases

import (
	"context"
	"fmt"
	"time"

	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

const (
	// handled are the newest cases that somebody handles, and among them those that
	// were filed since.
	handled = `SELECT c.id FROM (SELECT c.* FROM complaints c WHERE c.owner = $1
			ORDER BY c.year DESC, c.series DESC, c.ordinal DESC LIMIT 100) c
		WHERE c.logged_at > $2 AND c.offering_name <> '' ORDER BY c.year DESC, c.series DESC, c.ordinal DESC`

	offeringOf = `SELECT offering_name, offering_key, received, owner FROM complaints WHERE id = $1 AND state <> 'erased'`

	// onOffering are the newest cases on an offering, but for those that concern $2.
	onOffering = `SELECT ` + Columns + ` FROM complaints c WHERE c.offering_key = $1
		AND NOT EXISTS (SELECT 1 FROM concerns g WHERE g.complaint = c.id AND g.person = $2)
		AND ` + ConcernStands + `
		ORDER BY c.year DESC, c.series DESC, c.ordinal DESC LIMIT 100`
)

// offeringRow is a row of offeringOf.
type offeringRow struct {
	Name     string          `db:"offering_name"`
	Key      []byte          `db:"offering_key"`
	Received calendar.Date   `db:"received"`
	Owner    roster.PersonID `db:"owner"`
}

// Repeats returns how many complaints on the offering of a case came together with
// it, as whoever handles the case may know: one that concerns them is not counted.
// For others, and where they are too few to tell, it is zero. Names are the same by
// the rule of OfferingKey.
func (r *Reader) Repeats(ctx context.Context, q engine.Runner, id workflow.CaseID, who roster.PersonID) (workflow.Repeats, error) {
	var of []offeringRow
	if err := q.All(ctx, &of, offeringOf, id); err != nil || len(of) == 0 || of[0].Owner != who || len(of[0].Key) == 0 {
		return workflow.Repeats{}, wrap(err)
	}
	var rows []Row
	if err := q.All(ctx, &rows, onOffering, of[0].Key, r.PersonHash(who)); err != nil {
		return workflow.Repeats{}, wrap(err)
	}
	var received []calendar.Date
	for i := range rows {
		kept, err := r.ConcernKept(ctx, &rows[i])
		if err != nil {
			return workflow.Repeats{}, err
		}
		if kept {
			received = append(received, rows[i].Received)
		}
	}
	n := workflow.Together(of[0].Received, received)
	if n < workflow.ManyRepeats {
		return workflow.Repeats{}, nil
	}
	return workflow.Repeats{Offering: of[0].Name, Count: n}, nil
}

// NewRepeats lists the cases of a handler that were filed since, and of which
// Repeats has something to tell: the newest of each offering, at most so many.
func (r *Reader) NewRepeats(ctx context.Context, q engine.Runner, who roster.PersonID, since time.Time, atMost int) (found []workflow.CaseID, err error) {
	var ids []workflow.CaseID
	if err := q.All(ctx, &ids, handled, who, since); err != nil {
		return nil, wrap(err)
	}
	told := map[string]bool{}
	for _, id := range ids {
		if len(found) == atMost {
			break
		}
		n, err := r.Repeats(ctx, q, id, who)
		if err != nil {
			return nil, err
		}
		if key := string(OfferingKey(n.Offering)); n.Count > 0 && !told[key] {
			told[key], found = true, append(found, id)
		}
	}
	return found, nil
}

func wrap(err error) error {
	if err != nil {
		return fmt.Errorf("complaints on one offering: %w", err)
	}
	return nil
}
