package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/records"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// lockDue locks a case as cases.Lock does, if something is due for it.
const lockDue = `UPDATE complaints SET lock = lock + 1 WHERE id = $1 AND next_at <= $2`

// errNotDue means that somebody else had applied the tick already.
var errNotDue = errors.New("nothing is due")

// Apply carries out one change: the only door (design section 2). Row,
// promises, dossier, journal and outbox are committed together, or nothing
// is. A gesture that was carried out before changes nothing and returns the
// case as it is now, with Repeated. The error is workflow.Refusals when the
// rules refuse; any other error means that nothing was committed, or, when
// the connection broke during the commit, that it is unknown: then the same
// gesture may be tried again.
func (db *DB) Apply(ctx context.Context, cmd workflow.Command) (workflow.Result, error) {
	result, err := db.apply(ctx, cmd)
	if err == nil {
		db.outbox.Wake()
	}
	return result, err
}

func (db *DB) apply(ctx context.Context, cmd workflow.Command) (workflow.Result, error) {
	if log, ok := cmd.Action.(workflow.File); ok {
		return db.create(ctx, cmd, log)
	}
	var result workflow.Result
	var s cases.Stored
	err := db.change(ctx, func(tx engine.Tx) (err error) {
		result, s, err = db.advance(ctx, tx, cmd)
		return err
	})
	if err != nil {
		if _, confirm := cmd.Action.(workflow.ConfirmErasure); confirm && len(workflow.Refused(err)) == 0 {
			db.erasures.SettleAgain() // the list may have it
		}
		if workflow.Refused(err).Has(workflow.CodeForbidden) {
			err = errors.Join(db.forbidden(err, s, cmd.By), db.journal.NoteRefusal(ctx, cmd, s))
		}
		return workflow.Result{}, err
	}
	return result, nil
}

// forbidden is how somebody without the role is refused: for whom the case does
// not exist reads what they would of a case that was never made.
func (db *DB) forbidden(refused error, s cases.Stored, who roster.PersonID) error {
	if s.Complaint.Access(db.policy.Roster, who) == workflow.AccessNone {
		return workflow.Refusals{{Code: workflow.CodeNoSuchCase}}
	}
	return refused
}

// advance runs one change on a case within a transaction. It also returns the
// case as it was, for the note on a refusal.
func (db *DB) advance(ctx context.Context, tx engine.Tx, cmd workflow.Command) (workflow.Result, cases.Stored, error) {
	now := db.instant()
	if err := lockCase(ctx, tx, cmd, now); err != nil {
		return workflow.Result{}, cases.Stored{}, err
	}
	_, repeated, err := db.known(ctx, tx, cmd.Gesture)
	if err != nil {
		return workflow.Result{}, cases.Stored{}, err
	}
	s, err := db.cases.Load(ctx, tx, cases.ByID, cmd.Case)
	if errors.Is(err, cases.ErrErased) {
		err = s.Gone()
		if _, confirm := cmd.Action.(workflow.ConfirmErasure); confirm && repeated {
			err = nil // by this very gesture
		}
	}
	if err != nil || repeated {
		return workflow.Result{Complaint: s.Complaint, Repeated: repeated}, s, err
	}
	policy, err := db.core.PolicyNow(ctx, tx, now)
	if err != nil {
		return workflow.Result{}, s, err
	}
	change, err := policy.Step(s.Complaint, cmd.Action, cmd.By, now)
	if err != nil {
		return workflow.Result{}, s, err
	}
	if err := db.mayLink(ctx, tx, policy, cmd); err != nil {
		return workflow.Result{}, s, err
	}
	if err := db.store(ctx, tx, cmd, s, &change, now); err != nil {
		return workflow.Result{}, s, err
	}
	return workflow.Result{Complaint: change.Complaint}, s, nil
}

func lockCase(ctx context.Context, tx engine.Tx, cmd workflow.Command, now time.Time) error {
	var n int64
	var err error
	_, tick := cmd.Action.(workflow.Tick)
	if tick {
		n, err = tx.Exec(ctx, lockDue, cmd.Case, now)
	} else {
		n, err = tx.Exec(ctx, cases.Lock, cmd.Case)
	}
	switch {
	case err != nil:
		return fmt.Errorf("lock case: %w", err)
	case n == 0 && tick:
		return errNotDue
	case n == 0:
		return workflow.Refusals{{Code: workflow.CodeNoSuchCase}}
	}
	return nil
}

// known returns the case that a gesture changed, if it was carried out.
func (db *DB) known(ctx context.Context, q engine.Runner, gesture string) (id workflow.CaseID, ok bool, err error) {
	hash := db.journal.Gesture(gesture)
	if hash == nil {
		return "", false, nil
	}
	err = q.Get(ctx, &id, journal.KnownGesture, hash)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("look up gesture: %w", err)
	}
	return id, true, nil
}

