package queue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// Reminders are gathered in a digest (deadlines.md, "Reminders"): whoever has more
// than three at a day's first send gets them as one message. A reminder is
// therefore queued parked, and released at the end of a sweep, when no case is
// left to tick. A director who is no officer gets even two as one, and the weekly
// digest with them. That goes in steps, each a short transaction that locks the
// person; the first of a day decides, and writes down what it decided. A crash
// between two loses nothing: the next sweep, of any replica, goes on.

// Digests gather what people are reminded of.
type Digests struct {
	*core.Core
	writer   *Writer
	looking  atomic.Bool  // Weekly has not looked at everything yet
	week     atomic.Value // Monday of the week whose weekly digests this process saw to, as a string
	turn     atomic.Int64 // whose step comes first in a sweep
	searched sync.Map     // by director, the search of this process for something overdue
}

// NewDigests returns the digests of what w writes.
func NewDigests(w *Writer) *Digests { return &Digests{Core: w.Core, writer: w} }

const (
	digestOver   = 3  // how many reminders a person gets singly at a day's first send
	directorOver = 1  // how many messages a director gets then
	releaseBatch = 64 // reminders of a step, as batch is in SQL
	releaseTime  = 15 * time.Millisecond
)

// batch stands in statements as a literal, so that PostgreSQL knows how few rows
// there are when it plans them for any arguments.
const batch = "64"

// parkedAt is the due_at of what waits for its digest, or for a day of its own: in
// the year 9999. The index on it needs it as a literal, which parked is.
const (
	parkedAt = 253370764800000
	parked   = "253370764800000"
)

const (
	// due has a row when a case is due for the clock. It looks at the first of
	// the index: PostgreSQL may read the table to find any.
	due = `SELECT 1 FROM (SELECT c.next_at FROM complaints c WHERE c.next_at IS NOT NULL
		ORDER BY c.next_at LIMIT 1) first_due WHERE first_due.next_at <= $1`

	// nextParked is who comes next of those for whom something is parked, or a
	// digest is half made, once every case that is due was looked at. A case that
	// can't be looked at is postponed, and holds nobody's reminders up.
	nextParked = `SELECT person FROM (
			SELECT person FROM (SELECT person FROM outbox WHERE due_at = ` + parked + ` AND person > $2 ORDER BY person LIMIT 1) o
			UNION ALL SELECT person FROM people WHERE digest_round > 0 AND person > $2) p
		WHERE NOT EXISTS (` + due + `) ORDER BY person LIMIT 1`

	// countParked counts as far as it takes to decide.
	countParked = `SELECT count(CASE WHEN surface = 'nudge' THEN 1 END) AS reminders, count(CASE WHEN slot = $2 THEN 1 END) AS previews,
		count(CASE WHEN surface = 'weekly' THEN 1 END) AS weekly FROM (
		SELECT surface, slot FROM outbox WHERE person = $1 AND due_at = ` + parked + ` AND surface IN ('nudge', 'weekly') LIMIT $3) few`

	// lockDigest locks the digest that waits, and returns its round.
	lockDigest = `UPDATE outbox SET wanted = wanted
		WHERE complaint = '' AND version = 0 AND ordinal = 0 AND surface = 'digest' AND person = $1 AND slot = ''
		RETURNING wanted, payload`

	// takeWeekly takes the weekly digest that waits to go along.
	takeWeekly = `DELETE FROM outbox WHERE complaint = '' AND version = 0 AND ordinal = 0 AND surface = 'weekly'
		AND person = $1 AND due_at = ` + parked

	// takeParked takes the next ones: of all, or of those with a slot. One that
	// can't be read is left: it fails by itself.
	takeParked = `DELETE FROM outbox WHERE id IN (SELECT id FROM outbox
			WHERE person = $1 AND due_at = ` + parked + ` AND surface = 'nudge'
			AND payload <> '' AND ($2 = '' OR slot = $2) LIMIT ` + batch + `)
		RETURNING complaint, payload`

	releaseParked = `UPDATE outbox SET due_at = $2 WHERE id IN (
		SELECT id FROM outbox WHERE person = $1 AND due_at = ` + parked + ` LIMIT ` + batch + `)`

	markDecided = `UPDATE people SET gathered = $2, digest_round = $3 WHERE person = $1`
	markQueued  = `UPDATE people SET digest_round = 0 WHERE person = $1`

	firstItems = `SELECT complaint, watch, presses FROM digest_items
		WHERE person = $1 AND round <= $2 AND (presses, complaint, watch) > ($3, $4, $5)
		ORDER BY presses, complaint, watch LIMIT $6`
	countItems = `SELECT count(DISTINCT complaint) FROM digest_items WHERE person = $1 AND round <= $2 AND watch <> 'repeats'`

	forgetItems = `DELETE FROM digest_items WHERE person = $1 AND round <= $2`

	// forgetWatched leaves what the next digest tells.
	forgetWatched = forgetItems + ` AND watch <> 'repeats'`

	countRepeats = `SELECT count(*) FROM digest_items WHERE person = $1 AND watch = 'repeats'`
	markRepeats  = `UPDATE people SET repeats_seen = $2 WHERE person = $1`
)

