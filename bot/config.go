package bot

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/artra/klachtbot/bot/delivery"
	"github.com/artra/klachtbot/bot/monitor"
	"github.com/artra/klachtbot/bot/panics"
	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// Config is what a Bot works with. Everything is needed but what says
// otherwise. New hands each part what it needs of it.
type Config struct {
	BotToken, AppToken string
	APIURL             string // with a slash at its end; default Slack's
	CaseChannel        string // id of the private case channel
	DirectorsChannel   string // of the directors' one; "" for none
	Sockets            int    // 1 to MaxSockets; default 2
	Language           string // the firm's, which everybody reads: "nl" or "en"
	Policy             *workflow.Policy
	Texts              *texts.Catalogue
	Languages          texts.Choices // who reads the other language
	Register           delivery.Register
	Sweeper            Sweeper
	Views              ViewChecks
	Attendance         monitor.Attendance
	MailClient         delivery.MailClient // nil: the bot mails no letters
	// Handler makes the handlers, given what they ask of the bot.
	Handler func(handlers.Slack, handlers.Links, handlers.People) Handler
	Now     func() time.Time      // the procedure's clock; default time.Now
	Wall    func() time.Time      // the machine's, as the register's outbox has it; default time.Now
	Clock   *slackapi.Clock       // compares Wall with Slack's; default one of the bot's own
	Log     *slog.Logger          // default: none
	Metrics prometheus.Registerer // optional
	Timing  Timing                // the zero value suits Slack
	// Transport carries the calls to Slack's Web API; default one of the bot's
	// own, over the network.
	Transport http.RoundTripper
}

// Timing is how long a bot waits, and how often it asks. What is zero takes
// the default, which goes by Slack's limits and by the terms of the procedure.
type Timing struct {
	Call    time.Duration // longest wait for the answer to a call; default outbox.CallTime
	Sockets time.Duration // between the first openings of two sockets; default 3 s
	Sweeps  time.Duration // between sweeps of the register; default 2 s
	Outbox  time.Duration // between reads of an outbox that nobody woke; default delivery.PollInterval
}

func (t Timing) complete() Timing {
	return Timing{
		Call: cmp.Or(t.Call, outbox.CallTime), Sockets: cmp.Or(t.Sockets, socketInterval),
		Sweeps: cmp.Or(t.Sweeps, sweepInterval), Outbox: cmp.Or(t.Outbox, delivery.PollInterval),
	}
}

// MaxSockets is how many sockets Slack allows an app, all replicas together.
const MaxSockets = 10

// complete fills in defaults and refuses what can't work.
func (c Config) complete() (Config, error) {
	c.Sockets = cmp.Or(c.Sockets, 2)
	c.Timing = c.Timing.complete()
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Wall == nil {
		c.Wall = time.Now
	}
	if c.Clock == nil {
		c.Clock = slackapi.NewClock(c.account(), c.Wall)
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	r := c.Register
	switch {
	case c.Sockets < 1 || c.Sockets > MaxSockets:
		return c, fmt.Errorf("%d sockets: Slack allows 1 to %d", c.Sockets, MaxSockets)
	case c.Policy == nil, c.Texts == nil, c.Languages == nil, c.Sweeper == nil, c.Views == nil, c.Attendance == nil, c.Handler == nil:
		return c, errors.New("incomplete bot: policy, texts, languages, sweeper, views, attendance and handler are needed")
	case r.Outbox == nil, r.PendingDeletions == nil, r.Undeletables == nil, r.Mailbox == nil, r.Files == nil:
		return c, errors.New("incomplete register: outbox, pending deletions, undeletables, mailbox and files are needed")
	}
	return c, nil
}

func (c Config) account() slackapi.Account {
	return slackapi.Account{BotToken: c.BotToken, AppToken: c.AppToken, URL: c.APIURL}
}

func (c Config) monitor() monitor.Config {
	return monitor.Config{
		Workspace: monitor.Workspace{
			CaseChannel: c.CaseChannel, DirectorsChannel: c.DirectorsChannel, Roster: c.Policy.Roster,
		},
		Attendance: c.Attendance, Calendar: c.Policy.Calendar, Readers: c.readers(),
		Now: c.Now, Wall: c.Wall, Clock: c.Clock, Log: c.Log,
	}
}

func (c Config) readers() texts.Readers { return texts.NewReaders(c.Texts, c.Language, c.Languages) }

func (c Config) delivery(figures *metrics, recovered *panics.Log) delivery.Config {
	return delivery.Config{
		Account: c.account(), Register: c.Register, MailClient: c.MailClient, Officers: c.Policy.Roster.Officers,
		Location: c.Policy.Calendar.Location, Emptied: c.Texts.In(c.Language).Say("bot.taken_away"),
		Now: c.Now, Wall: c.Wall, Patience: c.Timing.Call, Every: c.Timing.Outbox, Log: c.Log, Panics: recovered, Settled: figures.settled,
	}
}
