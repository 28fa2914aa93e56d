package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/artra/klachtbot"
	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/storage/pgtest"
)

// binary is the real program, built without the race detector so that its
// timing is that of a release.
var binary string

func TestMain(m *testing.M) {
	bottest.Together()
	dir, err := os.MkdirTemp("", "klachtbot-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	binary = filepath.Join(dir, "klachtbot")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build: %v\n%s", err, out)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// programTest is a simulated workspace with the real program connected to it.
type programTest struct {
	t      testing.TB
	sim    *slacksim.Sim
	env    []string
	serve  *exec.Cmd
	output *output // of all runs of the program
	dir    string

	program string // "" for binary
}

func (o *programTest) path() string {
	if o.program == "" {
		return binary
	}
	return o.program
}

// engines names the databases that a register can be in.
func engines() []string { return []string{"sqlite", "postgres"} }

// newProgramTest starts a workspace and no program yet; set are further settings,
// NAME=value.
func newProgramTest(t testing.TB, engine string, set ...string) *programTest {
	t.Helper()
	people := demoPeople()
	people = append(people,
		slacksim.Person{ID: "U0GUEST", Name: "gast", RealName: "Guus Gast", Locale: "en-US", Guest: true},
		slacksim.Person{ID: "U0EMMA", Name: "emma", RealName: "Emma English", Locale: "en-GB"},
	)
	channels := demoChannels(slacksim.BotUserID)
	channels[0].Members = append(channels[0].Members, "U0GUEST", "U0EMMA")
	sim, err := slacksim.New(slacksim.Config{
		Manifest: klachtbot.Manifest, People: people, Channels: channels,
		Team: slacksim.Team{ID: "T0TEST", Name: "test", Domain: "test"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := sim.Start(t.Context(), "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	o := &programTest{t: t, sim: sim, dir: t.TempDir(), output: &output{}}
	database := "sqlite:" + filepath.Join(o.dir, "register.db")
	if engine == "postgres" {
		database = pgtest.Database(t)
	}
	o.env = append(os.Environ(),
		"SLACK_BOT_TOKEN="+slacksim.DefaultBotToken, "SLACK_APP_TOKEN="+slacksim.DefaultAppToken,
		"SLACK_API_URL="+sim.APIURL(), "DATABASE_URL="+database,
		"KLACHTBOT_KEY_FILE="+filepath.Join(o.dir, "register.key"),
		"KLACHTBOT_CASE_CHANNEL="+demoCases, "KLACHTBOT_OFFICERS="+demoOfficer+","+demoDeputy,
		"KLACHTBOT_DIRECTORS="+demoDirector, "KLACHTBOT_PACE=0", "KLACHTBOT_LOG_LEVEL=debug",
		"KLACHTBOT_REMINDER_HOURS=00:00-24:00", "KLACHTBOT_REMINDER_DAYS=all", clockAfter(0),
	)
	o.env = append(o.env, set...)
	t.Cleanup(o.close)
	return o
}

// launch starts the program and does not wait for it.
func (o *programTest) launch() {
	o.t.Helper()
	o.serve = exec.Command(o.path(), "serve")
	o.serve.Env = o.env
	o.serve.Stdout, o.serve.Stderr = o.output, o.output
	o.serve.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := o.serve.Start(); err != nil {
		o.t.Fatal(err)
	}
}

// start runs the program and waits until it is connected.
func (o *programTest) start() {
	o.t.Helper()
	o.launch()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := o.sim.AwaitConnections(ctx, 1); err != nil {
		o.t.Fatalf("the bot did not connect: %v\n%s", err, o.output)
	}
}

// kill ends the program as a power cut would.
func (o *programTest) kill() {
	o.t.Helper()
	if err := o.serve.Process.Kill(); err != nil {
		o.t.Fatal(err)
	}
	_ = o.serve.Wait() // it says that it was killed
	o.serve = nil
	o.awaitSilence()
}

// killWithin kills the program at a random moment from now on: that it is not known
// beforehand is what is tested.
func (o *programTest) killWithin(most time.Duration) {
	o.t.Helper()
	moment := time.NewTimer(rand.N(most))
	<-moment.C
	o.kill()
}

// awaitSilence waits until Slack has noticed that the program is gone, so
// that the next start is not taken for connected by the last one's socket.
func (o *programTest) awaitSilence() {
	o.t.Helper()
	changes, unsubscribe := o.sim.Subscribe()
	defer unsubscribe()
	for ctx := patience(o.t); o.sim.Connections() > 0; {
		select {
		case <-changes:
		case <-ctx.Done():
			o.t.Fatal("the sockets of a program that ended are still open")
		}
	}
}

// stop ends the program orderly and expects exit code 0.
func (o *programTest) stop() {
	o.t.Helper()
	if err := o.serve.Process.Signal(syscall.SIGTERM); err != nil {
		o.t.Fatal(err)
	}
	if err := o.serve.Wait(); err != nil {
		o.t.Errorf("stopped with %v\n%s", err, o.output)
	}
	o.serve = nil
	o.awaitSilence()
}

func (o *programTest) close() {
	if o.serve != nil {
		_ = o.serve.Process.Kill()
		_ = o.serve.Wait()
	}
	if err := o.sim.Close(); err != nil {
		o.t.Error(err)
	}
}

// command runs another command of the program on the same register.
func (o *programTest) command(args ...string) (string, int) {
	o.t.Helper()
	cmd := exec.CommandContext(o.t.Context(), o.path(), args...)
	cmd.Env = o.env
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		o.t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// output collects what the program writes, for several runs and readers.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}

// person is a member of the workspace; everything they wait for may take 10 s.
type person struct {
	*slacksim.User
	t testing.TB
}

func (o *programTest) as(id string) person { return person{o.sim.As(id), o.t} }

func patience(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// on has the complaint be about another training.
func on(offering string) func(slacksim.Values) {
	return func(v slacksim.Values) { v["offering_name"] = offering }
}

// form is what somebody at the telephone fills in; the rest has defaults.
func form(edits ...func(slacksim.Values)) slacksim.Values {
	v := slacksim.Values{
		"complainant_name": "Noor Voorbeeld", "email": "noor@example.org", "phone": "06 1234 5678", "preferred_contact": "email",
		"complainant_kind": "participant", "offering_kind": "training", "offering_name": "Gesprekstechniek",
		"category": "trainer", "description": "De trainer kwam te laat, zegt Noor Voorbeeld.",
		"desired_outcome": "Een excuus.",
	}
	for _, edit := range edits {
		edit(v)
	}
	if v["email"] == "" && v["preferred_contact"] == "email" {
		v["preferred_contact"] = "phone"
	}
	return v
}

// log logs a complaint through /klacht and returns its number.
func (p person) log(values slacksim.Values) string {
	p.t.Helper()
	view := p.openLog()
	got, err := p.Submit(patience(p.t), view.ID, values)
	if err != nil || !got.Updated {
		p.t.Fatalf("submit: %+v, %v", got, err)
	}
	return p.number()
}

func (p person) openLog() slacksim.View {
	p.t.Helper()
	if answer, err := p.Slash(patience(p.t), "C0ALGEMEEN", "/klacht", ""); err != nil || answer.Text != "" {
		p.t.Fatalf("/klacht: %+v, %v", answer, err)
	}
	view, err := p.AwaitModal(patience(p.t), "log_complaint")
	if err != nil {
		p.t.Fatal(err)
	}
	return view
}

// pressing presses until what it is for has happened, again each time that the
// person is told to try again: a look at a case has one second, which a busy
// machine may not keep. channel is where the answer appears.
func (p person) pressing(o *programTest, channel string, press func(context.Context) error, happened func() bool) {
	p.t.Helper()
	changes, unsubscribe := o.sim.Subscribe()
	defer unsubscribe()
	for ctx, pressed := patience(p.t), -1; !happened(); {
		if told := p.toldToTryAgain(channel); told > pressed {
			pressed = told
			if err := press(ctx); err != nil {
				p.t.Fatal(err)
			}
			continue
		}
		select {
		case <-changes:
		case <-ctx.Done():
			p.t.Fatalf("pressed, and nothing happened\n%s", tail(o.output.String()))
		}
	}
}

// tryAgain is in the answer to a gesture that took too long.
const tryAgain = "Probeer het zo nog een keer."

func (p person) toldToTryAgain(channel string) (times int) {
	for _, m := range p.Ephemerals(channel) {
		if strings.Contains(m.Text, tryAgain) {
			times++
		}
	}
	return times
}

// opens presses what opens a modal.
func (p person) opens(o *programTest, channel, callback string, press func(context.Context) error) (view slacksim.View) {
	p.t.Helper()
	p.pressing(o, channel, press, func() bool {
		top, ok := p.Modal()
		view = top
		return ok && top.CallbackID == callback
	})
	return view
}

// opensCase presses the button of a case message that opens its dossier.
func (p person) opensCase(o *programTest, ts string) slacksim.View {
	p.t.Helper()
	return p.opens(o, demoCases, "dossier", func(ctx context.Context) error {
		return p.Click(ctx, demoCases, ts, "dossier", "")
	})
}

// number reads the case number off the modal in front of the person.
func (p person) number() string {
	p.t.Helper()
	view, ok := p.Modal()
	number := caseNumber.FindString(string(view.Raw))
	if !ok || number == "" {
		p.t.Fatal("no number on the screen")
	}
	return number
}

// caseMessage waits for the case message of that number.
func (o *programTest) caseMessage(channel, number string, match func(slacksim.Message) bool) slacksim.Message {
	o.t.Helper()
	m, err := o.sim.AwaitMessage(patience(o.t), channel, func(m slacksim.Message) bool {
		return isRoot(m) && strings.Contains(m.Text, number) && match(m)
	})
	if err != nil {
		o.t.Fatalf("case message of %s: %v", number, err)
	}
	return m
}

func isRoot(m slacksim.Message) bool { return m.ThreadTS == "" || m.ThreadTS == m.TS }