// insertItems sorts an item by the date on which something of its case is due, or
// by another that comes before.
var insertItems = engine.NewMany(`INSERT INTO digest_items (person, complaint, watch, round, presses) VALUES `, 0,
	`(?, ?, ?, ?, (SELECT CASE WHEN c.due = '' OR c.due > ? THEN ? ELSE c.due END FROM complaints c WHERE c.id = ?))`, ", ", `
ON CONFLICT (person, complaint, watch) DO UPDATE SET round = excluded.round, presses = excluded.presses`)

// Release releases what is parked, a step for each person in turn, until nothing
// is left or releaseTime is over. Outside the window everything stays parked, so
// that one morning's reminders come together.
func (g *Digests) Release(ctx context.Context, now time.Time) error {
	if !g.Policy.Calendar.InWindow(now) {
		return nil
	}
	people, err := g.toRelease(ctx, now)
	if err != nil {
		return engine.Explain(ctx, fmt.Errorf("look for parked reminders: %w", err))
	}
	if g.looking.Load() {
		people = slices.DeleteFunc(people, g.Policy.Roster.IsDirector)
	}
	for until := g.Wall().Add(releaseTime); len(people) > 0; {
		more := false
		err := g.Change(ctx, func(tx engine.Tx) (err error) {
			more, err = g.release(ctx, tx, people[0], now)
			return err
		})
		if err != nil {
			return fmt.Errorf("digest reminders: %w", err)
		}
		g.writer.Wake()
		if more {
			people = append(people, people[0])
		}
		people = people[1:]
		if !g.Wall().Before(until) {
			break
		}
	}
	return nil
}

// toRelease lists for whom something is parked, or a digest is half made.
// Another person begins each time, so that nobody waits for those with very much.
func (g *Digests) toRelease(ctx context.Context, now time.Time) (people []roster.PersonID, err error) {
	var who roster.PersonID
	for {
		err := g.Read.Get(ctx, &who, nextParked, now, who)
		if errors.Is(err, sql.ErrNoRows) {
			break
		}
		if err != nil {
			return nil, err
		}
		people = append(people, who)
	}
	if len(people) == 0 {
		return nil, nil
	}
	turn := int(g.turn.Add(1) % int64(len(people)))
	return append(people[turn:], people[:turn]...), nil
}

// release does the next step for one person: into a digest, or one by one. More
// says that there may be another.
func (g *Digests) release(ctx context.Context, tx engine.Tx, who roster.PersonID, now time.Time) (more bool, err error) {
	state, err := core.LockPerson(ctx, tx, who)
	if err != nil {
		return false, err
	}
	waiting, err := waitingDigest(ctx, tx, who)
	if err != nil {
		return false, err
	}
	round, slot := state.DigestRound, ""
	if today := g.Policy.Calendar.Today(now); state.Gathered.Before(today) {
		repeats, err := g.addRepeats(ctx, tx, who, state.Repeats, now)
		if err != nil {
			return false, fmt.Errorf("repeats: %w", err)
		}
		if round, slot, err = g.decide(ctx, tx, who, round, max(waiting.Round, min(repeats, 1)), now); err != nil {
			return false, fmt.Errorf("decide: %w", err)
		}
		if _, err := tx.Exec(ctx, markDecided, who, today, round); err != nil {
			return false, fmt.Errorf("decide: %w", err)
		}
	}
	if round > 0 {
		queued, err := g.digest(ctx, tx, assembly{who, round, slot, waiting.weekly()}, now)
		if err != nil {
			return false, fmt.Errorf("digest: %w", err)
		}
		if !queued {
			return true, nil
		}
	}
	n, err := tx.Exec(ctx, releaseParked, who, engine.Millis(g.Wall()))
	if err != nil {
		return false, fmt.Errorf("release: %w", err)
	}
	return n == releaseBatch, nil
}

