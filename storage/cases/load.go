package cases

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

const oneCase = `SELECT ` + Columns + `, ` + PromiseColumns + `,
		c.sealed, c.lines, c.tail, c.head, k.wrapped, ` + announcementColumns + `
	FROM complaints c
	LEFT JOIN case_keys k ON k.complaint = c.id
	LEFT JOIN announcements a ON a.complaint = c.id
	JOIN promises p ON p.complaint = c.id `

// ForChange is ByID with what the case's last line binds. Files are numbered
// from 1, so that their number says what the next one is called.
const ForChange = `SELECT ` + Columns + `, ` + PromiseColumns + `,
		c.sealed, c.lines, c.tail, c.head, k.wrapped,
		(SELECT j.held FROM journal j WHERE j.complaint = c.id AND j.line = c.lines) AS held,
		(SELECT string_agg(` + attachedText + `, ';' ORDER BY a.ordinal) FROM attachments a WHERE a.complaint = c.id) AS attached,
		(SELECT count(*) FROM attachments a WHERE a.complaint = c.id) AS files, ` + announcementColumns + `
	FROM complaints c
	LEFT JOIN case_keys k ON k.complaint = c.id
	LEFT JOIN announcements a ON a.complaint = c.id
	JOIN promises p ON p.complaint = c.id WHERE c.id = $1 ORDER BY p.ordinal`

const caseKey = `SELECT wrapped FROM case_keys WHERE complaint = $1`

// The looks at one case, by either of its names. One statement each: what it
// shows is of one moment, on either engine.
const (
	ByID     = oneCase + `WHERE c.id = $1 ORDER BY p.ordinal`
	ByNumber = oneCase + `WHERE c.number = $1 ORDER BY p.ordinal`
)

// Reader reads cases.
type Reader struct{ *core.Core }

// New returns a reader of the register's cases.
func New(c *core.Core) *Reader { return &Reader{c} }

// Statements are the hot ones.
func Statements() []string {
	return slices.Concat([]string{ByID, ByNumber, ForChange, caseKey, Lock, UpdateComplaint},
		InsertComplaints.Statements(), InsertKeys.Statements(), UpsertPromises.Statements(),
		InsertContacts.Statements(), InsertConcerns.Statements())
}

// Stored is a complaint as the register holds it, with what it takes to write
// it again.
type Stored struct {
	Complaint workflow.Complaint
	Key       vault.DataKey
	Sealed    []byte // the Particulars
	Chain     Chain
	// Held is what the last line says that the case holds, Found what it does
	// hold; both only after ForChange. An empty Held is that of a case from before.
	Held  []byte
	Found Holding
	Files int
}

// Load returns the case that query names with its argument; sql.ErrNoRows
// when there is none, ErrErased beside what is left of one that was purged.
func (r *Reader) Load(ctx context.Context, q engine.Runner, query string, arg any) (Stored, error) {
	var rows []sealedRow
	if err := q.All(ctx, &rows, query, arg); err != nil {
		return Stored{}, fmt.Errorf("load case: %w", err)
	}
	if len(rows) == 0 {
		return Stored{}, sql.ErrNoRows
	}
	s, err := r.unseal(&rows[0])
	if query == ForChange {
		s.Found = foundHolding(rows)
	}
	if err != nil {
		return s, fmt.Errorf("case %s: %w", rows[0].ID, err)
	}
	s.Complaint.Promises = make([]workflow.Promise, len(rows))
	for i := range rows {
		s.Complaint.Promises[i] = rows[i].Promise()
	}
	return s, nil
}

func (r *Reader) unseal(row *sealedRow) (Stored, error) {
	s := Stored{Complaint: row.Complaint(), Sealed: row.Sealed, Chain: row.Chain, Held: row.Held, Files: row.Files}
	s.Complaint.Announcement = row.announcement()
	if s.Complaint.State == workflow.StateErased {
		return s, ErrErased
	}
	var err error
	if s.Key, err = r.Keys.Unwrap(row.ID, row.Wrapped); err != nil {
		return Stored{}, err
	}
	s.Complaint.Particulars, err = OpenParticulars(s.Key, row.Sealed)
	return s, err
}

// ErrErased means that a case was purged: it is there, and nothing can be read
// of it.
var ErrErased = errors.New("the case was erased")

