package storage

import (
	"context"
	"fmt"
	"strconv"
	"time"

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

// What a seal is of; the first part of its HMAC.
const (
	sealLine      = "line"
	sealHead      = "head"
	sealChainLine = "register line"
	sealChainHead = "register head"
	sealGesture   = "gesture"
)

// journalLine is a row of journal.
type journalLine struct {
	Complaint workflow.CaseID     `db:"complaint"`
	Line      int                 `db:"line"`
	Version   int                 `db:"version"`
	Action    workflow.ActionName `db:"action"`
	At        time.Time           `db:"at"`
	Gesture   []byte              `db:"gesture"` // a keyed hash; nil for the clock's
	Actor     []byte              `db:"actor"`   // a pseudonym
	Person    []byte              `db:"person"`  // the readable id, sealed
	Seal      []byte              `db:"seal"`
}

const lineColumns = `complaint, line, version, action, at, gesture, actor, person, seal`

const (
	insertLine = `INSERT INTO journal (` + lineColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (gesture) DO NOTHING`
	knownGesture = `SELECT complaint FROM journal WHERE gesture = $1`
)

// gesture is the hash under which a gesture stands in the journal. Without a
// gesture it is nil, which is unique to nothing.
func (db *DB) gesture(id string) []byte {
	if id == "" {
		return nil
	}
	return db.keys.JournalMAC([]byte(sealGesture), []byte(id))
}

// newLine makes the line that follows the chain.
func (db *DB) newLine(after chain, change *workflow.Change, key vault.DataKey, cmd workflow.Command, at time.Time) (journalLine, error) {
	c := &change.Complaint
	l := journalLine{
		Complaint: c.ID, Line: after.Lines + 1, Version: c.Version, Action: change.Action, At: at,
		Gesture: db.gesture(cmd.Gesture), Actor: key.MAC(purposeActor, []byte(cmd.By)),
	}
	var err error
	if l.Person, err = key.Seal(purposePerson(l.Line), []byte(cmd.By)); err != nil {
		return journalLine{}, fmt.Errorf("seal actor: %w", err)
	}
	l.Seal = db.lineSeal(l, after.Tail)
	return l, nil
}

func (db *DB) lineSeal(l journalLine, before []byte) []byte {
	return db.keys.JournalMAC([]byte(sealLine), []byte(l.Complaint), number(l.Line), number(l.Version),
		[]byte(l.Action), clockText(l.At), l.Gesture, l.Actor, l.Person, before)
}

// extend is the chain once the line stands in it.
func (db *DB) extend(l journalLine) chain {
	return chain{Lines: l.Line, Tail: l.Seal, Head: db.journalHead(l.Complaint, l.Line, l.Seal)}
}

func (db *DB) journalHead(id workflow.CaseID, lines int, tail []byte) []byte {
	return db.keys.JournalMAC([]byte(sealHead), []byte(id), number(lines), tail)
}

// writeLine reports false when the line's gesture stands in the journal
// already; then nothing was written.
func writeLine(ctx context.Context, tx engine.Tx, l journalLine) (bool, error) {
	n, err := tx.Exec(ctx, insertLine, l.Complaint, l.Line, l.Version, l.Action, l.At,
		l.Gesture, l.Actor, l.Person, l.Seal)
	if err != nil {
		return false, fmt.Errorf("journal: %w", err)
	}
	return n == 1, nil
}

func number(n int) []byte { return strconv.AppendInt(nil, int64(n), 10) }

func clockText(t time.Time) []byte { return t.UTC().AppendFormat(nil, time.RFC3339) }
