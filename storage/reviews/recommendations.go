package reviews

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// recommendationRow is a row of recommendations.
type recommendationRow struct {
	ID       string           `db:"id"`
	Quarter  calendar.Quarter `db:"quarter"`
	Audience review.Audience  `db:"audience"`
	Sealed   []byte           `db:"sealed"`
	Owner    roster.PersonID  `db:"owner"`
	Due      calendar.Date    `db:"due"`
	Category string           `db:"category"`
	By       roster.PersonID  `db:"author"`
	On       calendar.Date    `db:"recorded_on"`
	Done     calendar.Date    `db:"done_on"`
	DoneBy   roster.PersonID  `db:"done_by"`
	Told     calendar.Date    `db:"told"`
}

const recommendationColumns = `id, quarter, audience, sealed, owner, due, category, author, recorded_on, done_on, done_by, told`

const (
	insertRecommendation = `INSERT INTO recommendations (id, quarter, audience, sealed, owner, due, category,
			author, recorded_on, recorded_at, done_on, done_by, told, remind)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', '', '', $11)`

	recommendationByID = `SELECT ` + recommendationColumns + ` FROM recommendations WHERE id = $1`
	allRecommendations = `SELECT ` + recommendationColumns + ` FROM recommendations ORDER BY recorded_at, id`

	ownersOfOpen = `SELECT owner FROM recommendations WHERE remind <> ''
		UNION SELECT handler FROM promises WHERE kind = 'remedy' AND kept_at IS NULL AND lapsed = '' AND handler <> '' ORDER BY 1`

	// lockRecommendation is taken by writing: see cases.Lock.
	lockRecommendation = `UPDATE recommendations SET lock = lock + 1 WHERE id = $1 RETURNING ` + recommendationColumns

	followRecommendation = `UPDATE recommendations SET due = $2, done_on = $3, done_by = $4, remind = $5 WHERE id = $1`
)

// advice is what is sealed of a recommendation: what may name somebody, and
// an offering, whose name a purge takes from its cases.
type advice struct {
	Text     string `json:"text"`
	Offering string `json:"offering,omitempty"`
}

func purposeAdvice(id string) string { return "recommendation " + id }

// recommend stores a recommendation under an id of its own, and tells who is to
// see to it, unless that is who recorded it.
func (rs *Reviews) recommend(ctx context.Context, tx engine.Tx, from review.Review, r review.Recommendation) error {
	id := rand.Text()
	plain, err := json.Marshal(advice{contact.Clean(r.Text.Reveal()), contact.Clean(r.Offering)})
	if err != nil {
		return err
	}
	sealed, err := rs.Search.Seal(purposeAdvice(id), plain)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, insertRecommendation, id, from.Quarter, from.Audience, sealed, r.Owner, r.Due, r.Category,
		from.By, from.On, rs.Instant(), r.Remind(rs.Policy.Calendar, calendar.Date{}))
	if err != nil || r.Owner == from.By {
		return err
	}
	return rs.outbox.QueueAlone(ctx, tx, "", outbox.RecommendationAssigned{To: r.Owner, ID: id}, 1)
}

// Recommendation returns one of them, for a message about it. Who may read it
// is the caller's to see to: workflow.Recommendation.Readable.
func (rs *Reviews) Recommendation(ctx context.Context, id string) (review.Recommendation, error) {
	var row recommendationRow
	err := rs.Read.Get(ctx, &row, recommendationByID, id)
	if errors.Is(err, sql.ErrNoRows) {
		return review.Recommendation{}, workflow.Refusals{{Code: workflow.CodeNoRecommendation}}
	}
	if err != nil {
		return review.Recommendation{}, engine.Explain(ctx, fmt.Errorf("recommendation: %w", err))
	}
	key, err := rs.SearchKey(ctx, rs.Read)
	if err != nil {
		return review.Recommendation{}, engine.Explain(ctx, err)
	}
	return row.open(key)
}

// Recommendations returns those that the viewer may read, done ones too, the
// oldest first.
func (rs *Reviews) Recommendations(ctx context.Context, viewer roster.PersonID) ([]review.Recommendation, error) {
	return rs.RecommendationsFor(ctx, func(r *review.Recommendation) bool { return r.Readable(viewer, rs.Policy.Roster) })
}

