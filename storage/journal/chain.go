package journal

import (
	"context"
	"fmt"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// What a line of the register's own chain tells of.
const (
	Created    = "created"
	Refused    = "refused"
	Exported   = "exported" // a case; or, without one, the document of which Number is the workflow.DocumentKind, "" from the shell
	Rotated    = "rotated"
	Renumbered = "renumbered" // to Number
	Searched   = "searched"   // for a person; Number is the workflow.SearchKind, or searchedAll
	Purged     = "purged"     // Number stays
	Reviewed   = "reviewed"   // a quarter, or a recommendation of it that was done; Number is the quarter
	Cleared    = "cleared"    // of a purged case nothing is left in Slack either
	Erased     = "erased"     // before its term
	Replayed   = "replayed"   // the same, again, after a restore
	Lost       = "lost"       // at a restore: Number was given out, and its case is not here
	Linked     = "linked"     // with the case whose id is Number
)

// Entry is a row of register_chain. Number is that of a created or purged case, or
// the id of the master key that wraps every data key after a rotation, or the
// kind of a search or document, or a quarter; Actor and Person, as in a journal line, who was
// refused, searched, reviewed, or was handed a case out.
type Entry struct {
	Line      int             `db:"line"`
	Action    string          `db:"action"`
	At        time.Time       `db:"at"`
	Complaint workflow.CaseID `db:"complaint"`
	Number    string          `db:"number"`
	Actor     []byte          `db:"actor"`
	Person    []byte          `db:"person"`
	Seal      []byte          `db:"seal"`
}

const EntryColumns = `line, action, at, complaint, number, actor, person, seal`

var insertChainLines = engine.NewInsert("register_chain ("+EntryColumns+")", 8, "")

// Add adds a line to the register's own chain. fill completes it once its place
// is known; it may be nil.
func (j *Journal) Add(ctx context.Context, tx engine.Tx, l Entry, fill func(*Entry) error) error {
	h, err := j.Hold(ctx, tx)
	if err != nil {
		return err
	}
	if err := h.Add(l, fill); err != nil {
		return err
	}
	return h.Write(ctx, tx)
}

func (j *Journal) chainSeal(l Entry, before []byte) []byte {
	return j.Keys.JournalMAC([]byte(sealChainLine), number(l.Line), []byte(l.Action), clockText(l.At),
		[]byte(l.Complaint), []byte(l.Number), l.Actor, l.Person, before)
}

func (j *Journal) chainHead(lines int, tail []byte) []byte {
	return j.Keys.JournalMAC([]byte(sealChainHead), number(lines), tail)
}

// NoteRefusal keeps that somebody without the role tried something with a
// case. Like a journal line it holds the person only under the case's key.
func (j *Journal) NoteRefusal(ctx context.Context, cmd workflow.Command, s cases.Stored) error {
	l := Entry{Action: Refused, At: j.Instant(), Complaint: cmd.Case}
	return j.Change(ctx, func(tx engine.Tx) error { return j.Add(ctx, tx, l, UnderKey(s.Key, cmd.By)) })
}

// NoteExport keeps that a case was handed out; its own journal says so too.
func (j *Journal) NoteExport(ctx context.Context, tx engine.Tx, cmd workflow.Command, s cases.Stored, now time.Time) error {
	l := Entry{Action: Exported, At: now, Complaint: cmd.Case}
	return j.Add(ctx, tx, l, UnderKey(s.Key, cmd.By))
}

// UnderKey fills in who did something with a case, under the case's key.
func UnderKey(key vault.DataKey, by roster.PersonID) func(*Entry) error {
	return func(l *Entry) (err error) {
		l.Actor = key.MAC(PurposeActor, []byte(by))
		l.Person, err = key.Seal(purposeRefused(l.Line), []byte(by))
		return err
	}
}

// UnderSearchKey is UnderKey for what is of no case.
func (j *Journal) UnderSearchKey(by roster.PersonID, purpose func(line int) string) func(*Entry) error {
	return func(l *Entry) (err error) {
		l.Actor = j.Search.Hash(PurposeActor, string(by))
		l.Person, err = j.Search.Seal(purpose(l.Line), []byte(by))
		return err
	}
}

func purposeRefused(line int) string { return fmt.Sprintf("person refused in line %d", line) }
