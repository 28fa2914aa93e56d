package main

import (
	"database/sql"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lib/pq"

	"github.com/artra/klachtbot"
	"github.com/artra/klachtbot/mail/mailtest"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/storage/pgtest"
	"github.com/artra/klachtbot/storage/queue"
)

// oldRegisters holds what the program before the typed outbox left behind: a
// register for each engine with deliveries of every kind waiting, and the Slack
// that goes with it.
const oldRegisters = "../../storage/testdata/before-typed-outbox"

// oldDelivery is one of those that wait, as the old program saw it.
type oldDelivery struct {
	Surface string `json:"surface"`
	What    string `json:"what"`
	Lane    string `json:"lane"`
	Key     string `json:"key"`
	InSlack *struct {
		Channel string `json:"channel"`
		TS      string `json:"ts"`
		File    string `json:"file"`
	} `json:"in_slack"`
}

// oldRegisterTest is a programTest whose program finds an old register, in a
// Slack that answers again.
type oldRegisterTest struct {
	*programTest
	waiting []oldDelivery
	mail    *mailtest.Server
}

func newOldRegisterTest(t *testing.T, engine string) oldRegisterTest {
	t.Helper()
	from, dir := filepath.Join(oldRegisters, engine), t.TempDir()
	for _, name := range []string{"register.keys", "register.keys.erased", "workspace.json"} {
		copyOld(t, filepath.Join(from, name), filepath.Join(dir, name))
	}
	var old struct {
		Procedure time.Time     `json:"procedure"`
		Rows      []oldDelivery `json:"rows"`
	}
	readJSON(t, filepath.Join(from, "waiting.json"), &old)
	sim, err := slacksim.New(slacksim.Config{
		Manifest: klachtbot.Manifest, Team: slacksim.Team{ID: "T0TEST", Name: "test", Domain: "test"},
		PersistTo: filepath.Join(dir, "workspace.json"),
	})
	if err == nil {
		err = sim.Start(t.Context(), "127.0.0.1:0")
	}
	if err != nil {
		t.Fatal(err)
	}
	o := &programTest{t: t, sim: sim, dir: dir, output: &output{}}
	server := mailtest.Start(t, mailtest.Options{Security: mailtest.StartTLS, User: "klachtbot", Password: "geheim-wachtwoord"})
	o.env = oldSettings(time.Until(old.Procedure),
		"SLACK_API_URL="+sim.APIURL(), "KLACHTBOT_KEY_FILE="+filepath.Join(dir, "register.keys"),
		"DATABASE_URL="+oldDatabase(t, engine, from, dir), "KLACHTBOT_SMTP_URL="+server.URL(""),
	)
	t.Cleanup(o.close)
	return oldRegisterTest{o, old.Rows, server}
}

// oldSettings are those of the old program, but that people may be reminded.
func oldSettings(ahead time.Duration, more ...string) []string {
	return append(append(os.Environ(),
		"SLACK_BOT_TOKEN="+slacksim.DefaultBotToken, "SLACK_APP_TOKEN="+slacksim.DefaultAppToken,
		"KLACHTBOT_CASE_CHANNEL="+demoCases, "KLACHTBOT_OFFICERS="+demoOfficer+","+demoDeputy,
		"KLACHTBOT_DIRECTORS="+demoDirector+",U0DEWI", "KLACHTBOT_DIRECTORS_CHANNEL="+demoDirectors,
		"KLACHTBOT_PACE=0", "KLACHTBOT_LOG_LEVEL=debug", "KLACHTBOT_RETENTION_MONTHS=6",
		"KLACHTBOT_REMINDER_HOURS=00:00-24:00", "KLACHTBOT_REMINDER_DAYS=all",
		"KLACHTBOT_MAIL_FROM=Voorbeeld <klachten@example.nl>",
		"KLACHTBOT_CLOCK_OFFSET="+ahead.Truncate(time.Second).String(),
	), more...)
}

