package delivery

import (
	"context"
	"database/sql"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/workflow"
)

// register is a real register on SQLite of which a test sees what became of each
// delivery. What no action of people's brings about at once, a test puts into
// its tables.
type register struct {
	storage.Rooms
	t      *testing.T
	tables *sql.DB
	queued chan struct{}
	parked bool // checks of what can't be deleted wait until a test asks for one

	mu      sync.Mutex // held while rows are put in: the sender sees all of them or none
	rows    []*row     // in the order in which a test put them in
	ids     map[int64]*row
	cases   map[string]workflow.CaseID // by what a test calls them
	serial  int
	changed chan struct{} // closed and renewed at every change
}

// row is a delivery that a test put in, as the sender last got it.
type row struct {
	outbox.Delivery
	due     time.Time
	done    bool
	version int                 // shown
	history []outbox.Settlement // one for each attempt
}

func newRegister(t *testing.T, o storage.Options) *register {
	t.Helper()
	o.Pace = time.Millisecond
	db, file := bottest.RegisterFile(t, o)
	tables, err := sql.Open("sqlite", "file:"+(&url.URL{Path: file}).EscapedPath()+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := tables.Close(); err != nil {
			t.Error(err)
		}
	})
	return &register{
		Rooms: db.Rooms(), t: t, tables: tables, queued: make(chan struct{}, 1), parked: true, ids: map[int64]*row{},
		cases: map[string]workflow.CaseID{}, changed: make(chan struct{}),
	}
}

// write changes the tables.
func (r *register) write(query string, args ...any) {
	r.t.Helper()
	if _, err := r.tables.ExecContext(context.Background(), query, args...); err != nil {
		r.t.Fatal(err)
	}
}

// count returns a number from the tables.
func (r *register) count(query string, args ...any) (n int) {
	r.t.Helper()
	if err := r.tables.QueryRowContext(context.Background(), query, args...).Scan(&n); err != nil {
		r.t.Fatal(err)
	}
	return n
}

// caseOf returns the case that a test calls so; it is filed the first time, and
// nothing of it waits.
func (r *register) caseOf(label string) workflow.CaseID {
	r.t.Helper()
	if id, ok := r.cases[label]; ok || label == "" {
		return id
	}
	done, err := r.Apply(context.Background(), workflow.Command{Action: bottest.Complaint(), By: anna, Gesture: label})
	if err != nil {
		r.t.Fatal(err)
	}
	r.cases[label] = done.Complaint.ID
	r.write(`DELETE FROM outbox WHERE complaint = $1`, string(done.Complaint.ID))
	return done.Complaint.ID
}

// label is what the test calls a case.
func (r *register) label(id workflow.CaseID) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	for label, known := range r.cases {
		if known == id {
			return label
		}
	}
	return ""
}

// put queues deliveries as one commit does; their cases are called as the test
// calls them.
func (r *register) put(ds ...outbox.Delivery) {
	r.t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	defer r.wake()
	for _, d := range ds {
		d.Case = r.caseOf(string(d.Case))
		one := &row{Delivery: d}
		r.rows = append(r.rows, one)
		r.insert(one, max(d.Version, 1))
	}
}

// insert writes the row of a delivery that wants a version to be shown. Events
// of a case keep the order in which they were put in.
func (r *register) insert(one *row, wanted int) {
	r.t.Helper()
	d, now := one.Delivery, time.Now().UnixMilli()
	if d.Lane == "" {
		d.Lane = outbox.LaneCases
	}
	payload, err := outbox.Encode(d.Payload)
	if err != nil {
		r.t.Fatal(err)
	}
	r.serial++
	version, first := 0, int64(0)
	if !d.Kind().View() && !d.Kind().Stays() {
		version = r.serial
	}
	if !d.FirstTry.IsZero() {
		first = d.FirstTry.UnixMilli()
	}
	edit := r.count(`SELECT count(*) FROM views WHERE complaint = $1 AND surface = $2`, string(d.Case), string(d.Kind())) > 0
	r.write(`INSERT INTO lanes (lane, token, leased_until, next_send_at) VALUES ($1, '', 0, 0) ON CONFLICT (lane) DO NOTHING`, string(d.Lane))
	r.write(`
INSERT INTO outbox (id, lane, complaint, version, ordinal, surface, person, slot, payload, wanted, threaded, edit, queued_at, due_at, attempts, first_try, fault)
VALUES ($1, $2, $3, $4, 0, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13, $14, '')
ON CONFLICT (complaint, version, ordinal, surface, person, slot) DO UPDATE SET due_at = excluded.due_at, wanted = excluded.wanted`,
		r.serial, string(d.Lane), string(d.Case), version, string(d.Kind()), string(d.Recipient()), d.Slot(), payload,
		wanted, d.Kind().Threaded(), edit, now, d.Attempts, first)
	one.done, one.due = false, time.Time{}
	r.ids[int64(r.serial)] = one
}

