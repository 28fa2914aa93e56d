package journal

import (
	"bytes"
	"context"
	"database/sql"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
)

// Verify reads the whole journal as q shows it, page lines, cases or numbers at
// a time, and reports everything that is not as it was written: changed and
// removed lines, cut tails, changed heads, cases that are gone, and gaps in the
// numbers. The error says only why it could not go on reading.
func (j *Journal) Verify(ctx context.Context, q engine.Runner, page int, report func(Finding)) error {
	search, err := j.searchRule(ctx, q)
	if err != nil {
		return err
	}
	v := verifier{j, q, page, report, search, map[workflow.CaseID][]string{}}
	for _, part := range []func(context.Context) error{v.register, v.cases, v.numbers, v.links, v.strays} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

// VerifyPage is how many are read at a time beside a working bot.
const VerifyPage = 500

// verifier is one run over the journal, as q shows it.
type verifier struct {
	*Journal
	q      engine.Runner
	page   int
	report func(Finding)
	search searchRule
	given  map[workflow.CaseID][]string // the later numbers of cases that had several; of "" those that were lost
}

// mostGone is how many lines, or numbers, that follow each other are named when they are
// gone: who writes a number of 13 digits into a row must not keep verification from ever
// coming to its end.
const mostGone = 100

// walk follows one chain line by line. A line that is gone is reported once:
// the seal after it can't be checked, the ones that follow can.
type walk struct {
	report func(Finding)
	id     Finding // Case and Number of the chain
	lines  int     // of the last line seen
	tail   []byte  // its seal
}

// step takes the next line; sealed computes its seal from the one before.
func (w *walk) step(line int, seal []byte, sealed func(before []byte) []byte) {
	if line == w.lines+1 {
		if !bytes.Equal(seal, sealed(w.tail)) {
			w.find(FindingChanged, line)
		}
	}
	for gone := w.lines + 1; gone < min(line, w.lines+1+mostGone); gone++ {
		w.find(FindingRemoved, gone)
	}
	w.lines, w.tail = line, seal
}

// end compares what was seen with the head; want is the head's own seal.
func (w *walk) end(head cases.Chain, want []byte) {
	switch {
	case !bytes.Equal(head.Head, want):
		w.find(FindingHead, 0)
	case w.lines < head.Lines:
		w.find(FindingCut, w.lines)
	case w.lines > head.Lines, !bytes.Equal(w.tail, head.Tail):
		w.find(FindingHead, 0)
	}
}

func (w *walk) find(kind FindingKind, line int) {
	f := w.id
	f.Kind, f.Line = kind, line
	w.report(f)
}

const (
	registerHead = `SELECT lines, tail, head FROM register_head WHERE id = 1`
	chainPage    = `SELECT r.line, r.action, r.at, r.complaint, r.number, r.actor, r.person, r.seal, c.id AS present
		FROM register_chain r LEFT JOIN (
			SELECT id, number FROM complaints UNION ALL SELECT complaint AS id, number FROM void_numbers
		) c ON c.id = r.complaint AND c.number = r.number
		WHERE r.line > $1 AND r.line <= $2 ORDER BY r.line LIMIT $3`
)

// register follows the register's own chain up to its head as it was at
// the start, and looks whether the cases that it tells of are there.
func (v verifier) register(ctx context.Context) error {
	var head cases.Chain
	if err := v.q.Get(ctx, &head, registerHead); err != nil {
		return err
	}
	w := walk{report: v.report}
	for {
		var page []struct {
			Entry
			Present sql.NullString `db:"present"`
		}
		if err := v.q.All(ctx, &page, chainPage, w.lines, head.Lines, v.page); err != nil {
			return err
		}
		for _, l := range page {
			w.step(l.Line, l.Seal, func(before []byte) []byte { return v.chainSeal(l.Entry, before) })
			if (l.Action == Created || l.Action == Renumbered) && !l.Present.Valid {
				v.report(Finding{Kind: FindingCase, Case: l.Complaint, Number: l.Number})
			}
			if l.Action == Renumbered || l.Action == Lost {
				v.given[l.Complaint] = append(v.given[l.Complaint], l.Number)
			}
		}
		if len(page) < v.page {
			w.end(head, v.chainHead(head.Lines, head.Tail))
			return v.behindHead(ctx)
		}
	}
}

// behindHead looks for lines that the head does not know of. The last line is read
// first: the bot writes a line and moves the head at once.
func (v verifier) behindHead(ctx context.Context) error {
	var last, known int
	if err := v.q.Get(ctx, &last, `SELECT coalesce(max(line), 0) FROM register_chain`); err != nil {
		return err
	}
	if err := v.q.Get(ctx, &known, `SELECT lines FROM register_head WHERE id = 1`); err != nil {
		return err
	}
	if last > known {
		v.report(Finding{Kind: FindingHead})
	}
	return nil
}

// A case's lines come beside its head in one statement, so that a change made
// meanwhile shows in both or in neither.
const journalPage = `SELECT c.id, c.number, c.lines, c.tail, c.head,
		j.line, j.version, j.action, j.at, j.gesture, j.actor, j.person, j.held, j.brought, j.seal
	FROM (SELECT * FROM complaints WHERE id > $1 ORDER BY id LIMIT $2) c
	LEFT JOIN journal j ON j.complaint = c.id
	ORDER BY c.id, j.line`

// headedLine is a journal line beside the head of its chain; without a line
// when the case has none.
type headedLine struct {
	ID     workflow.CaseID `db:"id"`
	Number string          `db:"number"`
	cases.Chain
	Line    sql.NullInt64  `db:"line"`
	Version sql.NullInt64  `db:"version"`
	Action  sql.NullString `db:"action"`
	At      sql.NullTime   `db:"at"`
	Gesture []byte         `db:"gesture"`
	Actor   []byte         `db:"actor"`
	Person  []byte         `db:"person"`
	Binding
	Seal []byte `db:"seal"`
}

func (r *headedLine) entry() Line {
	return Line{
		Complaint: r.ID, Line: int(r.Line.Int64), Version: int(r.Version.Int64),
		Action: workflow.ActionName(r.Action.String), At: r.At.Time,
		Gesture: r.Gesture, Actor: r.Actor, Person: r.Person, Binding: r.Binding, Seal: r.Seal,
	}
}

// cases follows the journal of every case.
func (v verifier) cases(ctx context.Context) error {
	var after workflow.CaseID
	for {
		var page []headedLine
		if err := v.q.All(ctx, &page, journalPage, after, v.page); err != nil {
			return err
		}
		if len(page) == 0 {
			return nil
		}
		first, last := page[0].ID, page[len(page)-1].ID
		if err := v.rows(ctx, first, last, page); err != nil {
			return err
		}
		for len(page) > 0 {
			n := 1
			for n < len(page) && page[n].ID == page[0].ID {
				n++
			}
			v.journal(page[:n])
			after, page = page[0].ID, page[n:]
		}
	}
}

func (v verifier) journal(lines []headedLine) {
	first := &lines[0]
	w := walk{report: v.report, id: Finding{Case: first.ID, Number: first.Number}}
	for i := range lines {
		if r := &lines[i]; r.Line.Valid {
			l := r.entry()
			w.step(l.Line, l.Seal, func(before []byte) []byte { return v.lineSeal(l, before) })
		}
	}
	w.end(first.Chain, v.journalHead(first.ID, first.Lines, first.Tail))
}

const numberPage = `SELECT ordinal FROM (
			SELECT series, year, ordinal FROM complaints UNION ALL SELECT series, year, ordinal FROM void_numbers) n
		WHERE series = $1 AND year = $2 AND ordinal > $3 AND ordinal <= $4 ORDER BY ordinal LIMIT $5`

// numbers looks for numbers that were given out and are not there.
func (v verifier) numbers(ctx context.Context) error {
	var text string
	if err := v.q.Get(ctx, &text, givenOut); err != nil {
		return err
	}
	numbers, err := parseNumbers(text)
	if err != nil {
		v.report(Finding{Kind: FindingHead})
		return nil
	}
	if err := v.beyond(ctx, numbers); err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(numbers)) {
		series, year, _ := strings.Cut(key, "-")
		at := cases.CaseNumber{Series: workflow.Series(series)}
		if at.Year, err = strconv.Atoi(year); err != nil {
			v.report(Finding{Kind: FindingHead})
			continue
		}
		if err := v.series(ctx, at, numbers[key]); err != nil {
			return err
		}
	}
	return nil
}

