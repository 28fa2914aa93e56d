// Package storagetest is what the tests of storage and of the packages below it
// share: a Register to act on and look into, an Outbox whose deliveries a test
// sends by hand, and the people and complaints that they are about.
package storagetest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/migrations"
	"github.com/artra/klachtbot/storage/pgtest"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// Register is an open register with the test that uses it. It fails the test
// where something goes wrong that the test does not ask for.
type Register struct {
	testing.TB
	*storage.DB
	Options storage.Options
	Clock   *Clock // the procedure's
}

// New opens the register at that address, on Monday, until the test ends.
func New(t testing.TB, url string) *Register {
	t.Helper()
	clock := NewClock(Monday)
	reg := &Register{TB: t, Clock: clock, Options: storage.Options{
		URL: url, Keys: Keys(t), Policy: Policy(t), Now: clock.Now,
	}}
	reg.Open()
	return reg
}

// OnBoth runs a test on either engine, each with a register of its own.
func OnBoth(t *testing.T, test func(*testing.T, *Register)) {
	t.Helper()
	for _, name := range Engines() {
		t.Run(name, func(t *testing.T) { test(t, New(t, Address(t, name))) })
	}
}

// Engines are the databases on which the one suite runs.
func Engines() []string { return []string{"sqlite", "postgres"} }

// Address is that of a register to be opened: see readySchema.
func Address(t testing.TB, engine string) string {
	t.Helper()
	if engine == "postgres" {
		return pgtest.Filled(t, "schema", makeSchema)
	}
	return EmptyAddress(t, engine)
}

// EmptyAddress is that of a database without anything in it.
func EmptyAddress(t testing.TB, engine string) string {
	t.Helper()
	if engine == "postgres" {
		return pgtest.Database(t)
	}
	return "sqlite:" + filepath.Join(t.TempDir(), "register.db")
}

// makeSchema puts the schema into an empty database. It is made once for all
// tests, and copied: it takes longer than most of them.
func makeSchema(url string) error {
	e, err := engine.Open(context.Background(), url, engine.Unlocked)
	if err != nil {
		return err
	}
	m, err := e.Migrator(migrations.Files(), migrations.Functions()...)
	if err == nil {
		_, err = m.Up(context.Background())
	}
	return errors.Join(err, e.Close())
}

