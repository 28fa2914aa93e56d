package uptime

import (
	"context"
	"fmt"
	"time"

	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow/calendar"
)

// A clock that stood ahead left instants behind that lie beyond the present:
// when a row of the outbox is due, when a lane may post, when somebody was told.
// Left as they are, they would keep back for years what they were meant to keep
// back for a minute.

const (
	// repairEvery is how often a process repairs at most: a replica whose clock
	// stays ahead would have the others do so every minute.
	repairEvery = 10 * time.Minute

	// furthest is how far ahead anything is put that does not wait for a digest: a
	// document is taken back after a day.
	furthest      = 25 * time.Hour
	documentsStay = 24 * time.Hour

	// longestLease is more than any lane is leased for at a time.
	longestLease = 2 * time.Minute

	// searchBack is how far back Slack is searched for what was tried while the
	// clock stood ahead, when nobody knows since when it did.
	searchBack = 30 * 24 * time.Hour

	parked = "253370764800000" // due_at of what waits for its digest, in package queue
)

// moment is the present on either clock, with what lies around it.
type moment struct {
	now, furthest, lease, day, since int64 // of the machine, in ms
	told                             int64 // of the procedure, in ms
	today, week                      string
	weekly                           string // the week of which directors have had their digest; "" for none
}

// repairs set back what lies beyond the present.
func (m moment) repairs() []repair {
	return append(m.lanes(), []repair{
		{`DELETE FROM outbox WHERE surface = 'weekly' AND queued_at > $1 AND attempts = 0
			AND person IN (SELECT p.person FROM people p WHERE p.weekly > $2)`, []any{m.now, m.week}}, // of a week to come
		{`UPDATE outbox SET due_at = $1 WHERE surface = 'recall' AND due_at > $2`, []any{m.day, m.furthest}},
		{`UPDATE outbox SET due_at = $1 WHERE due_at > $1 AND due_at <> ` + parked + ` AND surface <> 'recall'
			AND (due_at > $2 OR queued_at > $1 OR first_try > $1)`, []any{m.now, m.furthest}},
		{`UPDATE outbox SET first_try = $2 WHERE first_try > $1`, []any{m.now, m.since}},
		{`UPDATE outbox SET queued_at = $1 WHERE queued_at > $1`, []any{m.now}},
		{`UPDATE outgoing_files SET delete_at = $1 WHERE delete_at > $2`, []any{m.day, m.furthest}},
		{`UPDATE leftovers SET since = $2 WHERE since > $1`, []any{m.now, m.since}},
		{`UPDATE leftovers SET after = $1 WHERE after > $1`, []any{m.now}},
		{`UPDATE people SET gathered = '' WHERE gathered > $1`, []any{m.today}},
		{`UPDATE people SET weekly = $2 WHERE weekly > $1`, []any{m.week, m.weekly}},
		{`UPDATE people SET remnants_told = $1 WHERE remnants_told > $1`, []any{m.told}},
		{`UPDATE people SET repeats_seen = $1 WHERE repeats_seen > $1`, []any{m.told}},
		{`UPDATE remnants SET since = $1 WHERE since > $1`, []any{m.told}},
		{`UPDATE remnants SET looked = '' WHERE looked > $1`, []any{m.today}},
		{`DELETE FROM quarters WHERE offered > $1`, []any{m.today}},
		{`UPDATE quarters SET told = $1 WHERE told > $1`, []any{m.today}},
		{`UPDATE recommendations SET remind = CASE WHEN due > $1 THEN due ELSE $1 END, told = '' WHERE told > $1 AND remind <> ''`, []any{m.today}},
	}...)
}

// lanes are free to post, and leased by nobody whose lease lies too far ahead.
func (m moment) lanes() []repair {
	return []repair{
		{`UPDATE lanes SET next_send_at = $1 WHERE next_send_at > $1`, []any{m.now}},
		{`UPDATE lanes SET token = '', leased_until = 0 WHERE leased_until > $1`, []any{m.lease}},
	}
}

type repair struct {
	statement string
	args      []any
}

// turnBack computes anew what was derived from a clock that stood ahead, and
// writes the heartbeat of the present. Own says that it was this process's clock.
func (h *Heartbeat) turnBack(ctx context.Context, now time.Time, today noted, own bool) error {
	passed := time.Since(h.started) + repairEvery
	if last := time.Duration(h.repaired.Load()); !own && last > 0 && passed-last < repairEvery {
		return nil
	}
	h.Log.WarnContext(ctx, "the clock stood ahead for a while; what was derived from it is computed anew")
	if err := h.recompute(ctx); err != nil {
		return fmt.Errorf("cases: %w", err)
	}
	err := h.Change(ctx, func(tx engine.Tx) error {
		m, err := h.moment(ctx, tx, now)
		if err != nil {
			return err
		}
		for _, r := range m.repairs() {
			if _, err := tx.Exec(ctx, r.statement, r.args...); err != nil {
				return fmt.Errorf("set back: %w", err)
			}
		}
		u, err := h.NoteDay(ctx, tx, now, today.agreed)
		if err != nil {
			return err
		}
		h.know(&u, today)
		_, err = tx.Exec(ctx, core.WriteMeta, metaBeat, instants(now))
		return err
	})
	if err == nil {
		h.repaired.Store(int64(passed))
		h.highest.at.Store(engine.Millis(h.Wall()))
	}
	return err
}

// moment reads since when the clock stood ahead, if the jump was kept as an
// outage; that one was none, and is forgotten.
func (h *Heartbeat) moment(ctx context.Context, tx engine.Tx, now time.Time) (moment, error) {
	from, until, err := h.outage(ctx, tx)
	if err != nil {
		return moment{}, err
	}
	back, jumped := searchBack, now
	if until.After(now) {
		if from.Before(now) {
			back, jumped = now.Sub(from)+OutageAfter, from
		}
		if _, err := tx.Exec(ctx, `DELETE FROM meta WHERE name = $1`, metaOutage); err != nil {
			return moment{}, err
		}
	}
	cal := h.Policy.Calendar
	wall, today := h.Wall(), cal.Today(now)
	weekly := today.Week()
	if jumped.Before(cal.At(cal.NextWorkingDay(weekly.AddDays(-1)), cal.Opens)) {
		weekly = calendar.Date{} // the clock stood ahead when this week's was to leave
	}
	at := func(d time.Duration) int64 { return engine.Millis(wall.Add(d)) }
	return moment{
		now: at(0), furthest: at(furthest), lease: at(longestLease), day: at(documentsStay), since: at(-back),
		told: engine.Millis(now), today: today.String(), week: today.Week().String(), weekly: weekly.String(),
	}, nil
}
