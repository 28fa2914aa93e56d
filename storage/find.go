package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// Find returns a case as viewer may see it, with the access. Whether there is
// no such case, or it does not exist for this viewer, the answer is the same:
// workflow.CodeNoSuchCase. A number that a case had once leads to the case, which has
// another one now, for who may know of that, and is refused with
// workflow.CodeNumberVoid for everybody else; one that was erased with
// workflow.CodeErased. Below full access only what that level shows is
// left (see limited), never the Particulars; past its term the contents are left out
// for who may not read them either. A number that was never given out is
// answered by the same way as one that is not there for this viewer.
func (db *DB) Find(ctx context.Context, key workflow.Lookup, viewer roster.PersonID) (workflow.Complaint, workflow.Access, error) {
	s, err := db.lookup(ctx, key)
	if lasting(err) != nil {
		return workflow.Complaint{}, workflow.AccessNone, engine.Explain(ctx, err)
	}
	// From here on everybody's way is the same, whether or not there is a case: how
	// long an answer takes would tell.
	missing := errors.Is(err, sql.ErrNoRows)
	if missing {
		db.decoy.open()
	}
	moved, void, voidErr := voided(ctx, db.core.Read, key.Number)
	policy, policyErr := db.core.PolicyNow(ctx, db.core.Read, db.core.Instant())
	if missing && moved != "" {
		s, err = db.cases.Load(ctx, db.core.Read, cases.ByID, string(moved))
		missing = err != nil
	}
	if err := errors.Join(voidErr, policyErr, lasting(err)); err != nil {
		return workflow.Complaint{}, workflow.AccessNone, engine.Explain(ctx, err)
	}
	access := s.Complaint.Access(policy.Roster, viewer)
	switch {
	case void != nil && (missing || moved != "" && access == workflow.AccessNone):
		return workflow.Complaint{}, workflow.AccessNone, void
	case errors.Is(err, cases.ErrErased):
		return workflow.Complaint{}, workflow.AccessNone, s.Gone()
	case missing, access == workflow.AccessNone:
		return workflow.Complaint{}, workflow.AccessNone, workflow.Refusals{{Code: workflow.CodeNoSuchCase}}
	}
	c := cases.Limited(s.Complaint, access)
	if access == workflow.AccessFull && !policy.MayRead(&c, viewer, policy.Calendar.Today(db.core.Instant())) {
		c = c.Shut()
	}
	return c, access, nil
}

// lasting is an error that is about the register, and not about the case: nil where
// there is none, or none any more.
func lasting(err error) error {
	if errors.Is(err, sql.ErrNoRows) || errors.Is(err, cases.ErrErased) {
		return nil
	}
	return err
}

// decoy is a case that was never made, to be opened where there is none: as long
// as the sample of what people tell.
type decoy struct {
	once            sync.Once
	keys            *vault.Ring
	wrapped, sealed []byte
}

const decoyID workflow.CaseID = "decoy"

// open does what opening a case costs. A decoy that can't be made is none.
func (d *decoy) open() {
	d.once.Do(func() {
		key, wrapped, err := d.keys.NewDataKey(decoyID)
		if err != nil {
			return
		}
		p := workflow.Particulars{Story: workflow.Confidential(strings.Repeat("x", 1000)), Wish: workflow.Confidential(strings.Repeat("x", 200))}
		if sealed, err := cases.SealParticulars(key, p); err == nil {
			d.wrapped, d.sealed = wrapped, sealed
		}
	})
	if key, err := d.keys.Unwrap(decoyID, d.wrapped); err == nil {
		_, _ = cases.OpenParticulars(key, d.sealed)
	}
}

// caseOfMessage finds the case that a message is about.
const caseOfMessage = `SELECT complaint FROM messages WHERE channel = $1 AND ts = $2`

func (db *DB) lookup(ctx context.Context, key workflow.Lookup) (cases.Stored, error) {
	switch {
	case key.ID != "":
		return db.cases.Load(ctx, db.core.Read, cases.ByID, string(key.ID))
	case key.TS == "":
		return db.cases.Load(ctx, db.core.Read, cases.ByNumber, key.Number)
	}
	id, err := db.caseOf(ctx, key)
	if err != nil {
		return cases.Stored{}, err
	}
	return db.cases.Load(ctx, db.core.Read, cases.ByID, id)
}

