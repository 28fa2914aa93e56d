package storage

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

const (
	takeNumber = `INSERT INTO counters (series, year, last) VALUES ($1, $2, 1)
		ON CONFLICT (series, year) DO UPDATE SET last = counters.last + 1
		RETURNING last`
	insertKey = `INSERT INTO case_keys (complaint, wrapped) VALUES ($1, $2)`
)

// errRepeated means that a gesture was carried out already. It undoes the
// transaction, so that no number is spent.
var errRepeated = errors.New("the gesture was carried out before")

// create registers a complaint. A repeat is looked for first, so that it is
// answered even when the rules would refuse it by now.
func (db *DB) create(ctx context.Context, cmd workflow.Command, log workflow.File) (workflow.Result, error) {
	result, found, err := db.repeat(ctx, cmd)
	if err != nil || found {
		return result, err
	}
	now := db.instant()
	policy, err := db.core.PolicyNow(ctx, db.read, now)
	if err != nil {
		return workflow.Result{}, engine.Explain(ctx, err)
	}
	change, err := policy.Step(workflow.Complaint{}, log, cmd.By, now)
	if err != nil {
		return workflow.Result{}, err
	}
	err = db.change(ctx, func(tx engine.Tx) error { return db.insert(ctx, tx, cmd, &change, now) })
	if errors.Is(err, errRepeated) {
		result, _, err = db.repeat(ctx, cmd)
		return result, err
	}
	if err != nil {
		return workflow.Result{}, err
	}
	return workflow.Result{Complaint: change.Complaint}, nil
}

// repeat returns the case that this gesture made, if it did.
func (db *DB) repeat(ctx context.Context, cmd workflow.Command) (workflow.Result, bool, error) {
	id, found, err := db.known(ctx, db.read, cmd.Gesture)
	if err != nil || !found {
		return workflow.Result{}, false, engine.Explain(ctx, err)
	}
	s, err := db.cases.Load(ctx, db.read, cases.ByID, id)
	return workflow.Result{Complaint: s.Complaint, Repeated: true}, true, engine.Explain(ctx, cases.Missing(err))
}

// insert writes a new case: first its journal line, whose gesture claims the
// request, then its number, then the case. Every transaction takes its locks
// in this order.
func (db *DB) insert(ctx context.Context, tx engine.Tx, cmd workflow.Command, change *workflow.Change, now time.Time) error {
	c := &change.Complaint
	c.ID = workflow.CaseID(rand.Text())
	key, wrapped, err := db.core.Keys.NewDataKey(c.ID)
	if err != nil {
		return err
	}
	l, err := db.journal.NewLine(cases.Chain{}, change, key, cmd, now)
	if err != nil {
		return err
	}
	fresh, err := journal.WriteLine(ctx, tx, l)
	if err != nil {
		return err
	}
	if !fresh {
		return errRepeated
	}
	at := cases.CaseNumber{Year: c.Year, Series: c.Series}
	if err := tx.Get(ctx, &at.Ordinal, takeNumber, at.Series, at.Year); err != nil {
		return fmt.Errorf("case number: %w", err)
	}
	c.Number = at.String()
	if err := db.insertCase(ctx, tx, c, at, key, wrapped, db.journal.Extend(l)); err != nil {
		return err
	}
	if err := db.storeRest(ctx, tx, cases.Stored{Key: key}, change, l.Line); err != nil {
		return err
	}
	created := journal.Entry{Action: journal.Created, At: now, Complaint: c.ID, Number: c.Number}
	return db.journal.Add(ctx, tx, created, nil)
}

func (db *DB) insertCase(ctx context.Context, tx engine.Tx, c *workflow.Complaint, at cases.CaseNumber, key vault.DataKey, wrapped []byte, journal cases.Chain) error {
	sealed, err := cases.SealParticulars(key, c.Particulars)
	if err != nil {
		return err
	}
	values := append(cases.Values(c), sealed, journal.Lines, journal.Tail, journal.Head,
		c.Number, at.Year, at.Series, at.Ordinal, cases.EncodePromises(c.Promises))
	if _, err := tx.Exec(ctx, cases.InsertComplaint, values...); err != nil {
		return fmt.Errorf("insert case: %w", err)
	}
	if _, err := tx.Exec(ctx, insertKey, c.ID, wrapped); err != nil {
		return fmt.Errorf("data key: %w", err)
	}
	return db.storeHashes(ctx, tx, c)
}
