package bot

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"go.uber.org/goleak"

	"github.com/artra/klachtbot/bot/delivery"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/internal/testclock"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/workflow"
)

func TestMain(m *testing.M) {
	bottest.Together()
	goleak.VerifyTestMain(m)
}

const (
	anna, olga, dirk, eva = bottest.Anna, bottest.Olga, bottest.Dirk, bottest.Eva
	cases, lobby          = bottest.Cases, bottest.Lobby
	confided              = bottest.Confided
)

// testHandler stands for the handlers: each gesture is a function.
type testHandler struct {
	slack       handlers.Slack
	people      handlers.People
	command     func(context.Context, incoming.Command) handlers.Ack
	interaction func(context.Context, incoming.Interaction) handlers.Ack
	event       func(context.Context, incoming.Event)
	render      func(context.Context, outbox.Delivery) (handlers.Message, int, error)
}

func (f *testHandler) Command(ctx context.Context, c incoming.Command) handlers.Ack {
	if f.command == nil {
		return handlers.Ack{Payload: map[string]string{"text": "echo " + c.Text}}
	}
	return f.command(ctx, c)
}

func (f *testHandler) Interaction(ctx context.Context, in incoming.Interaction) handlers.Ack {
	if f.interaction == nil {
		return handlers.Ack{}
	}
	return f.interaction(ctx, in)
}

func (f *testHandler) KeepFigures(context.Context) error { return nil }

func (f *testHandler) Event(ctx context.Context, e incoming.Event) {
	if f.event != nil {
		f.event(ctx, e)
	}
}

func (f *testHandler) Render(ctx context.Context, d outbox.Delivery) (handlers.Message, int, error) {
	if f.render != nil {
		return f.render(ctx, d)
	}
	return message(string(d.Case) + " " + string(d.Kind())), d.Version, nil
}

// message has a text and a block that says more.
func message(text string) handlers.Message {
	body := slack.NewTextBlockObject(slack.PlainTextType, text+" "+confided, false, false)
	return handlers.Message{Text: text, Blocks: []slack.Block{slack.NewSectionBlock(body, nil, nil)}}
}

// botTest is a bot on a register, and the little Slack that it works in.
type botTest struct {
	*bottest.Workspace
	db      *storage.DB
	handler *testHandler
	config  Config
	bot     *Bot
	stop    context.CancelFunc
	ended   chan error
}

// option is what a test wants otherwise.
type option func(*botTest, *slacksim.Config)

func newBotTest(t *testing.T, options ...option) *botTest {
	t.Helper()
	l := &botTest{handler: &testHandler{}, db: bottest.Register(t, storage.Options{Pace: time.Millisecond})}
	l.config = Config{
		CaseChannel: cases, Sockets: 1, Language: "nl", Policy: bottest.Policy(), Texts: bottest.Catalogue(t), Languages: bottest.Dutch{}, Now: testclock.Now,
		Timing: Timing{Call: bottest.Patience, Sockets: 50 * time.Millisecond},
		Handler: func(s handlers.Slack, _ handlers.Links, p handlers.People) Handler {
			l.handler.slack, l.handler.people = s, p
			return l.handler
		},
	}
	l.Workspace = bottest.Open(t, func(world *slacksim.Config) {
		for _, change := range options {
			change(l, world)
		}
	})
	l.config.BotToken, l.config.AppToken, l.config.APIURL = l.Account.BotToken, l.Account.AppToken, l.Account.URL
	l.config.Log, l.config.Attendance = l.Log.Logger(), l.db.Rooms()
	l.config.Register = delivery.Register{Outbox: l.db.Queue(), PendingDeletions: l.db.Queue(), Undeletables: l.db.Undeletables(), Views: l.db.Queue().Views(), Mailbox: l.db.Rooms(), Files: l.db.Rooms()}
	if l.config.Sweeper == nil {
		l.config.Sweeper = l.db
	}
	l.config.Views = l.db.Queue().Views()
	l.assemble()
	return l
}

// withPace has the case channel go at that pace.
func withPace(t *testing.T, pace time.Duration) option {
	t.Helper()
	return func(l *botTest, _ *slacksim.Config) { l.db = bottest.Register(t, storage.Options{Pace: pace}) }
}

// assemble puts a bot together, as a program does at its start.
func (l *botTest) assemble() {
	l.Helper()
	var err error
	l.bot, err = New(l.config)
	l.Must(err)
}

// file has somebody file a complaint.
func (l *botTest) file(gesture string) workflow.Complaint {
	l.Helper()
	r, err := l.db.Apply(l.Ctx, workflow.Command{Action: bottest.Complaint(), By: anna, Gesture: gesture})
	l.Must(err)
	return r.Complaint
}

// run starts the bot and waits until its sockets are open.
func (l *botTest) run() {
	l.Helper()
	l.launch()
	l.Must(l.Sim.AwaitConnections(l.Ctx, l.config.Sockets))
}

func (l *botTest) launch() {
	l.Helper()
	ctx, stop := context.WithCancel(context.Background())
	l.stop, l.ended = stop, make(chan error, 1)
	go func() { l.ended <- l.bot.Run(ctx) }()
	l.Cleanup(func() {
		stop()
		_ = l.end()
	})
}

// end waits for Run and returns its error.
func (l *botTest) end() error {
	l.Helper()
	select {
	case err := <-l.ended:
		l.ended <- err // for who asks again
		return err
	case <-time.After(11 * time.Second):
		l.Error("Run did not return within 10 s of the stop")
		return errors.New("still running")
	}
}
