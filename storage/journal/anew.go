package journal

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

const (
	moveCaseHead = `UPDATE complaints SET lines = $2, tail = $3, head = $4 WHERE id = $1`

	entryColumns = `complaint, line, ordinal, kind, at, author, date, way, sealed`
	entriesOf    = `SELECT ` + entryColumns + ` FROM records WHERE complaint = $1 ORDER BY line, ordinal`

	undigestedFiles = `SELECT ordinal, at, name FROM attachments WHERE complaint = $1 AND digest = '' ORDER BY ordinal`
	contentOf       = `SELECT content FROM attachments WHERE complaint = $1 AND ordinal = $2`
	giveDigest      = `UPDATE attachments SET digest = $3 WHERE complaint = $1 AND ordinal = $2`
	giveGuard       = `UPDATE complaints SET guard = $2, concerned = $3 WHERE id = $1`

	// linksOf are a case's links that the register's own chain was not told of
	// when the other case was bound.
	linksOf = `SELECT l.other FROM links l JOIN complaints c ON c.id = l.other
		WHERE l.complaint = $1 AND length(c.guard) = 0 ORDER BY l.other`
)

// FileDigest is what a row of attachments has of when its file came, its sealed
// name and its sealed content, nil as long as the register does not hold that.
func FileDigest(keys *vault.Ring, id workflow.CaseID, ordinal int, at time.Time, name, content []byte) string {
	return hex.EncodeToString(keys.JournalMAC([]byte("file"), []byte(id), number(ordinal), clockText(at), name, cases.Plain(content)))
}

// BindAnew runs a change of a case's rows that is no action of anybody's, under
// the lock of the case, and adds the line that binds them anew. When change says
// that it changed nothing, there is no line; of a case that was erased or is not
// there, nothing is changed.
func (j *Journal) BindAnew(ctx context.Context, tx engine.Tx, id workflow.CaseID, action workflow.ActionName, change func() (bool, error)) error {
	if _, err := tx.Exec(ctx, cases.Lock, id); err != nil {
		return fmt.Errorf("lock case: %w", err)
	}
	was, err := j.loadForChange(ctx, tx, id)
	if errors.Is(err, sql.ErrNoRows) || errors.Is(err, cases.ErrErased) {
		return nil
	}
	if err != nil {
		return err
	}
	if was, err = j.BindAsFound(ctx, tx, was); err != nil {
		return err
	}
	changed, err := change()
	if err != nil || !changed {
		return err
	}
	return j.bindAnew(ctx, tx, was, action, nil)
}

func (j *Journal) loadForChange(ctx context.Context, tx engine.Tx, id workflow.CaseID) (cases.Stored, error) {
	return cases.New(j.Core).Load(ctx, tx, cases.ForChange, id)
}

// bindAnew adds the line that binds a case as it is now, and moves its head.
func (j *Journal) bindAnew(ctx context.Context, tx engine.Tx, was cases.Stored, action workflow.ActionName, entries [][]any) error {
	id := was.Complaint.ID
	now, err := j.loadForChange(ctx, tx, id)
	if err != nil && !errors.Is(err, cases.ErrErased) {
		return err
	}
	b := j.Follow(ctx, was, now.Found, entries)
	l := Line{Complaint: id, Line: was.Chain.Lines + 1, Version: was.Complaint.Version, Action: action, At: j.Instant(),
		Actor: []byte{}, Person: []byte{}, Binding: b}
	if was.Complaint.State != workflow.StateErased {
		l.Actor = was.Key.MAC(PurposeActor, []byte(roster.Clock))
		if l.Person, err = was.Key.Seal(PurposePerson(l.Line), []byte(roster.Clock)); err != nil {
			return err
		}
	}
	l.Seal = j.lineSeal(l, was.Chain.Tail)
	if _, err := WriteLine(ctx, tx, l); err != nil {
		return err
	}
	head := j.Extend(l)
	if _, err := tx.Exec(ctx, moveCaseHead, id, head.Lines, head.Tail, head.Head); err != nil {
		return fmt.Errorf("head of the journal: %w", err)
	}
	return nil
}

// BindAsFound binds a case from before as it is found, with all that belongs to
// it, and returns it as it is then; one that is bound it leaves as it is. The case
// is locked.
func (j *Journal) BindAsFound(ctx context.Context, tx engine.Tx, s cases.Stored) (cases.Stored, error) {
	if editionOf(s.Held) > 0 {
		return s, nil
	}
	id := s.Complaint.ID
	if err := j.digestFiles(ctx, tx, id); err != nil {
		return s, err
	}
	if err := j.chainLinks(ctx, tx, id); err != nil {
		return s, err
	}
	guard := cases.GuardOf(j.Keys, j.Search, &s.Complaint)
	if _, err := tx.Exec(ctx, giveGuard, id, guard.Digest, guard.People); err != nil {
		return s, fmt.Errorf("guard: %w", err)
	}
	entries, err := tx.Raw(ctx, entriesOf, id)
	if err != nil {
		return s, fmt.Errorf("entries of the dossier: %w", err)
	}
	if err := j.bindAnew(ctx, tx, s, ActionMigrated, entries); err != nil {
		return s, err
	}
	bound, err := j.loadForChange(ctx, tx, id)
	if errors.Is(err, cases.ErrErased) {
		err = nil
	}
	return bound, err
}

