package delivery

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/slack-go/slack"
	"go.uber.org/goleak"

	"github.com/artra/klachtbot/bot/monitor"
	"github.com/artra/klachtbot/bot/panics"
	"github.com/artra/klachtbot/bot/people"
	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/internal/testclock"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/texts"
)

func TestMain(m *testing.M) {
	bottest.Together()
	goleak.VerifyTestMain(m)
}

const (
	anna, olga, dirk, eva   = bottest.Anna, bottest.Olga, bottest.Dirk, bottest.Eva
	cases, lobby, directors = bottest.Cases, bottest.Lobby, bottest.Directors
	confided                = bottest.Confided
)

// render says what a delivery looks like in a test.
type render func(context.Context, outbox.Delivery) (handlers.Message, int, error)

// message has a text and a block that says more.
func message(text string) handlers.Message {
	body := slack.NewTextBlockObject(slack.PlainTextType, text+" "+confided, false, false)
	return handlers.Message{Text: text, Blocks: []slack.Block{slack.NewSectionBlock(body, nil, nil)}}
}

// deliveryTest is a sender, with the monitor that it asks, before the little
// Slack.
type deliveryTest struct {
	*bottest.Workspace
	outbox    *register
	directors bool
	burst     int // posts without a gap; 0: as usual
	stores    Register
	now       func() time.Time
	render    render
	sender    *Sender
	monitor   *monitor.Monitor
	stop      context.CancelFunc
	ended     chan error
}

// option is what a test wants otherwise.
type option func(*deliveryTest, *slacksim.Config)

func withDirectors(d *deliveryTest, world *slacksim.Config) {
	d.directors = true
	bottest.WithDirectors(world)
}

func newDeliveryTest(t *testing.T, options ...option) *deliveryTest {
	t.Helper()
	d := &deliveryTest{now: testclock.Now}
	d.Workspace = bottest.Open(t, func(world *slacksim.Config) {
		for _, change := range options {
			change(d, world)
		}
	})
	if d.stores.Outbox == nil {
		d.outbox = newRegister(t, storage.Options{DirectorsChannel: d.directors, Burst: d.burst})
		d.stores = Register{Outbox: d.outbox, PendingDeletions: d.outbox.DB.Queue(), Undeletables: d.outbox, Views: d.outbox.DB.Queue().Views(), Mailbox: d.outbox, Files: d.outbox}
	}
	d.assemble()
	return d
}

// Render is the text of the case and kind, unless the test says otherwise.
func (d *deliveryTest) Render(ctx context.Context, one outbox.Delivery) (handlers.Message, int, error) {
	if d.render != nil {
		return d.render(ctx, one)
	}
	return message(d.outbox.label(one.Case) + " " + string(one.Kind())), one.Version, nil
}

// attendance is the register in which the monitor keeps who is gone.
func (d *deliveryTest) attendance() monitor.Attendance {
	if d.outbox != nil {
		return d.outbox
	}
	return bottest.Register(d.T, storage.Options{}).Rooms()
}

// assemble makes a sender and a monitor, as a program does at its start.
func (d *deliveryTest) assemble() {
	policy := bottest.Policy()
	workspace := monitor.Workspace{CaseChannel: cases, Roster: policy.Roster}
	if d.directors {
		workspace.DirectorsChannel = directors
	}
	direct, directory := slackapi.NewDirects(d.API), people.NewDirectory(d.API, d.Log.Logger())
	d.monitor = monitor.New(monitor.Config{
		Workspace: workspace, Attendance: d.attendance(), Calendar: policy.Calendar, Readers: texts.NewReaders(bottest.Catalogue(d.T), "nl", bottest.Dutch{}),
		Now: d.now, Log: d.Log.Logger(),
	}, d.API, directory, direct)
	d.sender = New(Config{
		Account: d.Account, Register: d.stores, Officers: policy.Roster.Officers, Location: policy.Calendar.Location,
		Emptied: bottest.Catalogue(d.T).In("nl").Say("bot.taken_away"), Now: d.now, Patience: bottest.Patience,
		Every: PollInterval, Log: d.Log.Logger(), Panics: recovered(d.Log), Settled: figures(),
	}, Slack{API: d.API, HTTP: d.HTTP, Direct: direct, People: directory}, d.monitor, d)
}

func recovered(log *bottest.Log) *panics.Log {
	return panics.NewLog(log.Logger(), prometheus.NewCounter(prometheus.CounterOpts{Name: "panics"}))
}

func figures() *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "settled"}, []string{"outcome"})
}

// run starts the sender, and a monitor that has checked once and checks when it
// is asked to.
func (d *deliveryTest) run() {
	d.Helper()
	ctx, stop := context.WithCancel(context.Background())
	d.stop, d.ended = stop, make(chan error, 1)
	checking := make(chan struct{})
	go func() {
		defer close(checking)
		for {
			_ = d.monitor.Check(ctx) // tells of a Slack that is away
			select {
			case <-d.monitor.Asked():
			case <-ctx.Done():
				return
			}
		}
	}()
	go func() {
		err := d.sender.Run(ctx)
		stop()
		<-checking
		d.ended <- err
	}()
	d.Cleanup(func() {
		stop()
		_ = d.end()
	})
}

// end waits for the sender and returns its error.
func (d *deliveryTest) end() error {
	d.Helper()
	select {
	case err := <-d.ended:
		d.ended <- err // for who asks again
		return err
	case <-time.After(11 * time.Second):
		d.Error("the sender did not end within 10 s of the stop")
		return errors.New("still running")
	}
}

// onRegister gives the test a real register for everything.
func onRegister(db *storage.DB) option {
	return func(d *deliveryTest, _ *slacksim.Config) {
		d.stores = Register{Outbox: db.Queue(), PendingDeletions: db.Queue(), Undeletables: db.Undeletables(), Views: db.Queue().Views(), Mailbox: db.Rooms(), Files: db.Rooms()}
	}
}
