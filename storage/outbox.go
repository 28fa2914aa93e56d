package storage

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

// The outbox: what a change asked to show waits here until the sender has
// shown it. This file puts in (enqueue, in the transaction of the change) and
// tells how it stands (Backlog); lanes.go gives out and takes back.

// outboxStatements are the hot ones.
func outboxStatements() []string {
	return []string{
		insertLane, upsertOutbox, candidateLanes, claimLane, renewLane, settleLane, releaseLane,
		nextDelivery, caseMessageAt, retryRow, removeRow, againRow, showView, rememberMessage,
	}
}

const insertLane = `
INSERT INTO lanes (lane, token, leased_until, next_send_at) VALUES ($1, '', 0, 0)
ON CONFLICT (lane) DO NOTHING`

// upsertOutbox puts a row in, or makes the row of a view want a newer version.
// A view that is posted anew ($12) is another message then, with another key,
// and starts its attempts again; one that edits is still the same message. A
// row that waits stays due when it was ($13).
const upsertOutbox = `
INSERT INTO outbox (id, lane, complaint, version, ordinal, surface, person, slot, payload, wanted,
    threaded, queued_at, due_at, attempts, first_try, fault, edit)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $14, $9, $10, $11, $13, 0, 0, '',
    EXISTS (SELECT 1 FROM views v WHERE v.complaint = $3 AND v.surface = $6))
ON CONFLICT (complaint, version, ordinal, surface, person, slot) DO UPDATE SET
    lane      = excluded.lane,
    payload   = excluded.payload,
    wanted    = excluded.wanted,
    attempts  = CASE WHEN $12 THEN 0 ELSE outbox.attempts END,
    first_try = CASE WHEN $12 THEN 0 ELSE outbox.first_try END
WHERE outbox.wanted < excluded.wanted`

// enqueue puts into the outbox what a change of c asked to show, in the
// change's own transaction; call queued once that has committed.
func (db *DB) enqueue(ctx context.Context, tx engine.Runner, c *workflow.Complaint, effects []workflow.Effect) error {
	if len(effects) == 0 {
		return nil
	}
	lanes := map[outbox.Lane]bool{}
	for i, e := range effects {
		item := outbox.From(e, c, db.policy.Roster)
		if !lanes[item.Lane] {
			if _, err := tx.Exec(ctx, insertLane, string(item.Lane)); err != nil {
				return fmt.Errorf("lane: %w", err)
			}
			lanes[item.Lane] = true
		}
		row := rowOf(item, c.ID, c.Version)
		if !item.Kind().View() {
			row.Version, row.Ordinal = c.Version, i
		}
		if err := queue(ctx, tx, row, item.Payload, db.wall()); err != nil {
			return err
		}
	}
	return nil
}

// rowOf is the row of a view, or of what stands in no order with a case's other
// deliveries. What is personal is of no case.
func rowOf(item outbox.Item, id workflow.CaseID, wanted int) outboxRow {
	if item.Kind().Personal() {
		id = ""
	}
	return outboxRow{
		Lane: string(item.Lane), Complaint: string(id), Surface: string(item.Kind()),
		Person: string(item.Recipient()), Slot: item.Slot(), Wanted: wanted, Threaded: item.Threaded,
	}
}

// queueAlone queues what goes where it goes whatever its case, "" for none, looks
// like.
func (db *DB) queueAlone(ctx context.Context, tx engine.Runner, id workflow.CaseID, p outbox.Payload, wanted int) error {
	row := rowOf(outbox.Alone(p), id, wanted)
	if _, err := tx.Exec(ctx, insertLane, row.Lane); err != nil {
		return fmt.Errorf("lane: %w", err)
	}
	return queue(ctx, tx, row, p, db.wall())
}

