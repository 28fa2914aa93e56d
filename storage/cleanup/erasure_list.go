package cleanup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync/atomic"
	"time"

	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/state"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// An erasure before the term has to outlive the restore of an older backup:
// unlike the purge, it would not come again by itself. So the case is put on a
// list, which stands in the register and in the state file. The
// file has it first: a crash before the transaction is committed leaves a line
// of what two people confirmed, and the next start carries it out.

// PurgeOutbox is what the end of a case needs of the outbox.
type PurgeOutbox interface {
	DeleteLater(ctx context.Context, tx engine.Runner, c *workflow.Complaint, stays, moved bool) error
	Enqueue(ctx context.Context, tx engine.Runner, c *workflow.Complaint, effects []workflow.Effect) error
	WithdrawIdentifying(ctx context.Context, tx engine.Tx) error
	CheckUndeletable(ctx context.Context, tx engine.Tx, id workflow.CaseID) error
}

// Applier is the one door for changes.
type Applier interface {
	Apply(ctx context.Context, cmd workflow.Command) (workflow.Result, error)
}

// Erasures ends cases, at their term or before it.
type Erasures struct {
	*core.Core
	journal *journal.Journal
	outbox  PurgeOutbox
	applier Applier

	// unscrubbed: something was erased that the engine may still hold, or the
	// process before this one may have left it so.
	unscrubbed atomic.Bool
	settled    atomic.Bool // SettleOnce did since the start
}

// NewErasures returns those of a register.
func NewErasures(c *core.Core, j *journal.Journal, o PurgeOutbox, a Applier) *Erasures {
	e := &Erasures{Core: c, journal: j, outbox: o, applier: a}
	e.unscrubbed.Store(true)
	return e
}

// SettleOnce is Settle the first time, and nothing after that.
func (x *Erasures) SettleOnce(ctx context.Context) error {
	if x.settled.Swap(true) {
		return nil
	}
	return x.Settle(ctx)
}

// SettleAgain has the next sweep compare register and list once more.
func (x *Erasures) SettleAgain() { x.settled.Store(false) }

const (
	insertErasure = `INSERT INTO erasures (complaint, number, erased_on, seal) VALUES ($1, $2, $3, $4)
		ON CONFLICT (complaint) DO NOTHING`
	allErasures = `SELECT complaint, number, erased_on, seal FROM erasures ORDER BY erased_on, complaint`
	stillLive   = `SELECT count(*) FROM complaints WHERE id = $1 AND state <> 'erased'`
)

// add puts a case on the erasure list, the file first.
func (x *Erasures) add(ctx context.Context, tx engine.Tx, c *workflow.Complaint, now time.Time) error {
	e := state.Erasure{Case: c.ID, Number: c.Number, On: x.Policy.Calendar.Today(now)}.Sealed(x.Keys)
	if err := x.State.AddErasures(e); err != nil {
		x.Log.ErrorContext(ctx, "nothing erased", "case", c.ID, "error", err)
		return errors.Join(workflow.Refusals{{Code: workflow.CodeEraseUnlisted}}, err)
	}
	return noteErasure(ctx, tx, e)
}

func noteErasure(ctx context.Context, tx engine.Runner, e state.Erasure) error {
	if _, err := tx.Exec(ctx, insertErasure, e.Case, e.Number, e.On, e.Seal); err != nil {
		return fmt.Errorf("erasure list: %w", err)
	}
	return nil
}

// Settle makes register and list agree: a case that the file has and
// that is here all the same, in an older copy of the register or because of a
// crash, is erased; what only the register has is written to the file. A file
// that can't be read or written, and a case that can't be erased, are told in
// the log and keep nobody from work.
func (x *Erasures) Settle(ctx context.Context) error {
	text, err := x.State.Read()
	if err != nil {
		x.Log.ErrorContext(ctx, "not looked whether anything is to be erased again", "error", err)
		return nil
	}
	if len(text.Broken) > 0 || text.Torn {
		x.Log.WarnContext(ctx, "the state file is not as it was written", "lines", text.Broken, "torn", text.Torn)
	}
	rows, _, err := x.soundErasures(ctx)
	if err != nil {
		return engine.Explain(ctx, err)
	}
	for _, e := range text.Erasures {
		known := slices.ContainsFunc(rows, func(r state.Erasure) bool { return r.Case == e.Case })
		if err := x.replay(ctx, e, known); err != nil {
			return engine.Explain(ctx, err)
		}
	}
	x.relist(ctx, text, rows)
	return nil
}

