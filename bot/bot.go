package bot

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-co-op/gocron/v2"

	"github.com/artra/klachtbot/bot/delivery"
	"github.com/artra/klachtbot/bot/monitor"
	"github.com/artra/klachtbot/bot/panics"
	"github.com/artra/klachtbot/bot/people"
	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/bot/socketmode"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/incoming"
)

// Handler answers gestures and renders messages; *handlers.Handler does.
type Handler interface {
	delivery.Renderer
	Command(context.Context, incoming.Command) handlers.Ack
	Interaction(context.Context, incoming.Interaction) handlers.Ack
	Event(context.Context, incoming.Event)
	// KeepFigures makes up for what a program that died left undone.
	KeepFigures(context.Context) error
}

const (
	queueWorkers   = 32
	queuePlaces    = 1024
	socketInterval = 3 * time.Second // so that Slack refreshes no two at once
	stopTime       = 9 * time.Second
)

// Bot is one running bot. Make it with New, run it once.
type Bot struct {
	web       *http.Client
	people    *people.Directory
	queue     *userQueue
	sockets   *socketmode.Client
	count     int           // of sockets to keep open
	stagger   time.Duration // between their first openings
	sender    *delivery.Sender
	scheduler *scheduler
	log       *slog.Logger
}

// New puts a Bot together; it calls nobody yet.
func New(c Config) (*Bot, error) {
	c, err := c.complete()
	if err != nil {
		return nil, err
	}
	web := slackapi.NewHTTP(c.Timing.Call)
	web.Transport = c.Clock.Over(cmp.Or[http.RoundTripper](c.Transport, web.Transport))
	api := slackapi.New(c.account(), web)
	direct, directory := slackapi.NewDirects(api), people.NewDirectory(api, c.Log)
	show := &screen{api: api, account: c.account(), web: web, direct: direct}
	handler, figures := c.Handler(show, show, directory), newMetrics()
	recovered := panics.NewLog(c.Log, figures.panics)
	watching := monitor.New(c.monitor(), api, directory, direct)
	queue := newUserQueue(queueWorkers, queuePlaces)
	dispatch := &dispatcher{
		handler: handler, slack: show, people: directory, queue: queue, roster: c.Policy.Roster, monitor: watching,
		readers: c.readers(), log: c.Log, panics: recovered, metrics: figures,
	}
	slackSide := delivery.Slack{API: api, HTTP: web, Direct: direct, People: directory}
	sender := delivery.New(c.delivery(figures, recovered), slackSide, watching, handler)
	alarm := newOutage(watching, c.Log, time.Now)
	plan := newScheduler(c.Policy.Calendar.Location, c.Log, jobs(c, handler, watching, alarm)...)
	in := &intake{dispatcher: dispatch, people: directory, scheduler: plan, sender: sender}
	sockets := socketmode.New(api, in, c.Log)
	b := &Bot{
		web: web, people: directory, queue: queue, sockets: sockets, count: c.Sockets, stagger: c.Timing.Sockets,
		sender: sender, scheduler: plan, log: c.Log,
	}
	return b, figures.register(c.Metrics, sockets.Open)
}

// intake is what comes over the sockets: gestures, and word that a socket is
// open.
type intake struct {
	*dispatcher
	people    *people.Directory
	scheduler *scheduler
	sender    *delivery.Sender
	greeted   atomic.Bool // a socket was open before
}

// Connected starts every job that may be due: nobody knows how long the bot was
// away. While no socket was open, somebody may have become a guest.
func (i *intake) Connected(open int) {
	i.log.Info("socket connected", "sockets", open)
	if i.greeted.Swap(true) && open == 1 {
		i.people.Missed()
	}
	i.scheduler.now(jobSweep, jobCheck)
	i.sender.Wake()
}

// The names of the jobs.
const (
	jobSweep = "sweep"
	jobCheck = "channel_check"
	jobDaily = "daily"
	jobViews = "views"
)

// The check has no time of day of its own: after a clock that stood ahead gocron
// would wait for the day after that one. A look every minute asks for it.
const (
	dailyEvery  = time.Minute
	checkAnyway = 24 * time.Hour
)

// jobs is the table of jobs.
func jobs(c Config, h Handler, m *monitor.Monitor, alarm *outage) []job {
	work := after(h.KeepFigures, alarm.watched(sweep(c.Sweeper))) // a purge changes what figures are made of
	return []job{
		{jobSweep, gocron.DurationJob(c.Timing.Sweeps), work, true, gocron.LimitModeReschedule, nil},
		{jobCheck, gocron.DurationJob(checkAnyway), m.Check, true, gocron.LimitModeWait, m.Asked()},
		{jobDaily, gocron.DurationJob(dailyEvery), m.Daily, true, gocron.LimitModeReschedule, nil},
		{jobViews, gocron.DurationJob(dailyEvery), checkViews(c), true, gocron.LimitModeReschedule, nil},
	}
}

// Run runs the bot until ctx ends (nil, after an orderly stop of 10 s at
// most) or Slack refuses a token (*slackapi.TokenError). A bot runs once.
func (b *Bot) Run(ctx context.Context) error {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	// The sockets outlive ctx by the time that the last acks need.
	open, closeSockets := context.WithCancel(context.WithoutCancel(ctx))
	defer closeSockets()
	var running, connected sync.WaitGroup
	b.queue.start()
	b.work(ctx, end, &running)
	for i := range b.count {
		connected.Go(func() {
			if slackapi.Pause(ctx, time.Duration(i)*b.stagger) {
				endWith(end, b.sockets.Keep(open, i+1))
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

// work starts everything that needs no socket.
func (b *Bot) work(ctx context.Context, end context.CancelCauseFunc, running *sync.WaitGroup) {
	for _, part := range []func(context.Context) error{b.people.Follow, b.sender.Run, b.scheduler.run} {
		running.Go(func() { endWith(end, part(ctx)) })
	}
}

// fatal is why the bot ended by itself.
type fatal struct{ error }

// endWith ends the bot because of an error that nothing but a person can mend;
// nil ends nothing.
func endWith(end context.CancelCauseFunc, err error) {
	if err != nil {
		end(fatal{err})
	}
}

// stop takes nothing more in, finishes what is in hand with its acks, and only
// then closes the sockets.
func (b *Bot) stop(ctx context.Context, running, connected *sync.WaitGroup, closeSockets func()) {
	began := time.Now()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	b.queue.close(ctx)
	closeSockets()
	connected.Wait()
	if !waitFor(ctx, running) {
		b.log.Warn("stopped before everything was finished")
	}
	b.web.CloseIdleConnections()
	b.log.Info("stopped", "took", time.Since(began).Round(time.Millisecond))
}

// Connected counts the open sockets; with none, people's gestures don't reach
// this process.
func (b *Bot) Connected() int { return b.sockets.Open() }

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
