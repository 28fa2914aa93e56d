package bot

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"go.uber.org/goleak"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/internal/testclock"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// The workspace of the tests.
const (
	anna, olga, dirk, eva = "U0ANNA", "U0OLGA", "U0DIRK", "U0EVA" // staff, officer, deputy, director
	cases, lobby          = "C0CASES", "C0LOBBY"
	confided              = "Het-geheim-van-de-klager" // stands for what a complainant told
)

// desktop is the handlers' place in these tests: each gesture is a function.
type desktop struct {
	slack       handlers.Slack
	people      handlers.People
	command     func(context.Context, slack.SlashCommand) handlers.Ack
	interaction func(context.Context, slack.InteractionCallback) handlers.Ack
	event       func(context.Context, any)
	render      func(context.Context, outbox.Delivery) (handlers.Message, int, error)
}

func (f *desktop) Command(ctx context.Context, c slack.SlashCommand) handlers.Ack {
	if f.command == nil {
		return handlers.Ack{Payload: map[string]string{"text": "echo " + c.Text}}
	}
	return f.command(ctx, c)
}

func (f *desktop) Interaction(ctx context.Context, in slack.InteractionCallback) handlers.Ack {
	if f.interaction == nil {
		return handlers.Ack{}
	}
	return f.interaction(ctx, in)
}

func (f *desktop) KeepFigures(context.Context) error { return nil }

func (f *desktop) Event(ctx context.Context, inner any) {
	if f.event != nil {
		f.event(ctx, inner)
	}
}

func (f *desktop) Render(ctx context.Context, d outbox.Delivery) (handlers.Message, int, error) {
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

// register counts the sweeps; who is gone is no news to it.
type register struct{ sweeps atomic.Int64 }

// A lab without a real register has no files either.
func (*register) Attachment(context.Context, workflow.CaseID, int) (workflow.Attachment, error) {
	return workflow.Attachment{}, errLost
}

func (*register) TakeAttachment(context.Context, workflow.CaseID, int, []byte) error { return errLost }

func (*register) EndAttachment(context.Context, workflow.CaseID, int, workflow.AttachmentState, string) error {
	return errLost
}

func (r *register) SetDeactivated(context.Context, roster.PersonID, bool) (bool, error) {
	return false, nil
}

func (r *register) Owners(context.Context) ([]roster.PersonID, error) { return nil, nil }

func (r *register) Sweep(context.Context, int) (int, error) {
	r.sweeps.Add(1)
	return 0, nil
}

// lab is a bot and the little Slack that it works in.
type lab struct {
	*testing.T
	sim      *slacksim.Sim
	outbox   *memory
	register *register
	front    *desktop
	config   Config
	bot      *Bot
	log      *logbook
	ctx      context.Context
	stop     context.CancelFunc
	ended    chan error
}

func newLab(t *testing.T, changes ...func(*lab, *slacksim.Config)) *lab {
	t.Helper()
	manifest, err := os.ReadFile("../manifest.yml")
	if err != nil {
		t.Fatal(err)
	}
	l := &lab{T: t, outbox: newMemory(), register: &register{}, front: &desktop{}, log: &logbook{}}
	world := slacksim.Config{
		Manifest: manifest,
		People: []slacksim.Person{
			{ID: anna, Name: "anna", RealName: "Anna Bos", Locale: "nl-NL"},
			{ID: olga, Name: "olga", RealName: "Olga Vos", Locale: "nl-NL"},
			{ID: dirk, Name: "dirk", RealName: "Dirk Das", Locale: "en-GB"},
			{ID: eva, Name: "eva", RealName: "Eva Uil", Locale: "nl-NL"},
		},
		Channels: []slacksim.Channel{
			{ID: cases, Name: "zaken", Private: true, Members: []string{olga, dirk}},
			{ID: lobby, Name: "lobby", Members: []string{anna, olga, dirk, eva}},
		},
	}
	l.config = Config{
		CaseChannel: cases, Sockets: 1, Language: "nl", Policy: policy(), Texts: catalogue(t), Now: testclock.Now,
		patience: 500 * time.Millisecond, stagger: 50 * time.Millisecond,
		Outbox: l.outbox, Leftovers: l.outbox, Remnants: l.outbox, Register: l.register, Attendance: l.register, Mailbox: &mailbox{}, Files: l.register, Log: slog.New(slog.NewJSONHandler(l.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Handler: func(s handlers.Slack, p handlers.People) Handler {
			l.front.slack, l.front.people = s, p
			return l.front
		},
	}
	for _, change := range changes {
		change(l, &world)
	}
	l.open(world)
	return l
}

// open starts the workspace and puts the bot together; run starts it.
func (l *lab) open(world slacksim.Config) {
	l.Helper()
	var err error
	if l.sim, err = slacksim.New(world); err != nil {
		l.Fatal(err)
	}
	var cancel context.CancelFunc
	l.ctx, cancel = context.WithTimeout(context.Background(), 30*time.Second)
	l.Cleanup(cancel)
	l.Cleanup(func() { l.must(l.sim.Close()) })
	l.must(l.sim.Start(l.ctx, "127.0.0.1:0"))
	l.must(l.sim.Join(l.sim.BotUserID(), cases))
	l.config.BotToken, l.config.AppToken = slacksim.DefaultBotToken, slacksim.DefaultAppToken
	l.config.APIURL = l.sim.APIURL()
	l.bot, err = New(l.config)
	l.must(err)
	l.Cleanup(l.discreet)
}

func (l *lab) must(err error) {
	l.Helper()
	if err != nil {
		l.Fatal(err)
	}
}

// run starts the bot and waits until its sockets are open.
func (l *lab) run() {
	l.Helper()
	l.launch()
	l.must(l.sim.AwaitConnections(l.ctx, l.config.Sockets))
}

func (l *lab) launch() {
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
func (l *lab) end() error {
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

// discreet checks that nothing that must stay secret was logged.
func (l *lab) discreet() {
	l.Helper()
	for _, word := range []string{confided, "xoxb-", "xapp-", "Anna", "response_url", "/actions/"} {
		if strings.Contains(l.log.String(), word) {
			l.Errorf("the log holds %q", word)
		}
	}
}

// only returns the one message of a channel.
func (l *lab) only(channel string) slacksim.Message {
	l.Helper()
	all := l.sim.Messages(channel)
	if len(all) != 1 {
		l.Fatalf("%d messages in %s, want exactly 1", len(all), channel)
	}
	return all[0]
}

func policy() *workflow.Policy {
	zone := time.FixedZone("CET", 3600)
	return &workflow.Policy{
		Terms:    workflow.DefaultTerms(),
		Calendar: calendar.Calendar{Location: zone, Opens: 540, Closes: 1020},
		Roster:   roster.Roster{Officers: []roster.PersonID{olga, dirk}, Directors: []roster.PersonID{eva}},
	}
}

func catalogue(t *testing.T) *texts.Catalogue {
	t.Helper()
	c, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// logbook keeps what was logged.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *logbook) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *logbook) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
