package binding

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

// What is bound at once.
const (
	batch  = 50                     // cases looked at in one step
	toTake = 150 * time.Millisecond // of each sweep
)

// unbound are the next cases behind $1, each with whether the present edition bound
// it and it is counted by the present rule. $2 is the edition as journal lines begin
// with it. A case whose last line is gone is left to verification.
const unbound = `SELECT c.id, CASE WHEN j.line IS NULL OR substr(j.held, 1, 2) = $2 AND (c.counting <> '' OR c.state = 'erased')
		THEN 1 ELSE 0 END AS bound
	FROM (SELECT id, lines, counting, state FROM complaints WHERE id > $1 ORDER BY id LIMIT $3) c
	LEFT JOIN journal j ON j.complaint = c.id AND j.line = c.lines ORDER BY c.id`

// metaBound is how far a register is, as the table meta has it: the edition when all
// cases are bound by it, and before that the edition, a space, and the last case that
// was looked at. Where every case is bound shows in the journal too: a mark that is
// lost costs one more walk.
const metaBound = "bound"

func wholly() string { return strconv.Itoa(cases.Edition) }

// Binder binds the cases of a register from before. It looks through the register
// once, in however many processes.
type Binder struct {
	*core.Core
	journal *journal.Journal
	after   atomic.Value // of workflow.CaseID: the last one that was looked at; nil before the mark was read
	skipped atomic.Bool  // the key of some case did not open: the next process looks again
	done    atomic.Bool
}

// New returns a binder that goes on where the last process was.
func New(c *core.Core, j *journal.Journal) *Binder { return &Binder{Core: c, journal: j} }

// begin reads how far the register is. What an earlier edition wrote is the beginning.
func (b *Binder) begin(ctx context.Context) error {
	if b.after.Load() != nil {
		return nil
	}
	var mark []byte
	if err := b.Read.Get(ctx, &mark, core.ReadMeta, metaBound); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("how far the register is bound: %w", err)
	}
	last, _ := strings.CutPrefix(string(mark), wholly()+" ")
	if last == string(mark) {
		last = ""
	}
	b.done.Store(string(mark) == wholly())
	b.after.Store(workflow.CaseID(last))
	return nil
}

// keep writes down how far the register is.
func (b *Binder) keep(ctx context.Context) error {
	mark := wholly() + " " + string(b.after.Load().(workflow.CaseID))
	switch {
	case b.done.Load() && b.skipped.Load():
		mark = wholly() + " "
	case b.done.Load():
		mark = wholly()
	}
	if _, err := b.Write.Exec(ctx, core.WriteMeta, metaBound, []byte(mark)); err != nil {
		return fmt.Errorf("how far the register is bound: %w", err)
	}
	return nil
}

// Run binds cases for a moment; the next sweep goes on behind them. A case that
// can't be bound does not keep the others waiting: the error tells of it, or the log
// where its key does not open.
func (b *Binder) Run(ctx context.Context, _ time.Time) error {
	if err := b.begin(ctx); err != nil {
		return engine.Explain(ctx, err)
	}
	var errs []error
	for until := b.Wall().Add(toTake); !b.done.Load() && ctx.Err() == nil; {
		if err := errors.Join(b.step(ctx, until), b.keep(ctx)); err != nil {
			errs = append(errs, err)
		}
		if !b.Wall().Before(until) || len(errs) > 0 {
			break
		}
	}
	return engine.Explain(ctx, errors.Join(errs...))
}

// step looks at the next cases, each of which is bound in a transaction of its own.
func (b *Binder) step(ctx context.Context, until time.Time) error {
	var page []struct {
		ID    workflow.CaseID `db:"id"`
		Bound bool            `db:"bound"`
	}
	edition := binary.BigEndian.AppendUint16(nil, cases.Edition)
	if err := b.Read.All(ctx, &page, unbound, b.after.Load(), edition, batch); err != nil {
		return fmt.Errorf("look for cases to bind: %w", err)
	}
	for _, c := range page {
		if !c.Bound {
			err := b.bind(ctx, c.ID)
			switch {
			case errors.Is(err, vault.ErrSealed), errors.Is(err, vault.ErrUnknownKey):
				b.skipped.Store(true)
				b.Log.WarnContext(ctx, "case not bound", "case", c.ID, "error", err)
			case err != nil:
				b.skipped.Store(true)
				b.after.Store(c.ID)
				return fmt.Errorf("bind case %s: %w", c.ID, err)
			}
		}
		b.after.Store(c.ID)
		if !c.Bound && !b.Wall().Before(until) {
			return nil
		}
	}
	if len(page) < batch {
		b.done.Store(true)
	}
	return nil
}

func (b *Binder) bind(ctx context.Context, id workflow.CaseID) error {
	return b.Change(ctx, func(tx engine.Tx) error {
		if _, err := tx.Exec(ctx, cases.Lock, id); err != nil {
			return err
		}
		if err := b.Recount(ctx, tx, id); err != nil {
			return err
		}
		s, err := cases.New(b.Core).Load(ctx, tx, cases.ForChange, id)
		if errors.Is(err, sql.ErrNoRows) {
			return nil // its promises are gone, which verification tells
		}
		if err != nil && !errors.Is(err, cases.ErrErased) {
			return err
		}
		return b.journal.Migrate(ctx, tx, s)
	})
}