// Gone is how a case that was erased is refused. A guarded one reads like a
// number that was never given out: for whom it does not exist, nobody knows any
// more.
func (s Stored) Gone() error {
	if s.Complaint.Guarded() {
		return workflow.Refusals{{Code: workflow.CodeNoSuchCase}}
	}
	return workflow.Refusals{{Code: workflow.CodeErased}}
}

// DataKey returns a case's data key; workflow.CodeNoSuchCase when there is
// none.
func (r *Reader) DataKey(ctx context.Context, id workflow.CaseID) (vault.DataKey, error) {
	var wrapped []byte
	if err := r.Read.Get(ctx, &wrapped, caseKey, id); err != nil {
		return vault.DataKey{}, engine.Explain(ctx, Missing(fmt.Errorf("key of case %s: %w", id, err)))
	}
	return r.Keys.Unwrap(id, wrapped)
}

// Missing turns "no rows" into the refusal that people read. To the bot itself a
// case that was erased is one that is not there.
func Missing(err error) error {
	if errors.Is(err, sql.ErrNoRows) || errors.Is(err, ErrErased) {
		return workflow.Refusals{{Code: workflow.CodeNoSuchCase}}
	}
	return err
}

// Case returns a case with its Particulars; no person's rights are looked at.
func (r *Reader) Case(ctx context.Context, id workflow.CaseID) (workflow.Complaint, error) {
	s, err := r.Load(ctx, r.Read, ByID, id)
	return s.Complaint, engine.Explain(ctx, Missing(err))
}

// Full returns a case to who has an officer's rights on it. For others it
// is refused as one that does not exist, or as one that is not theirs; past its term
// also for an officer who may not read it.
func (r *Reader) Full(ctx context.Context, q engine.Runner, policy *workflow.Policy, id workflow.CaseID, who roster.PersonID) (workflow.Complaint, error) {
	s, err := r.Load(ctx, q, ByID, id)
	if err != nil {
		return workflow.Complaint{}, Missing(err)
	}
	switch s.Complaint.Access(policy.Roster, who) {
	case workflow.AccessFull:
		if !policy.MayRead(&s.Complaint, who, policy.Calendar.Today(r.Instant())) {
			return workflow.Complaint{}, workflow.Refusals{{Code: workflow.CodeTermRead}}
		}
		return s.Complaint, nil
	case workflow.AccessNone:
		return workflow.Complaint{}, workflow.Refusals{{Code: workflow.CodeNoSuchCase}}
	}
	return workflow.Complaint{}, workflow.Refusals{{Code: workflow.CodeForbidden}}
}

// ConcernKept reports whether the conflict guard of a case is as it was written. A
// case that is not is to be hidden from everybody: an alarm goes to the log. Of a
// case from before, what is sealed tells whom it concerns.
func (r *Reader) ConcernKept(ctx context.Context, row *Row) (bool, error) {
	kept, known := row.ConcernKept(r.Keys)
	if !known {
		s, err := r.Load(ctx, r.Read, ByID, row.ID)
		opened := !errors.Is(err, vault.ErrSealed) && !errors.Is(err, vault.ErrUnknownKey)
		switch {
		case errors.Is(err, sql.ErrNoRows), errors.Is(err, ErrErased):
			return false, nil
		case err != nil && opened:
			return false, err
		}
		var whom []byte
		if who := s.Complaint.Particulars.Concerns; who != "" {
			whom = r.PersonHash(who)
		}
		kept = opened && bytes.Equal(whom, row.Concerning)
	}
	if !kept {
		r.Log.ErrorContext(ctx, "case is hidden: whom it concerns is not as it was written; klachtbot verify tells more", "case", row.ID)
	}
	return kept, nil
}

// AllKept are the cases of a page of which ConcernKept holds.
func (r *Reader) AllKept(ctx context.Context, page []JoinedRow) (map[workflow.CaseID]bool, error) {
	kept := map[workflow.CaseID]bool{}
	for i := range page {
		row := &page[i].Row
		if _, seen := kept[row.ID]; seen {
			continue
		}
		ok, err := r.ConcernKept(ctx, row)
		if err != nil {
			return nil, err
		}
		kept[row.ID] = ok
	}
	return kept, nil
}
