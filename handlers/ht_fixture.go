package handlers

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/cleanup"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/dossier"
	"github.com/artra/klachtbot/handlers/export"
	"github.com/artra/klachtbot/handlers/home"
	"github.com/artra/klachtbot/handlers/lookup"
	"github.com/artra/klachtbot/handlers/notices"
	"github.com/artra/klachtbot/handlers/review"
	"github.com/artra/klachtbot/handlers/subject"
	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// monday is when the tests' office stands: Monday 23 November 2026, 10:00 in
// Amsterdam.
var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func policy(t testing.TB) *workflow.Policy {
	t.Helper()
	amsterdam, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	return &workflow.Policy{
		Terms:    workflow.DefaultTerms(),
		Calendar: calendar.Calendar{Location: amsterdam, Opens: 540, Closes: 1020},
		Roster: roster.Roster{
			Officers:  []roster.PersonID{officer, deputy},
			Directors: []roster.PersonID{director},
		},
	}
}

// Catalogue and letters don't change; one of each does for all tests.
var (
	loadTexts   = sync.OnceValues(texts.Load)
	loadLetters = sync.OnceValues(func() (*letters.Letters, error) {
		catalogue, err := loadTexts()
		if err != nil {
			return nil, err
		}
		return letters.Load(catalogue, "")
	})
)

// fixture is a Handler at work: the real procedure and texts, a register of its
// own, screens that can be looked at, and gestures as Slack sends them: JSON
// payloads with the state of a view.
type fixture struct {
	*core.Env
	*Handler
	Config  Config
	screen  *screenSlack
	log     *strings.Builder
	db      *storage.DB // nil: the register is lost
	clock   time.Time   // the procedure's
	presses int
}

// newFixture returns a fixture on Monday; one of its officers reads English.
func newFixture(t testing.TB) *fixture {
	t.Helper()
	rules := policy(t)
	rules.Roster.Officers = append(rules.Roster.Officers, english)
	return newWithRules(t, rules)
}

// newWithRules is newFixture with another procedure.
func newWithRules(t testing.TB, rules *workflow.Policy) *fixture {
	t.Helper()
	dir := t.TempDir()
	if err := emptyRegister(dir); err != nil {
		t.Fatal(err)
	}
	keys, err := vault.OpenKeyFile(filepath.Join(dir, "key"))
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{clock: monday}
	f.db, err = storage.Open(t.Context(), storage.Options{
		URL: "sqlite:" + filepath.Join(dir, "cases.db"), Keys: keys, Policy: rules, Now: func() time.Time { return f.clock },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.db.Close() }) // a test that closed it did so on purpose
	f.Config = onRegister(f.db)
	f.furnish(t, rules, f.db)
	return f
}

// newLost returns a fixture whose register is lost.
func newLost(t testing.TB) *fixture {
	t.Helper()
	f := &fixture{clock: monday, Config: onRegister(noRegister{})}
	f.furnish(t, policy(t), noRegister{})
	return f
}

// furnish gives the Handler all but the register.
func (f *fixture) furnish(t testing.TB, rules *workflow.Policy, presence core.PresenceReader) {
	t.Helper()
	catalogue, err := loadTexts()
	if err != nil {
		t.Fatal(err)
	}
	drafts, err := loadLetters()
	if err != nil {
		t.Fatal(err)
	}
	f.screen, f.log = &screenSlack{}, &strings.Builder{}
	nonces := 0
	f.Env = &core.Env{
		Policy: rules, Presence: presence, Slack: f.screen, People: people(), Texts: catalogue,
		Firm: letters.Firm{
			Name: "artra", Contact: []string{"026 – 333 75 72", "artra@artra.nl"},
			OutsideContact: "Vertrouwenspersoon Anna Smit, anna@buiten.example",
		},
		Language: "nl",
		Now:      func() time.Time { return f.clock },
		Log:      slog.New(slog.NewTextHandler(f.log, nil)),
		Nonce:    func() string { nonces++; return fmt.Sprintf("nonce-%d", nonces) },
	}
	f.use(func(c *Config) { c.Env, c.Letters = f.Env, drafts })
}

// use makes the Handler anew from a configuration that was changed.
func (f *fixture) use(change func(*Config)) {
	change(&f.Config)
	f.Handler = New(f.Config)
}

// from renders cases from somewhere else than the register.
func (f *fixture) from(r source) {
	f.Presence = r
	f.use(func(c *Config) { c.Source = r })
}

// source is where cases are rendered from.
type source interface {
	notices.NoticeSource
	core.PresenceReader
}

func onRegister(r wholeRegister) Config {
	return Config{
		Cases: r, Records: r, Dossiers: r, Lister: r, Home: r, Absences: r, Source: r, Rounds: r, Documents: r, Contents: r,
		Registers: r, Searcher: r, Holdings: r, Figures: r, Reviews: r, Undeletables: r,
	}
}

// wholeRegister is the register as the subjects need it.
type wholeRegister interface {
	cases.CaseStore
	dossier.DossierReader
	lookup.CaseLister
	home.HomeReader
	home.AbsenceKeeper
	notices.NoticeSource
	notices.RoundsReader
	export.DocumentStore
	export.CaseContents
	export.RegisterReader
	subject.SubjectSearcher
	review.FiguresReader
	review.ReviewStore
	cleanup.UndeletableReader
	core.PresenceReader
}

// madeOnce is an empty register and its key, made once for all tests: making
// the schema takes longer than most of them.
var madeOnce = sync.OnceValues(func() (files map[string][]byte, err error) {
	dir, err := os.MkdirTemp("", "klachtbot-empty-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	keys, err := vault.CreateKeyFile(filepath.Join(dir, "key"))
	if err != nil {
		return nil, err
	}
	db, err := storage.Open(context.Background(), storage.Options{
		URL: "sqlite:" + filepath.Join(dir, "cases.db"), Keys: keys, Policy: &workflow.Policy{Calendar: calendar.Calendar{Location: time.UTC}},
	})
	if err != nil {
		return nil, err
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	files = map[string][]byte{}
	for _, name := range []string{"key", "cases.db"} {
		if files[name], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			return nil, err
		}
	}
	return files, nil
})

// emptyRegister puts an empty register and its key into a folder.
func emptyRegister(dir string) error {
	files, err := madeOnce()
	if err != nil {
		return err
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}