// store writes what a step made of a case.
func (db *DB) store(ctx context.Context, tx engine.Tx, cmd workflow.Command, was cases.Stored, change *workflow.Change, now time.Time) error {
	c, at := &change.Complaint, was.Chain
	if c.Series != was.Complaint.Series {
		if err := db.renumber(ctx, tx, c, now); err != nil {
			return err
		}
	}
	if change.Journal {
		l, err := db.journal.NewLine(was.Chain, change, was.Key, cmd, now)
		if err != nil {
			return err
		}
		if _, err := journal.WriteLine(ctx, tx, l); err != nil {
			return err
		}
		at = db.journal.Extend(l)
	}
	if c.State == workflow.StateErased {
		return db.erasures.Erase(ctx, tx, &was.Complaint, change, at, now)
	}
	if handsOut(cmd.Action) {
		if err := db.journal.NoteExport(ctx, tx, cmd, was, now); err != nil {
			return err
		}
	}
	sealed, err := db.resealed(ctx, tx, was, c)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, cases.UpdateComplaint, append(cases.Values(c), sealed, at.Lines, at.Tail, at.Head, cases.EncodePromises(c.Promises))...); err != nil {
		return fmt.Errorf("update case: %w", err)
	}
	if link, ok := cmd.Action.(workflow.Link); ok {
		if err := storeLink(ctx, tx, c.ID, link.Other); err != nil {
			return err
		}
	}
	return db.storeRest(ctx, tx, was, change, at.Lines)
}

// storeRest writes what stands beside a complaint's row: promises, dossier
// and outbox.
func (db *DB) storeRest(ctx context.Context, tx engine.Tx, was cases.Stored, change *workflow.Change, line int) error {
	c := &change.Complaint
	for i, p := range c.Promises {
		if i < len(was.Complaint.Promises) && was.Complaint.Promises[i] == p {
			continue
		}
		if _, err := tx.Exec(ctx, cases.UpsertPromise, cases.PromiseValues(c.ID, i, p)...); err != nil {
			return fmt.Errorf("promise: %w", err)
		}
	}
	for i, r := range change.Records {
		if err := records.StoreRecord(ctx, tx, was.Key, c.ID, line, i, r); err != nil {
			return fmt.Errorf("dossier: %w", err)
		}
	}
	if err := db.records.StoreAttachments(ctx, tx, was.Key, c.ID, line, change.Attachments); err != nil {
		return fmt.Errorf("attachments: %w", err)
	}
	if len(change.Effects) == 0 {
		return nil
	}
	if err := db.outbox.Relocate(ctx, tx, &was.Complaint, change); err != nil {
		return fmt.Errorf("outbox: %w", err)
	}
	return db.outbox.Enqueue(ctx, tx, c, change.Effects)
}

// resealed returns the sealed Particulars of the changed case: as they were,
// unless the step touched them.
func (db *DB) resealed(ctx context.Context, tx engine.Tx, was cases.Stored, c *workflow.Complaint) ([]byte, error) {
	if reflect.DeepEqual(was.Complaint.Particulars, c.Particulars) {
		return was.Sealed, nil
	}
	for _, forget := range []string{`DELETE FROM concerns WHERE complaint = $1`, `DELETE FROM contacts WHERE complaint = $1`} {
		if _, err := tx.Exec(ctx, forget, c.ID); err != nil {
			return nil, fmt.Errorf("forget hashes: %w", err)
		}
	}
	if err := db.storeHashes(ctx, tx, c); err != nil {
		return nil, err
	}
	if err := db.outbox.RecallFrom(ctx, tx, &was.Complaint, c); err != nil {
		return nil, err
	}
	return cases.SealParticulars(was.Key, c.Particulars)
}

const (
	insertConcern = `INSERT INTO concerns (complaint, person) VALUES ($1, $2)`
	insertContact = `INSERT INTO contacts (complaint, kind, hash) VALUES ($1, $2, $3)`
)

// storeHashes writes the keyed hashes of whom a case concerns and of how the
// complainant can be reached.
func (db *DB) storeHashes(ctx context.Context, tx engine.Tx, c *workflow.Complaint) error {
	if who := c.Particulars.Concerns; who != "" {
		if _, err := tx.Exec(ctx, insertConcern, c.ID, db.personHash(who)); err != nil {
			return fmt.Errorf("concerned person: %w", err)
		}
	}
	for _, k := range cases.Contacts(c.Particulars) {
		if _, err := tx.Exec(ctx, insertContact, c.ID, k.Kind, db.search.Hash(k.Kind, k.Value)); err != nil {
			return fmt.Errorf("contact: %w", err)
		}
	}
	return nil
}

// handsOut reports whether an action hands a case out.
func handsOut(a workflow.Action) bool {
	switch a.(type) {
	case workflow.Export, workflow.Disclose:
		return true
	}
	return false
}