// edit has a delivery show a newer version.
func (r *register) edit(n int64, version int) {
	r.t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.insert(r.rows[n-1], version)
	r.wake()
}

// hurry makes everything that waits due at once.
func (r *register) hurry() {
	r.write(`UPDATE outbox SET due_at = 0`)
	r.wake()
}

// Queued receives when a test queued something.
func (r *register) Queued() <-chan struct{} { return r.queued }

func (r *register) wake() {
	select {
	case r.queued <- struct{}{}:
	default:
	}
}

// Lease is the register's, when nothing is being put in.
func (r *register) Lease(ctx context.Context) (outbox.Lease, bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.DB.Queue().Lease(ctx)
}

// Next is the register's, and takes down what the sender gets, and what became of
// what it had.
func (r *register) Next(ctx context.Context, l outbox.Lease, settled []outbox.Settled, most int) (outbox.Batch, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	b, err := r.DB.Queue().Next(ctx, l, settled, most)
	if err != nil {
		return b, err
	}
	r.became(settled)
	for _, d := range b.Deliveries {
		if one := r.of(d); one != nil {
			one.Delivery = d
		}
	}
	return b, nil
}

// of returns the row of a delivery; nil when the register queued it itself. What
// it queues anew has another id.
func (r *register) of(d outbox.Delivery) *row {
	if one, ok := r.ids[d.ID]; ok || d.Payload == nil {
		return one
	}
	i := slices.IndexFunc(r.rows, func(one *row) bool {
		return one.Case == d.Case && one.Kind() == d.Kind() && one.Recipient() == d.Recipient() && one.Slot() == d.Slot()
	})
	if i < 0 {
		return nil
	}
	r.ids[d.ID] = r.rows[i]
	return r.rows[i]
}

// became takes down what became of attempts.
func (r *register) became(settled []outbox.Settled) {
	for _, s := range settled {
		if one := r.of(s.Delivery); one != nil && !s.Untried {
			one.history = append(one.history, s.Settlement)
			one.due, one.Fault, one.done = s.Retry, s.Fault, s.Retry.IsZero()
			if s.Posted != nil {
				one.Channel, one.TS, one.version = s.Posted.Channel, s.Posted.TS, s.Posted.Version
			}
		}
	}
	r.announce()
}

// Release is the register's, and takes down what became of what the sender had.
func (r *register) Release(ctx context.Context, l outbox.Lease, settled []outbox.Settled) error {
	err := r.DB.Queue().Release(ctx, l, settled)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err == nil {
		r.became(settled)
	}
	return err
}

func (r *register) announce() {
	close(r.changed)
	r.changed = make(chan struct{})
}

// await waits until a delivery is as it should be and returns a copy of its row.
func (r *register) await(t *testing.T, n int64, what string, ok func(row) bool) row {
	t.Helper()
	limit := time.NewTimer(20 * time.Second)
	defer limit.Stop()
	for {
		r.mu.Lock()
		one, changed := *r.rows[n-1], r.changed
		r.mu.Unlock()
		if ok(one) {
			return one
		}
		select {
		case <-changed:
		case <-limit.C:
			t.Fatalf("delivery %d: waited in vain for: %s; %d attempts, fault %q", n, what, len(one.history), one.Fault)
		}
	}
}

// awaitDone waits until a delivery is settled for good.
func (r *register) awaitDone(t *testing.T, n int64) row {
	t.Helper()
	return r.await(t, n, "settled", func(one row) bool { return one.done })
}

// awaitTry waits until a delivery was attempted so often.
func (r *register) awaitTry(t *testing.T, n int64, attempts int) row {
	t.Helper()
	return r.await(t, n, "attempt "+strconv.Itoa(attempts), func(one row) bool { return len(one.history) >= attempts })
}

// row returns a delivery as the sender last got it.
func (r *register) row(n int64) row {
	r.mu.Lock()
	defer r.mu.Unlock()
	return *r.rows[n-1]
}

// tries counts the attempts at a delivery until now.
func (r *register) tries(n int64) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.rows[n-1].history)
}

