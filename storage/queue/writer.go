// Package queue keeps the outbox in the register: what waits to be sent, where
// what was posted stands, and what is to be taken away again.
//
// A Writer puts deliveries in, within the transaction of the change that asks
// for them. A Queue is the sender's side: it leases lanes, hands out what is
// due and records what became of it. Digests gather a morning's reminders in
// one message, and Documents keep files sealed until they were sent.
package queue

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
)

// Writer puts deliveries into the outbox, and moves what is there with its case.
type Writer struct {
	*core.Core
	signal chan struct{} // see Queue.Queued
}

// NewWriter returns the writer of a register's outbox.
func NewWriter(c *core.Core) *Writer { return &Writer{c, make(chan struct{}, 1)} }

// Statements are the hot ones.
func Statements() []string {
	all := []string{
		nextParked, upsertRow, candidateLanes, claimLane, settleLane, releaseLane,
		claimFirst, postsWait, retryRow, againRow, lockDigest, takeParked, releaseParked,
	}
	for _, m := range []engine.Many{insertLanes, insertRows, claimNext, standing, removeRows, showViews, rememberMessages, insertItems} {
		all = append(all, m.Statements()...)
	}
	return all
}

var insertLanes = engine.NewMany(`
INSERT INTO lanes (lane, token, leased_until, next_send_at) VALUES `, 0, "(?, '', 0, 0)", ", ", `
ON CONFLICT (lane) DO NOTHING`)

// upsertRow puts a row in, or makes the row of a view want a newer version.
// A view that is posted anew ($14) is another message then, with another key,
// and starts its attempts again; one that edits is still the same message, where
// it stands ($15). A row that waits stays due when it was ($12).
const upsertRow = `
INSERT INTO outbox (id, lane, complaint, version, ordinal, surface, person, slot, wanted, threaded,
    queued_at, due_at, payload, attempts, first_try, fault, edit)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, 0, '',
    EXISTS (SELECT 1 FROM views v WHERE v.complaint = $3 AND v.surface = $15)
    OR $3 = '' AND EXISTS (SELECT 1 FROM personal_views v WHERE v.surface = $15))
ON CONFLICT (complaint, version, ordinal, surface, person, slot) DO UPDATE SET
    lane      = excluded.lane,
    payload   = excluded.payload,
    wanted    = excluded.wanted,
    attempts  = CASE WHEN $14 THEN 0 ELSE outbox.attempts END,
    first_try = CASE WHEN $14 THEN 0 ELSE outbox.first_try END
WHERE outbox.wanted < excluded.wanted`

// Enqueue puts into the outbox what a change of c asked to show, in the
// change's own transaction; call Wake once that has committed.
func (w *Writer) Enqueue(ctx context.Context, tx engine.Runner, c *workflow.Complaint, effects []workflow.Effect) error {
	if len(effects) == 0 {
		return nil
	}
	items := make([]outbox.Item, len(effects))
	var lanes []outbox.Lane
	for i, e := range effects {
		items[i] = outbox.From(e, c, w.Policy.Roster)
		lanes = append(lanes, items[i].Lane)
	}
	if err := ensureLanes(ctx, tx, lanes); err != nil {
		return err
	}
	for i, item := range items {
		if err := put(ctx, tx, rowFor(item, c, i), item.Payload, w.Wall()); err != nil {
			return err
		}
	}
	return nil
}

// insertRows inserts what is asked for cases that are filed just now: nothing of
// them waits or stands in Slack yet.
var insertRows = engine.NewMany(`INSERT INTO outbox (id, lane, complaint, version, ordinal, surface, person, slot, wanted, threaded,
    queued_at, due_at, payload, attempts, first_try, fault, edit)
VALUES `, 0, "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, '', FALSE)", ", ", "")

// Asked is what a change of a case asked to show.
type Asked struct {
	Case    *workflow.Complaint
	Effects []workflow.Effect
}

