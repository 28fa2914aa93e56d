package handlerstest

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

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/cleanup"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/dossier"
	"github.com/artra/klachtbot/handlers/export"
	"github.com/artra/klachtbot/handlers/home"
	"github.com/artra/klachtbot/handlers/lookup"
	"github.com/artra/klachtbot/handlers/notices"
	"github.com/artra/klachtbot/handlers/remedy"
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

// Monday is where the clock of these tests stands: Monday 23 November 2026,
// 10:00 in Amsterdam.
var Monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func Policy(t testing.TB) *workflow.Policy {
	t.Helper()
	amsterdam, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	return &workflow.Policy{
		Terms:    workflow.DefaultTerms(),
		Calendar: calendar.Calendar{Location: amsterdam, Opens: 540, Closes: 1020},
		Roster: roster.Roster{
			Officers:  []roster.PersonID{Officer, Deputy},
			Directors: []roster.PersonID{Director},
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

// Fixture is a Handler at work: the real procedure and texts, a register of its
// own, screens that keep what they show, and gestures as Slack sends them: JSON
// payloads with the state of a view.
type Fixture struct {
	*core.Env
	*handlers.Handler
	Config  handlers.Config
	Screen  *ScreenSlack
	Written *strings.Builder
	DB      *storage.DB // nil: the register is lost
	Clock   time.Time   // the procedure's
	Presses int
}

// New returns a fixture on Monday; one of its officers reads English.
func New(t testing.TB) *Fixture {
	t.Helper()
	rules := Policy(t)
	rules.Roster.Officers = append(rules.Roster.Officers, English)
	return NewWithRules(t, rules)
}

// NewWithRules is New with another procedure.
func NewWithRules(t testing.TB, rules *workflow.Policy) *Fixture {
	t.Helper()
	dir := t.TempDir()
	if err := emptyRegister(dir); err != nil {
		t.Fatal(err)
	}
	keys, err := vault.OpenKeyFile(filepath.Join(dir, "key"))
	if err != nil {
		t.Fatal(err)
	}
	f := &Fixture{Clock: Monday}
	f.DB, err = storage.Open(t.Context(), storage.Options{
		URL: "sqlite:" + filepath.Join(dir, "cases.db"), Keys: keys, Policy: rules, Now: func() time.Time { return f.Clock },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.DB.Close() }) // a test that closed it did so on purpose
	if err := f.DB.Languages().Choose(t.Context(), English, "en", 1); err != nil {
		t.Fatal(err)
	}
	f.Config = onRegister(Whole{f.DB.Rooms()}, f.DB.Documents())
	f.Config.Views = f.DB.Queue().Views()
	f.build(t, rules, f.DB, f.DB.Languages())
	return f
}

// NewLost returns a fixture whose register is lost.
func NewLost(t testing.TB) *Fixture {
	t.Helper()
	f := &Fixture{Clock: Monday, Config: onRegister(LostRegister{}, nil)}
	f.build(t, Policy(t), LostRegister{}, LostRegister{})
	return f
}

// build gives the Handler all but the register.
func (f *Fixture) build(t testing.TB, rules *workflow.Policy, presence core.PresenceReader, l languages) {
	t.Helper()
	catalogue, err := loadTexts()
	if err != nil {
		t.Fatal(err)
	}
	drafts, err := loadLetters()
	if err != nil {
		t.Fatal(err)
	}
	f.Screen, f.Written = &ScreenSlack{}, &strings.Builder{}
	nonces := 0
	f.Env = &core.Env{
		Policy: rules, Presence: presence, Slack: f.Screen, Links: f.Screen, People: People(), Texts: catalogue,
		Firm: letters.Firm{
			Name: "artra", Contact: []string{"026 – 333 75 72", "artra@artra.nl"},
			OutsideContact: "Vertrouwenspersoon Anna Smit, anna@buiten.example",
		},
		Language: "nl",
		Chosen:   l,
		Now:      func() time.Time { return f.Clock },
		Log:      slog.New(slog.NewTextHandler(f.Written, nil)),
		Nonce:    func() string { nonces++; return fmt.Sprintf("nonce-%d", nonces) },
	}
	f.Use(func(c *handlers.Config) { c.Env, c.Letters, c.Languages = f.Env, drafts, l })
}

// Use makes the Handler anew from a configuration that was changed.
func (f *Fixture) Use(change func(*handlers.Config)) {
	change(&f.Config)
	f.Handler = handlers.New(f.Config)
}

// languages is where people choose what they read.
type languages interface {
	texts.Choices
	home.LanguageKeeper
}

// From renders cases from somewhere else than the register.
func (f *Fixture) From(r source) {
	f.Presence = r
	f.Use(func(c *handlers.Config) { c.Source = r })
}

// source is where cases are rendered from.
type source interface {
	notices.NoticeSource
	core.PresenceReader
}

func onRegister(r wholeRegister, documents export.DocumentStore) handlers.Config {
	return handlers.Config{
		Cases: r, Records: r, Dossiers: r, Lister: r, Home: r, Absences: r, Source: r, Rounds: r, Messages: r, Documents: documents, Contents: r, Remedies: r,
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
	notices.MessageRenewer
	export.CaseContents
	export.RegisterReader
	subject.SubjectSearcher
	review.FiguresReader
	review.ReviewStore
	cleanup.UndeletableReader
	core.PresenceReader
	remedy.Reader
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

// At sets the clock to an hour of a day in November.
func (f *Fixture) At(day, hour int) *Fixture {
	f.Clock = f.Instant(day, hour)
	return f
}

// Instant is an hour of a day in November.
func (f *Fixture) Instant(day, hour int) time.Time {
	return time.Date(2026, 11, day, hour, 0, 0, 0, f.Policy.Calendar.Location)
}