func readJSON(t testing.TB, path string, into any) {
	t.Helper()
	content, err := os.ReadFile(filepath.Clean(path))
	if err == nil {
		err = json.Unmarshal(content, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func copyOld(t *testing.T, from, to string) {
	t.Helper()
	content, err := os.ReadFile(filepath.Clean(from))
	if err == nil {
		err = os.WriteFile(to, content, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// oldDatabase restores the register of an engine.
func oldDatabase(t *testing.T, engine, from, dir string) (address string) {
	t.Helper()
	if engine == "sqlite" {
		path := filepath.Join(dir, "register.db")
		copyOld(t, filepath.Join(from, "register.sqlite"), path)
		return "sqlite:" + path
	}
	address = pgtest.Database(t)
	dump, err := os.ReadFile(filepath.Join(from, "register.sql"))
	if err != nil {
		t.Fatal(err)
	}
	connector, err := pq.NewConnector(address)
	if err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(connector)
	_, err = db.ExecContext(t.Context(), string(dump))
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return address
}

// comeDue makes all due that is not parked, whatever the wall clock says: nothing
// was tried later than now, and no document has waited too long. When something
// was tried first stays as it was, since its message stands in Slack since then.
func (o oldRegisterTest) comeDue() {
	o.t.Helper()
	past, ahead := time.Now().Add(-time.Minute).UnixMilli(), time.Now().Add(queue.DocumentTime).UnixMilli()
	db := o.raw()
	for s, at := range map[string]int64{
		`UPDATE outbox SET due_at = $1 WHERE due_at < 253370764800000`: past,
		`UPDATE outbox SET queued_at = $1 WHERE queued_at > $1`:        past,
		`UPDATE outbox SET first_try = $1 WHERE first_try > $1`:        past,
		`UPDATE lanes SET next_send_at = $1, leased_until = $1`:        past,
		`UPDATE outgoing_files SET delete_at = $1`:                     ahead,
	} {
		if _, err := db.ExecContext(o.t.Context(), s, at); err != nil {
			o.t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		o.t.Fatal(err)
	}
}

// shown returns where in Slack the messages with a delivery's key stand, as
// "channel ts", and the names of documents by their ids.
func (o oldRegisterTest) shown() (places map[string][]string, names map[string]string) {
	o.t.Helper()
	if err := o.sim.AwaitSaved(patience(o.t)); err != nil {
		o.t.Fatal(err)
	}
	var kept struct {
		Channels []struct {
			ID       string
			Messages []struct {
				TS       string
				Metadata struct {
					Payload struct{ Key string } `json:"event_payload"`
				}
			}
		}
		Files []struct{ ID, Name string }
	}
	readJSON(o.t, filepath.Join(o.dir, "workspace.json"), &kept)
	places, names = map[string][]string{}, map[string]string{}
	for _, c := range kept.Channels {
		for _, m := range c.Messages {
			if key := m.Metadata.Payload.Key; key != "" {
				places[key] = append(places[key], c.ID+" "+m.TS)
			}
		}
	}
	for _, f := range kept.Files {
		names[f.ID] = f.Name
	}
	return places, names
}

// TestOldRegister_isDelivered runs today's program on a register in which the
// program before left deliveries of every kind: what Slack has already is found
// and comes no second time, and what it has not comes once.
func TestOldRegister_isDelivered(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newOldRegisterTest(t, engine)
			o.comeDue()
			o.start()
			o.awaitNothingWaits()
			o.stop()
			places, names := o.shown()
			for key, all := range places {
				if len(all) > 1 {
					t.Errorf("key %s stands in Slack %d times: %q", key, len(all), all)
				}
			}
			for _, d := range o.waiting {
				d.check(t, places[d.Key], names)
			}
			if n := len(o.mail.Letters()); n != 2 {
				t.Errorf("%d letters left, want the two that the mail server had put off", n)
			}
			if complaints := o.sim.Complaints(); len(complaints) > 0 {
				t.Errorf("Slack would have refused: %q", complaints)
			}
			o.mustVerify()
		})
	}
}

// check looks at what became of a delivery: where its messages stand now, and
// the documents with its key in their name.
func (d oldDelivery) check(t *testing.T, places []string, names map[string]string) {
	t.Helper()
	var files []string
	for id, name := range names {
		if strings.Contains(name, d.Key[:8]) {
			files = append(files, id)
		}
	}
	moved := d.InSlack != nil && d.InSlack.Channel == demoCases && d.Lane != "cases"
	switch {
	case d.Surface == "picture" || d.InSlack != nil && d.InSlack.File != "":
		if len(files) != 1 || d.InSlack != nil && files[0] != d.InSlack.File {
			t.Errorf("%s %q: files %q", d.Surface, d.What, files)
		}
	case d.InSlack != nil && !moved:
		if at := d.InSlack.Channel + " " + d.InSlack.TS; !slices.Equal(places, []string{at}) {
			t.Errorf("%s %q stood at %s, and stands at %q", d.Surface, d.What, at, places)
		}
	case slices.Contains(comeAnyway, d.Surface):
		if len(places) != 1 || moved && strings.HasPrefix(places[0], demoCases) {
			t.Errorf("%s %q stands at %q", d.Surface, d.What, places)
		}
	}
}

// comeAnyway are messages that don't lose their reason while they wait.
var comeAnyway = []string{"case", "story", "line", "handover", "erasure", "erased", "removal"}
