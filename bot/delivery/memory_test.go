package delivery

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

// memory is an outbox without a database: rows in the order in which they
// were queued, one lease a lane, order within a case.
type memory struct {
	mu      sync.Mutex
	rows    []*row
	lanes   map[outbox.Lane]*laneState
	queued  chan struct{}
	changed chan struct{} // closed and renewed at every change
	serial  int
	left    []outbox.PendingDeletion // of the one case that moved

	remnants []outbox.Undeletable // of that case
}

type row struct {
	outbox.Delivery
	due     time.Time
	done    bool
	version int                 // shown
	history []outbox.Settlement // one for each attempt
}

type laneState struct {
	token  string
	paused time.Time // nothing new is posted before then
}

func newMemory() *memory {
	return &memory{lanes: map[outbox.Lane]*laneState{}, queued: make(chan struct{}, 1), changed: make(chan struct{})}
}

// label is what a test calls a case.
func (m *memory) label(id workflow.CaseID) string { return string(id) }

// put queues deliveries as one commit does.
func (m *memory) put(ds ...outbox.Delivery) {
	m.mu.Lock()
	for _, d := range ds {
		d.ID = int64(len(m.rows) + 1)
		if d.Lane == "" {
			d.Lane = outbox.LaneCases
		}
		if d.Key == "" {
			d.Key = "key-" + strconv.FormatInt(d.ID, 10)
		}
		if d.Version == 0 {
			d.Version = 1
		}
		m.rows = append(m.rows, &row{Delivery: d})
	}
	m.mu.Unlock()
	select {
	case m.queued <- struct{}{}:
	default:
	}
}

func (m *memory) Queued() <-chan struct{} { return m.queued }

func (m *memory) lane(l outbox.Lane) *laneState {
	if m.lanes[l] == nil {
		m.lanes[l] = &laneState{}
	}
	return m.lanes[l]
}

// next is the first row of the lane that may leave now.
func (m *memory) next(l outbox.Lane) *row {
	waiting := map[workflow.CaseID]bool{}
	for _, r := range m.rows {
		if r.done || r.Lane != l || waiting[r.Case] {
			continue
		}
		waiting[r.Case] = true
		edit := r.Kind().Edits() && r.TS != ""
		if now := time.Now(); !now.Before(r.due) && (edit || !now.Before(m.lane(l).paused)) {
			return r
		}
	}
	return nil
}

func (m *memory) Lease(context.Context) (outbox.Lease, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range m.rows {
		l := m.lane(r.Lane)
		if l.token == "" && m.next(r.Lane) != nil {
			m.serial++
			l.token = strconv.Itoa(m.serial)
			return outbox.Lease{Lane: r.Lane, Token: l.token}, true, nil
		}
	}
	return outbox.Lease{}, false, nil
}

var errLost = errors.New("lease lost")

func (m *memory) Next(_ context.Context, lease outbox.Lease) (outbox.Delivery, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.lane(lease.Lane).token != lease.Token {
		return outbox.Delivery{}, false, errLost
	}
	r := m.next(lease.Lane)
	if r == nil {
		return outbox.Delivery{}, false, nil
	}
	r.Attempts++
	if r.Attempts == 1 {
		r.FirstTry = time.Now()
	}
	d := r.Delivery
	d.Threaded = d.Kind() != outbox.KindCase && d.Case != ""
	if root := m.root(r.Case); root != nil && root != r {
		d.Root = root.TS
	}
	return d, true, nil
}

func (m *memory) root(id workflow.CaseID) *row {
	for _, r := range m.rows {
		if r.Case == id && r.Kind() == outbox.KindCase {
			return r
		}
	}
	return nil
}

func (m *memory) Settle(_ context.Context, lease outbox.Lease, d outbox.Delivery, s outbox.Settlement) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	l := m.lane(lease.Lane)
	if l.token != lease.Token {
		return errLost
	}
	r := m.rows[d.ID-1]
	r.history = append(r.history, s)
	r.due, r.Fault = s.Retry, s.Fault
	switch {
	case s.Posted != nil:
		r.done, r.Channel, r.TS, r.version, r.Attempts = true, s.Posted.Channel, s.Posted.TS, s.Posted.Version, 0
	case s.Drop, s.Done:
		r.done = true
	}
	if s.Pause {
		l.paused = s.Retry
	}
	if root := m.root(r.Case); s.RootGone && root != nil {
		root.done, root.Channel, root.TS, root.due = false, "", "", time.Time{}
	}
	m.announce()
	return nil
}

