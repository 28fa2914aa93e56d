// Package people keeps what somebody chose for themselves: the language that
// they read.
package people

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"sync"
	"sync/atomic"

	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow/roster"
)

const (
	choose = `INSERT INTO people (person, gone, gathered, weekly, language, chosen_at) VALUES ($1, FALSE, '', '', $2, $3)
		ON CONFLICT (person) DO UPDATE SET language = excluded.language, chosen_at = excluded.chosen_at
		WHERE people.chosen_at <= excluded.chosen_at`
	chosen = `SELECT person, language FROM people WHERE language <> ''`

	// metaLanguages is the name in the table meta of what is another value after
	// each choice.
	metaLanguages = "languages"
)

// Statements are the hot ones.
func Statements() []string { return []string{core.ReadMeta} }

// Languages are those that people chose for themselves. They are read when the
// register opens and at each sweep, and kept in memory, so that a form needs no
// register to be in the right language.
type Languages struct {
	core   *core.Core
	chosen atomic.Pointer[map[roster.PersonID]string]

	mu    sync.Mutex // of who changes the fields
	seen  string     // value of metaLanguages that chosen goes with
	taken int        // choices that were made here
}

// New knows of no choice before Refresh.
func New(c *core.Core) *Languages {
	l := &Languages{core: c}
	l.chosen.Store(&map[roster.PersonID]string{})
	return l
}

// Language is what somebody chose, "" for nothing. It asks nobody.
func (l *Languages) Language(who roster.PersonID) string { return (*l.chosen.Load())[who] }

// Choose keeps which language somebody reads from now on. pressed is when they
// chose, by Slack's clock, in microseconds: a choice that comes after a later one
// changes nothing, so that a redelivery takes nothing back.
func (l *Languages) Choose(ctx context.Context, who roster.PersonID, language string, pressed int64) error {
	counts := false
	err := l.core.Change(ctx, func(tx engine.Tx) error {
		counts = false
		n, err := tx.Exec(ctx, choose, who, language, pressed)
		if err != nil || n == 0 {
			return err
		}
		counts = true
		_, err = tx.Exec(ctx, core.WriteMeta, metaLanguages, []byte(rand.Text()))
		return err
	})
	if err != nil {
		return fmt.Errorf("choose language: %w", err)
	}
	if counts {
		l.learn(who, language)
	}
	return nil
}

// learn takes over what was chosen here; the next Refresh reads it, too.
func (l *Languages) learn(who roster.PersonID, language string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	known := maps.Clone(*l.chosen.Load())
	known[who] = language
	l.chosen.Store(&known)
	l.taken++
}

// Refresh takes over what was chosen elsewhere, which costs one read when that is
// nothing.
func (l *Languages) Refresh(ctx context.Context) error {
	l.mu.Lock()
	seen, taken := l.seen, l.taken
	l.mu.Unlock()
	var mark []byte
	switch err := l.core.Read.Get(ctx, &mark, core.ReadMeta, metaLanguages); {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return engine.Explain(ctx, fmt.Errorf("languages: %w", err))
	case string(mark) == seen:
		return nil
	}
	known, err := l.read(ctx)
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.taken == taken { // else what was read may be older than what was chosen here
		l.chosen.Store(&known)
		l.seen = string(mark)
	}
	return nil
}

func (l *Languages) read(ctx context.Context) (map[roster.PersonID]string, error) {
	var rows []struct {
		Person   roster.PersonID `db:"person"`
		Language string          `db:"language"`
	}
	if err := l.core.Read.All(ctx, &rows, chosen); err != nil {
		return nil, engine.Explain(ctx, fmt.Errorf("languages: %w", err))
	}
	known := make(map[roster.PersonID]string, len(rows))
	for _, r := range rows {
		known[r.Person] = r.Language
	}
	return known, nil
}
