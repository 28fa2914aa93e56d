package delivery

import (
	"context"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/artra/klachtbot/bot/panics"
	"github.com/artra/klachtbot/bot/people"
	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow/roster"
)

const (
	laneWorkers = 8                     // lanes served at once
	together    = 16                    // deliveries of a lane that are taken and settled at once
	lookEvery   = 20 * time.Millisecond // between looks at what is due, which every filing wakes
	wakeWithin  = time.Minute           // a nearer retry is waited for to the moment
	checkEvery  = time.Minute           // of channel and people, however much fails
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
	now      func() time.Time
	log      *slog.Logger
	settled  *prometheus.CounterVec
	panics   *panics.Log
	refused  chan error // Slack refuses the token
	wake     chan struct{}
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
	Wall       func() time.Time // the machine's, which the outbox goes by; default time.Now
	Patience   time.Duration    // with Slack's answer to a call: its HTTP timeout
	Every      time.Duration    // between reads of the outbox
	Log        *slog.Logger
	Panics     *panics.Log
	Settled    *prometheus.CounterVec // attempts, by what became of them
}

// Slack is what a Sender calls Slack with.
type Slack struct {
	API    *slackapi.Client
	HTTP   *http.Client // that of API
	Direct *slackapi.Directs
	People *people.Directory
}

// New returns a sender that delivers nothing yet.
func New(c Config, s Slack, channels Channels, render Renderer) *Sender {
	if c.Wall == nil {
		c.Wall = time.Now
	}
	calls := slackapi.NewCalls(s.API, c.Wall)
	return &Sender{
		outbox: c.Register.Outbox, channels: channels, every: c.Every, now: c.Wall, log: c.Log, settled: c.Settled, panics: c.Panics,
		messages: newMessages(c, s, calls, channels, render),
		letters:  &letterSender{box: c.Register.Mailbox, client: c.MailClient, now: c.Wall},
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
	var looked time.Time
	for {
		if err := s.wait(ctx); err != nil || ctx.Err() != nil {
			return err
		}
		slackapi.Pause(ctx, time.Until(looked.Add(lookEvery)))
		s.lanes(ctx, slots)
		looked = time.Now()
	}
}

// wait returns when it is time to read the outbox again or when ctx ends;
// its error is a *slackapi.TokenError.
func (s *Sender) wait(ctx context.Context) error {
	poll := time.NewTimer(s.every)
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
			s.serveOrRecover(ctx, lease)
			s.Wake()
		}()
	}
}

// serveOrRecover serves a lane. After a panic outside of an attempt the lane rests
// until its lease is over, and the others go on.
func (s *Sender) serveOrRecover(ctx context.Context, lease outbox.Lease) {
	defer func() {
		if p := recover(); p != nil {
			s.panics.Recovered(ctx, "panic in a lane", "lane", lease.Lane)
		}
	}()
	s.serve(ctx, lease)
}

// Wake has the sender read the outbox at once; it never blocks.
func (s *Sender) Wake() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}
