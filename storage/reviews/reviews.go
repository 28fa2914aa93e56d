package reviews

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// What the directors made of a quarter (R11). The figures are kept as they
// were, sealed: lessons and names of offerings stand in them. There is no case
// whose key could seal them, so that the register's search key does.

func purposeSnapshot(q calendar.Quarter, a review.Audience) string {
	return fmt.Sprintf("snapshot of %s for %s", q, a)
}

func purposeReviewed(line int) string { return fmt.Sprintf("person who reviewed in line %d", line) }

const (
	reviewColumns = `quarter, audience, reviewed_on, reviewer, advised`

	reviewOf = `SELECT ` + reviewColumns + ` FROM reviews WHERE quarter = $1 AND audience = $2`
	unkept   = `SELECT ` + reviewColumns + ` FROM reviews r WHERE NOT EXISTS (
		SELECT 1 FROM snapshots s WHERE s.quarter = r.quarter AND s.audience = r.audience) ORDER BY quarter, audience`
	insertReview = `INSERT INTO reviews (` + reviewColumns + `) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (quarter, audience) DO NOTHING`
	adviseReview = `UPDATE reviews SET advised = TRUE WHERE quarter = $1 AND audience = $2`

	snapshotOf     = `SELECT sealed FROM snapshots WHERE quarter = $1 AND audience = $2`
	insertSnapshot = `INSERT INTO snapshots (quarter, audience, sealed) VALUES ($1, $2, $3)
		ON CONFLICT (quarter, audience) DO NOTHING`

	claimGesture = `INSERT INTO review_gestures (gesture) VALUES ($1) ON CONFLICT (gesture) DO NOTHING`
)

// NoticeQueue is what the room needs of the outbox.
type NoticeQueue interface {
	QueueAlone(ctx context.Context, tx engine.Runner, id workflow.CaseID, p outbox.Payload, wanted int) error
	RenewAlone(ctx context.Context, tx engine.Tx, p outbox.Payload, wanted int) error
	Wake()
}

// Reviews keeps what the directors make of quarters, beside the figures.
type Reviews struct {
	*Figures
	outbox  NoticeQueue
	channel bool // of the directors

	reviewed atomic.Value // day on which Remind saw to the quarters, as a string
}

// New returns the reviews of a register. channel says that the directors have
// one.
func New(f *Figures, o NoticeQueue, channel bool) *Reviews {
	return &Reviews{Figures: f, outbox: o, channel: channel}
}

// reviewRow is a row of reviews.
type reviewRow struct {
	Quarter     calendar.Quarter `db:"quarter"`
	Audience    review.Audience  `db:"audience"`
	On          calendar.Date    `db:"reviewed_on"`
	By          roster.PersonID  `db:"reviewer"`
	Recommended bool             `db:"advised"`
}

// Review returns how a quarter was dealt with for that audience, the first
// time; zero (On too) when it was not.
func (rs *Reviews) Review(ctx context.Context, q calendar.Quarter, a review.Audience) (review.Review, error) {
	var row reviewRow
	err := rs.Read.Get(ctx, &row, reviewOf, q, a)
	if errors.Is(err, sql.ErrNoRows) {
		return review.Review{}, nil
	}
	if err != nil {
		return review.Review{}, engine.Explain(ctx, fmt.Errorf("review: %w", err))
	}
	return review.Review(row), nil
}

// UnsavedSnapshots lists the reviews for whose audience no figures were kept, the oldest
// quarter first.
func (rs *Reviews) UnsavedSnapshots(ctx context.Context) ([]review.Review, error) {
	var rows []reviewRow
	if err := rs.Read.All(ctx, &rows, unkept); err != nil {
		return nil, engine.Explain(ctx, fmt.Errorf("reviews without figures: %w", err))
	}
	all := make([]review.Review, len(rows))
	for i, r := range rows {
		all[i] = review.Review(r)
	}
	return all, nil
}

// Snapshot returns the figures of a quarter as they were when it was dealt
// with, for that audience; nil when there are none.
func (rs *Reviews) Snapshot(ctx context.Context, q calendar.Quarter, a review.Audience) ([]byte, error) {
	var sealed []byte
	err := rs.Read.Get(ctx, &sealed, snapshotOf, q, a)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, engine.Explain(ctx, fmt.Errorf("figures of %s: %w", q, err))
	}
	key, err := rs.SearchKey(ctx, rs.Read)
	if err != nil {
		return nil, engine.Explain(ctx, err)
	}
	figures, err := key.Open(purposeSnapshot(q, a), sealed)
	if err != nil {
		return nil, fmt.Errorf("figures of %s: %w", q, err)
	}
	return figures, nil
}

// Deal records what came of a quarter, with a line in the register's own
// chain. The first review of an audience is kept, though a later
// recommendation turns Advised on; snapshots are kept the first time that
// anybody deals with the quarter. A gesture that was carried out before
// changes nothing. The error is workflow.Refusals when Dealing.Check refuses.
func (rs *Reviews) Deal(ctx context.Context, d review.Dealing) error {
	err := rs.Change(ctx, func(tx engine.Tx) error { return rs.deal(ctx, tx, d) })
	rs.outbox.Wake()
	return err
}

