package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// An erasure before the term has to outlive the restore of an older backup:
// unlike the purge, it would not come again by itself. So the case is put on a
// list, which stands in the register and in a file beside the key file. The
// file has it first: a crash before the transaction is committed leaves a line
// of what two people confirmed, and the next start carries it out.

const (
	insertErasure = `INSERT INTO erasures (complaint, number, erased_on, seal) VALUES ($1, $2, $3, $4)
		ON CONFLICT (complaint) DO NOTHING`
	allErasures = `SELECT complaint, number, erased_on, seal FROM erasures ORDER BY erased_on, complaint`
	stillLive   = `SELECT count(*) FROM complaints WHERE id = $1 AND state <> 'erased'`
)

// list puts a case on the erasure list, the file first.
func (db *DB) list(ctx context.Context, tx engine.Tx, c *workflow.Complaint, now time.Time) error {
	e := erasure{Case: c.ID, Number: c.Number, On: db.policy.Calendar.Today(now)}
	e.Seal = erasureSeal(db.keys, e)
	if err := db.erased.add(e); err != nil {
		db.log.ErrorContext(ctx, "nothing erased", "case", c.ID, "error", err)
		return errors.Join(workflow.Refusals{{Code: workflow.CodeEraseUnlisted}}, err)
	}
	return noteErasure(ctx, tx, e)
}

func noteErasure(ctx context.Context, tx engine.Runner, e erasure) error {
	if _, err := tx.Exec(ctx, insertErasure, e.Case, e.Number, e.On, e.Seal); err != nil {
		return fmt.Errorf("erasure list: %w", err)
	}
	return nil
}

// settleErasures makes register and list agree: a case that the file has and
// that is here all the same, in an older copy of the register or because of a
// crash, is erased; what only the register has is written to the file. A file
// that can't be read or written, and a case that can't be erased, are told in
// the log and keep nobody from work.
func (db *DB) settleErasures(ctx context.Context) error {
	text, err := db.erased.read()
	if err != nil {
		db.log.ErrorContext(ctx, "not looked whether anything is to be erased again", "error", err)
		return nil
	}
	if len(text.broken) > 0 || text.torn {
		db.log.WarnContext(ctx, "the erasure list is not as it was written", "lines", text.broken, "torn", text.torn)
	}
	rows, _, err := db.soundErasures(ctx)
	if err != nil {
		return engine.Explain(ctx, err)
	}
	for _, e := range text.entries {
		known := slices.ContainsFunc(rows, func(r erasure) bool { return r.Case == e.Case })
		if err := db.replay(ctx, e, known); err != nil {
			return engine.Explain(ctx, err)
		}
	}
	db.relist(ctx, text, rows)
	return nil
}

// replay carries out what a line of the list says, unless that was done, and
// notes that it was, unless that is known.
func (db *DB) replay(ctx context.Context, e erasure, known bool) error {
	var live int
	if err := db.write.Get(ctx, &live, stillLive, e.Case); err != nil {
		return fmt.Errorf("case %s of the erasure list: %w", e.Case, err)
	}
	if live > 0 {
		_, err := db.Apply(ctx, workflow.Command{Case: e.Case, Action: workflow.ReplayErasure{On: e.On}, By: roster.Clock})
		switch {
		case err == nil:
			db.log.WarnContext(ctx, "erased again", "case", e.Case)
		case ctx.Err() != nil:
			return err
		case !workflow.Refused(err).Has(workflow.CodeErased) && !workflow.Refused(err).Has(workflow.CodeNoSuchCase):
			db.log.ErrorContext(ctx, "not erased again", "case", e.Case, "error", err)
			return nil
		}
	}
	if known {
		return nil
	}
	return noteErasure(ctx, db.write, e)
}

// relist writes to the file what only the register knows: another replica
// erased it, or the file was lost.
func (db *DB) relist(ctx context.Context, text erasureText, rows []erasure) {
	rows = slices.DeleteFunc(rows, func(e erasure) bool { return text.has(e.Case) })
	if err := db.erased.add(rows...); err != nil {
		db.log.ErrorContext(ctx, "erasures not listed", "count", len(rows), "error", err)
	}
}

// soundErasures returns the register's own list, without the rows that are not
// as they were written, and how many those are.
func (db *DB) soundErasures(ctx context.Context) (rows []erasure, broken int, err error) {
	if err := db.read.All(ctx, &rows, allErasures); err != nil {
		return nil, 0, fmt.Errorf("erasure list: %w", err)
	}
	all := len(rows)
	rows = slices.DeleteFunc(rows, func(e erasure) bool { return !sound(db.keys, e) })
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

// Erasures compares the erasure list with the register. It changes nothing.
func (db *DB) Erasures(ctx context.Context) (ErasureList, error) {
	text, err := db.erased.read()
	if err != nil {
		return ErasureList{}, err
	}
	l := ErasureList{Path: db.erased.path, Entries: len(text.entries), Broken: text.broken, Torn: text.torn}
	if info, err := os.Stat(l.Path); err == nil {
		l.Exposed = info.Mode().Perm()&0o077 != 0
	}
	rows, forged, err := db.soundErasures(ctx)
	if err != nil {
		return ErasureList{}, engine.Explain(ctx, err)
	}
	l.Forged = forged
	for _, e := range rows {
		if !text.has(e.Case) {
			l.Missing++
		}
	}
	l.Waiting, err = db.unerased(ctx, text)
	return l, engine.Explain(ctx, err)
}

// unerased lists the cases of the list that are here all the same.
func (db *DB) unerased(ctx context.Context, text erasureText) (all []workflow.CaseID, err error) {
	for _, e := range text.entries {
		var live int
		if err := db.read.Get(ctx, &live, stillLive, e.Case); err != nil {
			return nil, fmt.Errorf("case %s of the erasure list: %w", e.Case, err)
		}
		if live > 0 && !slices.Contains(all, e.Case) {
			all = append(all, e.Case)
		}
	}
	return all, nil
}

// verifyErasures looks at the erasure list. A last line that was cut off tells
// of nothing that was carried out.
func (db *DB) verifyErasures(ctx context.Context, report func(journal.Finding)) error {
	l, err := db.Erasures(ctx)
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