const lastNumbers = `SELECT series, year, max(ordinal) AS ordinal FROM (
		SELECT series, year, ordinal FROM complaints UNION ALL SELECT series, year, ordinal FROM void_numbers) n
	GROUP BY series, year`

// beyond looks for numbers that nobody gave out: the next cases would get them
// again.
func (v verifier) beyond(ctx context.Context, given map[string]int) error {
	var last []cases.CaseNumber
	if err := v.q.All(ctx, &last, lastNumbers); err != nil {
		return err
	}
	for _, at := range last {
		if at.Ordinal > given[numberKey(at.Series, at.Year)] {
			v.report(Finding{Kind: FindingHead})
		}
	}
	return nil
}

func (v verifier) series(ctx context.Context, at cases.CaseNumber, last int) error {
	missing := func(until int) {
		for named := 0; at.Ordinal+1 < until && named < mostGone; named++ {
			at.Ordinal++
			v.report(Finding{Kind: FindingGap, Number: at.String()})
		}
		at.Ordinal = until
	}
	for {
		var page []int
		if err := v.q.All(ctx, &page, numberPage, at.Series, at.Year, at.Ordinal, last, v.page); err != nil {
			return err
		}
		for _, ordinal := range page {
			missing(ordinal)
		}
		if len(page) < v.page {
			missing(last + 1)
			return nil
		}
	}
}