func (rs *Reviews) deal(ctx context.Context, tx engine.Tx, d review.Dealing) error {
	fresh, err := rs.claim(ctx, tx, d.Gesture)
	if err != nil || !fresh {
		return err
	}
	if err := d.Check(rs.Policy.Roster); err != nil {
		return err
	}
	r := d.Review
	if err := rs.review(ctx, tx, r, d.Recommendation != nil); err != nil {
		return fmt.Errorf("review: %w", err)
	}
	if err := rs.keepSnapshots(ctx, tx, r.Quarter, d.Snapshots); err != nil {
		return fmt.Errorf("figures: %w", err)
	}
	if d.Recommendation != nil {
		if err := rs.recommend(ctx, tx, r, *d.Recommendation); err != nil {
			return fmt.Errorf("recommendation: %w", err)
		}
	}
	if err := rs.renewSummaries(ctx, tx, r); err != nil {
		return fmt.Errorf("summaries: %w", err)
	}
	return rs.noteReview(ctx, tx, r.Quarter, r.By)
}

// renewSummaries has the messages about a quarter say that it was dealt with: that of
// the directors' channel, those to each of them, and those instead of the channel.
// What one director dealt with alone shows in theirs.
func (rs *Reviews) renewSummaries(ctx context.Context, tx engine.Tx, r review.Review) error {
	shared := outbox.QuarterSummary{Quarter: r.Quarter}
	all := []outbox.Payload{shared}
	for _, who := range rs.Policy.Roster.Directors {
		all = append(all, outbox.QuarterSummary{Reader: outbox.Reader{To: who}, Quarter: r.Quarter}, shared.InsteadTo(who))
	}
	if r.Audience != review.AudienceShared {
		all = []outbox.Payload{outbox.QuarterSummary{Reader: directorsOf(r.Audience), Quarter: r.Quarter}}
	}
	for _, p := range all {
		if err := rs.outbox.RenewAlone(ctx, tx, p, int(rs.Instant().Unix())); err != nil {
			return err
		}
	}
	return nil
}

// review keeps the first review of an audience, and tells of that.
func (rs *Reviews) review(ctx context.Context, tx engine.Tx, r review.Review, advised bool) error {
	n, err := tx.Exec(ctx, insertReview, r.Quarter, r.Audience, r.On, r.By, advised)
	switch {
	case err != nil:
		return err
	case n == 1:
		return rs.notifyReviewed(ctx, tx, r)
	case advised:
		_, err = tx.Exec(ctx, adviseReview, r.Quarter, r.Audience)
	}
	return err
}

// notifyReviewed tells the other directors, in their channel or each by
// themselves, what one of them dealt with for all. Of figures that one director
// alone reads there is nobody to tell.
func (rs *Reviews) notifyReviewed(ctx context.Context, tx engine.Tx, r review.Review) error {
	if r.Audience != review.AudienceShared {
		return nil
	}
	directors, err := rs.RemainingDirectors(ctx, tx, rs.Instant())
	if err != nil {
		return err
	}
	for _, who := range directors {
		switch {
		case who == r.By:
			continue
		case rs.channel:
			return rs.outbox.QueueAlone(ctx, tx, "", outbox.Reviewed{Quarter: r.Quarter}, 1)
		}
		told := outbox.Reviewed{Reader: outbox.Reader{To: who}, Quarter: r.Quarter}
		if err := rs.outbox.QueueAlone(ctx, tx, "", told, 1); err != nil {
			return err
		}
	}
	return nil
}

// claim reports false when the gesture was carried out before. Whoever brings
// the same one at the same moment waits here.
func (rs *Reviews) claim(ctx context.Context, tx engine.Tx, gesture string) (fresh bool, err error) {
	hash := rs.journal.Gesture(gesture)
	if hash == nil {
		return true, nil
	}
	n, err := tx.Exec(ctx, claimGesture, hash)
	if err != nil {
		return false, fmt.Errorf("gesture: %w", err)
	}
	return n == 1, nil
}

func (rs *Reviews) keepSnapshots(ctx context.Context, tx engine.Tx, q calendar.Quarter, all map[review.Audience][]byte) error {
	for a, figures := range all {
		sealed, err := rs.Search.Seal(purposeSnapshot(q, a), figures)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, insertSnapshot, q, a, sealed); err != nil {
			return err
		}
	}
	return nil
}

// noteReview keeps in the register's own chain that somebody dealt with a
// quarter, or with a recommendation of it.
func (rs *Reviews) noteReview(ctx context.Context, tx engine.Tx, q calendar.Quarter, by roster.PersonID) error {
	l := journal.Entry{Action: journal.Reviewed, At: rs.Instant(), Number: q.String()}
	return rs.journal.Add(ctx, tx, l, rs.journal.UnderSearchKey(by, purposeReviewed))
}
