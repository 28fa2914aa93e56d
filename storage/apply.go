package storage

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/core"
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
	if _, ok := cmd.Action.(workflow.File); ok {
		return db.filer.File(ctx, cmd)
	}
	var result workflow.Result
	var s cases.Stored
	err := db.core.Change(ctx, func(tx engine.Tx) (err error) {
		result, s, err = applying{db, tx, cmd, db.core.Instant()}.advance(ctx)
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
	db.journal.Given(ctx, result.Complaint.Number)
	return result, nil
}

// forbidden is how somebody without the role is refused: for whom the case does
// not exist reads what they would of a case that was never made.
func (db *DB) forbidden(refused error, s cases.Stored, who roster.PersonID) error {
	if s.Complaint.Access(db.core.Policy.Roster, who) == workflow.AccessNone {
		return workflow.Refusals{{Code: workflow.CodeNoSuchCase}}
	}
	return refused
}

// applying is a command that is being carried out within a transaction, at an
// instant.
type applying struct {
	db  *DB
	tx  engine.Tx
	cmd workflow.Command
	now time.Time
}

// advance runs one change on a case within a transaction. It also returns the
// case as it was, for the note on a refusal.
func (a applying) advance(ctx context.Context) (workflow.Result, cases.Stored, error) {
	if err := lockCase(ctx, a.tx, a.cmd, a.now); err != nil {
		return workflow.Result{}, cases.Stored{}, err
	}
	_, repeated, err := a.db.journal.Known(ctx, a.tx, a.cmd.Gesture)
	if err != nil {
		return workflow.Result{}, cases.Stored{}, err
	}
	s, err := a.db.binder.ForChange(ctx, a.tx, a.cmd.Case)
	if errors.Is(err, cases.ErrErased) {
		err = s.Gone()
		if _, confirm := a.cmd.Action.(workflow.ConfirmErasure); confirm && repeated {
			err = nil // by this very gesture
		}
	}
	if err != nil || repeated {
		return workflow.Result{Complaint: s.Complaint, Repeated: repeated}, s, err
	}
	policy, err := a.db.core.PolicyNow(ctx, a.tx, a.now)
	if err != nil {
		return workflow.Result{}, s, err
	}
	if policy, err = a.reached(ctx, policy, &s.Complaint); err != nil {
		return workflow.Result{}, s, err
	}
	change, err := records.Step(ctx, a.tx, policy, s, a.cmd, a.now)
	if err == nil {
		err = a.revocable(&change)
	}
	if err != nil {
		return workflow.Result{}, s, err
	}
	if err := a.mayLink(ctx, policy); err != nil {
		return workflow.Result{}, s, err
	}
	if err := records.EndLetter(ctx, a.tx, a.db.outbox, a.cmd); err != nil {
		return workflow.Result{}, s, err
	}
	if err := a.store(ctx, s, &change); err != nil {
		return workflow.Result{}, s, err
	}
	return workflow.Result{Complaint: change.Complaint}, s, nil
}

// revocable refuses what can't be taken back as long as no second clock agrees
// with the procedure's. What is erased again after a restore was decided on long
// ago.
func (a applying) revocable(change *workflow.Change) error {
	if a.db.core.Checked().Believed() {
		return nil
	}
	switch change.Action {
	case workflow.ActionPurge:
		return core.ErrClock
	case workflow.ActionEraseConfirm:
		return workflow.Refusals{{Code: workflow.CodeClock}}
	}
	return nil
}

// reached adds to the policy when whoever is to be told of the end of a case was
// last told of any. It is asked for only where nobody was told of this one.
func (a applying) reached(ctx context.Context, policy *workflow.Policy, c *workflow.Complaint) (*workflow.Policy, error) {
	if c.Announcement.Sought == 0 {
		return policy, nil
	}
	uptime := policy.Uptime
	deputy := c.Deputy(policy.Roster, policy.Calendar.Today(a.now))
	if err := a.tx.Get(ctx, &uptime.Reached, lastReached, c.Owner, deputy); err != nil {
		return nil, fmt.Errorf("when they were told last: %w", err)
	}
	return policy.Since(uptime), nil
}

const lastReached = `SELECT coalesce(max(reached), 0) FROM people WHERE person = $1 OR person = $2`

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

// writing is what a step made of a case, ready to be written.
type writing struct {
	sealed  []byte
	entries [][]any
	files   []records.NewFile
	after   cases.Holding
}

// store writes what a step made of a case.
func (a applying) store(ctx context.Context, was cases.Stored, change *workflow.Change) error {
	c := &change.Complaint
	if c.Series != was.Complaint.Series {
		if err := a.renumber(ctx, c); err != nil {
			return err
		}
	}
	was, err := a.db.journal.BindAsFound(ctx, a.tx, was)
	if err != nil {
		return err
	}
	w, err := a.writing(ctx, was, change)
	if err != nil {
		return err
	}
	at, err := a.line(ctx, was, change, w)
	if err != nil {
		return err
	}
	if err := cases.StoreAnnouncement(ctx, a.tx, &was.Complaint, c); err != nil {
		return err
	}
	if c.State == workflow.StateErased {
		return a.db.erasures.Erase(ctx, a.tx, &was.Complaint, change, at, a.now)
	}
	if handsOut(a.cmd.Action) {
		if err := a.db.journal.NoteExport(ctx, a.tx, a.cmd, was, a.now); err != nil {
			return err
		}
	}
	if _, err := a.tx.Exec(ctx, cases.UpdateComplaint, cases.UpdateValues(c, w.sealed, at, cases.GuardOf(a.db.core.Keys, a.db.core.Search, c))...); err != nil {
		return fmt.Errorf("update case: %w", err)
	}
	if link, ok := a.cmd.Action.(workflow.Link); ok {
		if err := a.storeLink(ctx, c.ID, link.Other); err != nil {
			return err
		}
	}
	return a.storeRest(ctx, was, change, w)
}

// writing seals and encodes what a step made of a case, as its next line binds it.
// What is erased holds nothing any more but its row.
func (a applying) writing(ctx context.Context, was cases.Stored, change *workflow.Change) (w writing, err error) {
	c, line := &change.Complaint, was.Chain.Lines+1
	if c.State == workflow.StateErased {
		w.sealed = []byte{}
		w.after = cases.NewHolding(c, w.sealed, "")
		return w, nil
	}
	if w.sealed, err = a.resealed(ctx, was, c); err != nil {
		return w, err
	}
	if w.entries, err = records.Rows(was.Key, c.ID, line, change.Records); err != nil {
		return w, fmt.Errorf("dossier: %w", err)
	}
	files, attached, err := a.db.records.NewFiles(was.Key, c.ID, line, was.Files, change.Attachments)
	if err != nil {
		return w, fmt.Errorf("attachments: %w", err)
	}
	w.files, w.after = files, cases.NewHolding(c, w.sealed, cases.JoinAttached(was.Found.Attached, attached))
	return w, nil
}

// line adds the journal's line, and returns the chain with it. A tick that nobody
// would see has one too when it changes what the line before binds.
func (a applying) line(ctx context.Context, was cases.Stored, change *workflow.Change, w writing) (cases.Chain, error) {
	id := change.Complaint.ID
	if !change.Journal && a.db.journal.Binds(id, was.Found, w.after) {
		return was.Chain, nil
	}
	b := a.db.journal.Follow(ctx, was, w.after, w.entries)
	l, err := a.db.journal.NewLine(was.Chain, change, was.Key, a.cmd, a.now, b)
	if err != nil {
		return cases.Chain{}, err
	}
	if _, err := journal.WriteLine(ctx, a.tx, l); err != nil {
		return cases.Chain{}, err
	}
	return a.db.journal.Extend(l), nil
}

// storeRest writes what stands beside a complaint's row: promises, dossier
// and outbox.
func (a applying) storeRest(ctx context.Context, was cases.Stored, change *workflow.Change, w writing) error {
	c := &change.Complaint
	var promises [][]any
	for i, p := range c.Promises {
		if i >= len(was.Complaint.Promises) || was.Complaint.Promises[i] != p {
			promises = append(promises, cases.PromiseValues(c.ID, i, p))
		}
	}
	if _, err := cases.UpsertPromises.Write(ctx, a.tx, nil, promises); err != nil {
		return fmt.Errorf("promises: %w", err)
	}
	if n := len(c.Promises); n < len(was.Complaint.Promises) { // made by a step that was taken back
		if _, err := a.tx.Exec(ctx, cases.DropPromises, c.ID, n); err != nil {
			return fmt.Errorf("promises: %w", err)
		}
	}
	if _, err := records.Insert.Write(ctx, a.tx, nil, w.entries); err != nil {
		return fmt.Errorf("dossier: %w", err)
	}
	if err := a.db.records.StoreFiles(ctx, a.tx, c.ID, w.files); err != nil {
		return fmt.Errorf("attachments: %w", err)
	}
	if len(change.Effects) == 0 {
		return nil
	}
	if err := a.db.outbox.Relocate(ctx, a.tx, &was.Complaint, change); err != nil {
		return fmt.Errorf("outbox: %w", err)
	}
	return a.db.outbox.Enqueue(ctx, a.tx, c, change.Effects)
}

// resealed returns the sealed Particulars of the changed case: as they were,
// unless the step touched them.
func (a applying) resealed(ctx context.Context, was cases.Stored, c *workflow.Complaint) ([]byte, error) {
	if reflect.DeepEqual(was.Complaint.Particulars, c.Particulars) {
		return was.Sealed, nil
	}
	for _, forget := range []string{`DELETE FROM concerns WHERE complaint = $1`, `DELETE FROM contacts WHERE complaint = $1`} {
		if _, err := a.tx.Exec(ctx, forget, c.ID); err != nil {
			return nil, fmt.Errorf("forget hashes: %w", err)
		}
	}
	if err := a.storeHashes(ctx, c); err != nil {
		return nil, err
	}
	if err := a.db.outbox.RecallFrom(ctx, a.tx, &was.Complaint, c); err != nil {
		return nil, err
	}
	return cases.SealParticulars(was.Key, c.Particulars)
}

// storeHashes writes the keyed hashes of whom a case concerns and of how the
// complainant can be reached.
func (a applying) storeHashes(ctx context.Context, c *workflow.Complaint) error {
	concerns := cases.ConcernRows(a.db.core.Search, c.ID, c.Particulars)
	if _, err := cases.InsertConcerns.Write(ctx, a.tx, nil, concerns); err != nil {
		return fmt.Errorf("concerned person: %w", err)
	}
	contacts := cases.ContactRows(a.db.core.Search, c.ID, c.Particulars)
	if _, err := cases.InsertContacts.Write(ctx, a.tx, nil, contacts); err != nil {
		return fmt.Errorf("contact: %w", err)
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
