package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-co-op/gocron/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// Outbox is what has to leave the house (design section 3). Its lanes are
// leased for 12 s.
type Outbox interface {
	// Lease gives a lane in which something is due to this sender; false when
	// there is none.
	Lease(context.Context) (outbox.Lease, bool, error)
	// Next returns the lane's next delivery that is due and may leave at this
	// pace, and records the attempt before it is made; false when there is
	// none.
	Next(context.Context, outbox.Lease) (outbox.Delivery, bool, error)
	// Settle records what became of the attempt. An error means that the lane
	// is no longer this sender's.
	Settle(context.Context, outbox.Lease, outbox.Delivery, outbox.Settlement) error
	// Release gives the lane back.
	Release(context.Context, outbox.Lease) error
	// Queued tells that this process put something in the outbox.
	Queued() <-chan struct{}
}

// Register is what the clock needs of the register.
type Register interface {
	// Sweep applies the clock to at most limit cases that are due, and returns
	// how many there were.
	Sweep(ctx context.Context, limit int) (int, error)
}

// Renderer says what a delivery looks like now, and which version of the case
// it shows. Its error is handlers.ErrMoot when the delivery lost its reason, a
// *handlers.Later when it must wait.
type Renderer interface {
	Render(context.Context, outbox.Delivery) (handlers.Message, int, error)
}

// Handler answers gestures and renders messages; *handlers.Handler does.
type Handler interface {
	Renderer
	Command(context.Context, slack.SlashCommand) handlers.Ack
	Interaction(context.Context, slack.InteractionCallback) handlers.Ack
	// Event takes the inner event of the Events API.
	Event(ctx context.Context, inner any)
	// KeepFigures makes up for what a program that died left undone.
	KeepFigures(context.Context) error
}

// Config is what a Bot works with. Everything is needed but what says
// otherwise.
type Config struct {
	BotToken, AppToken string
	APIURL             string // with a slash at its end; default Slack's
	CaseChannel        string // id of the private case channel
	DirectorsChannel   string // of the directors' one; "" for none
	Sockets            int    // 1 to 10; default 2
	Language           string // of channels, and of people not known yet: "nl" or "en"
	Policy             *workflow.Policy
	Texts              *texts.Catalogue
	Outbox             Outbox
	Leftovers          PendingDeletions
	Remnants           Undeletables
	Register           Register
	Attendance         Attendance
	Mailbox            Mailbox
	Postman            Postman // nil: the bot mails no letters
	Files              Files
	// Handler makes the handlers, given what they ask of the bot.
	Handler func(handlers.Slack, handlers.People) Handler
	Now     func() time.Time      // the procedure's clock; default time.Now
	Log     *slog.Logger          // default: none
	Metrics prometheus.Registerer // optional

	// Tests shorten these.
	patience time.Duration // with Slack's answer to a call; default httpTimeout
	stagger  time.Duration // between the first openings of two sockets

	// A test that lives through a year lengthens these.
	sweeps time.Duration // between sweeps; default sweepEvery
	looks  time.Duration // between looks at the outbox; default lookEvery
}

// MaxSockets is how many sockets Slack allows an app, all replicas together.
const MaxSockets = 10

const (
	deskWorkers = 32
	deskRoom    = 1024
	socketGap   = 3 * time.Second // so that Slack refreshes no two at once
	stopTime    = 9 * time.Second
	flushTime   = time.Second
)

// Bot is one running bot. Make it with New, run it once.
type Bot struct {
	Config
	web       *http.Client
	people    *directory
	handler   Handler
	reception *reception
	sockets   []*socket
	sender    *sender
	watch     *watch
	metronome *metronome
	greeted   atomic.Bool             // a socket was open before
	missed    chan struct{}           // events may have been missed
	fail      context.CancelCauseFunc // set by Run
}

// New puts a Bot together; it calls nobody yet.
func New(c Config) (*Bot, error) {
	c, err := c.complete()
	if err != nil {
		return nil, err
	}
	b := &Bot{Config: c, web: newWeb(c.patience), missed: make(chan struct{}, 1)}
	api := newAPI(c, b.web)
	direct := newDirects(api)
	b.people = newDirectory(api)
	figures, err := newMetrics(c.Metrics, b.Connected)
	if err != nil {
		return nil, err
	}
	show := &screen{api: api, web: b.web, direct: direct}
	b.handler = c.Handler(show, b.people)
	b.watch = newWatch(c, api, b.people, direct)
	b.watch.ask = b.checkNow
	b.reception = &reception{
		front: b.handler, slack: show, people: b.people, roster: c.Policy.Roster, watch: b.checkNow,
		sentence: b.sorry, log: c.Log, metrics: figures,
	}
	b.sender = newSender(c, api, b.web, b.watch, b.handler, figures)
	b.sender.check, b.sender.fail = b.checkNow, b.end
	for i := range c.Sockets {
		s := newSocket(i+1, c, b.web)
		s.take, s.hello = b.reception.take, b.connected
		b.sockets = append(b.sockets, s)
	}
	b.metronome = newMetronome(c.Policy.Calendar.Location, c.Log, b.beats()...)
	return b, nil
}