// EnqueueNew is Enqueue for cases that are filed in this transaction.
func (w *Writer) EnqueueNew(ctx context.Context, tx engine.Runner, all []Asked) error {
	var rows [][]any
	var lanes []outbox.Lane
	for _, of := range all {
		for i, e := range of.Effects {
			item := outbox.From(e, of.Case, w.Policy.Roster)
			lanes = append(lanes, item.Lane)
			values, err := rowFor(item, of.Case, i).values(item.Payload, w.Wall())
			if err != nil {
				return err
			}
			rows = append(rows, values)
		}
	}
	if err := ensureLanes(ctx, tx, lanes); err != nil {
		return err
	}
	if _, err := insertRows.Write(ctx, tx, nil, rows); err != nil {
		return fmt.Errorf("outbox rows: %w", err)
	}
	return nil
}

// ensureLanes makes the lanes that not every register has (00017_head.sql), in one
// order, so that of two processes neither waits for the other.
func ensureLanes(ctx context.Context, tx engine.Runner, lanes []outbox.Lane) error {
	var rows [][]any
	for _, lane := range slices.Compact(slices.Sorted(slices.Values(lanes))) {
		if _, direct := lane.Direct(); direct {
			rows = append(rows, []any{string(lane)})
		}
	}
	if _, err := insertLanes.Write(ctx, tx, nil, rows); err != nil {
		return fmt.Errorf("lanes: %w", err)
	}
	return nil
}

// rowFor is the row of the effect that stands at that place in a change of c.
func rowFor(item outbox.Item, c *workflow.Complaint, ordinal int) Row {
	row := rowOf(item, c.ID, c.Version)
	if !item.Kind().View() {
		row.Version, row.Ordinal = c.Version, ordinal
	}
	return row
}

// rowOf is the row of a view, or of what stands in no order with a case's other
// deliveries. What is personal is of no case.
func rowOf(item outbox.Item, id workflow.CaseID, wanted int) Row {
	if item.Kind().Personal() {
		id = ""
	}
	return Row{
		Lane: string(item.Lane), Complaint: string(id), Surface: string(item.Kind()),
		Person: string(item.Recipient()), Slot: item.Slot(), Wanted: wanted, Threaded: item.Threaded,
	}
}

// QueueAlone queues what goes where it goes whatever its case, "" for none, looks
// like.
func (w *Writer) QueueAlone(ctx context.Context, tx engine.Runner, id workflow.CaseID, p outbox.Payload, wanted int) error {
	row := rowOf(outbox.Alone(p), id, wanted)
	if err := ensureLanes(ctx, tx, []outbox.Lane{outbox.Lane(row.Lane)}); err != nil {
		return err
	}
	return put(ctx, tx, row, p, w.Wall())
}

// viewStands counts a view that stands in Slack or waits to be posted there.
const viewStands = `SELECT (SELECT count(*) FROM personal_views v WHERE v.surface = $1)
	+ (SELECT count(*) FROM outbox o WHERE o.complaint = '' AND o.version = 0 AND o.ordinal = 0
		AND o.surface = $2 AND o.person = $3 AND o.slot = $4)`

// RenewAlone has a message of no case brought up to date, where there is one: it is
// never posted for that.
func (w *Writer) RenewAlone(ctx context.Context, tx engine.Tx, p outbox.Payload, wanted int) error {
	row, n := rowOf(outbox.Alone(p), "", wanted), 0
	if err := tx.Get(ctx, &n, viewStands, row.place(), row.Surface, row.Person, row.Slot); err != nil || n == 0 {
		return err
	}
	return w.QueueAlone(ctx, tx, "", p, wanted)
}

// put writes a row of the outbox.
func put(ctx context.Context, tx engine.Runner, row Row, p outbox.Payload, now time.Time) error {
	values, err := row.values(p, now)
	if err != nil {
		return err
	}
	if _, err = tx.Exec(ctx, upsertRow, append(values, p.Kind().Anew(), row.place())...); err != nil {
		return fmt.Errorf("outbox row: %w", err)
	}
	return nil
}

// rowID is a random positive number: counting up would make changes of
// different cases wait for each other.
func rowID() (int64, error) {
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		return 0, fmt.Errorf("row id: %w", err)
	}
	return int64(binary.BigEndian.Uint64(b[:]) >> 1), nil
}

// Wake tells the sender in this process that something was queued.
func (w *Writer) Wake() {
	select {
	case w.signal <- struct{}{}:
	default: // it was told already
	}
}