// abandoned makes an attempt at the next delivery, as a sender does that dies in
// the middle of it.
func (r *register) abandoned() outbox.Delivery {
	r.t.Helper()
	ctx := context.Background()
	l, ok, err := r.Lease(ctx)
	if !ok || err != nil {
		r.t.Fatalf("no lane: %v", err)
	}
	b, err := r.Next(ctx, l, nil, 1)
	if len(b.Deliveries) != 1 || err != nil {
		r.t.Fatalf("no delivery: %v", err)
	}
	if err := r.Release(ctx, l, nil); err != nil { // leases end with their process
		r.t.Fatal(err)
	}
	return b.Deliveries[0]
}

// abandonedAll begins attempts at deliveries of the case channel, as many as wait
// up to most, as a sender does that dies after it has taken them.
func (r *register) abandonedAll(most int) []outbox.Delivery {
	r.t.Helper()
	ctx := context.Background()
	l, ok, err := r.Lease(ctx)
	if !ok || err != nil {
		r.t.Fatalf("no lane: %v", err)
	}
	b, err := r.Next(ctx, l, nil, most)
	if err != nil {
		r.t.Fatal(err)
	}
	if err := r.Release(ctx, l, nil); err != nil {
		r.t.Fatal(err)
	}
	return b.Deliveries
}

// leased counts the lanes that nobody has given back.
func (r *register) leased() int { return r.count(`SELECT count(*) FROM lanes WHERE token <> ''`) }

// leave records what of a case is to be taken away.
func (r *register) leave(label string, all ...outbox.PendingDeletion) {
	r.t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	id := r.caseOf(label)
	for _, l := range all {
		since, after := l.Since.UnixMilli(), int64(0)
		if !l.After.IsZero() {
			after = l.After.UnixMilli()
		}
		r.write(`INSERT INTO leftovers (complaint, lane, channel, ts, root, mark, since, after, moved) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, TRUE)`,
			string(id), string(l.Lane), l.Channel, l.TS, l.Root, l.Key, since, after)
	}
}

// leftovers counts what is still to be taken away.
func (r *register) leftovers() int { return r.count(`SELECT count(*) FROM leftovers`) }

// kept are the undeletable things of a case.
func (r *register) kept(label string) []outbox.Undeletable {
	r.t.Helper()
	r.mu.Lock()
	id := r.caseOf(label)
	r.mu.Unlock()
	all, err := r.Undeletables(context.Background(), id)
	if err != nil {
		r.t.Fatal(err)
	}
	return all
}

// Undeletables are the register's.
func (r *register) Undeletables(ctx context.Context, id workflow.CaseID) ([]outbox.Undeletable, error) {
	return r.DB.Undeletables().Undeletables(ctx, id)
}

// ForgetUndeletable is the register's.
func (r *register) ForgetUndeletable(ctx context.Context, id workflow.CaseID, u outbox.Undeletable) error {
	return r.DB.Undeletables().ForgetUndeletable(ctx, id, u)
}

// RecordUndeletable is the register's.
func (r *register) RecordUndeletable(ctx context.Context, id workflow.CaseID, u outbox.Undeletable) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	defer r.park(ctx)
	return r.DB.Undeletables().RecordUndeletable(ctx, id, u)
}

// SetThread is the register's.
func (r *register) SetThread(ctx context.Context, id workflow.CaseID, channel, thread string, all []outbox.Undeletable) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	defer r.park(ctx)
	return r.DB.Undeletables().SetThread(ctx, id, channel, thread, all)
}

// park keeps the check that the register queues with what it records from coming
// before the test has set its scene.
func (r *register) park(ctx context.Context) {
	if !r.parked {
		return
	}
	_, err := r.tables.ExecContext(context.WithoutCancel(ctx), `UPDATE outbox SET due_at = $1 WHERE surface = $2`,
		time.Now().Add(time.Hour).UnixMilli(), string(outbox.KindUndeletableCheck))
	if err != nil {
		r.t.Fatal(err)
	}
}

// check has what can't be deleted of a case checked, and returns that delivery.
func (r *register) check(label string) int64 {
	r.newDay()
	r.mu.Lock()
	r.parked = false
	r.mu.Unlock()
	r.put(outbox.Delivery{Case: workflow.CaseID(label), Payload: outbox.UndeletableCheck{}, Lane: outbox.LaneUndeletable})
	r.mu.Lock()
	defer r.mu.Unlock()
	return int64(len(r.rows))
}

// newDay makes what was checked due again.
func (r *register) newDay() { r.write(`UPDATE remnants SET looked = ''`) }