func (m *memory) PendingDeletions(context.Context, workflow.CaseID) ([]outbox.PendingDeletion, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.left), nil
}

// leftovers counts what is still to be taken away.
func (m *memory) leftovers() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.left)
}

func (m *memory) Deleted(_ context.Context, _ workflow.CaseID, l outbox.PendingDeletion) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.left = slices.DeleteFunc(m.left, func(o outbox.PendingDeletion) bool { return o == l })
	m.announce()
	return nil
}

func (m *memory) Release(_ context.Context, lease outbox.Lease) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if l := m.lane(lease.Lane); l.token == lease.Token {
		l.token = ""
	}
	m.announce()
	return nil
}

func (m *memory) announce() {
	close(m.changed)
	m.changed = make(chan struct{})
}

// edit makes a view due again, with a newer version.
func (m *memory) edit(id int64, version int) {
	m.mu.Lock()
	r := m.rows[id-1]
	r.done, r.Version = false, version
	m.mu.Unlock()
	select {
	case m.queued <- struct{}{}:
	default:
	}
}

// hurry makes a row due at once.
func (m *memory) hurry(id int64) {
	m.mu.Lock()
	m.rows[id-1].due = time.Time{}
	m.mu.Unlock()
	select {
	case m.queued <- struct{}{}:
	default:
	}
}

// await waits until a row is as it should be and returns a copy of it.
func (m *memory) await(t *testing.T, id int64, what string, ok func(row) bool) row {
	t.Helper()
	limit := time.NewTimer(20 * time.Second)
	defer limit.Stop()
	for {
		m.mu.Lock()
		r, changed := *m.rows[id-1], m.changed
		m.mu.Unlock()
		if ok(r) {
			return r
		}
		select {
		case <-changed:
		case <-limit.C:
			t.Fatalf("delivery %d: waited in vain for: %s; %d attempts, fault %q", id, what, len(r.history), r.Fault)
		}
	}
}

// awaitDone waits until a row is settled for good.
func (m *memory) awaitDone(t *testing.T, id int64) row {
	t.Helper()
	return m.await(t, id, "settled", func(r row) bool { return r.done })
}

// awaitTry waits until a row was attempted n times.
func (m *memory) awaitTry(t *testing.T, id int64, n int) row {
	t.Helper()
	return m.await(t, id, "attempt "+strconv.Itoa(n), func(r row) bool { return len(r.history) >= n })
}

// leased lists the lanes that nobody has given back.
func (m *memory) leased() (lanes []outbox.Lane) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for lane, l := range m.lanes {
		if l.token != "" {
			lanes = append(lanes, lane)
		}
	}
	return lanes
}

// Undeletables of the one case that moved.
func (m *memory) Undeletables(context.Context, workflow.CaseID) ([]outbox.Undeletable, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.remnants), nil
}

func (m *memory) SetThread(_ context.Context, _ workflow.CaseID, channel, thread string, all []outbox.Undeletable) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.remnants = slices.DeleteFunc(m.remnants, func(r outbox.Undeletable) bool {
		return r.Kind == outbox.UndeletableReply && r.Channel == channel && r.Thread == thread &&
			!slices.ContainsFunc(all, func(one outbox.Undeletable) bool { return one.TS == r.TS })
	})
	for _, r := range all {
		m.remain(r)
	}
	m.announce()
	return nil
}

func (m *memory) RecordUndeletable(_ context.Context, _ workflow.CaseID, r outbox.Undeletable) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.remain(r)
	m.announce()
	return nil
}

// remain keeps a link that is known, as the register does.
func (m *memory) remain(r outbox.Undeletable) {
	for i := range m.remnants {
		if known := &m.remnants[i]; known.Channel == r.Channel && known.TS == r.TS {
			r.Link, r.Checked = cmp.Or(r.Link, known.Link), true
			*known = r
			return
		}
	}
	m.remnants = append(m.remnants, r)
}

func (m *memory) ForgetUndeletable(_ context.Context, _ workflow.CaseID, r outbox.Undeletable) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.remnants = slices.DeleteFunc(m.remnants, func(o outbox.Undeletable) bool { return o.Channel == r.Channel && o.TS == r.TS })
	m.announce()
	return nil
}