// RecommendationsFor returns those that somebody may read, by what is not sealed.
func (rs *Reviews) RecommendationsFor(ctx context.Context, may func(*review.Recommendation) bool) ([]review.Recommendation, error) {
	var rows []recommendationRow
	if err := rs.Read.All(ctx, &rows, allRecommendations); err != nil {
		return nil, engine.Explain(ctx, fmt.Errorf("recommendations: %w", err))
	}
	key, err := rs.SearchKey(ctx, rs.Read)
	if err != nil {
		return nil, engine.Explain(ctx, err)
	}
	var all []review.Recommendation
	for _, row := range rows {
		if r := row.plain(); !may(&r) {
			continue
		}
		r, err := row.open(key)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

// Owners lists who sees to a recommendation or a remedy that is open.
func (rs *Reviews) Owners(ctx context.Context) (all []roster.PersonID, err error) {
	if err := rs.Read.All(ctx, &all, ownersOfOpen); err != nil {
		return nil, engine.Explain(ctx, fmt.Errorf("owners of recommendations: %w", err))
	}
	return all, nil
}

// FollowUp records what became of a recommendation and returns it as it is
// then; that it was done leaves a line in the register's own chain. A gesture
// that was carried out before changes nothing. The error is workflow.Refusals
// when Recommendation.After refuses, or there is none with that id.
func (rs *Reviews) FollowUp(ctx context.Context, f review.FollowUp) (r review.Recommendation, err error) {
	err = rs.Change(ctx, func(tx engine.Tx) error {
		r, err = rs.followUp(ctx, tx, f)
		return err
	})
	if err != nil {
		return review.Recommendation{}, err
	}
	return r, nil
}

func (rs *Reviews) followUp(ctx context.Context, tx engine.Tx, f review.FollowUp) (review.Recommendation, error) {
	fresh, err := rs.claim(ctx, tx, f.Gesture)
	if err != nil {
		return review.Recommendation{}, err
	}
	var row recommendationRow
	err = tx.Get(ctx, &row, lockRecommendation, f.ID)
	if errors.Is(err, sql.ErrNoRows) {
		return review.Recommendation{}, workflow.Refusals{{Code: workflow.CodeNoRecommendation}}
	}
	if err != nil {
		return review.Recommendation{}, fmt.Errorf("lock recommendation: %w", err)
	}
	r, err := row.open(rs.Search)
	if err != nil || !fresh {
		return r, err
	}
	if r, err = r.After(f, rs.Policy.Roster); err != nil {
		return r, err
	}
	return r, rs.storeFollowUp(ctx, tx, f, &r, row.Told)
}

func (rs *Reviews) storeFollowUp(ctx context.Context, tx engine.Tx, f review.FollowUp, r *review.Recommendation, told calendar.Date) error {
	var remind calendar.Date
	if r.Open() {
		remind = r.Remind(rs.Policy.Calendar, told)
	}
	if _, err := tx.Exec(ctx, followRecommendation, r.ID, r.Due, r.Done, r.DoneBy, remind); err != nil {
		return fmt.Errorf("recommendation: %w", err)
	}
	if r.Open() {
		return nil
	}
	return rs.noteReview(ctx, tx, r.Quarter, f.By)
}

// plain is the recommendation without what is sealed.
func (row *recommendationRow) plain() review.Recommendation {
	return review.Recommendation{
		ID: row.ID, Quarter: row.Quarter, Audience: row.Audience, Owner: row.Owner, Due: row.Due,
		Category: row.Category, By: row.By, On: row.On, Done: row.Done, DoneBy: row.DoneBy,
	}
}

func (row *recommendationRow) open(key vault.SearchKey) (review.Recommendation, error) {
	var a advice
	plain, err := key.Open(purposeAdvice(row.ID), row.Sealed)
	if err == nil {
		err = json.Unmarshal(plain, &a)
	}
	if err != nil {
		return review.Recommendation{}, fmt.Errorf("recommendation %s: %w", row.ID, err)
	}
	r := row.plain()
	r.Text, r.Offering = workflow.Confidential(a.Text), a.Offering
	return r, nil
}

const (
	dueRecommendations = `SELECT id FROM recommendations WHERE remind <> '' AND remind <= $1 ORDER BY remind, id`

	// markRecommendation touches nothing when another replica saw to it today.
	markRecommendation = `UPDATE recommendations SET told = $2 WHERE id = $1 AND remind <> '' AND remind <= $2
		RETURNING ` + recommendationColumns
	remindAgain = `UPDATE recommendations SET remind = $2 WHERE id = $1`
)

// remindRecommendations reminds who sees to a recommendation whose day has
// come, each in a change of its own.
func (j *job) remindRecommendations(ctx context.Context) error {
	var due []string
	if err := j.Read.All(ctx, &due, dueRecommendations, j.today); err != nil {
		return fmt.Errorf("due recommendations: %w", err)
	}
	for _, id := range due {
		if err := j.Change(ctx, func(tx engine.Tx) error { return j.remindOf(ctx, tx, id) }); err != nil {
			return fmt.Errorf("recommendation %s: %w", id, err)
		}
		j.outbox.Wake()
	}
	return nil
}

func (j *job) remindOf(ctx context.Context, tx engine.Tx, id string) error {
	var row recommendationRow
	err := tx.Get(ctx, &row, markRecommendation, id, j.today)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	r := row.plain()
	if _, err := tx.Exec(ctx, remindAgain, id, r.Remind(j.Policy.Calendar, j.today)); err != nil {
		return err
	}
	for _, who := range r.Recipients(j.roster) {
		if err := j.outbox.QueueAlone(ctx, tx, "", outbox.RecommendationReminder{To: who, ID: id}, int(j.now.Unix())); err != nil {
			return err
		}
	}
	return nil
}
