package delivery

import (
	"context"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/panics"
	"github.com/artra/klachtbot/bot/people"
	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow/roster"
)

const (
	laneWorkers = 8                      // lanes served at once
	pollSoon    = 100 * time.Millisecond // while a lane keeps its pace
	busyFor     = 3 * time.Second        // after a post there may be more behind it
	wakeWithin  = time.Minute            // a nearer retry is waited for to the moment
	checkEvery  = time.Minute            // of channel and people, however much fails
)

// PollInterval is how often the outbox is read without being woken, for what
// other replicas put there.
const PollInterval = time.Second

// Sender delivers the outbox: it leases lanes and serves each until nothing
// in it is due.
type Sender struct {
	outbox   Outbox
	messages *messages
	letters  *letterSender
	files    *fileImporter
	channels Channels
	every    time.Duration // between reads of the outbox
	log      *slog.Logger
	settled  *prometheus.CounterVec
	panics   *panics.Log
	refused  chan error // Slack refuses the token
	wake     chan struct{}
	posted   atomic.Int64 // when something was last posted, in ms
	checked  atomic.Int64 // when a check was last asked for, in ms
}

// Config is what a Sender goes by.
type Config struct {
	Account    slackapi.Account
	Register   Register
	MailClient MailClient // nil: no mail server
	Officers   []roster.PersonID
	Location   *time.Location   // of the daily check of what can't be deleted
	Emptied    string           // what a message says that Slack won't delete
	Now        func() time.Time // the procedure's clock
	Patience   time.Duration    // with Slack's answer to a call: its HTTP timeout
	Every      time.Duration    // between reads of the outbox
	Log        *slog.Logger
	Panics     *panics.Log
	Settled    *prometheus.CounterVec // attempts, by what became of them
}

// Slack is what a Sender calls Slack with.
type Slack struct {
	API    *slack.Client
	HTTP   *http.Client // that of API
	Direct *slackapi.Directs
	People *people.Directory
}

// New returns a sender that delivers nothing yet.
func New(c Config, s Slack, channels Channels, render Renderer) *Sender {
	calls := slackapi.NewCalls(s.API, time.Now)
	return &Sender{
		outbox: c.Register.Outbox, channels: channels, every: c.Every, log: c.Log, settled: c.Settled, panics: c.Panics,
		messages: newMessages(c, s, calls, channels, render),
		letters:  &letterSender{box: c.Register.Mailbox, client: c.MailClient, now: time.Now},
		files:    newFileImporter(c, s, calls),
		refused:  make(chan error, 1), wake: make(chan struct{}, 1),
	}
}

// Run works until ctx ends (nil) or Slack refuses the token
// (*slackapi.TokenError), and every lane in hand is released.
func (s *Sender) Run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	slots := make(chan struct{}, laneWorkers)
	for range laneWorkers {
		slots <- struct{}{}
	}
	defer func() {
		stop()
		for range laneWorkers {
			<-slots
		}
	}()
	for {
		if err := s.wait(ctx); err != nil || ctx.Err() != nil {
			return err
		}
		s.lanes(ctx, slots)
	}
}

// wait returns when it is time to read the outbox again or when ctx ends;
// its error is a *slackapi.TokenError.
func (s *Sender) wait(ctx context.Context) error {
	every := s.every
	if time.Since(time.UnixMilli(s.posted.Load())) < busyFor {
		every = pollSoon
	}
	poll := time.NewTimer(every)
	defer poll.Stop()
	select {
	case err := <-s.refused:
		return err
	case <-ctx.Done():
	case <-s.outbox.Queued():
	case <-s.wake:
	case <-poll.C:
	}
	return nil
}

// lanes leases whatever is due, each lane to a worker of its own, as long as
// there are workers.
func (s *Sender) lanes(ctx context.Context, slots chan struct{}) {
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
			s.Wake()
		}()
	}
}

// Wake has the sender read the outbox at once; it never blocks.
func (s *Sender) Wake() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// serve carries out a lane's deliveries until none is due or ctx ends, and
// releases the lane.
func (s *Sender) serve(ctx context.Context, lease outbox.Lease) {
	defer s.release(ctx, lease)
	for ctx.Err() == nil {
		d, ok, err := s.outbox.Next(ctx, lease)
		if err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "outbox next", "lane", lease.Lane, "error", err)
		}
		if err != nil || !ok {
			return
		}
		began := time.Now()
		posted, err := s.attempt(ctx, lease, d)
		settlement := outcome(d, posted, err, s.messages.lastWord(d, began), time.Now())
		s.report(ctx, d, settlement, err, time.Since(began))
		if !s.settle(ctx, lease, d, settlement) {
			return
		}
	}
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

// settle records what became of an attempt; false means that the lane is lost.
func (s *Sender) settle(ctx context.Context, lease outbox.Lease, d outbox.Delivery, settlement outbox.Settlement) bool {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), outbox.SettleTime)
	defer cancel()
	if err := s.outbox.Settle(ctx, lease, d, settlement); err != nil {
		s.log.ErrorContext(ctx, "outbox settle", "id", d.ID, "lane", d.Lane, "error", err)
		return false
	}
	s.messages.settled(d)
	if settlement.Posted != nil {
		s.posted.Store(time.Now().UnixMilli())
	}
	if wait := time.Until(settlement.Retry); !settlement.Retry.IsZero() && wait < wakeWithin {
		time.AfterFunc(wait, s.Wake)
	}
	return true
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
	if slackapi.BadPlace.Means(err) {
		s.outOfOrder(time.Now())
	}
}

// outOfOrder has channel and people checked, which alarms the officers.
func (s *Sender) outOfOrder(now time.Time) {
	last := s.checked.Load()
	if now.Sub(time.UnixMilli(last)) >= checkEvery && s.checked.CompareAndSwap(last, now.UnixMilli()) {
		s.channels.CheckNow()
	}
}

func (s *Sender) release(ctx context.Context, lease outbox.Lease) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), outbox.SettleTime)
	defer cancel()
	if err := s.outbox.Release(ctx, lease); err != nil {
		s.log.WarnContext(ctx, "outbox release", "lane", lease.Lane, "error", err)
	}
}
