package core

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

// Presence returns who is away on that day or later, and who left for good.
func (c *Core) Presence(ctx context.Context, q engine.Runner, now time.Time) (roster.Presence, error) {
	var rows []struct {
		Person roster.PersonID `db:"person"`
		First  calendar.Date   `db:"first_day"`
		Last   calendar.Date   `db:"last_day"`
		Gone   bool            `db:"gone"`
	}
	p := roster.Presence{
		Day:  c.Policy.Calendar.Today(now),
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

// PolicyNow is the policy with who is away, and on how many days the bot was at
// work.
func (c *Core) PolicyNow(ctx context.Context, q engine.Runner, now time.Time) (*workflow.Policy, error) {
	p, err := c.Presence(ctx, q, now)
	if err != nil {
		return nil, err
	}
	return c.Policy.With(p).Since(c.Uptime()), nil
}

// RemainingDirectors are the directors who did not leave for good.
func (c *Core) RemainingDirectors(ctx context.Context, q engine.Runner, now time.Time) ([]roster.PersonID, error) {
	policy, err := c.PolicyNow(ctx, q, now)
	if err != nil {
		return nil, err
	}
	return Remaining(policy.Roster), nil
}

// Remaining are a roster's directors who did not leave for good.
func Remaining(r roster.Roster) (all []roster.PersonID) {
	for _, who := range r.Directors {
		if !r.Presence.Gone[who] {
			all = append(all, who)
		}
	}
	return all
}
