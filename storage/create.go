package storage

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

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
	now := db.core.Instant()
	policy, err := db.core.PolicyNow(ctx, db.core.Read, now)
	if err != nil {
		return workflow.Result{}, engine.Explain(ctx, err)
	}
	change, err := policy.Step(workflow.Complaint{}, log, cmd.By, now)
	if err != nil {
		return workflow.Result{}, err
	}
	err = db.core.Change(ctx, func(tx engine.Tx) error { return applying{db, tx, cmd, now}.insert(ctx, &change) })
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
	id, found, err := db.known(ctx, db.core.Read, cmd.Gesture)
	if err != nil || !found {
		return workflow.Result{}, false, engine.Explain(ctx, err)
	}
	s, err := db.cases.Load(ctx, db.core.Read, cases.ByID, id)
	return workflow.Result{Complaint: s.Complaint, Repeated: true}, true, engine.Explain(ctx, cases.Missing(err))
}

// insert writes a new case: first its journal line, whose gesture claims the
// request, then its number, then the case. Every transaction takes its locks
// in this order.
func (a applying) insert(ctx context.Context, change *workflow.Change) error {
	c := &change.Complaint
	c.ID = workflow.CaseID(rand.Text())
	key, wrapped, err := a.db.core.Keys.NewDataKey(c.ID)
	if err != nil {
		return err
	}
	l, err := a.db.journal.NewLine(cases.Chain{}, change, key, a.cmd, a.now)
	if err != nil {
		return err
	}
	fresh, err := journal.WriteLine(ctx, a.tx, l)
	if err != nil {
		return err
	}
	if !fresh {
		return errRepeated
	}
	at := cases.CaseNumber{Year: c.Year, Series: c.Series}
	if err := a.tx.Get(ctx, &at.Ordinal, takeNumber, at.Series, at.Year); err != nil {
		return fmt.Errorf("case number: %w", err)
	}
	c.Number = at.String()
	if err := a.insertCase(ctx, c, at, key, wrapped, a.db.journal.Extend(l)); err != nil {
		return err
	}
	if err := a.storeRest(ctx, cases.Stored{Key: key}, change, l.Line); err != nil {
		return err
	}
	created := journal.Entry{Action: journal.Created, At: a.now, Complaint: c.ID, Number: c.Number}
	return a.db.journal.Add(ctx, a.tx, created, nil)
}

func (a applying) insertCase(ctx context.Context, c *workflow.Complaint, at cases.CaseNumber, key vault.DataKey, wrapped []byte, journal cases.Chain) error {
	sealed, err := cases.SealParticulars(key, c.Particulars)
	if err != nil {
		return err
	}
	values := append(cases.Values(c), sealed, journal.Lines, journal.Tail, journal.Head,
		c.Number, at.Year, at.Series, at.Ordinal, cases.EncodePromises(c.Promises))
	if _, err := a.tx.Exec(ctx, cases.InsertComplaint, values...); err != nil {
		return fmt.Errorf("insert case: %w", err)
	}
	if _, err := a.tx.Exec(ctx, insertKey, c.ID, wrapped); err != nil {
		return fmt.Errorf("data key: %w", err)
	}
	return a.storeHashes(ctx, c)
}

const (
	voidNumber = `INSERT INTO void_numbers (number, series, year, ordinal, complaint)
		SELECT number, series, year, ordinal, id FROM complaints WHERE id = $1`
	giveNumber = `UPDATE complaints SET number = $2, series = $3, year = $4, ordinal = $5 WHERE id = $1`
	isVoid     = `SELECT count(*) FROM void_numbers WHERE number = $1`
)

// renumber gives a case its number in another series (design section 4,
// conflict guard): the old number reads as void from then on.
func (a applying) renumber(ctx context.Context, c *workflow.Complaint) error {
	if _, err := a.tx.Exec(ctx, voidNumber, c.ID); err != nil {
		return fmt.Errorf("void number: %w", err)
	}
	at := cases.CaseNumber{Year: c.Year, Series: c.Series}
	if err := a.tx.Get(ctx, &at.Ordinal, takeNumber, at.Series, at.Year); err != nil {
		return fmt.Errorf("case number: %w", err)
	}
	c.Number = at.String()
	if _, err := a.tx.Exec(ctx, giveNumber, c.ID, c.Number, at.Series, at.Year, at.Ordinal); err != nil {
		return fmt.Errorf("case number: %w", err)
	}
	return a.db.journal.Add(ctx, a.tx, journal.Entry{Action: journal.Renumbered, At: a.now, Complaint: c.ID, Number: c.Number}, nil)
}
