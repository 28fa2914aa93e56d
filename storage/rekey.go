package storage

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
)

// What a register is searched by (hashes of addresses and numbers, folded names
// of offerings) was made by some rule of package contact. A register from before
// the present rule gets it anew, a few cases at a time, beside the running bot.

// What is made anew at once.
const (
	rekeyBatch = 100                    // cases looked at in one step
	rekeyTime  = 250 * time.Millisecond // of each sweep
)

const (
	rekeyPage = `SELECT c.id, c.sealed, c.offering_name, c.offering_key, k.wrapped
		FROM (SELECT complaint, wrapped FROM case_keys WHERE complaint > $1 ORDER BY complaint LIMIT $2) k
		JOIN complaints c ON c.id = k.complaint ORDER BY k.complaint`
	rekeyCase = `SELECT c.id, c.sealed, c.offering_name, c.offering_key, k.wrapped
		FROM case_keys k JOIN complaints c ON c.id = k.complaint WHERE k.complaint = $1`
	hashesBetween = `SELECT complaint, kind, hash FROM contacts WHERE complaint > $1 AND complaint <= $2`
	hashesOfCase  = `SELECT complaint, kind, hash FROM contacts WHERE complaint = $1`

	forgetContacts = `DELETE FROM contacts WHERE complaint = $1`
	writeOffering  = `UPDATE complaints SET offering_key = $2 WHERE id = $1`
	moveMeta       = `UPDATE meta SET value = $3 WHERE name = $1 AND value = $2`
)

// rekeyMark is how far a register is, as the table meta has it: the rule's number
// when all is done, and before that the number, a space, and the last case that
// was looked at.
type rekeyMark string

func (m rekeyMark) done() bool { return string(m) == cases.Rule() }

// after is the last case that was looked at; "" when an earlier rule made the
// mark, perhaps not to its end.
func (m rekeyMark) after() workflow.CaseID {
	id, ok := strings.CutPrefix(string(m), cases.Rule()+" ")
	if !ok {
		return ""
	}
	return workflow.CaseID(id)
}

// rekeying makes anew what cases are searched by.
type rekeying struct {
	*core.Core
	finished *atomic.Bool // nothing is left to be looked at
}

// rekeying is a job of the sweep.
func (db *DB) rekeying() rekeying { return rekeying{db.core, &db.swept.rekeyed} }

// run looks at cases for a moment. What it did is written down with each
// step, so that the next sweep, of whatever process, goes on behind it.
func (r rekeying) run(ctx context.Context, _ time.Time) error {
	for until := r.Wall().Add(rekeyTime); !r.finished.Load(); {
		if err := r.step(ctx, rekeyBatch); err != nil {
			return engine.Explain(ctx, fmt.Errorf("make search keys anew: %w", err))
		}
		if !r.Wall().Before(until) {
			return nil
		}
	}
	return nil
}

// step looks at the next cases. They are read first, and only those that
// have to change are locked. Of replicas that take the same step one writes: the
// mark is not as the others found it any more.
func (r rekeying) step(ctx context.Context, limit int) error {
	at, err := r.mark(ctx)
	if err != nil || at.done() {
		r.finished.Store(err == nil)
		return err
	}
	var page []searchedCase
	if err := r.Read.All(ctx, &page, rekeyPage, at.after(), limit); err != nil {
		return fmt.Errorf("look at cases: %w", err)
	}
	next := cases.Rule()
	var outdated []workflow.CaseID
	if len(page) > 0 {
		last := page[len(page)-1].ID
		next += " " + string(last)
		if outdated, err = r.outdated(ctx, page, at.after(), last); err != nil {
			return err
		}
	}
	return r.Change(ctx, func(tx engine.Tx) error {
		n, err := tx.Exec(ctx, moveMeta, metaContactRule, []byte(at), []byte(next))
		if err != nil || n == 0 {
			return err
		}
		for _, id := range outdated {
			if err := r.store(ctx, tx, id); err != nil {
				return fmt.Errorf("case %s: %w", id, err)
			}
		}
		return nil
	})
}