// Migrate binds a case that the present edition does not bind: one from before as
// it is found, one of an earlier edition as that left it. The case is locked.
func (j *Journal) Migrate(ctx context.Context, tx engine.Tx, s cases.Stored) error {
	switch editionOf(s.Held) {
	case cases.Edition:
		return nil
	case 0:
		_, err := j.BindAsFound(ctx, tx, s)
		return err
	}
	return j.bindAnew(ctx, tx, s, ActionMigrated, nil)
}

// Coverage is since when the word of Verify holds.
type Coverage struct {
	Unbound int       // cases from before that are not bound yet
	AsFound int       // those that were bound as they were found
	Last    time.Time // when the last of these was
}

const (
	countUnbound = `SELECT count(*) FROM complaints c LEFT JOIN journal j ON j.complaint = c.id AND j.line = c.lines
		WHERE j.held IS NULL OR length(j.held) = 0`
	// The line before one that bound a case as it was found bound nothing; any other
	// that was migrated follows an earlier edition, or is counted anew.
	asFound = ` FROM journal j JOIN journal b ON b.complaint = j.complaint AND b.line = j.line - 1
		WHERE j.action = 'migrated' AND length(b.held) = 0`
	countAsFound = `SELECT count(DISTINCT j.complaint)` + asFound
	lastAsFound  = `SELECT j.at` + asFound + ` ORDER BY j.at DESC LIMIT 1`
)

// Covered tells since when the word of Verify holds for what cases hold in the
// plain.
func (j *Journal) Covered(ctx context.Context, q engine.Runner) (c Coverage, err error) {
	if err = q.Get(ctx, &c.Unbound, countUnbound); err != nil {
		return c, err
	}
	if err = q.Get(ctx, &c.AsFound, countAsFound); err != nil || c.AsFound == 0 {
		return c, err
	}
	return c, q.Get(ctx, &c.Last, lastAsFound)
}

// digestFiles gives the files of a case from before their digests, one at a time:
// each may be large.
func (j *Journal) digestFiles(ctx context.Context, tx engine.Tx, id workflow.CaseID) error {
	var files []struct {
		Ordinal int       `db:"ordinal"`
		At      time.Time `db:"at"`
		Name    []byte    `db:"name"`
	}
	if err := tx.All(ctx, &files, undigestedFiles, id); err != nil {
		return fmt.Errorf("files: %w", err)
	}
	for _, f := range files {
		var content []byte
		if err := tx.Get(ctx, &content, contentOf, id, f.Ordinal); err != nil {
			return fmt.Errorf("file %d: %w", f.Ordinal, err)
		}
		if _, err := tx.Exec(ctx, giveDigest, id, f.Ordinal, FileDigest(j.Keys, id, f.Ordinal, f.At, f.Name, content)); err != nil {
			return fmt.Errorf("file %d: %w", f.Ordinal, err)
		}
	}
	return nil
}

// chainLinks tells the register's own chain of the links of a case from before, of
// each pair once.
func (j *Journal) chainLinks(ctx context.Context, tx engine.Tx, id workflow.CaseID) error {
	var others []workflow.CaseID
	if err := tx.All(ctx, &others, linksOf, id); err != nil {
		return fmt.Errorf("links: %w", err)
	}
	for _, other := range others {
		if err := j.NoteLink(ctx, tx, id, other, j.Instant()); err != nil {
			return err
		}
	}
	return nil
}

// NoteLink keeps in the register's own chain that two cases were linked.
func (j *Journal) NoteLink(ctx context.Context, tx engine.Tx, one, other workflow.CaseID, at time.Time) error {
	return j.Add(ctx, tx, Entry{Action: Linked, At: at, Complaint: one, Number: string(other)}, nil)
}

// Follow is Bind, which raises the alarm for a case that is not as it was written.
func (j *Journal) Follow(ctx context.Context, was cases.Stored, after cases.Holding, entries [][]any) Binding {
	b, known := j.Bind(was, after, entries)
	if !known {
		j.Log.ErrorContext(ctx, "case is not as it was written; klachtbot verify tells what was changed", "case", was.Complaint.ID)
	}
	return b
}
