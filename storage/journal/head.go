package journal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
)

// ErrHead is a head of the register's chain that can't be read.
var ErrHead = errors.New("the head of the register's chain is damaged")

// Head is the head of the register's own chain in the hands of one transaction:
// nobody else adds a line or takes a number before that ends. It is therefore
// taken as late as can be.
type Head struct {
	journal *Journal
	lines   int
	tail    []byte
	numbers map[string]int // the last ordinal of each series and year
	taken   map[string]int // those of numbers that this transaction gave out
	added   [][]any
}

const (
	// lockHead is taken by writing, as every lock is.
	lockHead = `UPDATE register_head SET lines = lines WHERE id = 1 RETURNING lines, tail, numbers`
	moveHead = `UPDATE register_head SET lines = $1, tail = $2, head = $3, numbers = $4 WHERE id = 1`

	givenOut = `SELECT numbers FROM register_head WHERE id = 1`
)

// Hold takes the head for the rest of the transaction. What is added to it must
// be written.
func (j *Journal) Hold(ctx context.Context, tx engine.Tx) (*Head, error) {
	var row struct {
		Lines   int    `db:"lines"`
		Tail    []byte `db:"tail"`
		Numbers string `db:"numbers"`
	}
	if err := tx.Get(ctx, &row, lockHead); err != nil {
		return nil, fmt.Errorf("register chain: %w", err)
	}
	numbers, err := parseNumbers(row.Numbers)
	return &Head{journal: j, lines: row.Lines, tail: row.Tail, numbers: numbers, taken: map[string]int{}}, err
}

// Number gives out the next number of a series in a year, without a gap.
func (h *Head) Number(series workflow.Series, year int) cases.CaseNumber {
	key := numberKey(series, year)
	h.numbers[key]++
	h.taken[key] = h.numbers[key]
	return cases.CaseNumber{Year: year, Series: series, Ordinal: h.numbers[key]}
}

// Add adds a line. fill completes it once its place is known; it may be nil.
func (h *Head) Add(l Entry, fill func(*Entry) error) error {
	l.Line, l.Actor, l.Person = h.lines+1, []byte{}, []byte{}
	if fill != nil {
		if err := fill(&l); err != nil {
			return err
		}
	}
	l.Seal = h.journal.chainSeal(l, h.tail)
	h.added = append(h.added, []any{l.Line, l.Action, l.At, l.Complaint, l.Number, l.Actor, l.Person, l.Seal})
	h.lines, h.tail = l.Line, l.Seal
	return nil
}

// Write writes what was added. The state file has a number before it is given
// out.
func (h *Head) Write(ctx context.Context, tx engine.Tx) error {
	for key, n := range h.taken {
		if err := h.journal.State.Reserve(key, n); err != nil {
			return err
		}
	}
	numbers, err := json.Marshal(h.numbers)
	if err != nil {
		return fmt.Errorf("register chain: %w", err)
	}
	if _, err := insertChainLines.Write(ctx, tx, nil, h.added); err != nil {
		return fmt.Errorf("register chain: %w", err)
	}
	if _, err := tx.Exec(ctx, moveHead, h.lines, h.tail, h.journal.chainHead(h.lines, h.tail), string(numbers)); err != nil {
		return fmt.Errorf("head of the register chain: %w", err)
	}
	return nil
}

func numberKey(series workflow.Series, year int) string { return fmt.Sprintf("%s-%d", series, year) }

func parseNumbers(s string) (numbers map[string]int, err error) {
	if err := json.Unmarshal([]byte(s), &numbers); err != nil || numbers == nil {
		return nil, fmt.Errorf("numbers given out: %w", ErrHead)
	}
	return numbers, nil
}
