package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// knownAbsences are those that are not over, and whoever left for good.
const knownAbsences = `SELECT person, first_day, last_day, FALSE AS gone FROM absences WHERE last_day >= $1
	UNION ALL SELECT person, '' AS first_day, '' AS last_day, gone FROM people WHERE gone = TRUE`

// Presence returns who is away today or later.
func (db *DB) Presence(ctx context.Context) (roster.Presence, error) {
	p, err := db.presence(ctx, db.read, db.instant())
	return p, engine.Explain(ctx, err)
}

func (db *DB) presence(ctx context.Context, q engine.Runner, now time.Time) (roster.Presence, error) {
	var rows []struct {
		Person roster.PersonID `db:"person"`
		First  calendar.Date   `db:"first_day"`
		Last   calendar.Date   `db:"last_day"`
		Gone   bool            `db:"gone"`
	}
	p := roster.Presence{
		Day:  db.policy.Calendar.Today(now),
		Away: map[roster.PersonID][]roster.Period{}, Gone: map[roster.PersonID]bool{},
	}
	if err := q.All(ctx, &rows, knownAbsences, p.Day); err != nil {
		return roster.Presence{}, fmt.Errorf("absences: %w", err)
	}
	for _, r := range rows {
		if r.Gone {
			p.Gone[r.Person] = true
			continue
		}
		p.Away[r.Person] = append(p.Away[r.Person], roster.Period{From: r.First, Until: r.Last})
	}
	return p, nil
}

// policyNow is the policy with who is away.
func (db *DB) policyNow(ctx context.Context, q engine.Runner, now time.Time) (*workflow.Policy, error) {
	p, err := db.presence(ctx, q, now)
	if err != nil {
		return nil, err
	}
	return db.policy.With(p), nil
}

// directors are the directors who did not leave for good.
func (db *DB) directors(ctx context.Context, q engine.Runner, now time.Time) ([]roster.PersonID, error) {
	policy, err := db.policyNow(ctx, q, now)
	if err != nil {
		return nil, err
	}
	return remaining(policy.Roster), nil
}

// remaining are a roster's directors who did not leave for good.
func remaining(r roster.Roster) (all []roster.PersonID) {
	for _, who := range r.Directors {
		if !r.Presence.Gone[who] {
			all = append(all, who)
		}
	}
	return all
}
