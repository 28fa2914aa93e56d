package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// What a line of the register's own chain tells of.
const (
	chainCreated    = "created"
	chainRefused    = "refused"
	chainExported   = "exported" // a case; or, without one, the document of which Number is the workflow.DocumentKind, "" from the shell
	chainRotated    = "rotated"
	chainRenumbered = "renumbered" // to Number
	chainSearched   = "searched"   // for a person; Number is the workflow.SearchKind, or searchedAll
	chainPurged     = "purged"     // Number stays
	chainReviewed   = "reviewed"   // a quarter, or a recommendation of it that was done; Number is the quarter
	chainCleared    = "cleared"    // of a purged case nothing is left in Slack either
	chainErased     = "erased"     // before its term
	chainReplayed   = "replayed"   // the same, again, after a restore
)

// chainLine is a row of register_chain. Number is that of a created or purged case, or
// the id of the master key that wraps every data key after a rotation, or the
// kind of a search or document, or a quarter; Actor and Person, as in a journal journalLine, who was
// refused, searched, reviewed, or was handed a case out.
type chainLine struct {
	Line      int             `db:"line"`
	Action    string          `db:"action"`
	At        time.Time       `db:"at"`
	Complaint workflow.CaseID `db:"complaint"`
	Number    string          `db:"number"`
	Actor     []byte          `db:"actor"`
	Person    []byte          `db:"person"`
	Seal      []byte          `db:"seal"`
}

const chainColumns = `line, action, at, complaint, number, actor, person, seal`

const (
	lockChain       = `UPDATE register_head SET lines = lines + 1 WHERE id = 1 RETURNING lines, tail`
	insertChainLine = `INSERT INTO register_chain (` + chainColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	moveChain       = `UPDATE register_head SET tail = $1, head = $2 WHERE id = 1`
)

// addToChain adds a line to the register's own chain. fill completes it once
// its place is known; it may be nil.
func (db *DB) addToChain(ctx context.Context, tx engine.Tx, l chainLine, fill func(*chainLine) error) error {
	var head struct {
		Lines int    `db:"lines"`
		Tail  []byte `db:"tail"`
	}
	if err := tx.Get(ctx, &head, lockChain); err != nil {
		return fmt.Errorf("register chain: %w", err)
	}
	l.Line, l.Actor, l.Person = head.Lines, []byte{}, []byte{}
	if fill != nil {
		if err := fill(&l); err != nil {
			return err
		}
	}
	l.Seal = db.chainSeal(l, head.Tail)
	_, err := tx.Exec(ctx, insertChainLine, l.Line, l.Action, l.At, l.Complaint, l.Number, l.Actor, l.Person, l.Seal)
	if err == nil {
		_, err = tx.Exec(ctx, moveChain, l.Seal, db.chainHead(l.Line, l.Seal))
	}
	if err != nil {
		return fmt.Errorf("register chain: %w", err)
	}
	return nil
}

func (db *DB) chainSeal(l chainLine, before []byte) []byte {
	return db.keys.JournalMAC([]byte(sealChainLine), number(l.Line), []byte(l.Action), clockText(l.At),
		[]byte(l.Complaint), []byte(l.Number), l.Actor, l.Person, before)
}

func (db *DB) chainHead(lines int, tail []byte) []byte {
	return db.keys.JournalMAC([]byte(sealChainHead), number(lines), tail)
}

// noteRefusal keeps that somebody without the role tried something with a
// case. Like a journal journalLine it holds the person only under the case's key.
func (db *DB) noteRefusal(ctx context.Context, cmd workflow.Command, s stored) error {
	l := chainLine{Action: chainRefused, At: db.instant(), Complaint: cmd.Case}
	return db.change(ctx, func(tx engine.Tx) error { return db.addToChain(ctx, tx, l, underKey(s.key, cmd.By)) })
}

// handsOut reports whether an action hands a case out.
func handsOut(a workflow.Action) bool {
	switch a.(type) {
	case workflow.Export, workflow.Disclose:
		return true
	}
	return false
}

// noteExport keeps that a case was handed out; its own journal says so too.
func (db *DB) noteExport(ctx context.Context, tx engine.Tx, cmd workflow.Command, s stored, now time.Time) error {
	l := chainLine{Action: chainExported, At: now, Complaint: cmd.Case}
	return db.addToChain(ctx, tx, l, underKey(s.key, cmd.By))
}

// underKey fills in who did something with a case, under the case's key.
func underKey(key vault.DataKey, by roster.PersonID) func(*chainLine) error {
	return func(l *chainLine) (err error) {
		l.Actor = key.MAC(purposeActor, []byte(by))
		l.Person, err = key.Seal(purposeRefused(l.Line), []byte(by))
		return err
	}
}

// underSearchKey is underKey for what is of no case.
func (db *DB) underSearchKey(by roster.PersonID, purpose func(line int) string) func(*chainLine) error {
	return func(l *chainLine) (err error) {
		l.Actor = db.search.Hash(purposeActor, string(by))
		l.Person, err = db.search.Seal(purpose(l.Line), []byte(by))
		return err
	}
}
