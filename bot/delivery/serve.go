package delivery

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

// serve carries out a lane's deliveries until none is due or ctx ends, and gives
// the lane back. What became of some is recorded together with taking the next.
func (s *Sender) serve(ctx context.Context, lease outbox.Lease) {
	s.messages.turns.begin(lease.Lane)
	var settled []outbox.Settled
	for ctx.Err() == nil {
		taken := time.Now()
		batch, err := s.next(ctx, lease, settled)
		if err != nil {
			s.log.ErrorContext(ctx, "outbox next", "lane", lease.Lane, "error", err)
			s.release(ctx, lease, nil) // whether it was recorded is unknown
			return
		}
		if batch.Released {
			s.comeBack(batch.Again)
			return
		}
		settled = s.each(ctx, lease, batch.Deliveries, taken)
	}
	s.release(ctx, lease, settled)
}

// next records what became of deliveries and takes more. In the lanes that are
// for something else than messages each delivery takes its time, and is taken
// alone.
func (s *Sender) next(ctx context.Context, lease outbox.Lease, settled []outbox.Settled) (outbox.Batch, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), outbox.SettleTime)
	defer cancel()
	most := 1
	if lease.Lane.Posts() {
		most = together
	}
	batch, err := s.outbox.Next(ctx, lease, settled, most)
	if err == nil {
		s.recorded(settled)
	}
	return batch, err
}

// longestHold is more than a lane's posts are taken ahead of its pace: a clock that
// is put back meanwhile must not have them wait for what it said before.
const longestHold = time.Second

// attempt makes one attempt; a panic in it is an error of this delivery only.
func (s *Sender) attempt(ctx context.Context, lease outbox.Lease, d outbox.Delivery) (posted outbox.Posted, err error) {
	defer func() {
		if p := recover(); p != nil {
			s.panics.Recovered(ctx, "panic in a delivery", "id", d.ID, "kind", d.Kind())
			err = renderError(errPanic)
			if d.Kind() == outbox.KindLetter { // it may have left
				err = stillInDoubt(err)
			}
		}
	}()
	if _, ok := d.Payload.(outbox.Unreadable); ok {
		return outbox.Posted{}, renderError(errUnreadable)
	}
	switch d.Kind() {
	case outbox.KindLetter:
		return outbox.Posted{}, s.letters.send(ctx, lease, d)
	case outbox.KindFileImport:
		return outbox.Posted{}, s.files.take(ctx, d)
	}
	return s.messages.deliver(ctx, d)
}

// recorded follows what the register has on record by now.
func (s *Sender) recorded(settled []outbox.Settled) {
	for _, one := range settled {
		if one.Untried {
			continue
		}
		s.messages.settled(one.Delivery)
		s.reportAccepted(one)
		s.comeBack(one.Retry)
	}
}

// comeBack has the outbox looked at at that moment, unless that is zero or too
// far ahead.
func (s *Sender) comeBack(at time.Time) {
	if wait := at.Sub(s.now()); !at.IsZero() && wait < wakeWithin {
		time.AfterFunc(wait, s.Wake)
	}
}

// report logs and counts what became of an attempt, and sees to what a person
// must mend.
func (s *Sender) report(ctx context.Context, d outbox.Delivery, settlement outbox.Settlement, err error, took time.Duration) {
	what := describe(settlement)
	s.settled.WithLabelValues(what).Inc()
	level := slog.LevelDebug
	if settlement.Fault != "" && settlement.Fault != faultMoot {
		level = slog.LevelWarn
	}
	s.log.Log(ctx, level, "delivery "+what, "id", d.ID, "lane", d.Lane, "kind", d.Kind(),
		"attempt", d.Attempts, "fault", settlement.Fault, "took", took.Round(time.Millisecond))
	if settlement.Fault == faultRender {
		s.log.ErrorContext(ctx, "delivery not rendered", "id", d.ID, "error", err)
	}
	if refused := slackapi.RefusedToken(slackapi.BotSetting, err); refused != nil {
		select {
		case s.refused <- refused:
		default: // it is known already
		}
	}
	s.reportRefusal(d, err)
}

// reportRefusal tells the monitor where Slack takes no messages, so that people are
// alarmed who can mend it.
func (s *Sender) reportRefusal(d outbox.Delivery, err error) {
	var call *slackapi.CallError
	shows := errors.As(err, &call) && slackapi.Posts(call.Method)
	if !slackapi.BadPlace.Means(err) && (!shows || !slackapi.Lasting.Means(err) || !slackapi.Refused(err)) {
		return
	}
	s.channels.Refused(d.Lane, wayOf(d, shows && call.Method == slackapi.MethodUpdate), slackapi.Code(err))
	s.outOfOrder(time.Now())
}

// reportAccepted tells it, once that is on record, where Slack took one. What belongs
// in a channel and went to a person instead says nothing of the channel.
func (s *Sender) reportAccepted(one outbox.Settled) {
	_, direct := one.Delivery.Lane.Direct()
	if p := one.Posted; p != nil && (direct || !slackapi.IsDirect(p.Channel)) {
		s.channels.Accepted(one.Delivery.Lane, wayOf(one.Delivery, p.Edit))
	}
}

// wayOf is what is asked of Slack for a delivery: it can refuse one and take another.
func wayOf(d outbox.Delivery, edit bool) string {
	switch {
	case edit:
		return slackapi.MethodUpdate
	case d.Threaded:
		return slackapi.MethodPost + " below"
	}
	return slackapi.MethodPost
}

// outOfOrder has channel and people checked, which alarms the officers.
func (s *Sender) outOfOrder(now time.Time) {
	last := s.checked.Load()
	if now.Sub(time.UnixMilli(last)) >= checkEvery && s.checked.CompareAndSwap(last, now.UnixMilli()) {
		s.channels.CheckNow()
	}
}

func (s *Sender) release(ctx context.Context, lease outbox.Lease, settled []outbox.Settled) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), outbox.SettleTime)
	defer cancel()
	if err := s.outbox.Release(ctx, lease, settled); err != nil {
		s.log.WarnContext(ctx, "outbox release", "lane", lease.Lane, "error", err)
		return
	}
	s.recorded(settled)
}

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
