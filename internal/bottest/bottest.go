// Package bottest is what the tests of the bot's parts share: a little Slack
// with the people and channels of a firm, a register, and a log that must stay
// discreet.
package bottest

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/artra/klachtbot"
	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/internal/testclock"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// The people: a colleague, an officer, a deputy and a director.
const (
	Anna = "U0ANNA"
	Olga = "U0OLGA"
	Dirk = "U0DIRK"
	Eva  = "U0EVA"
)

// The channels: of the cases, of everybody, and of the directors where a test
// asks for it.
const (
	Cases     = "C0CASES"
	Lobby     = "C0LOBBY"
	Directors = "C0BOARD"
)

// Confided stands for what a complainant told.
const Confided = "Het-geheim-van-de-klager"

// Patience is the HTTP timeout of the tests.
const Patience = 500 * time.Millisecond

// Workspace is the little Slack, and how the bot calls it.
type Workspace struct {
	*testing.T
	Sim     *slacksim.Sim
	Ctx     context.Context // ends before the test runs out of time
	Account slackapi.Account
	HTTP    *http.Client
	API     *slackapi.Client
	Log     *Log
}

// Open starts a workspace and checks at the end that nothing secret was logged.
func Open(t *testing.T, changes ...func(*slacksim.Config)) *Workspace {
	t.Helper()
	world := World()
	for _, change := range changes {
		change(&world)
	}
	sim, err := slacksim.New(world)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	t.Cleanup(cancel)
	w := &Workspace{T: t, Sim: sim, Ctx: ctx, HTTP: slackapi.NewHTTP(Patience), Log: &Log{}}
	t.Cleanup(func() { w.Must(sim.Close()) })
	t.Cleanup(w.HTTP.CloseIdleConnections)
	w.Must(sim.Start(ctx, "127.0.0.1:0"))
	w.Must(sim.Join(sim.BotUserID(), Cases))
	w.Account = slackapi.Account{
		BotToken: slacksim.DefaultBotToken, AppToken: slacksim.DefaultAppToken, URL: sim.APIURL(),
	}
	w.API = slackapi.New(w.Account, w.HTTP)
	t.Cleanup(w.discreet)
	return w
}

// World is the workspace before a test changes it.
func World() slacksim.Config {
	return slacksim.Config{
		Manifest: klachtbot.Manifest,
		People: []slacksim.Person{
			{ID: Anna, Name: "anna", RealName: "Anna Bos", Locale: "en-US"},
			{ID: Olga, Name: "olga", RealName: "Olga Vos", Locale: "en-US"},
			{ID: Dirk, Name: "dirk", RealName: "Dirk Das", Locale: "en-GB"},
			{ID: Eva, Name: "eva", RealName: "Eva Uil", Locale: "en-US"},
		},
		Channels: []slacksim.Channel{
			{ID: Cases, Name: "zaken", Private: true, Members: []string{Olga, Dirk}},
			{ID: Lobby, Name: "lobby", Members: []string{Anna, Olga, Dirk, Eva}},
		},
	}
}

// Dutch is a firm in which nobody chose the other language.
type Dutch struct{}

// Language is that of nobody's choice.
func (Dutch) Language(roster.PersonID) string { return "" }

// WithDirectors adds a directors' channel, with the director and the bot.
func WithDirectors(world *slacksim.Config) {
	world.Channels = append(world.Channels, slacksim.Channel{
		ID: Directors, Name: "directie", Private: true, Members: []string{Eva, slacksim.BotUserID},
	})
}

// Must ends the test when there is an error.
func (w *Workspace) Must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// Only returns the one message of a channel.
func (w *Workspace) Only(channel string) slacksim.Message {
	w.Helper()
	all := w.Sim.Messages(channel)
	if len(all) != 1 {
		w.Fatalf("%d messages in %s, want exactly 1", len(all), channel)
	}
	return all[0]
}

