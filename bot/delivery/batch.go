package delivery

import (
	"context"
	"sync"
	"time"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

// abreast is how many deliveries of a lane may wait for Slack's answer at once:
// twice what Slack takes in a burst, since edits count for no pace. At Slack's
// pace each post has its answer before the next begins; where the pace is no
// limit, three left the lane idle between answers (measured: 6 gave a tenth more
// cases a second on PostgreSQL, a fifth on SQLite).
const abreast = 6

// batch is the deliveries of one lane that were taken together.
type batch struct {
	taken   time.Time
	mu      sync.Mutex
	ended   *sync.Cond // an attempt
	settled []outbox.Settled
	busy    map[workflow.CaseID]bool // an attempt is under way
	waiting map[workflow.CaseID]bool // an attempt failed; "" is the whole lane
	roots   map[workflow.CaseID]string
}

func newBatch(all []outbox.Delivery, taken time.Time) *batch {
	b := &batch{
		taken: taken, settled: make([]outbox.Settled, len(all)),
		busy: map[workflow.CaseID]bool{}, waiting: map[workflow.CaseID]bool{}, roots: map[workflow.CaseID]string{},
	}
	b.ended = sync.NewCond(&b.mu)
	for i, d := range all {
		b.settled[i] = outbox.Settled{Delivery: d, Settlement: outbox.Settlement{Untried: true}}
	}
	return b
}

// each begins attempts at deliveries in their order, one at a time of each case,
// and says what became of all. Not tried are those for which the lease may become
// too short, those of a case of which an earlier one did not arrive, and those
// behind a rest that Slack asked for.
func (s *Sender) each(ctx context.Context, lease outbox.Lease, all []outbox.Delivery, taken time.Time) []outbox.Settled {
	b := newBatch(all, taken)
	for i, d := range all {
		slackapi.Pause(ctx, min(d.NotBefore.Sub(s.now()), longestHold))
		if !b.begin(ctx, i, d.Case) {
			continue
		}
		if d.Threaded && d.Root == "" {
			d.Root = b.root(d.Case)
		}
		go func() { b.end(i, s.carryOut(ctx, lease, d)) }()
	}
	return b.wait()
}

// carryOut attempts a delivery and says what became of it.
func (s *Sender) carryOut(ctx context.Context, lease outbox.Lease, d outbox.Delivery) outbox.Settled {
	began := time.Now()
	posted, err := s.attempt(ctx, lease, d)
	became := outcome(d, posted, err, s.messages.lastWord(d, s.now().Add(-time.Since(began))), s.now())
	s.report(ctx, d, became, err, time.Since(began))
	return outbox.Settled{Delivery: d, Settlement: became}
}

// begin waits until an attempt at delivery i may be made, and reports whether it
// still should. What belongs to no case goes alone.
func (b *batch) begin(ctx context.Context, i int, of workflow.CaseID) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.busy) >= abreast || b.busy[of] || b.busy[""] || of == "" && len(b.busy) > 0 {
		b.ended.Wait()
	}
	late := ctx.Err() != nil || time.Since(b.taken) > outbox.BatchTime
	if i > 0 && (late || b.waiting[""] || of != "" && b.waiting[of]) {
		return false
	}
	b.busy[of] = true
	return true
}

// end records what became of an attempt.
func (b *batch) end(i int, one outbox.Settled) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.settled[i] = one
	delete(b.busy, one.Delivery.Case)
	switch {
	case one.Pause:
		b.waiting[""] = true
	case !one.Retry.IsZero():
		b.waiting[one.Delivery.Case] = one.Delivery.Case != ""
	case one.Delivery.Kind() == outbox.KindCase && one.Posted != nil:
		b.roots[one.Delivery.Case] = one.Posted.TS
	}
	b.ended.Broadcast()
}

// root is the case message that this batch posted.
func (b *batch) root(of workflow.CaseID) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.roots[of]
}

// wait returns what became of all once no attempt is under way.
func (b *batch) wait() []outbox.Settled {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.busy) > 0 {
		b.ended.Wait()
	}
	return b.settled
}
