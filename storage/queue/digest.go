package queue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
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
// left to tick. A crash between the two loses nothing: the rows wait for the next
// sweep, of any replica.

// Digests gather what people are reminded of.
type Digests struct {
	*core.Core
	writer *Writer
	week   atomic.Value // Monday of the week whose weekly digests this process saw to, as a string
}

// NewDigests returns the digests of what w writes.
func NewDigests(w *Writer) *Digests { return &Digests{Core: w.Core, writer: w} }

// digestOver is how many reminders a person gets singly at a day's first send.
const digestOver = 3

// parkedAt is the due_at of what waits for its digest: in the year 9999. The
// index on it needs it as a literal, which parked is.
const (
	parkedAt = 253370764800000
	parked   = "253370764800000"
)

const (
	// parkedPeople are those for whom something is parked, once every case
	// that is due was looked at. A case that can't be looked at is postponed,
	// and holds nobody's reminders up.
	parkedPeople = `SELECT DISTINCT person FROM outbox WHERE due_at = ` + parked + `
		AND NOT EXISTS (SELECT 1 FROM complaints c WHERE c.next_at <= $1)`

	countParked = `SELECT count(*) AS reminders, count(CASE WHEN slot = $2 THEN 1 END) AS previews
		FROM outbox WHERE person = $1 AND due_at = ` + parked + ` AND surface = 'nudge'`

	// unsentDigest is the round of the digest that waits, 0 when none does.
	unsentDigest = `SELECT wanted FROM outbox
		WHERE complaint = '' AND version = 0 AND ordinal = 0 AND surface = 'digest' AND person = $1 AND slot = ''`

	// takeParked takes all, or only those with a slot. One that can't be read is
	// left: it fails by itself.
	takeParked = `DELETE FROM outbox WHERE person = $1 AND due_at = ` + parked + ` AND surface = 'nudge'
		AND payload <> '' AND ($2 = '' OR slot = $2) RETURNING complaint, payload`

	releaseParked = `UPDATE outbox SET due_at = $2 WHERE person = $1 AND due_at = ` + parked

	markReleased = `UPDATE people SET gathered = $2 WHERE person = $1`

	insertItem = `INSERT INTO digest_items (person, complaint, watch, round) VALUES ($1, $2, $3, $4)
		ON CONFLICT (person, complaint, watch) DO UPDATE SET round = excluded.round`

	itemsOfRound = `SELECT complaint, watch FROM digest_items WHERE person = $1 AND round <= $2 ORDER BY complaint, watch`

	forgetItems = `DELETE FROM digest_items WHERE person = $1 AND round <= $2`
)

// Release releases what is parked, each person's in a transaction of its own.
// Outside the window everything stays parked, so that one morning's reminders
// come together. It costs what is parked.
func (g *Digests) Release(ctx context.Context, now time.Time) error {
	if !g.Policy.Calendar.InWindow(now) {
		return nil
	}
	var people []roster.PersonID
	if err := g.Read.All(ctx, &people, parkedPeople, now); err != nil {
		return engine.Explain(ctx, fmt.Errorf("look for parked reminders: %w", err))
	}
	for _, who := range people {
		err := g.Change(ctx, func(tx engine.Tx) error { return g.releaseFor(ctx, tx, who, now) })
		if err != nil {
			return fmt.Errorf("digest reminders: %w", err)
		}
	}
	if len(people) > 0 {
		g.writer.Wake()
	}
	return nil
}

// releaseFor decides for one person: a digest, or one by one. A digest that
// could not be sent before the next day's reminders takes those in too. What is
// going to be erased always comes in one message a day.
func (g *Digests) releaseFor(ctx context.Context, tx engine.Tx, who roster.PersonID, now time.Time) error {
	today := g.Policy.Calendar.Today(now)
	state, err := core.LockPerson(ctx, tx, who)
	if err != nil {
		return err
	}
	if first := state.Gathered.Before(today); first {
		if err := g.firstOfDay(ctx, tx, who, now); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(ctx, releaseParked, who, engine.Millis(g.Wall())); err != nil {
		return fmt.Errorf("release: %w", err)
	}
	_, err = tx.Exec(ctx, markReleased, who, today)
	return err
}

// firstOfDay decides about a day's first send.
func (g *Digests) firstOfDay(ctx context.Context, tx engine.Tx, who roster.PersonID, now time.Time) error {
	waiting, err := waitingDigest(ctx, tx, who)
	if err != nil {
		return err
	}
	var parked struct {
		Reminders int `db:"reminders"`
		Previews  int `db:"previews"`
	}
	if err := tx.Get(ctx, &parked, countParked, who, previews()); err != nil {
		return fmt.Errorf("count parked: %w", err)
	}
	all := parked.Reminders > digestOver || parked.Reminders > 0 && waiting > 0
	if !all && parked.Previews < 2 {
		return nil
	}
	slot := ""
	if !all {
		slot = previews()
	}
	if err := g.digest(ctx, tx, who, max(int(now.Unix()), waiting+1), slot); err != nil {
		return fmt.Errorf("digest: %w", err)
	}
	return nil
}

// previews is the slot of reminders that a case is going to be erased.
func previews() string { return outbox.Reminder{Watch: workflow.WatchRetention}.Slot() }

func waitingDigest(ctx context.Context, tx engine.Tx, who roster.PersonID) (round int, err error) {
	err = tx.Get(ctx, &round, unsentDigest, who)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return round, err
}

// digest makes one row of what is parked for somebody: all, or what is in one
// slot. Rows of the outbox are locked before items, here as in Settle.
func (g *Digests) digest(ctx context.Context, tx engine.Tx, who roster.PersonID, round int, slot string) error {
	var items []struct {
		Complaint string `db:"complaint"`
		Payload   string `db:"payload"`
	}
	if err := tx.All(ctx, &items, takeParked, who, slot); err != nil {
		return err
	}
	if err := g.writer.QueueAlone(ctx, tx, "", outbox.Digest{To: who}, round); err != nil {
		return err
	}
	for _, item := range items {
		p, err := outbox.Decode(outbox.KindReminder, item.Payload)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, insertItem, who, item.Complaint, p.(outbox.Reminder).Watch, round); err != nil {
			return fmt.Errorf("item: %w", err)
		}
	}
	return nil
}

// settleItems ends the items that a digest told of.
func settleItems(ctx context.Context, tx engine.Runner, d outbox.Delivery) error {
	digest, ok := d.Payload.(outbox.Digest)
	if !ok {
		return nil
	}
	if _, err := tx.Exec(ctx, forgetItems, digest.To, d.Version); err != nil {
		return fmt.Errorf("digest items: %w", err)
	}
	return nil
}

// DigestItems returns what a digest or a weekly digest tells of, as it is to be
// looked at once more when it leaves.
func (g *Digests) DigestItems(ctx context.Context, d outbox.Delivery) ([]outbox.DigestItem, error) {
	if d.Kind() == outbox.KindWeeklyDigest {
		items, err := g.overdue(ctx, g.Read, d.Recipient(), g.Instant())
		return items, engine.Explain(ctx, err)
	}
	var rows []struct {
		Case  workflow.CaseID    `db:"complaint"`
		Watch workflow.WatchKind `db:"watch"`
	}
	if err := g.Read.All(ctx, &rows, itemsOfRound, d.Recipient(), d.Version); err != nil {
		return nil, engine.Explain(ctx, fmt.Errorf("digest items: %w", err))
	}
	items := make([]outbox.DigestItem, len(rows))
	for i, r := range rows {
		items[i] = outbox.DigestItem(r)
	}
	return items, nil
}