// Calls counts those of a method.
func (w *Workspace) Calls(method string) (n int) {
	for _, c := range w.Sim.Calls() {
		if c.Method == method {
			n++
		}
	}
	return n
}

// AwaitCalls waits until a method was called n times. A call is recorded after
// its change was told, so that waiting for changes could miss the last one.
func (w *Workspace) AwaitCalls(method string, n int) {
	w.Helper()
	for w.Calls(method) < n {
		if !slackapi.Pause(w.Ctx, time.Millisecond) {
			w.Fatalf("%s: %d calls, want %d", method, w.Calls(method), n)
		}
	}
}

// Alarms are the direct messages that somebody got.
func (w *Workspace) Alarms(who string) (texts []string) {
	for _, m := range w.Sim.As(who).DMs() {
		texts = append(texts, m.Text)
	}
	return texts
}

// discreet checks that nothing that must stay secret was logged.
func (w *Workspace) discreet() {
	w.Helper()
	for _, word := range []string{Confided, "xoxb-", "xapp-", "Anna", "response_url", "/actions/"} {
		if strings.Contains(w.Log.String(), word) {
			w.Errorf("the log holds %q", word)
		}
	}
}

// Policy is that of a firm in a zone without summer time.
func Policy() *workflow.Policy {
	zone := time.FixedZone("CET", 3600)
	return &workflow.Policy{
		Terms:    workflow.DefaultTerms(),
		Calendar: calendar.Calendar{Location: zone, Opens: 540, Closes: 1020},
		Roster:   roster.Roster{Officers: []roster.PersonID{Olga, Dirk}, Directors: []roster.PersonID{Eva}},
	}
}

// Catalogue is the catalogue of texts.
func Catalogue(t *testing.T) *texts.Catalogue {
	t.Helper()
	c, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Register opens a register on SQLite, as o says otherwise than by default.
func Register(t *testing.T, o storage.Options) *storage.DB {
	t.Helper()
	db, _ := RegisterFile(t, o)
	return db
}

// RegisterFile is Register, and the file in which it is.
func RegisterFile(t *testing.T, o storage.Options) (db *storage.DB, file string) {
	t.Helper()
	dir := t.TempDir()
	ring, err := vault.CreateKeyFile(filepath.Join(dir, "keys"))
	if err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(dir, "register.db")
	o.URL, o.Keys = "sqlite:"+file, ring
	if o.Policy == nil {
		o.Policy = Policy()
	}
	if o.Now == nil {
		o.Now = testclock.Now
	}
	db, err = storage.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db, file
}

// AwaitIdle waits until nothing that is due waits in the outbox.
func (w *Workspace) AwaitIdle(db *storage.DB) {
	w.Helper()
	for {
		b, err := db.Queue().Backlog(w.Ctx)
		w.Must(err)
		if b.Oldest.IsZero() {
			return
		}
		if !slackapi.Pause(w.Ctx, 10*time.Millisecond) {
			w.Fatalf("%d deliveries still due, %d failing", b.Due, b.Failing)
		}
	}
}

// Complaint is what somebody files today.
func Complaint() workflow.File {
	today := Policy().Calendar.Today(testclock.Now())
	return workflow.File{
		Facts: workflow.Facts{
			Received: today, ReceivedVia: workflow.WayPhone, ComplainantKind: "participant",
			OfferingKind: "training", OfferingName: "Timmeren", Category: "trainer",
			Preferred: workflow.ContactEmail, Language: "nl",
		},
		Particulars: workflow.Particulars{Name: "Jo", Email: "jo@example.org", Story: Confided},
	}
}

// Log keeps what was logged.
type Log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write takes a line.
func (b *Log) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

// String is all that was logged.
func (b *Log) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// Logger logs everything into it.
func (b *Log) Logger() *slog.Logger {
	return slog.New(slog.NewJSONHandler(b, &slog.HandlerOptions{Level: slog.LevelDebug}))
}
