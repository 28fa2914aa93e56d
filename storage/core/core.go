// Package core is what storage and the packages below it share: the database,
// the keys, the policy with who is away, and two clocks.
package core

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/state"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Core is an open register as its parts use it.
type Core struct {
	*engine.Database
	Keys   *vault.Ring
	State  *state.File     // what outlives a restore of the register
	Search vault.SearchKey // zero where the register is only looked at: see SearchKey
	Policy *workflow.Policy
	Now    func() time.Time // the procedure's clock
	Wall   func() time.Time // for leases and look-ups
	Log    *slog.Logger
	Check  func() ClockCheck // of the procedure's clock; nil where there is no second one

	uptime atomic.Pointer[workflow.Uptime]
}

// Instant is a moment of the procedure as the register keeps it.
func (c *Core) Instant() time.Time { return c.Now().UTC().Truncate(time.Second) }

// Today is the date of Instant.
func (c *Core) Today() calendar.Date { return c.Policy.Calendar.Today(c.Instant()) }

// The table meta holds what there is one of, by name.
const (
	ReadMeta  = `SELECT value FROM meta WHERE name = $1`
	WriteMeta = `INSERT INTO meta (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`

	MetaSearch      = "search"       // the search key, wrapped
	MetaContactRule = "contact_rule" // by which rule cases are searched; see storage.rekeyMark
)

// SearchKey reads the search key as q shows it, which a register that is only
// looked at did not open.
func (c *Core) SearchKey(ctx context.Context, q engine.Runner) (vault.SearchKey, error) {
	var wrapped []byte
	if err := q.Get(ctx, &wrapped, ReadMeta, MetaSearch); err != nil {
		return vault.SearchKey{}, fmt.Errorf("search key: %w", err)
	}
	return c.Keys.UnwrapSearchKey(wrapped)
}

// HashPerson is the kind of the keyed hash of a person.
const HashPerson = "person"

// PersonHash is the keyed hash by which a person is found whom a case concerns.
func (c *Core) PersonHash(who roster.PersonID) []byte { return HashOf(c.Search, who) }

// HashOf is PersonHash with a search key that was read.
func HashOf(key vault.SearchKey, who roster.PersonID) []byte {
	return key.Hash(HashPerson, string(who))
}

// Statements are the hot ones.
func Statements() []string { return []string{knownAbsences} }
