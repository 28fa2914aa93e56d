package storage

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/workflow"
)

// What a register is searched by (hashes of addresses and numbers, folded names
// of offerings) was made by some rule of package contact. A register from before
// the present rule gets it anew, a few cases at a time, beside the running bot.

// What is made anew at once.
const (
	rekeyBatch = 200         // cases looked at in one step
	rekeyTime  = time.Second // of each sweep
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

// rekeying is how far a register is: the mark in the table meta is the rule's
// number when all is done, and before that the number, a space, and the last
// case that was looked at.
type rekeying struct {
	mark  string
	after workflow.CaseID
	done  bool
}

func rule() string { return strconv.Itoa(contact.Rule) }

func parseRekeying(mark string) rekeying {
	if mark == rule() {
		return rekeying{mark: mark, done: true}
	}
	after, ok := strings.CutPrefix(mark, rule()+" ")
	if !ok { // by an earlier rule, and perhaps not to the end
		after = ""
	}
	return rekeying{mark: mark, after: workflow.CaseID(after)}
}

// rekey looks at cases for a second at most. What it did is written down with
// each step, so that the next sweep, of whatever process, goes on behind it.
func (db *DB) rekey(ctx context.Context) error {
	for until := db.wall().Add(rekeyTime); !db.rounds.rekeyed.Load(); {
		if err := db.rekeyStep(ctx, rekeyBatch); err != nil {
			return explain(ctx, fmt.Errorf("make search keys anew: %w", err))
		}
		if !db.wall().Before(until) {
			return nil
		}
	}
	return nil
}

// rekeyStep looks at the next cases. They are read first, and only those that
// have to change are locked. Of replicas that take the same step one writes: the
// mark is not as the others found it any more.
func (db *DB) rekeyStep(ctx context.Context, cases int) error {
	at, err := db.rekeyed(ctx)
	if err != nil || at.done {
		db.rounds.rekeyed.Store(at.done)
		return err
	}
	var page []searchedCase
	if err := db.read.all(ctx, &page, rekeyPage, at.after, cases); err != nil {
		return fmt.Errorf("look at cases: %w", err)
	}
	next := rule()
	var outdated []workflow.CaseID
	if len(page) > 0 {
		last := page[len(page)-1].ID
		next += " " + string(last)
		if outdated, err = db.outdated(ctx, page, at.after, last); err != nil {
			return err
		}
	}
	return db.change(ctx, func(tx transaction) error {
		n, err := tx.exec(ctx, moveMeta, metaContactRule, []byte(at.mark), []byte(next))
		if err != nil || n == 0 {
			return err
		}
		for _, id := range outdated {
			if err := db.rekeyCase(ctx, tx, id); err != nil {
				return fmt.Errorf("case %s: %w", id, err)
			}
		}
		return nil
	})
}

// rekeyed reads how far the register is. A mark is made when there is none.
func (db *DB) rekeyed(ctx context.Context) (rekeying, error) {
	var mark []byte
	err := db.read.get(ctx, &mark, readMeta, metaContactRule)
	if errors.Is(err, sql.ErrNoRows) {
		mark = []byte(rule() + " ")
		_, err = db.write.exec(ctx, claimMeta, metaContactRule, mark)
	}
	if err != nil {
		return rekeying{}, fmt.Errorf("rule of comparison: %w", err)
	}
	return parseRekeying(string(mark)), nil
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
func (db *DB) outdated(ctx context.Context, page []searchedCase, after, last workflow.CaseID) ([]workflow.CaseID, error) {
	var rows []hashRow
	if err := db.read.all(ctx, &rows, hashesBetween, after, last); err != nil {
		return nil, fmt.Errorf("look at hashes: %w", err)
	}
	stored := map[workflow.CaseID][]hashRow{}
	for _, r := range rows {
		stored[r.Complaint] = append(stored[r.Complaint], r)
	}
	var all []workflow.CaseID
	for i := range page {
		one := &page[i]
		wanted, err := db.wantedHashes(one)
		if err != nil {
			db.log.WarnContext(ctx, "case not made ready for search", "case", one.ID, "error", err)
			continue
		}
		if !bytes.Equal(one.Key, offeringKey(one.Offering)) || !sameHashes(stored[one.ID], wanted) {
			all = append(all, one.ID)
		}
	}
	return all, nil
}

func (db *DB) wantedHashes(one *searchedCase) ([]hashRow, error) {
	key, err := db.keys.Unwrap(one.ID, one.Wrapped)
	if err != nil {
		return nil, err
	}
	p, err := openParticulars(key, one.Sealed)
	if err != nil {
		return nil, err
	}
	var wanted []hashRow
	for _, k := range contacts(p) {
		wanted = append(wanted, hashRow{one.ID, k.kind, db.search.Hash(k.kind, k.value)})
	}
	return wanted, nil
}

func sameHashes(stored, wanted []hashRow) bool {
	return len(stored) == len(wanted) && !slices.ContainsFunc(wanted, func(w hashRow) bool {
		return !slices.ContainsFunc(stored, func(s hashRow) bool { return s.Kind == w.Kind && bytes.Equal(s.Hash, w.Hash) })
	})
}

// rekeyCase writes what a case is searched by, as it is now. One that was
// erased meanwhile has no key any more.
func (db *DB) rekeyCase(ctx context.Context, tx transaction, id workflow.CaseID) error {
	if _, err := tx.exec(ctx, lockComplaint, id); err != nil {
		return fmt.Errorf("lock: %w", err)
	}
	var one searchedCase
	err := tx.get(ctx, &one, rekeyCase, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	wanted, err := db.wantedHashes(&one)
	if err != nil {
		return err
	}
	if _, err := tx.exec(ctx, forgetContacts, id); err != nil {
		return fmt.Errorf("forget hashes: %w", err)
	}
	for _, w := range wanted {
		if _, err := tx.exec(ctx, insertContact, id, w.Kind, w.Hash); err != nil {
			return fmt.Errorf("contact: %w", err)
		}
	}
	if _, err := tx.exec(ctx, writeOffering, id, offeringKey(one.Offering)); err != nil {
		return fmt.Errorf("offering: %w", err)
	}
	return nil
}