// schema is a file with the schema in it.
var schema = sync.OnceValues(func() (file []byte, err error) {
	dir, err := os.MkdirTemp("", "klachtbot-schema-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "schema.db")
	if err := makeSchema("sqlite:" + path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// readySchema puts the schema where a file register is not there yet.
func (reg *Register) readySchema() {
	reg.Helper()
	path, ok := strings.CutPrefix(reg.Options.URL, "sqlite:")
	if _, err := os.Stat(path); !ok || err == nil {
		return
	}
	file, err := schema()
	if err == nil {
		err = os.WriteFile(path, file, 0o600)
	}
	if err != nil {
		reg.Fatal(err)
	}
}

// Open opens the register until the test ends.
func (reg *Register) Open() {
	reg.Helper()
	reg.readySchema()
	db, err := storage.Open(reg.Context(), reg.Options)
	if err != nil {
		reg.Fatal(err)
	}
	reg.DB = db
	reg.Cleanup(func() {
		if err := db.Close(); err != nil {
			reg.Error(err)
		}
	})
}

// Reopen closes the register and opens it again, with another policy unless that
// is nil.
func (reg *Register) Reopen(policy *workflow.Policy) {
	reg.Helper()
	if err := reg.Close(); err != nil {
		reg.Fatal(err)
	}
	if policy != nil {
		reg.Options.Policy = policy
	}
	reg.Open()
}

// Beside opens the register a second time as another program would: with a
// ring of its own from the key file, and without a lock.
func (reg *Register) Beside() *storage.DB {
	reg.Helper()
	o := reg.Options
	keys, err := vault.OpenKeyFile(reg.KeyFile())
	if err != nil {
		reg.Fatal(err)
	}
	o.Keys = keys
	db, err := storage.Inspect(reg.Context(), o)
	if err != nil {
		reg.Fatal(err)
	}
	reg.Cleanup(func() { MustBe(reg, db.Close(), nil) })
	return db
}

// KeyFile is the path of the key file.
func (reg *Register) KeyFile() string { return reg.Options.Keys.Path() }

// Rotate rotates beside the open register and expects it to succeed.
func (reg *Register) Rotate() storage.Rotation {
	reg.Helper()
	r, err := reg.Beside().Rotator().Rotate(reg.Context())
	if err != nil {
		reg.Fatalf("rotate: %v", err)
	}
	return r
}

// Do applies an action, and expects it to succeed.
func (reg *Register) Do(id workflow.CaseID, by roster.PersonID, gesture string, a workflow.Action) workflow.Complaint {
	reg.Helper()
	r, err := reg.Apply(reg.Context(), workflow.Command{Case: id, Action: a, By: by, Gesture: gesture})
	if err != nil {
		reg.Fatalf("%s: %v", a.Name(), err)
	}
	return r.Complaint
}

// File files the sample complaint.
func (reg *Register) File(gesture string) workflow.Complaint {
	reg.Helper()
	return reg.Do("", Staff, gesture, Sample())
}

// FileAbout files the sample complaint with who it concerns.
func (reg *Register) FileAbout(gesture string, by, who roster.PersonID) workflow.Complaint {
	reg.Helper()
	l := Sample()
	l.Particulars.Concerns = who
	return reg.Do("", by, gesture, l)
}

// FileSecrets takes a case that concerns somebody through the procedure, and
// returns the words of it that must not be found.
func (reg *Register) FileSecrets() []string {
	reg.Helper()
	made := reg.FileAbout("view:secret-gesture", Staff, "U0CONCERNED")
	reg.Do(made.ID, Officer, "click:secret-gesture-2", workflow.Acknowledge{Sent: Sent(2, "Ontvangstbevestiging")})
	reg.Do(made.ID, Officer, "click:secret-gesture-3", workflow.Question{Sent: Sent(2, "Vraagtekst")})
	reg.Do(made.ID, Officer, "click:secret-gesture-4", workflow.Answer{
		Date: calendar.NewDate(2026, 3, 2), Way: workflow.WayPhone, Text: "Antwoordtekst",
	})
	reg.Do(made.ID, Officer, "click:secret-gesture-5", workflow.Note{Text: "Notitietekst"})
	reg.Do(made.ID, Officer, "click:secret-gesture-6", Resolved())
	return append(Secrets(), "U0CONCERNED", "secret-gesture", "Ontvangstbevestiging", "Vraagtekst", "Antwoordtekst",
		"Notitietekst", "nieuwe dag", "herkansing", "Tevreden", "0263337572", "31263337572")
}

// CloseCase takes a complaint to its end.
func (reg *Register) CloseCase(c workflow.Complaint) workflow.Complaint {
	reg.Helper()
	by := c.Owner
	reg.Do(c.ID, by, "resolve "+string(c.ID), Resolved())
	return reg.Do(c.ID, by, "confirm "+string(c.ID), workflow.Confirm{Sent: Sent(2, "Uitkomst bevestigd")})
}

// SweepAll sweeps until nothing is due.
func (reg *Register) SweepAll() (ticked int) {
	reg.Helper()
	for {
		n, err := reg.Sweep(reg.Context(), 100)
		if err != nil {
			reg.Fatal(err)
		}
		if ticked += n; n < 100 {
			return ticked
		}
	}
}

// FindNumber is DB.Find by a number.
func (reg *Register) FindNumber(number string, viewer roster.PersonID) (workflow.Complaint, workflow.Access, error) {
	return reg.Find(reg.Context(), workflow.Lookup{Number: number}, viewer)
}

// Listed returns the numbers of a page.
func (reg *Register) Listed(q lists.Query) (numbers []string) {
	reg.Helper()
	p, err := reg.Search().List(reg.Context(), q)
	if err != nil {
		reg.Fatal(err)
	}
	for _, c := range p.Cases {
		numbers = append(numbers, c.Number)
	}
	return numbers
}

// Dossier returns what the dossier of a case holds.
func (reg *Register) Dossier(id workflow.CaseID) (entries []Entry) {
	reg.Helper()
	records, err := reg.Records().Dossier(reg.Context(), id)
	if err != nil {
		reg.Fatal(err)
	}
	for _, r := range records {
		e := Entry{r.Kind, r.At, r.By, r.Date.String(), r.Way, map[string]string{}}
		for field, text := range r.Texts {
			e.Texts[field] = text.Reveal()
		}
		entries = append(entries, e)
	}
	return entries
}

// Entry is a Record in the clear.
type Entry struct {
	Kind  workflow.RecordKind
	At    time.Time
	By    roster.PersonID
	Date  string
	Way   workflow.Way
	Texts map[string]string
}

// MustHold expects that the register says of a case what it is.
func (reg *Register) MustHold(want workflow.Complaint) {
	reg.Helper()
	got, err := reg.Case(reg.Context(), want.ID)
	if err != nil {
		reg.Fatal(err)
	}
	if Reveal(got) != Reveal(want) {
		reg.Error("particulars differ")
	}
	got.Particulars, want.Particulars = workflow.Particulars{}, workflow.Particulars{}
	Equal(reg, "case "+string(want.State), got, want)
}

// Findings returns what Verify finds.
func (reg *Register) Findings() (found []journal.Finding) {
	reg.Helper()
	if err := reg.Verify(reg.Context(), func(f journal.Finding) { found = append(found, f) }); err != nil {
		reg.Fatal(err)
	}
	return found
}

// MustVerify expects that Verify finds nothing.
func (reg *Register) MustVerify() {
	reg.Helper()
	for _, f := range reg.Findings() {
		reg.Errorf("verify: %v", f)
	}
}

// Exec runs SQL, as somebody with access to the database but not to the key.
func (reg *Register) Exec(query string, args ...any) {
	reg.Helper()
	if _, err := reg.Core().Write.Exec(reg.Context(), query, args...); err != nil {
		reg.Fatalf("raw SQL: %v", err)
	}
}

// Count returns what a "SELECT count(*)" finds.
func (reg *Register) Count(query string, args ...any) (n int) {
	reg.Helper()
	if err := reg.Core().Read.Get(reg.Context(), &n, query, args...); err != nil {
		reg.Fatalf("count: %v", err)
	}
	return n
}
