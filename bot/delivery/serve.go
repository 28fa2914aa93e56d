package delivery

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
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
		s.comeBack(one.Retry)
	}
}

// comeBack has the outbox looked at at that moment, unless that is zero or too
// far ahead.
func (s *Sender) comeBack(at time.Time) {
	if wait := time.Until(at); !at.IsZero() && wait < wakeWithin {
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
	s.reportPlace(d, settlement.Posted, err)
}

// reportPlace tells the monitor where Slack takes messages and where it does not, so
// that people are alarmed who can mend it.
func (s *Sender) reportPlace(d outbox.Delivery, posted *outbox.Posted, err error) {
	var call *slackapi.CallError
	how := slackapi.MethodPost
	if d.Threaded {
		how += " below"
	}
	switch {
	case posted != nil && posted.Edit:
		s.channels.Accepted(d.Lane, slackapi.MethodUpdate)
	case posted != nil && !elsewhere(d.Lane, posted.Channel):
		s.channels.Accepted(d.Lane, how)
	case slackapi.BadPlace.Means(err), errors.As(err, &call) && slackapi.Posts(call.Method) && slackapi.Lasting.Means(err) && slackapi.Refused(err):
		if errors.As(err, &call) && call.Method == slackapi.MethodUpdate {
			how = slackapi.MethodUpdate
		}
		s.channels.Refused(d.Lane, how, slackapi.Code(err))
		s.outOfOrder(time.Now())
	}
}

// elsewhere reports whether what belongs in a channel went to a person instead.
func elsewhere(lane outbox.Lane, channel string) bool {
	_, direct := lane.Direct()
	return !direct && slackapi.IsDirect(channel)
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
