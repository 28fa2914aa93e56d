package storage

import (
	"context"
	"fmt"

	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Who is away, and whose account is deactivated. Each change has the sweep look
// at every case that is watched, in the same transaction: who is reminded, or who
// handles it, may be another person by now. An absence is forgotten once it is
// over.

const (
	lockPerson = `INSERT INTO people (person, gone, gathered, weekly) VALUES ($1, FALSE, '', '')
		ON CONFLICT (person) DO UPDATE SET person = excluded.person`
	absencesOf     = `SELECT first_day, last_day FROM absences WHERE person = $1 AND last_day >= $2`
	forgetAbsences = `DELETE FROM absences WHERE person = $1 OR last_day < $2`
	insertAbsence  = `INSERT INTO absences (person, first_day, last_day) VALUES ($1, $2, $3)`
	deleteAbsence  = `DELETE FROM absences WHERE person = $1 AND first_day = $2`
	forgetOver     = `DELETE FROM absences WHERE last_day < $1`
	changeGone     = `UPDATE people SET gone = $2 WHERE person = $1 AND gone <> $2`
)

// Cases that are open, and closed ones that something is watched on.
const (
	wakeOpen  = `UPDATE complaints SET next_at = $1 WHERE state <> 'erased' AND state <> 'closed'`
	wakeHeld  = `UPDATE complaints SET next_at = $1 WHERE state = 'closed' AND hold_review <> '' AND next_at > $1`
	wakeOwed  = `UPDATE complaints SET next_at = $1 WHERE state = 'closed' AND due <> '' AND next_at > $1`
	wakeAsked = `UPDATE complaints SET next_at = $1 WHERE erasure_by <> '' AND next_at > $1`
)

// SetAbsence enters that somebody on the roster is away. Periods that touch
// become one, so that the same one twice changes nothing. The error is
// workflow.Refusals for a period that can't be an absence, and for who has no
// role.
func (db *DB) SetAbsence(ctx context.Context, who roster.PersonID, p roster.Period) error {
	if !db.core.Policy.Roster.Has(who) {
		return workflow.Refusals{{Code: workflow.CodeForbidden}}
	}
	today := db.core.Today()
	if err := workflow.CheckAbsence(p, today); err != nil {
		return err
	}
	return db.core.Change(ctx, func(tx engine.Tx) error {
		if _, err := tx.Exec(ctx, lockPerson, who); err != nil {
			return fmt.Errorf("lock person: %w", err)
		}
		if err := joinAbsence(ctx, tx, who, p, today); err != nil {
			return fmt.Errorf("absence: %w", err)
		}
		return db.wake(ctx, tx)
	})
}

func joinAbsence(ctx context.Context, tx engine.Tx, who roster.PersonID, p roster.Period, today calendar.Date) error {
	var rows []struct {
		From  calendar.Date `db:"first_day"`
		Until calendar.Date `db:"last_day"`
	}
	if err := tx.All(ctx, &rows, absencesOf, who, today); err != nil {
		return err
	}
	var known []roster.Period
	for _, r := range rows {
		known = append(known, roster.Period{From: r.From, Until: r.Until})
	}
	if _, err := tx.Exec(ctx, forgetAbsences, who, today); err != nil {
		return err
	}
	for _, one := range roster.Join(known, p) {
		if _, err := tx.Exec(ctx, insertAbsence, who, one.From, one.Until); err != nil {
			return err
		}
	}
	return nil
}

// EndAbsence takes back the absence of that person that begins on that day: it
// will not be, or they are back. When there is none, nothing changes.
func (db *DB) EndAbsence(ctx context.Context, who roster.PersonID, from calendar.Date) error {
	return db.core.Change(ctx, func(tx engine.Tx) error {
		n, err := tx.Exec(ctx, deleteAbsence, who, from)
		if err != nil {
			return fmt.Errorf("end absence: %w", err)
		}
		if n == 0 {
			return nil
		}
		return db.wake(ctx, tx)
	})
}

// SetDeactivated remembers whether somebody's account is deactivated; it reports
// whether that is news. Cases of who is gone get another owner at the next
// sweep.
func (db *DB) SetDeactivated(ctx context.Context, who roster.PersonID, gone bool) (changed bool, err error) {
	err = db.core.Change(ctx, func(tx engine.Tx) error {
		changed = false
		if _, err := tx.Exec(ctx, forgetOver, db.core.Today()); err != nil {
			return fmt.Errorf("forget absences: %w", err)
		}
		if _, err := tx.Exec(ctx, lockPerson, who); err != nil {
			return fmt.Errorf("lock person: %w", err)
		}
		n, err := tx.Exec(ctx, changeGone, who, gone)
		if err != nil {
			return fmt.Errorf("who is gone: %w", err)
		}
		if changed = n > 0; !changed {
			return nil
		}
		return db.wake(ctx, tx)
	})
	return changed && err == nil, err
}

// wake has the sweep look at every case that is watched.
func (db *DB) wake(ctx context.Context, tx engine.Tx) error {
	for _, statement := range []string{wakeOpen, wakeHeld, wakeOwed, wakeAsked} {
		if _, err := tx.Exec(ctx, statement, db.core.Instant()); err != nil {
			return fmt.Errorf("have cases looked at: %w", err)
		}
	}
	return nil
}
