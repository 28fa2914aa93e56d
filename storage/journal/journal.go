package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

// Two kinds of chain make the journal tamper-evident: one for each complaint
// (table journal) and the register's own (register_chain), which tells of
// creations, erasures, refusals for want of a role, exports, reviews, and new master keys. Each line
// carries a seal, an HMAC over what it says and the seal before it, under a
// key of the ring that only this purpose has. The head of a chain is a seal
// over its length and last seal, so that a tail can't be cut: the seals that
// are stored don't help to make an older head. Nobody updates or deletes a
// line.

// Journal writes both kinds of chain, and follows them.
type Journal struct{ *core.Core }

// New returns the journal of a register.
func New(c *core.Core) *Journal { return &Journal{c} }

// Statements are the hot ones.
func Statements() []string {
	return slices.Concat([]string{knownGesture, lockHead, moveHead}, insertLines.Statements(), insertChainLines.Statements())
}

// What a seal is of; the first part of its HMAC.
const (
	sealLine      = "line"
	sealBoundLine = "bound line" // one that binds what the case holds
	sealHead      = "head"
	sealChainLine = "register line"
	sealChainHead = "register head"
	sealGesture   = "gesture"
)

// Line is a row of journal.
type Line struct {
	Complaint workflow.CaseID     `db:"complaint"`
	Line      int                 `db:"line"`
	Version   int                 `db:"version"`
	Action    workflow.ActionName `db:"action"`
	At        time.Time           `db:"at"`
	Gesture   []byte              `db:"gesture"` // a keyed hash; nil for the clock's
	Actor     []byte              `db:"actor"`   // a pseudonym
	Person    []byte              `db:"person"`  // the readable id, sealed
	Binding
	Seal []byte `db:"seal"`
}

const lineColumns = `complaint, line, version, action, at, gesture, actor, person, held, brought, seal`

const (
	knownGesture = `SELECT complaint FROM journal WHERE gesture = $1`
	claimHead    = `INSERT INTO register_head (id, lines, tail, head) VALUES (1, 0, $1, $2)
		ON CONFLICT (id) DO NOTHING`
)

var insertLines = engine.NewInsert("journal ("+lineColumns+")", 11, " ON CONFLICT (gesture) DO NOTHING RETURNING complaint")

// Begin makes the head of the register's own chain, unless it is there.
func (j *Journal) Begin(ctx context.Context, tx engine.Tx) error {
	_, err := tx.Exec(ctx, claimHead, []byte{}, j.chainHead(0, nil))
	return err
}

// Gesture is the hash under which a gesture stands in the journal. Without a
// gesture it is nil, which is unique to nothing.
func (j *Journal) Gesture(id string) []byte {
	if id == "" {
		return nil
	}
	return j.Keys.JournalMAC([]byte(sealGesture), []byte(id))
}

// NewLine makes the line that follows the chain, and binds what the case holds
// after it.
func (j *Journal) NewLine(after cases.Chain, change *workflow.Change, key vault.DataKey, cmd workflow.Command, at time.Time, b Binding) (Line, error) {
	c := &change.Complaint
	l := Line{
		Complaint: c.ID, Line: after.Lines + 1, Version: c.Version, Action: change.Action, At: at,
		Gesture: j.Gesture(cmd.Gesture), Actor: key.MAC(PurposeActor, []byte(cmd.By)), Binding: b,
	}
	var err error
	if l.Person, err = key.Seal(PurposePerson(l.Line), []byte(cmd.By)); err != nil {
		return Line{}, fmt.Errorf("seal actor: %w", err)
	}
	l.Seal = j.lineSeal(l, after.Tail)
	return l, nil
}

func (j *Journal) lineSeal(l Line, before []byte) []byte {
	parts := [][]byte{[]byte(sealLine), []byte(l.Complaint), number(l.Line), number(l.Version),
		[]byte(l.Action), clockText(l.At), l.Gesture, l.Actor, l.Person, before}
	if l.binds() {
		parts[0], parts = []byte(sealBoundLine), append(parts, l.Held, l.Brought)
	}
	return j.Keys.JournalMAC(parts...)
}

// Extend is the chain once the line stands in it.
func (j *Journal) Extend(l Line) cases.Chain {
	return cases.Chain{Lines: l.Line, Tail: l.Seal, Head: j.journalHead(l.Complaint, l.Line, l.Seal)}
}

func (j *Journal) journalHead(id workflow.CaseID, lines int, tail []byte) []byte {
	return j.Keys.JournalMAC([]byte(sealHead), []byte(id), number(lines), tail)
}

// WriteLine reports false when the line's gesture stands in the journal
// already; then nothing was written.
func WriteLine(ctx context.Context, tx engine.Tx, l Line) (bool, error) {
	written, err := WriteLines(ctx, tx, []Line{l})
	return len(written) == 1, err
}

// WriteLines writes a line of each of several cases, but those whose gesture
// stands in the journal already. It returns the cases of which it wrote one.
func WriteLines(ctx context.Context, tx engine.Tx, lines []Line) (written []workflow.CaseID, err error) {
	rows := make([][]any, len(lines))
	for i, l := range lines {
		rows[i] = []any{l.Complaint, l.Line, l.Version, l.Action, l.At, l.Gesture, l.Actor, l.Person, notNil(l.Held), notNil(l.Brought), l.Seal}
	}
	for query, args := range insertLines.Chunks(nil, rows) {
		var some []workflow.CaseID
		if err := tx.All(ctx, &some, query, args...); err != nil {
			return nil, fmt.Errorf("journal: %w", err)
		}
		written = append(written, some...)
	}
	return written, nil
}

// Known returns the case that a gesture changed, if it was carried out.
func (j *Journal) Known(ctx context.Context, q engine.Runner, gesture string) (id workflow.CaseID, ok bool, err error) {
	hash := j.Gesture(gesture)
	if hash == nil {
		return "", false, nil
	}
	err = q.Get(ctx, &id, knownGesture, hash)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("look up gesture: %w", err)
	}
	return id, true, nil
}

func number(n int) []byte { return strconv.AppendInt(nil, int64(n), 10) }

func clockText(t time.Time) []byte { return t.UTC().AppendFormat(nil, time.RFC3339) }

func PurposePerson(line int) string { return fmt.Sprintf("person of line %d", line) }

// PurposeActor is that of pseudonyms.
const PurposeActor = "actor"