func queue(ctx context.Context, tx engine.Runner, row outboxRow, p outbox.Payload, now time.Time) error {
	payload, err := outbox.Encode(p)
	if err != nil {
		return fmt.Errorf("outbox row: %w", err)
	}
	id, err := rowID()
	if err != nil {
		return err
	}
	due := engine.Millis(now)
	if p.Kind() == outbox.KindReminder {
		due = parkedAt
	}
	_, err = tx.Exec(ctx, upsertOutbox, id, row.Lane, row.Complaint, row.Version, row.Ordinal, row.Surface,
		row.Person, row.Slot, row.Wanted, row.Threaded, engine.Millis(now), p.Kind().Anew(), due, payload)
	if err != nil {
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

// startOutbox readies the outbox after opening. On a file this is the only
// process, so whoever held a lease is gone.
func (db *DB) startOutbox(ctx context.Context) error {
	if db.engine.Shared() {
		return nil // replicas may be sending
	}
	return db.clearLeases(ctx)
}

// queued tells the sender in this process that something was queued.
func (db *DB) queued() {
	select {
	case db.signal <- struct{}{}:
	default: // it was told already
	}
}

// Queued receives after a change in this process queued something. Other
// replicas learn of it by looking.
func (db *DB) Queued() <-chan struct{} { return db.signal }

// outboxRow is a row on its way out.
type outboxRow struct {
	ID        int64  `db:"id"`
	Lane      string `db:"lane"`
	Complaint string `db:"complaint"`
	Version   int    `db:"version"`
	Ordinal   int    `db:"ordinal"`
	Surface   string `db:"surface"`
	Person    string `db:"person"`
	Slot      string `db:"slot"`
	Payload   string `db:"payload"`
	Wanted    int    `db:"wanted"`
	Attempts  int    `db:"attempts"`
	FirstTry  int64  `db:"first_try"`
	Fault     string `db:"fault"`
	Threaded  bool   `db:"threaded"`
}

func (r outboxRow) kind() outbox.Kind { return outbox.Kind(r.Surface) }

// payload is what the row is about. One that can't be read makes no difference to
// the rows beside it: the sender fails at it, and it shows as failing.
func (r outboxRow) payload() outbox.Payload {
	p, err := outbox.Decode(r.kind(), r.Payload)
	if err != nil {
		return outbox.Unreadable{Of: r.kind()}
	}
	return p
}

// spot is where a message stands.
type spot struct {
	Channel string `db:"channel"`
	TS      string `db:"ts"`
}

// delivery is the row as the sender gets it; root is the case message.
func (db *DB) delivery(r outboxRow, root spot) outbox.Delivery {
	d := outbox.Delivery{
		Payload: r.payload(), ID: r.ID, Lane: outbox.Lane(r.Lane), Case: workflow.CaseID(r.Complaint),
		Version: r.Wanted, Key: deliveryKey(db.core.Keys, r),
		Attempts: r.Attempts, FirstTry: engine.FromMillis(r.FirstTry), Fault: r.Fault, Threaded: r.Threaded,
	}
	switch {
	case r.Threaded:
		d.Root = root.TS
	case d.Kind().Edits():
		d.Channel, d.TS = root.Channel, root.TS
	}
	return d
}

// deliveryKey is what the message of a row carries: the same at every attempt
// and for every edit of the case message, another for each nudge. Who lacks
// the ring can neither read it nor make one.
func deliveryKey(keys *vault.Ring, row outboxRow) string {
	number := row.Version
	if row.kind().Anew() {
		number = row.Wanted
	}
	sum := keys.DeliveryMAC([]byte(row.Complaint), []byte(row.Surface), []byte(row.Person), []byte(row.Slot),
		strconv.AppendInt(nil, int64(number), 10), strconv.AppendInt(nil, int64(row.Ordinal), 10))
	return hex.EncodeToString(sum[:16])
}

// Backlog is how the outbox stands.
type Backlog struct {
	Due     int       // deliveries whose time has come
	Failing int       // deliveries whose last attempt failed
	Oldest  time.Time // since when the oldest delivery waits that is not parked; zero when none does
}

const backlog = `
SELECT count(CASE WHEN due_at <= $1 THEN 1 END) AS due, count(CASE WHEN fault <> '' THEN 1 END) AS failing,
    min(CASE WHEN queued_at <= $2 AND due_at <> ` + parked + ` THEN queued_at END) AS oldest
FROM outbox`

// thisMoment is how far ahead a row counts as queued by now: one that came
// while somebody looked does, one that is for tomorrow does not.
const thisMoment = time.Minute

// Backlog tells how the outbox stands.
func (db *DB) Backlog(ctx context.Context) (Backlog, error) {
	var row struct {
		Due     int           `db:"due"`
		Failing int           `db:"failing"`
		Oldest  sql.NullInt64 `db:"oldest"`
	}
	now := db.wall()
	if err := db.read.Get(ctx, &row, backlog, engine.Millis(now), engine.Millis(now.Add(thisMoment))); err != nil {
		return Backlog{}, engine.Explain(ctx, fmt.Errorf("backlog: %w", err))
	}
	return Backlog{Due: row.Due, Failing: row.Failing, Oldest: engine.FromMillis(row.Oldest.Int64)}, nil
}

// stuckAfter is how many attempts a delivery may need before it counts as
// one that does not arrive: the first failures mend themselves mostly.
const stuckAfter = 3

const undelivered = `SELECT count(*) FROM outbox WHERE lane = $1 AND fault <> '' AND attempts >= $2`

// Undelivered returns how many messages for the case channel keep failing. It
// leaves direct messages out: a guarded case must not show as a count either.
func (db *DB) Undelivered(ctx context.Context) (n int, err error) {
	if err := db.read.Get(ctx, &n, undelivered, string(outbox.LaneCases), stuckAfter); err != nil {
		return 0, engine.Explain(ctx, fmt.Errorf("undelivered: %w", err))
	}
	return n, nil
}

const outboxColumns = `id, lane, complaint, version, ordinal, surface, person, slot, payload, wanted, attempts, first_try, fault, threaded`

const failing = `
SELECT ` + outboxColumns + `
FROM outbox WHERE fault <> '' ORDER BY queued_at, id LIMIT $1`

// Failing lists at most limit deliveries whose last attempt failed, the one
// that waits longest first: which they are, how often they were tried, and
// the word for what went wrong.
func (db *DB) Failing(ctx context.Context, limit int) ([]outbox.Delivery, error) {
	var rows []outboxRow
	if err := db.read.All(ctx, &rows, failing, limit); err != nil {
		return nil, engine.Explain(ctx, fmt.Errorf("failing deliveries: %w", err))
	}
	list := make([]outbox.Delivery, len(rows))
	for i, row := range rows {
		list[i] = db.delivery(row, spot{})
	}
	return list, nil
}

// kindsThat lists kinds for SQL.
func kindsThat(is func(outbox.Kind) bool) string {
	var words []string
	for _, k := range outbox.Kinds() {
		if is(k) {
			words = append(words, "'"+string(k)+"'")
		}
	}
	return strings.Join(words, ", ")
}