// complete fills in defaults and refuses what can't work.
func (c Config) complete() (Config, error) {
	if c.APIURL == "" {
		c.APIURL = slack.APIURL
	}
	if c.Sockets == 0 {
		c.Sockets = 2
	}
	if c.patience == 0 {
		c.patience = httpTimeout
	}
	if c.stagger == 0 {
		c.stagger = socketGap
	}
	c.sweeps, c.looks = cmp.Or(c.sweeps, sweepEvery), cmp.Or(c.looks, lookEvery)
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	switch {
	case c.Sockets < 1 || c.Sockets > MaxSockets:
		return c, fmt.Errorf("%d sockets: Slack allows 1 to %d", c.Sockets, MaxSockets)
	case c.Policy == nil, c.Texts == nil, c.Outbox == nil, c.Leftovers == nil, c.Remnants == nil, c.Register == nil, c.Attendance == nil, c.Mailbox == nil, c.Files == nil, c.Handler == nil:
		return c, errors.New("incomplete bot: policy, texts, outbox, leftovers, remnants, register, attendance, mailbox, files and front are needed")
	}
	return c, nil
}

// The names of the jobs.
const (
	jobSweep = "sweep"
	jobCheck = "channel_check"
)

// beats is the table of jobs.
func (b *Bot) beats() []beat {
	work := after(b.handler.KeepFigures, sweep(b.Register)) // a purge changes what figures are made of
	return []beat{
		{jobSweep, gocron.DurationJob(b.sweeps), work, true, gocron.LimitModeReschedule},
		{jobCheck, dailyAt(8, 30), b.watch.check, true, gocron.LimitModeWait},
	}
}

// Run runs the bot until ctx ends (nil, after an orderly stop of 10 s at
// most) or Slack refuses a token (*TokenError). A bot runs once.
func (b *Bot) Run(ctx context.Context) error {
	ctx, b.fail = context.WithCancelCause(ctx)
	defer b.fail(nil)
	b.reception.desk = newDesk(deskWorkers, deskRoom)
	// The sockets outlive ctx by the time that the last acks need.
	open, closeSockets := context.WithCancel(context.WithoutCancel(ctx))
	defer closeSockets()
	var running, connected sync.WaitGroup
	running.Go(func() { b.meet(ctx) })
	running.Go(func() { b.sender.run(ctx) })
	running.Go(func() { b.end(b.metronome.run(ctx)) })
	for i, s := range b.sockets {
		connected.Go(func() {
			if pause(ctx, time.Duration(i)*b.stagger) {
				b.end(s.keep(open))
			}
		})
	}
	<-ctx.Done()
	b.stop(ctx, &running, &connected, closeSockets)
	if f, ok := context.Cause(ctx).(fatal); ok {
		return f.error
	}
	return nil
}

// fatal is why the bot ended by itself.
type fatal struct{ error }

// end stops the bot because of an error that nothing but a person can mend;
// nil stops nothing.
func (b *Bot) end(err error) {
	if err != nil {
		b.fail(fatal{err})
	}
}

// stop takes nothing more in, finishes what is in hand, lets the acks reach
// the wire, and only then closes the sockets.
func (b *Bot) stop(ctx context.Context, running, connected *sync.WaitGroup, closeSockets func()) {
	began := time.Now()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	b.reception.desk.close(ctx)
	written, cancelFlush := context.WithTimeout(ctx, flushTime)
	defer cancelFlush()
	for _, s := range b.sockets {
		s.acks.flush(written)
	}
	closeSockets()
	connected.Wait()
	if !waitFor(ctx, running) {
		b.Log.Warn("stopped before everything was finished")
	}
	b.web.CloseIdleConnections()
	b.Log.Info("stopped", "took", time.Since(began).Round(time.Millisecond))
}

// meet learns who works here, at the start and whenever word of a change may
// have been missed.
func (b *Bot) meet(ctx context.Context) {
	for b.meetAll(ctx) {
		select {
		case <-b.missed:
		case <-ctx.Done():
			return
		}
	}
}

// meetAll tries until it succeeded: without it people are looked up one at a
// time. It returns false when the bot ends.
func (b *Bot) meetAll(ctx context.Context) bool {
	for failures := 1; ; failures++ {
		err := b.people.load(ctx)
		if err == nil || ctx.Err() != nil {
			return err == nil
		}
		if refused := refusedToken(botSetting, err); refused != nil {
			b.end(refused)
			return false
		}
		b.Log.WarnContext(ctx, "people not listed", "why", fault(err))
		if !pause(ctx, backoff(failures, unsureBase, unsureMost)) {
			return false
		}
	}
}

// connected looks at everything that is due: nobody knows how long the bot
// was away. When it was deaf, somebody may have become a guest meanwhile.
func (b *Bot) connected() {
	open := b.Connected()
	b.Log.Info("socket connected", "sockets", open)
	if b.greeted.Swap(true) && open == 1 {
		select {
		case b.missed <- struct{}{}:
		default: // it is asked for already
		}
	}
	b.metronome.now(jobSweep, jobCheck)
	b.sender.look()
}

func (b *Bot) checkNow() { b.metronome.now(jobCheck) }

// sorry is what somebody reads when something failed that nobody foresaw.
func (b *Bot) sorry(who roster.PersonID) string {
	return b.Texts.In(b.people.language(who, b.Language)).Say("bot.trouble")
}

// Connected counts the open sockets.
func (b *Bot) Connected() int {
	n := 0
	for _, s := range b.sockets {
		if s.live.Load() {
			n++
		}
	}
	return n
}

// Ready reports whether people's gestures reach this process.
func (b *Bot) Ready() bool { return b.Connected() > 0 }

// waitFor waits for the group; false when ctx ended first.
func waitFor(ctx context.Context, group *sync.WaitGroup) bool {
	done := make(chan struct{})
	go func() {
		defer close(done)
		group.Wait()
	}()
	select {
	case <-done:
		return true
	case <-ctx.Done():
		return false
	}
}
