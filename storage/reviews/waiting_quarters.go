package reviews

import (
	"context"
	"fmt"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
)

const (
	// waitingQuarters are those that nobody dealt with for the audience. One in
	// which a director sees no more than all do waits until it was dealt with
	// for all.
	waitingQuarters = `SELECT q.quarter, q.told FROM quarters q WHERE q.audience = $1 AND NOT EXISTS (
			SELECT 1 FROM reviews r WHERE r.quarter = q.quarter
			AND (r.audience = q.audience OR r.audience = 'shared' AND q.more = FALSE))
		ORDER BY q.quarter`

	// markReminded touches nothing when another replica saw to it today.
	markReminded = `UPDATE quarters SET told = $3 WHERE audience = $1 AND quarter >= $2 AND told < $3`
)

// remindReviews reminds every audience of what waits, a week after they last
// heard of it. A reminder takes the place of one that was not sent yet.
func (j *job) remindReviews(ctx context.Context) error {
	for _, a := range j.audiences() {
		if a == review.AudienceShared && !j.channel {
			continue
		}
		waiting, err := j.waiting(ctx, a)
		if err != nil {
			return err
		}
		if len(waiting) == 0 || j.today.Before(review.RemindReview(j.Policy.Calendar, heard(waiting))) {
			continue
		}
		err = j.Change(ctx, func(tx engine.Tx) error {
			n, err := tx.Exec(ctx, markReminded, a, waiting[0].Quarter, j.today)
			if err != nil || n == 0 {
				return err
			}
			return j.notify(ctx, tx, outbox.ReviewsWaiting{Reader: directorsOf(a)}, int(j.now.Unix()))
		})
		if err != nil {
			return fmt.Errorf("reminder: %w", err)
		}
		j.outbox.Wake()
	}
	return nil
}

// waitingQuarter is one that was offered and not dealt with.
type waitingQuarter struct {
	Quarter calendar.Quarter `db:"quarter"`
	Told    calendar.Date    `db:"told"`
}

// heard is the day on which the audience last heard of any.
func heard(waiting []waitingQuarter) (last calendar.Date) {
	for _, q := range waiting {
		if q.Told.After(last) {
			last = q.Told
		}
	}
	return last
}

func (rs *Reviews) waiting(ctx context.Context, a review.Audience) ([]waitingQuarter, error) {
	var rows []waitingQuarter
	if err := rs.Read.All(ctx, &rows, waitingQuarters, a); err != nil {
		return nil, fmt.Errorf("waiting quarters: %w", err)
	}
	return rows, nil
}

// Waiting returns the quarters that were offered to an audience, AudienceShared
// or a director, and that nobody dealt with for it, the oldest first. A quarter
// in which a director sees no more than all directors do also stops waiting
// when it was dealt with for all.
func (rs *Reviews) Waiting(ctx context.Context, a review.Audience) ([]calendar.Quarter, error) {
	rows, err := rs.waiting(ctx, a)
	if err != nil {
		return nil, engine.Explain(ctx, err)
	}
	all := make([]calendar.Quarter, len(rows))
	for i, r := range rows {
		all[i] = r.Quarter
	}
	return all, nil
}
