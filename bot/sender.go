package bot

import (
	"context"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/outbox"
)

const (
	laneWorkers = 8                      // lanes served at once
	lookEvery   = time.Second            // at the outbox, for what other replicas put there
	lookSoon    = 100 * time.Millisecond // while a lane keeps its pace
	busyFor     = 3 * time.Second        // after a post there may be more behind it
	wakeWithin  = time.Minute            // a nearer retry is waited for to the moment
	checkEvery  = time.Minute            // of channel and people, however much fails
)

// sender delivers the outbox: it leases lanes and serves each until nothing
// in it is due.
type sender struct {
	outbox  Outbox
	courier *courier
	mailer  *mailer
	porter  *porter
	looks   time.Duration // between looks at the outbox
	log     *slog.Logger
	metrics *metrics
	fail    func(error) // the bot must end
	check   func()      // a channel or person is out of order
	wake    chan struct{}
	posted  atomic.Int64 // when something was last posted, in ms
	checked atomic.Int64 // when check was last called, in ms
}

func newSender(c Config, api *slack.Client, web *http.Client, w *watch, front Renderer, m *metrics) *sender {
	calls := newCaller(api, time.Now)
	return &sender{
		outbox: c.Outbox, looks: c.looks, log: c.Log, metrics: m, wake: make(chan struct{}, 1),
		mailer: &mailer{box: c.Mailbox, post: c.Postman, now: time.Now},
		porter: newPorter(c, calls, web),
		courier: &courier{
			caller: calls, render: front, uploads: newUploads(c, web), direct: w.direct, people: w.inspector.directory,
			rooms: w.rooms, officers: c.Policy.Roster.Officers,
			procedure: c.Now, started: time.Now(), patience: c.patience,
			leftovers: c.Leftovers, remnants: c.Remnants, zone: c.Policy.Calendar.Location, emptied: c.Texts.In(c.Language).Say("bot.taken_away"),
			stripped: func(d outbox.Delivery, code string) {
				c.Log.Error("blocks refused, sent as text", "id", d.ID, "surface", d.Kind(), "fault", code)
			},
			uncharted: func(d outbox.Delivery, code string) {
				c.Log.Info("charts refused, pictures follow", "id", d.ID, "surface", d.Kind(), "fault", code)
			},
		},
	}
}

// run works until ctx ends and every lane in hand is released.
func (s *sender) run(ctx context.Context) {
	slots := make(chan struct{}, laneWorkers)
	for range laneWorkers {
		slots <- struct{}{}
	}
	for s.wait(ctx) {
		s.lanes(ctx, slots)
	}
	for range laneWorkers {
		<-slots
	}
}

// wait returns when it is time to look at the outbox again, false when ctx
// ended.
func (s *sender) wait(ctx context.Context) bool {
	every := s.looks
	if time.Since(time.UnixMilli(s.posted.Load())) < busyFor {
		every = lookSoon
	}
	look := time.NewTimer(every)
	defer look.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-s.outbox.Queued():
	case <-s.wake:
	case <-look.C:
	}
	return ctx.Err() == nil
}

// lanes leases whatever is due, each lane to a worker of its own, as long as
// there are workers.
func (s *sender) lanes(ctx context.Context, slots chan struct{}) {
	for {
		select {
		case <-slots:
		case <-ctx.Done():
			return
		}
		lease, ok, err := s.outbox.Lease(ctx)
		if err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "outbox lease", "error", err)
		}
		if err != nil || !ok {
			slots <- struct{}{}
			return
		}
		go func() {
			defer func() { slots <- struct{}{} }()
			s.serve(ctx, lease)
			s.look()
		}()
	}
}

// look wakes the sender; it never blocks.
func (s *sender) look() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// serve carries out a lane's deliveries until none is due or ctx ends, and
// releases the lane.
func (s *sender) serve(ctx context.Context, lease outbox.Lease) {
	defer s.release(ctx, lease)
	for ctx.Err() == nil {
		d, ok, err := s.outbox.Next(ctx, lease)
		if err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "outbox next", "lane", lease.Lane, "error", err)
		}
		if err != nil || !ok || !s.one(ctx, lease, d) {
			return
		}
	}
}

// one makes one attempt and settles it; false means that the lane is lost.
func (s *sender) one(ctx context.Context, lease outbox.Lease, d outbox.Delivery) bool {
	began := time.Now()
	posted, err := s.attempt(ctx, lease, d)
	settled := judge(d, posted, err, s.courier.lastWord(d, began), time.Now())
	s.report(ctx, d, settled, err, time.Since(began))
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	if err := s.outbox.Settle(ctx, lease, d, settled); err != nil {
		s.log.ErrorContext(ctx, "outbox settle", "id", d.ID, "lane", d.Lane, "error", err)
		return false
	}
	s.courier.settled(d)
	if settled.Posted != nil {
		s.posted.Store(time.Now().UnixMilli())
	}
	if wait := time.Until(settled.Retry); !settled.Retry.IsZero() && wait < wakeWithin {
		time.AfterFunc(wait, s.look)
	}
	return true
}

// attempt delivers; a panic in rendering is an error of this delivery only.
func (s *sender) attempt(ctx context.Context, lease outbox.Lease, d outbox.Delivery) (posted outbox.Posted, err error) {
	defer func() {
		if p := recover(); p != nil {
			s.metrics.panics.Inc()
			s.log.ErrorContext(ctx, "panic in a delivery", "id", d.ID, "surface", d.Kind(), "at", whereabouts())
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
		return outbox.Posted{}, s.mailer.send(ctx, lease, d)
	case outbox.KindFileImport:
		return outbox.Posted{}, s.porter.take(ctx, d)
	}
	return s.courier.deliver(ctx, d)
}

// report logs and counts what became of an attempt, and sees to what a person
// must mend.
func (s *sender) report(ctx context.Context, d outbox.Delivery, settled outbox.Settlement, err error, took time.Duration) {
	what := describe(settled)
	s.metrics.settled.WithLabelValues(what).Inc()
	level := slog.LevelDebug
	if settled.Fault != "" && settled.Fault != faultMoot {
		level = slog.LevelWarn
	}
	s.log.Log(ctx, level, "delivery "+what, "id", d.ID, "lane", d.Lane, "surface", d.Kind(),
		"attempt", d.Attempts, "fault", settled.Fault, "took", took.Round(time.Millisecond))
	if settled.Fault == faultRender {
		s.log.ErrorContext(ctx, "delivery not rendered", "id", d.ID, "error", err)
	}
	if refused := refusedToken(botSetting, err); refused != nil {
		s.fail(refused)
	}
	if err != nil && kindOf(err) == place {
		s.outOfOrder(time.Now())
	}
}

// outOfOrder has channel and people checked, which alarms the officers.
func (s *sender) outOfOrder(now time.Time) {
	last := s.checked.Load()
	if now.Sub(time.UnixMilli(last)) >= checkEvery && s.checked.CompareAndSwap(last, now.UnixMilli()) {
		s.check()
	}
}

func (s *sender) release(ctx context.Context, lease outbox.Lease) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	if err := s.outbox.Release(ctx, lease); err != nil {
		s.log.WarnContext(ctx, "outbox release", "lane", lease.Lane, "error", err)
	}
}