// decide says what becomes of a day's first send, for all the steps that it takes:
// the round of a digest, 0 for none, and the slot of what goes into it, "" for all.
// A digest that could not be made or sent before the next day's reminders takes
// those in too, and so does one that has repeats to tell. What is going to be erased
// always comes in one message a day.
func (g *Digests) decide(ctx context.Context, tx engine.Tx, who roster.PersonID, making, waiting int, now time.Time) (round int, slot string, err error) {
	var parked struct {
		Reminders int `db:"reminders"`
		Previews  int `db:"previews"`
		Weekly    int `db:"weekly"`
	}
	if err := tx.Get(ctx, &parked, countParked, who, previews(), digestOver+2); err != nil {
		return 0, "", err
	}
	waiting = max(waiting, making)
	round = max(int(now.Unix()), waiting+1)
	together := parked.Reminders > digestOver
	if r := g.Policy.Roster; r.IsDirector(who) && !r.IsOfficer(who) {
		together = parked.Reminders > 0 && parked.Reminders+parked.Weekly > directorOver
	}
	switch {
	case together, parked.Reminders > 0 && waiting > 0:
		return round, "", nil
	case making == 0 && parked.Previews > 1: // few, so that one step takes them
		return round, previews(), nil
	}
	return making, "", nil
}

// previews is the slot of reminders that a case is going to be erased.
func previews() string { return outbox.Reminder{Watch: workflow.WatchRetention}.Slot() }

// waitingDigest locks the digest that was not sent yet. Rows of the outbox are locked
// before items, here as in settle.
func waitingDigest(ctx context.Context, tx engine.Tx, who roster.PersonID) (d pendingDigest, err error) {
	err = tx.Get(ctx, &d, lockDigest, who)
	if errors.Is(err, sql.ErrNoRows) {
		return pendingDigest{}, nil
	}
	return d, err
}

// assembly is a digest that is being made: for whom, its round, what goes into it, and
// whether the one that it takes the place of held the weekly digest.
type assembly struct {
	who    roster.PersonID
	round  int
	slot   string
	weekly bool
}

// queue queues it, with the weekly digest that waits to go along.
func (m assembly) queue(ctx context.Context, tx engine.Tx, w *Writer) error {
	if m.slot == "" {
		n, err := tx.Exec(ctx, takeWeekly, m.who)
		if err != nil {
			return fmt.Errorf("weekly digest: %w", err)
		}
		m.weekly = m.weekly || n > 0
	}
	if err := w.QueueAlone(ctx, tx, "", outbox.Digest{To: m.who, Weekly: m.weekly}, m.round); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, markQueued, m.who)
	return err
}

// digest moves what is parked into the digest that is being made, and queues that
// with the last of it.
func (g *Digests) digest(ctx context.Context, tx engine.Tx, m assembly, now time.Time) (queued bool, err error) {
	var taken []struct {
		Complaint string `db:"complaint"`
		Payload   string `db:"payload"`
	}
	if err := tx.All(ctx, &taken, takeParked, m.who, m.slot); err != nil {
		return false, err
	}
	if queued = len(taken) < releaseBatch; queued {
		if err := m.queue(ctx, tx, g.writer); err != nil {
			return false, err
		}
	}
	today := g.Policy.Calendar.Today(now).String()
	rows := make([][]any, len(taken))
	for i, one := range taken {
		p, err := outbox.Decode(outbox.KindReminder, one.Payload)
		if err != nil {
			return false, err
		}
		watch := p.(outbox.Reminder).Watch
		latest := sortsBy(watch, today)
		rows[i] = []any{m.who, one.Complaint, watch, m.round, latest, latest, one.Complaint}
	}
	if _, err := insertItems.Write(ctx, tx, nil, rows); err != nil {
		return false, fmt.Errorf("items: %w", err)
	}
	return queued, nil
}

// sortsBy is the latest date that an item is sorted by. A question, a hold and a
// request to erase are for today; everything else has a date of its own.
func sortsBy(w workflow.WatchKind, today string) string {
	switch w {
	case workflow.WatchWaiting, workflow.WatchHold, workflow.WatchErasure:
		return today
	}
	return "9999-12-31"
}

// settleItems ends the items that a digest told of. One that was dropped told of no
// repeats.
func settleItems(ctx context.Context, tx engine.Runner, d outbox.Delivery, dropped bool) error {
	digest, ok := d.Payload.(outbox.Digest)
	if !ok {
		return nil
	}
	forget := forgetItems
	if dropped {
		forget = forgetWatched
	}
	if _, err := tx.Exec(ctx, forget, digest.To, d.Version); err != nil {
		return fmt.Errorf("digest items: %w", err)
	}
	return nil
}