// replay carries out what a line of the list says, unless that was done, and
// notes that it was, unless that is known.
func (x *Erasures) replay(ctx context.Context, e state.Erasure, known bool) error {
	var live int
	if err := x.Write.Get(ctx, &live, stillLive, e.Case); err != nil {
		return fmt.Errorf("case %s of the erasure list: %w", e.Case, err)
	}
	if live > 0 {
		_, err := x.applier.Apply(ctx, workflow.Command{Case: e.Case, Action: workflow.ReplayErasure{On: e.On}, By: roster.Clock})
		switch {
		case err == nil:
			x.Log.WarnContext(ctx, "erased again", "case", e.Case)
		case ctx.Err() != nil:
			return err
		case !workflow.Refused(err).Has(workflow.CodeErased) && !workflow.Refused(err).Has(workflow.CodeNoSuchCase):
			x.Log.ErrorContext(ctx, "not erased again", "case", e.Case, "error", err)
			return nil
		}
	}
	if known {
		return nil
	}
	return noteErasure(ctx, x.Write, e)
}

// relist writes to the file what only the register knows: another replica
// erased it, or the file was lost.
func (x *Erasures) relist(ctx context.Context, text state.Contents, rows []state.Erasure) {
	rows = slices.DeleteFunc(rows, text.Erased)
	if err := x.State.AddErasures(rows...); err != nil {
		x.Log.ErrorContext(ctx, "erasures not listed", "count", len(rows), "error", err)
	}
}

// soundErasures returns the register's own list, without the rows that are not
// as they were written, and how many those are.
func (x *Erasures) soundErasures(ctx context.Context) (rows []state.Erasure, broken int, err error) {
	if err := x.Read.All(ctx, &rows, allErasures); err != nil {
		return nil, 0, fmt.Errorf("erasure list: %w", err)
	}
	all := len(rows)
	rows = slices.DeleteFunc(rows, func(e state.Erasure) bool { return !e.Sound(x.Keys) })
	return rows, all - len(rows), nil
}

// ErasureList is how the erasure list stands.
type ErasureList struct {
	Path    string // of the file
	Entries int
	Broken  []int             // lines of the file that are not as they were written
	Torn    bool              // its last line was cut off while it was written
	Exposed bool              // others can read it
	Waiting []workflow.CaseID // to be erased again at the next start
	Missing int               // erasures that the file lacks; the next start writes them
	Forged  int               // rows of the register that are not as they were written
}

// OK reports whether nothing has to be done.
func (l ErasureList) OK() bool {
	return len(l.Broken) == 0 && !l.Torn && !l.Exposed && len(l.Waiting) == 0 && l.Missing == 0 && l.Forged == 0
}

// List compares the erasure list with the register. It changes nothing.
func (x *Erasures) List(ctx context.Context) (ErasureList, error) {
	text, err := x.State.Read()
	if err != nil {
		return ErasureList{}, err
	}
	l := ErasureList{Path: x.State.Path(), Entries: len(text.Erasures), Broken: text.Broken, Torn: text.Torn}
	if info, err := os.Stat(l.Path); err == nil {
		l.Exposed = info.Mode().Perm()&0o077 != 0
	}
	rows, forged, err := x.soundErasures(ctx)
	if err != nil {
		return ErasureList{}, engine.Explain(ctx, err)
	}
	l.Forged = forged
	for _, e := range rows {
		if !text.Erased(e) {
			l.Missing++
		}
	}
	l.Waiting, err = x.unerased(ctx, text)
	return l, engine.Explain(ctx, err)
}

// unerased lists the cases of the list that are here all the same.
func (x *Erasures) unerased(ctx context.Context, text state.Contents) (all []workflow.CaseID, err error) {
	for _, e := range text.Erasures {
		var live int
		if err := x.Read.Get(ctx, &live, stillLive, e.Case); err != nil {
			return nil, fmt.Errorf("case %s of the erasure list: %w", e.Case, err)
		}
		if live > 0 && !slices.Contains(all, e.Case) {
			all = append(all, e.Case)
		}
	}
	return all, nil
}

// Verify looks at the erasure list. A last line that was cut off tells
// of nothing that was carried out.
func (x *Erasures) Verify(ctx context.Context, report func(journal.Finding)) error {
	l, err := x.List(ctx)
	if err != nil {
		return err
	}
	for _, line := range l.Broken {
		report(journal.Finding{Kind: journal.FindingList, Line: line})
	}
	if l.Forged > 0 {
		report(journal.Finding{Kind: journal.FindingRow, Line: l.Forged})
	}
	for _, id := range l.Waiting {
		report(journal.Finding{Kind: journal.FindingLive, Case: id})
	}
	return nil
}