// mark reads how far the register is. One is made when there is none.
func (r rekeying) mark(ctx context.Context) (rekeyMark, error) {
	var mark []byte
	err := r.Read.Get(ctx, &mark, core.ReadMeta, metaContactRule)
	if errors.Is(err, sql.ErrNoRows) {
		mark = []byte(cases.Rule() + " ")
		_, err = r.Write.Exec(ctx, claimMeta, metaContactRule, mark)
	}
	if err != nil {
		return "", fmt.Errorf("rule of comparison: %w", err)
	}
	return rekeyMark(mark), nil
}

// searchedCase is a case with what it is searched by, and what that is made of.
type searchedCase struct {
	ID       workflow.CaseID `db:"id"`
	Sealed   []byte          `db:"sealed"`
	Wrapped  []byte          `db:"wrapped"`
	Offering string          `db:"offering_name"`
	Key      []byte          `db:"offering_key"`
}

type hashRow struct {
	Complaint workflow.CaseID `db:"complaint"`
	Kind      string          `db:"kind"`
	Hash      []byte          `db:"hash"`
}

// outdated returns the cases of a page that are searched by something else than
// the rule says. A case that can't be opened is left as it is.
func (r rekeying) outdated(ctx context.Context, page []searchedCase, after, last workflow.CaseID) ([]workflow.CaseID, error) {
	var rows []hashRow
	if err := r.Read.All(ctx, &rows, hashesBetween, after, last); err != nil {
		return nil, fmt.Errorf("look at hashes: %w", err)
	}
	stored := map[workflow.CaseID][]hashRow{}
	for _, row := range rows {
		stored[row.Complaint] = append(stored[row.Complaint], row)
	}
	var all []workflow.CaseID
	for i := range page {
		one := &page[i]
		wanted, err := r.wanted(one)
		if err != nil {
			r.Log.WarnContext(ctx, "case not made ready for search", "case", one.ID, "error", err)
			continue
		}
		if !bytes.Equal(one.Key, cases.OfferingKey(one.Offering)) || !sameHashes(stored[one.ID], wanted) {
			all = append(all, one.ID)
		}
	}
	return all, nil
}

func (r rekeying) wanted(one *searchedCase) ([]hashRow, error) {
	key, err := r.Keys.Unwrap(one.ID, one.Wrapped)
	if err != nil {
		return nil, err
	}
	p, err := cases.OpenParticulars(key, one.Sealed)
	if err != nil {
		return nil, err
	}
	var wanted []hashRow
	for _, k := range cases.Contacts(p) {
		wanted = append(wanted, hashRow{one.ID, k.Kind, r.Search.Hash(k.Kind, k.Value)})
	}
	return wanted, nil
}

func sameHashes(stored, wanted []hashRow) bool {
	return len(stored) == len(wanted) && !slices.ContainsFunc(wanted, func(w hashRow) bool {
		return !slices.ContainsFunc(stored, func(s hashRow) bool { return s.Kind == w.Kind && bytes.Equal(s.Hash, w.Hash) })
	})
}

// store writes what a case is searched by, as it is now. One that was
// erased meanwhile has no key any more.
func (r rekeying) store(ctx context.Context, tx engine.Tx, id workflow.CaseID) error {
	if _, err := tx.Exec(ctx, cases.Lock, id); err != nil {
		return fmt.Errorf("lock: %w", err)
	}
	var one searchedCase
	err := tx.Get(ctx, &one, rekeyCase, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	wanted, err := r.wanted(&one)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, forgetContacts, id); err != nil {
		return fmt.Errorf("forget hashes: %w", err)
	}
	for _, w := range wanted {
		if _, err := tx.Exec(ctx, insertContact, id, w.Kind, w.Hash); err != nil {
			return fmt.Errorf("contact: %w", err)
		}
	}
	if _, err := tx.Exec(ctx, writeOffering, id, cases.OfferingKey(one.Offering)); err != nil {
		return fmt.Errorf("offering: %w", err)
	}
	return nil
}