// laneInHand reports whether somebody may be posting at this moment.
const laneInHand = `SELECT count(*) FROM (SELECT 1 FROM lanes WHERE token <> '' LIMIT 1) held`

// How long a message that nobody knows is waited for, and how often.
const (
	unrecordedTime = 700 * time.Millisecond
	unrecordedStep = 20 * time.Millisecond
)

// caseOf returns the case of a message. One that stands in Slack since a moment
// ago may not be on record yet: as long as a sender has a lane in hand, that is
// waited for.
func (db *DB) caseOf(ctx context.Context, key workflow.Lookup) (id string, err error) {
	step := time.NewTicker(unrecordedStep)
	defer step.Stop()
	held := 1
	for until := time.Now().Add(unrecordedTime); ; {
		err = db.core.Read.Get(ctx, &id, caseOfMessage, key.Channel, key.TS)
		if !errors.Is(err, sql.ErrNoRows) || held == 0 || time.Now().After(until) {
			return id, err
		}
		// What was recorded before a lane was given back shows at the next look.
		if err := db.core.Read.Get(ctx, &held, laneInHand); err != nil {
			return "", err
		}
		select {
		case <-step.C:
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

// Case returns a case with its Particulars, for the bot itself to render; no
// person's rights are looked at.
func (db *DB) Case(ctx context.Context, id workflow.CaseID) (workflow.Complaint, error) {
	return db.cases.Case(ctx, id)
}

// CarriedOut reports whether a gesture was carried out before.
func (db *DB) CarriedOut(ctx context.Context, gesture string) (bool, error) {
	_, known, err := db.journal.Known(ctx, db.core.Read, gesture)
	return known, engine.Explain(ctx, err)
}

// The change that made a version is the first line with it: looks at what is
// sealed leave lines behind it without raising the version.
const deedOfVersion = `SELECT line, action, at, person FROM journal
	WHERE complaint = $1 AND version = $2 ORDER BY line LIMIT 1`

// Performed returns who did what in the change that made this version of a case;
// workflow.CodeNoSuchCase when there is no such case or version.
func (db *DB) Performed(ctx context.Context, id workflow.CaseID, version int) (workflow.Performed, error) {
	key, err := db.cases.DataKey(ctx, id)
	if err != nil {
		return workflow.Performed{}, err
	}
	var row struct {
		Line   int                 `db:"line"`
		Action workflow.ActionName `db:"action"`
		At     time.Time           `db:"at"`
		Person []byte              `db:"person"`
	}
	if err := db.core.Read.Get(ctx, &row, deedOfVersion, id, version); err != nil {
		return workflow.Performed{}, engine.Explain(ctx, cases.Missing(fmt.Errorf("version %d of case %s: %w", version, id, err)))
	}
	who, err := key.Open(journal.PurposePerson(row.Line), row.Person)
	if err != nil {
		return workflow.Performed{}, fmt.Errorf("line %d of case %s: %w", row.Line, id, err)
	}
	return workflow.Performed{Action: row.Action, By: roster.PersonID(who), At: row.At.UTC()}, nil
}

// voided returns which case had a number once and has another one now, and what whoever
// may not know of that is told. A number without a case was lost at a restore. Both are
// nothing for every other number.
func voided(ctx context.Context, q engine.Runner, number string) (moved workflow.CaseID, refused, err error) {
	if number == "" {
		return "", nil, nil
	}
	err = q.Get(ctx, &moved, voidCase, number)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", nil, nil
	case err != nil:
		return "", nil, fmt.Errorf("void number: %w", err)
	case moved == "":
		return "", lostAtRestore(number), nil
	}
	return moved, workflow.Refusals{{Code: workflow.CodeNumberVoid}}, nil
}

// lostAtRestore refuses a number that was lost. One of the guarded series reads as
// one that was never given out: whom its case concerned is not known any more.
func lostAtRestore(number string) error {
	code := workflow.CodeNumberLost
	if cases.ParseCaseNumber(number).Series == workflow.SeriesGuarded {
		code = workflow.CodeNoSuchCase
	}
	return workflow.Refusals{{Code: code}}
}
