// Package filing registers complaints. Those that come while others are being
// written wait for them, and then share one transaction: its statements, its wait
// for the disk, and the head of the register's chain, which nobody else can have
// meanwhile.
package filing

import (
	"context"
	"sync"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/storage/records"
	"github.com/artra/klachtbot/workflow"
)

const (
	// most is how many complaints share a transaction.
	most = 16
	// patience is how long one may take; who waits for it gives up earlier.
	patience = 5 * time.Second
)

// Filer registers complaints. Any number of goroutines may ask it to, and any
// number of processes.
type Filer struct {
	*core.Core
	cases   *cases.Reader
	journal *journal.Journal
	outbox  *queue.Writer
	records *records.Records

	mu      sync.Mutex
	waiting []*filing
	working bool // a goroutine takes what waits
}

// New returns a filer that has nothing to do yet.
func New(c *core.Core, r *cases.Reader, j *journal.Journal, o *queue.Writer, f *records.Records) *Filer {
	return &Filer{Core: c, cases: r, journal: j, outbox: o, records: f}
}

// filing is one complaint that is to be registered.
type filing struct {
	cmd  workflow.Command
	gone <-chan struct{} // nobody waits for it any more
	done chan struct{}   // closed once result and err are final

	result workflow.Result
	err    error

	// What is to be written, once the rules have decided.
	change     workflow.Change
	line       journal.Line
	rows       rows
	registered bool // in this transaction; else by an earlier one
}

// File registers the complaint that cmd files. A repeat is answered with the case
// that was made, even when the rules would refuse it by now. The error is
// workflow.Refusals when the rules refuse. When ctx ends first it is unknown
// whether the complaint was registered; then the same gesture may be tried
// again.
func (f *Filer) File(ctx context.Context, cmd workflow.Command) (workflow.Result, error) {
	one := &filing{cmd: cmd, gone: ctx.Done(), done: make(chan struct{})}
	f.enter(one)
	select {
	case <-one.done:
		return one.result, one.err
	case <-ctx.Done():
		return workflow.Result{}, engine.Explain(ctx, ctx.Err())
	}
}

// enter has one wait for its turn, and somebody at work.
func (f *Filer) enter(one *filing) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.waiting = append(f.waiting, one)
	if !f.working {
		f.working = true
		go f.work()
	}
}

// work registers what waits until nothing does.
func (f *Filer) work() {
	for batch := f.next(); len(batch) > 0; batch = f.next() {
		f.register(batch)
		for _, one := range batch {
			close(one.done)
		}
	}
}

// next takes the complaints that come next; none ends the work.
func (f *Filer) next() (batch []*filing) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for len(batch) < most && len(f.waiting) > 0 {
		one := f.waiting[0]
		f.waiting = f.waiting[1:]
		select {
		case <-one.gone: // nothing was begun
		default:
			batch = append(batch, one)
		}
	}
	if len(batch) == 0 {
		f.waiting, f.working = nil, false
	}
	return batch
}

// register registers a batch. When it fails as a whole, each complaint is tried
// by itself, so that one that can't be written fails alone.
func (f *Filer) register(batch []*filing) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	err := f.together(ctx, batch)
	if err != nil && len(batch) > 1 && ctx.Err() == nil {
		for _, one := range batch {
			one.fail(f.together(ctx, []*filing{one}))
		}
		return
	}
	for _, one := range batch {
		one.fail(err)
	}
}

// fail ends a filing with an error, unless it has one already.
func (one *filing) fail(err error) {
	if one.err == nil && err != nil {
		one.result, one.err = workflow.Result{}, err
	}
}

// together decides on each complaint of a batch, and registers in one transaction
// those that the rules allow. What the rules refuse is the error of that complaint
// alone.
func (f *Filer) together(ctx context.Context, batch []*filing) error {
	now := f.Instant()
	policy, err := f.PolicyNow(ctx, f.Read, now)
	if err != nil {
		return engine.Explain(ctx, err)
	}
	var allowed []*filing
	for _, one := range batch {
		if one.err = f.prepare(one, policy, now); one.err == nil {
			allowed = append(allowed, one)
		}
	}
	if len(allowed) > 0 {
		if err := f.write(ctx, allowed, now); err != nil {
			return err
		}
	}
	for _, one := range batch {
		f.answer(ctx, one)
	}
	return nil
}

// answer says what became of a complaint: it was registered now, or before by
// the same gesture, or was refused.
func (f *Filer) answer(ctx context.Context, one *filing) {
	if one.registered {
		one.result = workflow.Result{Complaint: one.change.Complaint}
		return
	}
	if one.err != nil && len(workflow.Refused(one.err)) == 0 {
		return
	}
	id, found, err := f.journal.Known(ctx, f.Read, one.cmd.Gesture)
	if err == nil && found {
		var s cases.Stored
		s, err = f.cases.Load(ctx, f.Read, cases.ByID, id)
		one.result, one.err = workflow.Result{Complaint: s.Complaint, Repeated: true}, nil
	}
	one.fail(engine.Explain(ctx, cases.Missing(err)))
}
