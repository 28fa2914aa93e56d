package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

const (
	anyDue = `SELECT count(*) FROM (SELECT 1 FROM complaints WHERE next_at <= $1 LIMIT 1) due`

	// overdueCases costs what is overdue; $2 is the hash of who reads it, for
	// whom a case that concerns them does not exist.
	overdueCases = `SELECT ` + cases.Columns + `, ` + cases.PromiseColumns + `
		FROM complaints c JOIN promises p ON p.complaint = c.id
		WHERE c.due <> '' AND c.due < $1
		AND NOT EXISTS (SELECT 1 FROM concerns g WHERE g.complaint = c.id AND g.person = $2)
		ORDER BY c.due, c.year, c.series, c.ordinal, p.ordinal`

	forgetWeekly = `DELETE FROM outbox WHERE complaint = '' AND version = 0 AND ordinal = 0 AND surface = 'weekly' AND person = $1`
	markWeekly   = `UPDATE people SET weekly = $2 WHERE person = $1`
)

// weekly queues the directors' digest of overdue promises, once a week: on its
// first working day, or on the first on which the bot is there. What a
// director is told of for the first time on that day is not in it, so it waits
// until every case that is due was looked at.
func (db *DB) weekly(ctx context.Context, now time.Time) error {
	today := db.policy.Calendar.Today(now)
	week := today.Week()
	if !db.policy.Calendar.InWindow(now) || db.rounds.week.Load() == week.String() {
		return nil
	}
	var due int
	if err := db.read.Get(ctx, &due, anyDue, now); err != nil || due > 0 {
		return engine.Explain(ctx, err)
	}
	directors, err := db.core.RemainingDirectors(ctx, db.read, now)
	if err != nil {
		return engine.Explain(ctx, err)
	}
	for _, who := range directors {
		err := db.change(ctx, func(tx engine.Tx) error { return db.weeklyFor(ctx, tx, who, week, now) })
		if err != nil {
			return fmt.Errorf("weekly digest: %w", err)
		}
	}
	db.queued()
	db.rounds.week.Store(week.String())
	return nil
}

// weeklyFor takes the place of last week's digest, should that still wait.
func (db *DB) weeklyFor(ctx context.Context, tx engine.Tx, who roster.PersonID, week calendar.Date, now time.Time) error {
	state, err := core.LockPerson(ctx, tx, who)
	if err != nil || !state.Weekly.Before(week) {
		return err
	}
	items, err := db.overdue(ctx, tx, who, now)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, forgetWeekly, who); err != nil {
		return fmt.Errorf("last week's: %w", err)
	}
	if len(items) > 0 {
		if err := db.queueAlone(ctx, tx, "", outbox.WeeklyDigest{To: who, Week: week}, 1); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, markWeekly, who, week)
	return err
}

// overdue lists the overdue promises that a director reads of in the weekly
// digest, what has waited longest first.
func (db *DB) overdue(ctx context.Context, q engine.Runner, director roster.PersonID, now time.Time) ([]outbox.DigestItem, error) {
	today := db.policy.Calendar.Today(now)
	var rows []cases.JoinedRow
	if err := q.All(ctx, &rows, overdueCases, today, db.personHash(director)); err != nil {
		return nil, fmt.Errorf("overdue promises: %w", err)
	}
	var items []outbox.DigestItem
	for _, c := range cases.Join(rows) {
		for _, w := range db.policy.Overdue(&c, director, today) {
			items = append(items, outbox.DigestItem{Case: c.ID, Watch: w.Kind})
		}
	}
	return items, nil
}
